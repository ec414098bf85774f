"""A submission with all it belongs to, as verbs and screens need it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache

import sqlalchemy as sa
from sqlmodel import Session, col, select

from models.evidence.table import EvidenceFile, evidence_of
from models.organization import Department
from models.plan import Cycle, Indicator, Period, PeriodState
from models.submission.table import Decision, Submission, SubmissionVersion
from models.words import Refusal


@dataclass(frozen=True)
class SubmissionFile:
    """One submission, opened: the latest version is the one being written or the one last handed in."""

    submission: Submission
    version: SubmissionVersion
    indicator: Indicator
    period: Period
    cycle: Cycle
    department: Department

    @property
    def id(self) -> int:
        assert self.submission.id is not None
        return self.submission.id

    @property
    def version_id(self) -> int:
        assert self.version.id is not None
        return self.version.id

    @property
    def due_at(self) -> datetime:
        return self.submission.due_at or self.period.report_due

    @property
    def authors(self) -> set[int]:
        """Who handed the latest version in, for whom, and who wrote it: none of them decides on it."""
        version = self.version
        known = (version.submitted_by_id, version.submitted_for_id, version.saved_by_id)
        return {one for one in known if one is not None}

    @property
    def subject(self) -> str:
        """What the audit and the cards call it."""
        return f"submission:{self.id}"

    def evidence(self, session: Session) -> list[EvidenceFile]:
        return evidence_of(session, self.version_id)


def open_to_change(session: Session, submission_id: int) -> SubmissionFile:
    """As open_file, read afresh, with the report locked and its period kept from closing until the turn ends."""
    # Nothing to do on SQLite, where a transaction that writes is alone from its beginning.
    session.execute(
        sa.select(col(Submission.id)).where(col(Submission.id) == submission_id).with_for_update()
    )
    period_id = sa.select(col(Submission.period_id)).where(col(Submission.id) == submission_id)
    keep_open(session, period_id.scalar_subquery())
    return open_file(session, submission_id, afresh=True)


def keep_open(session: Session, period_id: int | sa.ScalarSelect[int]) -> None:
    """Makes a closing of the period wait until this transaction ends, and waits for one that is under way."""
    period = sa.select(col(Period.id)).where(col(Period.id) == period_id)
    session.execute(period.with_for_update(read=True))


def open_file(session: Session, submission_id: int, *, afresh: bool = False) -> SubmissionFile:
    """Reads a submission with its latest version, indicator, period, cycle and department.

    `afresh`: also what this session has read before.
    """
    options = {"populate_existing": afresh}
    row = session.execute(_one_file(), {"id": submission_id}, execution_options=options).one_or_none()
    if row is None:
        raise Refusal("찾으시는 보고가 없습니다. 목록에서 다시 선택해 주세요.")
    return SubmissionFile(*row)


@cache
def _one_file() -> sa.Select[Submission, SubmissionVersion, Indicator, Period, Cycle, Department]:
    """Asked several times in every turn, so it is put together once."""
    return files().where(col(Submission.id) == sa.bindparam("id"))


def files() -> sa.Select[Submission, SubmissionVersion, Indicator, Period, Cycle, Department]:
    """The query for what a SubmissionFile is made of."""
    return (
        sa.select(Submission, SubmissionVersion, Indicator, Period, Cycle, Department)
        .join(
            SubmissionVersion,
            (col(SubmissionVersion.submission_id) == col(Submission.id))
            & (col(SubmissionVersion.number) == col(Submission.version_number)),
        )
        .join(Indicator, col(Indicator.id) == col(Submission.indicator_id))
        .join(Period, col(Period.id) == col(Submission.period_id))
        .join(Cycle, col(Cycle.id) == col(Period.cycle_id))
        .join(Department, col(Department.id) == col(Indicator.department_id))
    )


def must_be_open(period: Period) -> None:
    """Refuses whatever would change a closed period."""
    if period.state is PeriodState.CLOSED:
        raise Refusal(
            "{period:은/는} 마감되어 변경할 수 없습니다. 필요하면 관리자에게 마감 해제를 요청해 주세요.",
            period=period.name,
        )


def versions_of(session: Session, submission_id: int) -> list[SubmissionVersion]:
    """Every version, oldest first."""
    query = select(SubmissionVersion).where(SubmissionVersion.submission_id == submission_id)
    return list(session.exec(query.order_by(col(SubmissionVersion.number))))


def decisions_on(session: Session, submission_id: int) -> list[Decision]:
    """Every decision, oldest first."""
    query = select(Decision).where(Decision.submission_id == submission_id)
    return list(session.exec(query.order_by(col(Decision.id))))
