"""Deciding on deductions (미참여 감점): confirmed or dropped, objected to, upheld or withdrawn."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col

from models.audit import record
from models.consultation.deduction import Deduction, DeductionState
from models.consultation.deduction_file import (
    UNDECIDED,
    DeductionFile,
    is_of_own,
    open_deduction,
    right_to_object,
)
from models.doer import Doer
from models.organization import Person
from models.period import administering
from models.reason import given_reason
from models.rights import Holding
from models.special_days import last_hour
from models.store import changed_one
from models.words import Refusal


def may_decide(session: Session, doer: Doer, opened: DeductionFile) -> bool:
    """Whether this person's decision on the deduction, or on the objection to it, is awaited now."""
    try:
        _right_to_decide(session, doer, opened)
    except Refusal:
        return False
    return opened.deduction.state in UNDECIDED


def must_be_as_seen(session: Session, opened: DeductionFile, revision: int) -> None:
    """Refuses whoever would go on with what was seen at `revision` and is not so any more."""
    if opened.deduction.revision != revision:
        raise overtaken(session, opened)


def confirm(session: Session, doer: Doer, deduction_id: int, revision: int, reason: str) -> DeductionFile:
    """The points are taken off; the department may object from now on."""
    opened = open_deduction(session, deduction_id)
    due = objection_due(session, doer, opened.programme.objection_days)
    to = DeductionState.CONFIRMED
    return _decide(session, doer, opened, revision, to, reason=given_reason(reason), objection_due=due)


def drop(session: Session, doer: Doer, deduction_id: int, revision: int, reason: str) -> DeductionFile:
    """Nothing is taken off: there was a good reason not to come."""
    opened = open_deduction(session, deduction_id)
    return _decide(session, doer, opened, revision, DeductionState.DROPPED, reason=given_reason(reason))


def object_to(session: Session, doer: Doer, deduction_id: int, revision: int, text: str) -> DeductionFile:
    """The department objects (이의신청), once and inside the window."""
    opened = open_deduction(session, deduction_id)
    holding = right_to_object(doer, opened.department)
    if holding is None:
        raise Refusal(
            "{department}의 담당자와 팀장만 이의를 신청할 수 있습니다.", department=opened.department.name
        )
    due = opened.deduction.objection_due
    if due is not None and doer.now > due:
        raise Refusal("이의신청 기한이 {due}에 끝났습니다. 관리자에게 문의해 주세요.", due=due)
    _change(
        session,
        opened,
        revision,
        DeductionState.CONFIRMED,
        DeductionState.OBJECTED,
        objected_by_id=doer.person_id,
        objected_at=doer.now,
        objection=given_reason(text),
    )
    record(session, doer.now, doer.actor(holding), "deduction.object", opened.subject, reason=text.strip())
    return open_deduction(session, deduction_id)


def settle(
    session: Session, doer: Doer, deduction_id: int, revision: int, reason: str, *, upheld: bool
) -> DeductionFile:
    """Decides on the objection: the deduction stands, or is withdrawn. Not by who confirmed it."""
    opened = open_deduction(session, deduction_id)
    to = DeductionState.UPHELD if upheld else DeductionState.WITHDRAWN
    return _decide(session, doer, opened, revision, to, settlement=given_reason(reason))


def objection_due(session: Session, doer: Doer, days: int) -> datetime:
    """18:00 of the day so many calendar days after today, which is not counted (민법 제157조); where that is a day
    off, of the next working day (민법 제161조)."""
    return last_hour(session, doer.today + timedelta(days=days))


def _decide(
    session: Session,
    doer: Doer,
    opened: DeductionFile,
    revision: int,
    to: DeductionState,
    **values: object,
) -> DeductionFile:
    settles = to in (DeductionState.UPHELD, DeductionState.WITHDRAWN)
    holding = _right_to_decide(session, doer, opened)
    who = "settled" if settles else "decided"
    values |= {f"{who}_by_id": doer.person_id, f"{who}_at": doer.now}
    allowed = DeductionState.OBJECTED if settles else DeductionState.PROPOSED
    _change(session, opened, revision, allowed, to, **values)
    reason = str(values["settlement" if settles else "reason"])
    record(
        session, doer.now, doer.actor(holding), f"deduction.{to.value}", opened.subject,
        reason=reason, points=f"{opened.deduction.points:f}",
    )  # fmt: skip
    return open_deduction(session, opened.id)


def _right_to_decide(session: Session, doer: Doer, opened: DeductionFile) -> Holding:
    """The administrator's right: not over their own department, nor over an objection to their own decision."""
    holding = administering(doer)
    if is_of_own(session, doer, opened.department):
        raise Refusal("본인이 속한 부서의 감점은 결정할 수 없습니다. 다른 관리자에게 요청해 주세요.")
    if opened.deduction.state is DeductionState.OBJECTED and opened.deduction.decided_by_id == doer.person_id:
        raise Refusal(
            "본인이 확정한 감점의 이의신청은 다른 관리자가 결정합니다. 다른 관리자에게 요청해 주세요."
        )
    return holding


def _change(
    session: Session,
    opened: DeductionFile,
    revision: int,
    allowed: DeductionState,
    to: DeductionState,
    **values: object,
) -> None:
    """Sets the state where state and revision are still those that were seen; else says what came between."""
    changed = changed_one(
        session,
        sa.update(Deduction)
        .where(col(Deduction.id) == opened.id, col(Deduction.revision) == revision)
        .where(col(Deduction.state) == allowed)
        .values(state=to, revision=revision + 1, **values),
    )
    if not changed:
        raise overtaken(session, open_deduction(session, opened.id))


def overtaken(session: Session, opened: DeductionFile) -> Refusal:
    """What came between a press and its effect: who was quicker, and what they did."""
    one = opened.deduction
    by, at = (one.settled_by_id, one.settled_at) if one.settled_at else (one.decided_by_id, one.decided_at)
    if one.state is DeductionState.OBJECTED:
        by, at = one.objected_by_id, one.objected_at
    if by is None and one.state is DeductionState.DROPPED:
        return Refusal("참석으로 바로잡혀 감점 제안이 없어졌습니다.")
    if by is None or at is None:
        return Refusal("그사이 내용이 바뀌었습니다. 새로 고친 화면에서 다시 확인해 주세요.")
    name = session.get_one(Person, by).name
    match one.state:
        case DeductionState.CONFIRMED:
            return Refusal("{name} 님이 {at}에 먼저 감점을 확정했습니다.", name=name, at=at)
        case DeductionState.DROPPED:
            return Refusal("{name} 님이 {at}에 먼저 감점하지 않기로 했습니다.", name=name, at=at)
        case DeductionState.OBJECTED:
            return Refusal("{name} 님이 {at}에 먼저 이의를 신청했습니다.", name=name, at=at)
        case DeductionState.UPHELD:
            return Refusal("{name} 님이 {at}에 먼저 감점을 유지하기로 했습니다.", name=name, at=at)
        case DeductionState.WITHDRAWN:
            return Refusal("{name} 님이 {at}에 먼저 감점을 철회했습니다.", name=name, at=at)
    return Refusal("그사이 내용이 바뀌었습니다. 새로 고친 화면에서 다시 확인해 주세요.")
