"""An appeal with all it belongs to, who may see it, and the lists people work from."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from models.appeal.table import Appeal, AppealEvidence, AppealState
from models.doer import Doer
from models.organization import Department, Role
from models.plan import Cycle, Indicator, Period
from models.rights import Holding, Standing, may_report, may_see
from models.submission import Decision, SubmissionVersion
from models.words import Refusal


@dataclass(frozen=True)
class AppealFile:
    """An appeal, opened. `department` is whose score it is."""

    appeal: Appeal
    indicator: Indicator
    period: Period
    cycle: Cycle
    department: Department

    @property
    def id(self) -> int:
        return self.appeal.id or 0

    @property
    def subject(self) -> str:
        return f"appeal:{self.id}"

    def before(self, name: str) -> Decimal | None:
        """A figure of the kept score when the appeal was filed."""
        return _figure(self.appeal.snapshot, name)

    def after(self, name: str) -> Decimal | None:
        """The same as the decision left it."""
        here = (self.appeal.indicator_id, self.appeal.period_id)
        moved = (one["after"] for one in self.appeal.moved if (one["indicator"], one["period"]) == here)
        return _figure(next(moved, self.appeal.snapshot), name)


def _figure(figures: dict[str, Any], name: str) -> Decimal | None:
    kept = figures[name]
    return None if kept is None else Decimal(kept)


def open_appeal(session: Session, appeal_id: int) -> AppealFile:
    """The appeal as it stands now. Refusal where there is none."""
    query = files_query().where(col(Appeal.id) == appeal_id).execution_options(populate_existing=True)
    row = session.execute(query).one_or_none()
    if row is None:
        raise Refusal("찾으시는 이의신청이 없습니다. 목록에서 다시 선택해 주세요.")
    return AppealFile(*row)


def appeals_on(session: Session, indicator_id: int, period_id: int) -> list[AppealFile]:
    """Every appeal against one score, withdrawn ones included, oldest first."""
    here = (col(Appeal.indicator_id) == indicator_id, col(Appeal.period_id) == period_id)
    return [AppealFile(*row) for row in session.execute(files_query().where(*here).order_by(col(Appeal.id)))]


def standing_appeal(session: Session, indicator_id: int, period_id: int) -> AppealFile | None:
    """The appeal against the score that was not withdrawn, if there is one."""
    found = appeals_on(session, indicator_id, period_id)
    return next((one for one in found if one.appeal.state is not AppealState.WITHDRAWN), None)


def appeals_seen_by(session: Session, doer: Doer, *, waiting: bool = False) -> list[AppealFile]:
    """Everything the person may see: what waits for a decision first, in the order of the deadline, then the newest.
    `waiting`: only that which waits."""
    undecided = col(Appeal.state) == AppealState.FILED
    due = sa.case((undecided, col(Appeal.decision_due)))
    query = files_query().order_by(undecided.desc(), due, col(Appeal.filed_at).desc(), col(Appeal.id).desc())
    rows = session.execute(query.where(undecided) if waiting else query)
    opened = (AppealFile(*row) for row in rows)
    return [one for one in opened if may_see(doer.standing, one.indicator, one.department.path)]


def undecided_appeals(session: Session, cycle_id: int, period_id: int | None) -> int:
    """How many appeals against scores of a period, or of any of the cycle, wait for a decision."""
    query = (
        sa.select(sa.func.count()).select_from(Appeal).join(Period, col(Period.id) == col(Appeal.period_id))
    )
    query = query.where(col(Appeal.state) == AppealState.FILED, col(Period.cycle_id) == cycle_id)
    if period_id is not None:
        query = query.where(col(Period.id) == period_id)
    return int(session.execute(query).scalar_one())


def may_file(standing: Standing, indicator: Indicator, department_path: str) -> Holding | None:
    """The right to appeal: of the indicator's officers and their deputies, and of the department's team leads."""
    holding = may_report(standing, indicator, department_path)
    return holding or standing.right(Role.TEAM_LEAD, department_path)


def barred_from_deciding(session: Session, opened: AppealFile) -> set[int]:
    """Whose appeal, report or decision it is about: none of them decides, nor who only acted for one of them, nor for
    whom it was done."""
    appeal, indicator = opened.appeal, opened.indicator
    named = (appeal.filed_by_id, appeal.filed_for_id, indicator.officer_id, indicator.deputy_officer_id)
    version, decision = SubmissionVersion, Decision
    authors = sa.select(version.saved_by_id, version.submitted_by_id, version.submitted_for_id).where(  # type: ignore[call-overload]
        col(version.submission_id) == appeal.submission_id, col(version.submitted_at).is_not(None)
    )
    deciders = sa.select(decision.decided_by_id, decision.decided_for_id).where(  # type: ignore[call-overload]
        col(decision.submission_id) == appeal.submission_id,
        col(decision.id).is_distinct_from(appeal.decision_id),
    )
    people = [person for query in (authors, deciders) for row in session.execute(query) for person in row]
    return {person for person in (*named, *people) if person is not None}


def evidence_of_appeal(session: Session, appeal_id: int) -> list[AppealEvidence]:
    """The new evidence, in the order it was handed in."""
    query = select(AppealEvidence).where(AppealEvidence.appeal_id == appeal_id)
    return list(session.exec(query.order_by(col(AppealEvidence.id))))


def waiting_appeals(session: Session, ids: Collection[int] | None = None) -> list[AppealFile]:
    """Everybody's appeals that wait for a decision; of `ids` only those, where given."""
    query = files_query().where(col(Appeal.state) == AppealState.FILED).order_by(col(Appeal.id))
    if ids is not None:
        query = query.where(col(Appeal.id).in_(ids))
    return [AppealFile(*row) for row in session.execute(query)]


def files_query() -> sa.Select[Appeal, Indicator, Period, Cycle, Department]:
    """The query for what an AppealFile is made of."""
    return (
        sa.select(Appeal, Indicator, Period, Cycle, Department)
        .join(Indicator, col(Indicator.id) == col(Appeal.indicator_id))
        .join(Period, col(Period.id) == col(Appeal.period_id))
        .join(Cycle, col(Cycle.id) == col(Period.cycle_id))
        .join(Department, col(Department.id) == col(Appeal.department_id))
    )
