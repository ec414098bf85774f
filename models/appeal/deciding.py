"""Deciding on an appeal: accepted with another recognised value, or dismissed; never by who decided before."""

from __future__ import annotations

from dataclasses import asdict
from decimal import Decimal

import sqlalchemy as sa
from sqlmodel import Session, col

from models.appeal.change import change_appeal, overtaken
from models.appeal.reading import AppealFile, barred_from_deciding, open_appeal
from models.appeal.table import Appeal, AppealState
from models.audit import record
from models.doer import Doer
from models.organization import Role
from models.plan import PeriodState
from models.rights import Holding
from models.scores.amending import Amended, amend
from models.scores.kept import record_kept
from models.store import changed_one
from models.submission import open_file
from models.submission.amend import amend_report
from models.submission.change import plain
from models.submission.file import keep_open
from models.words import Refusal


def may_decide(session: Session, doer: Doer, opened: AppealFile) -> bool:
    """Whether this person's decision on the appeal is awaited now."""
    try:
        _right_to_decide(session, doer, opened)
    except Refusal:
        return False
    return opened.appeal.state is AppealState.FILED


def must_be_as_seen(session: Session, doer: Doer, opened: AppealFile, revision: int) -> None:
    """Refuses whoever would decide on what was seen at `revision` and is not so any more."""
    if opened.appeal.revision != revision:
        raise overtaken(session, opened)
    _right_to_decide(session, doer, opened)


def accept(
    session: Session, doer: Doer, appeal_id: int, revision: int, recognised: Decimal | None, reason: str
) -> AppealFile:
    """Recognises `recognised` (None: not applicable) instead, and reckons anew what rests on it."""
    opened, holding = _to_decide(session, doer, appeal_id, reason)
    submission = open_file(session, opened.appeal.submission_id, afresh=True).submission
    same = submission.recognised_not_applicable if recognised is None else submission.recognised == recognised
    if same:
        raise Refusal(
            "지금 인정된 실적과 같은 값입니다. 다른 값을 적거나, 받아들이지 않으려면 기각을 선택해 주세요."
        )
    _decide(session, doer, holding, opened, revision, AppealState.ACCEPTED, reason, recognised=recognised)
    decision = amend_report(session, doer, holding, opened.appeal.submission_id, recognised, reason.strip())
    moved = amend(session, opened.appeal.indicator_id, opened.appeal.period_id)
    record_kept(session, doer.now, doer.actor(holding), opened.period)
    changed_one(
        session,
        sa.update(Appeal)
        .where(col(Appeal.id) == appeal_id)
        .values(decision_id=decision.id, moved=[_plain(one) for one in moved]),
    )
    _record(session, doer, holding, opened, reason, recognised, moved)
    return open_appeal(session, appeal_id)


def dismiss(session: Session, doer: Doer, appeal_id: int, revision: int, reason: str) -> AppealFile:
    """The score stays as it was."""
    opened, holding = _to_decide(session, doer, appeal_id, reason)
    _decide(session, doer, holding, opened, revision, AppealState.DISMISSED, reason)
    record(
        session, doer.now, doer.actor(holding), "appeal.dismiss", opened.subject, reason=reason.strip(),
        recognised=opened.appeal.snapshot["recognised"], points=opened.appeal.snapshot["points"],
    )  # fmt: skip
    return open_appeal(session, appeal_id)


def _to_decide(session: Session, doer: Doer, appeal_id: int, reason: str) -> tuple[AppealFile, Holding]:
    """The appeal, its period kept closed until the turn ends, and the right to decide on it."""
    keep_open(session, open_appeal(session, appeal_id).appeal.period_id)
    opened = open_appeal(session, appeal_id)
    holding = _right_to_decide(session, doer, opened)
    if not reason.strip():
        raise Refusal("결정 사유를 적어 주세요.")
    return opened, holding


def _right_to_decide(session: Session, doer: Doer, opened: AppealFile) -> Holding:
    rights = doer.standing.rights(Role.EVALUATOR, opened.department.path)
    if not rights:
        raise Refusal("이의신청은 평가자만 결정할 수 있습니다.")
    barred = barred_from_deciding(session, opened)
    holding = next((one for one in rights if not barred & {doer.person_id, one.acting_for_id}), None)
    if holding is None:
        raise Refusal(
            "이의신청은 처음 보고하거나 결정하지 않은 평가자가 결정합니다. 다른 평가자에게 요청해 주세요."
        )
    if opened.period.state is not PeriodState.CLOSED:
        raise Refusal(
            "{period}의 마감이 해제되어 지금은 결정할 수 없습니다. 다시 마감된 뒤에 결정해 주세요.",
            period=opened.period.name,
        )
    return holding


def _decide(
    session: Session,
    doer: Doer,
    holding: Holding,
    opened: AppealFile,
    revision: int,
    to: AppealState,
    reason: str,
    **values: object,
) -> None:
    change_appeal(
        session,
        opened,
        revision,
        to,
        decided_by_id=doer.person_id,
        decided_for_id=holding.acting_for_id,
        decided_at=doer.now,
        decision_reason=reason.strip(),
        **values,
    )


def _plain(moved: Amended) -> dict[str, object]:
    figures = asdict(moved)
    return {"indicator": figures.pop("indicator_id"), "period": figures.pop("period_id"), **figures}


def _record(
    session: Session,
    doer: Doer,
    holding: Holding,
    opened: AppealFile,
    reason: str,
    recognised: Decimal | None,
    moved: list[Amended],
) -> None:
    """What the score was and what it is now, and how many scores moved, this one and that of the year included."""
    here = (opened.appeal.indicator_id, opened.appeal.period_id)
    own = next((one for one in moved if (one.indicator_id, one.period_id) == here), None)
    before, after = (own.before, own.after) if own else (opened.appeal.snapshot,) * 2
    record(
        session, doer.now, doer.actor(holding), "appeal.accept", opened.subject, reason=reason.strip(),
        recognised_before=before["recognised"], recognised=plain(recognised),
        points_before=before["points"], points=after["points"], moved=len(moved),
    )  # fmt: skip
