"""Filing an appeal (이의신청) against the score of a closed period, and withdrawing it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlmodel import Session

from models.appeal.change import change_appeal
from models.appeal.reading import AppealFile, may_file, open_appeal, standing_appeal
from models.appeal.result import filed_before, must_be_appealable, must_have_report, open_result
from models.appeal.table import Appeal, AppealEvidence, AppealState
from models.audit import record
from models.doer import Doer
from models.evidence.table import Parcel
from models.scores.frozen import plain_figures
from models.scoring import check_actual
from models.special_days import last_hour, working_days
from models.store import insert_if_absent
from models.submission.change import plain
from models.submission.file import keep_open
from models.words import Refusal

DECIDED_WITHIN = 10
"""Working days after the day an appeal was filed, which is not counted."""


@dataclass(frozen=True)
class AppealEntry:
    """What the department writes: why, which value should count where it names one, and new evidence."""

    reason: str
    asked: Decimal | None = None
    files: Sequence[Parcel] = ()


def file_appeal(
    session: Session, doer: Doer, indicator_id: int, period_id: int, entry: AppealEntry
) -> AppealFile:
    """Files an appeal against the kept score, inside the window and once."""
    keep_open(session, period_id)  # nobody reopens the period meanwhile
    result = open_result(session, indicator_id, period_id)
    holding = must_be_appealable(session, doer, result)
    if not entry.reason.strip():
        raise Refusal("이의신청 사유를 적어 주세요.")
    if entry.asked is not None:
        check_actual(result.indicator.kind, entry.asked)
    appeal_id = insert_if_absent(
        session,
        Appeal,
        indicator_id=indicator_id,
        period_id=period_id,
        department_id=result.department.id,
        submission_id=must_have_report(session, result),
        state=AppealState.FILED,
        reason=entry.reason.strip(),
        asked=entry.asked,
        snapshot={**plain_figures(result.score), "rule": result.score.rule},
        filed_by_id=doer.person_id,
        filed_for_id=holding.acting_for_id,
        filed_at=doer.now,
        decision_due=last_hour(session, working_days(session).add(doer.today, DECIDED_WITHIN)),
        decision_reason="",
        moved=[],
        revision=0,
    )
    if appeal_id is None:
        standing = standing_appeal(session, indicator_id, period_id)
        assert standing is not None
        raise filed_before(session, standing)
    _add_evidence(session, doer, appeal_id, entry.files)
    opened = open_appeal(session, appeal_id)
    record(
        session, doer.now, doer.actor(holding), "appeal.file", opened.subject, indicator=indicator_id,
        period=period_id, recognised=opened.appeal.snapshot["recognised"], asked=plain(entry.asked),
        points=opened.appeal.snapshot["points"], reason=opened.appeal.reason, files=len(entry.files),
    )  # fmt: skip
    return opened


def withdraw_appeal(session: Session, doer: Doer, appeal_id: int, revision: int) -> AppealFile:
    """Takes an undecided appeal back; inside the window another may be filed."""
    opened = open_appeal(session, appeal_id)
    holding = may_file(doer.standing, opened.indicator, opened.department.path)
    if holding is None:
        raise Refusal("이의신청은 신청한 부서의 담당자와 팀장만 취하할 수 있습니다.")
    change_appeal(
        session,
        opened,
        revision,
        AppealState.WITHDRAWN,
        withdrawn_by_id=doer.person_id,
        withdrawn_at=doer.now,
    )
    record(session, doer.now, doer.actor(holding), "appeal.withdraw", opened.subject)
    return open_appeal(session, appeal_id)


def _add_evidence(session: Session, doer: Doer, appeal_id: int, files: Sequence[Parcel]) -> None:
    for parcel in {one.sha256: one for one in files}.values():
        session.add(
            AppealEvidence(
                appeal_id=appeal_id,
                sha256=parcel.sha256,
                name=parcel.name,
                size=parcel.size,
                uploaded_by_id=doer.person_id,
                uploaded_at=doer.now,
            )
        )
    session.flush()
