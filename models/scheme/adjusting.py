"""Bonus and deduction (가점·감점): proposed with a reason, confirmed or dropped by somebody else, withdrawn."""

from __future__ import annotations

from decimal import Decimal

import sqlalchemy as sa
from sqlmodel import Session, col

from models.audit import Actor, AuditRow, last_row, record
from models.doer import Doer
from models.organization import Department, Person
from models.reason import given_reason
from models.rights import Holding
from models.scheme.adjustment_file import IN_DEPARTMENT, IN_OFFICE, AdjustmentFile, in_office, open_adjustment
from models.scheme.finding import belongs_to, find_subject, must_be_open, newest_part, newest_parts
from models.scheme.table import Adjustment, AdjustmentState, Part, Scheme, Source, Subject
from models.store import changed_one
from models.words import Refusal

ADJUSTABLE = (Source.BONUS, Source.DEDUCTION)


def right_to_propose(session: Session, doer: Doer, subject: Subject, part: Part) -> Holding | None:
    """The right of an administrator, an evaluator over the subject, or the department that the part names; not for
    oneself, nor by the right of whose it is."""
    if subject.person_id == doer.person_id:
        return None
    place = session.get_one(Department, subject.department_id)
    owner = session.get_one(Department, part.owner_id) if part.owner_id is not None else None
    owning = (
        [right for role in IN_DEPARTMENT for right in doer.standing.rights(role, owner.path)] if owner else []
    )
    rights = [*in_office(doer, place), *owning]
    return next(
        (one for one in rights if subject.person_id is None or one.acting_for_id != subject.person_id), None
    )


def proposable(session: Session, doer: Doer) -> list[tuple[Scheme, Part]]:
    """The parts under which the person may propose something for somebody."""
    in_office = any(doer.standing.has(role) for role in IN_OFFICE)
    found = []
    for scheme, part in newest_parts(session, doer.today):
        owner = session.get_one(Department, part.owner_id) if part.owner_id is not None else None
        owns = owner is not None and any(doer.standing.right(role, owner.path) for role in IN_DEPARTMENT)
        if part.source in ADJUSTABLE and (in_office or owns):
            found.append((scheme, part))
    return found


def propose(
    session: Session,
    doer: Doer,
    subject_id: int,
    part_code: str,
    period_id: int | None,
    points: Decimal,
    reason: str,
) -> AdjustmentFile:
    """Proposes a bonus or a deduction of so many points (above 0); it counts once somebody else confirms it."""
    subject = find_subject(session, subject_id)
    _, part = newest_part(session, subject.cycle_id, subject.scheme, part_code)
    if part.source not in ADJUSTABLE:
        raise Refusal("{name:은/는} 가점이나 감점 항목이 아닙니다.", name=part.name)
    holding = right_to_propose(session, doer, subject, part)
    if holding is None:
        raise Refusal("관리자, 평가자, 소관부서만 제안할 수 있고, 본인의 가감점은 제안할 수 없습니다.")
    must_be_open(session, subject.cycle_id, period_id)
    if points <= 0:
        raise Refusal("점수를 0보다 크게 적어 주세요. 감점도 빼는 만큼 적습니다. 예: 0.5")
    one = Adjustment(
        subject_id=subject_id, part=part_code, period_id=period_id, points=points, reason=given_reason(reason),
        proposed_by_id=doer.person_id, proposed_at=doer.now,
    )  # fmt: skip
    session.add(one)
    session.flush()
    opened = open_adjustment(session, one.id or 0)
    record(
        session, doer.now, doer.actor(holding), "adjustment.propose", opened.card,
        code=subject.code, part=part_code, points=f"{points:f}", reason=one.reason,
    )  # fmt: skip
    return opened


def confirm(session: Session, doer: Doer, adjustment_id: int, revision: int, reason: str) -> AdjustmentFile:
    """The points count from now on."""
    return _decide(session, doer, adjustment_id, revision, AdjustmentState.CONFIRMED, reason)


def drop(session: Session, doer: Doer, adjustment_id: int, revision: int, reason: str) -> AdjustmentFile:
    """Nothing comes of the proposal."""
    return _decide(session, doer, adjustment_id, revision, AdjustmentState.DROPPED, reason)


def take_back(session: Session, doer: Doer, adjustment_id: int, revision: int, reason: str) -> AdjustmentFile:
    """Nothing comes of what the person proposed themselves."""
    opened = open_adjustment(session, adjustment_id)
    if opened.adjustment.proposed_by_id != doer.person_id:
        raise Refusal(
            "제안한 사람만 제안을 취소할 수 있습니다. 관리자나 평가자는 ‘반영하지 않음’을 선택해 주세요."
        )
    return _settle(session, doer, doer.actor(), opened, revision, AdjustmentState.DROPPED, reason)


def is_own(doer: Doer, opened: AdjustmentFile) -> bool:
    """Whether the person proposed it, and nobody decided on it yet."""
    one = opened.adjustment
    return one.state is AdjustmentState.PROPOSED and one.proposed_by_id == doer.person_id


def withdraw(session: Session, doer: Doer, adjustment_id: int, revision: int, reason: str) -> AdjustmentFile:
    """What was confirmed does not count any more."""
    return _decide(session, doer, adjustment_id, revision, AdjustmentState.WITHDRAWN, reason)


def awaits(session: Session, doer: Doer, opened: AdjustmentFile) -> bool:
    """Whether this person may decide on it now, or withdraw what was confirmed."""
    try:
        right_to_decide(session, doer, opened)
    except Refusal:
        return False
    return opened.adjustment.state in (AdjustmentState.PROPOSED, AdjustmentState.CONFIRMED)


def right_to_decide(session: Session, doer: Doer, opened: AdjustmentFile) -> Holding:
    """The right of an administrator or an evaluator over the subject: not over what they proposed, nor over their
    own. Refusal where there is none."""
    rights = in_office(doer, opened.place)
    if not rights:
        raise Refusal("관리자나 평가자만 결정할 수 있습니다. 필요하면 관리자에게 문의해 주세요.")
    proposers = _proposers(session, opened)
    fitting = [one for one in rights if not proposers & {doer.person_id, one.acting_for_id}]
    if not fitting:
        raise Refusal("본인이 제안한 가감점은 결정할 수 없습니다. 다른 관리자나 평가자에게 요청해 주세요.")
    if belongs_to(session, doer, opened.subject):
        raise Refusal(
            "본인이나 본인이 속한 부서의 가감점은 결정할 수 없습니다. 다른 관리자에게 요청해 주세요."
        )
    return fitting[0]


def _proposers(session: Session, opened: AdjustmentFile) -> set[int]:
    """Who proposed it, and in whose name where they stood in for somebody: that is in the audit alone."""
    row = last_row(
        session, col(AuditRow.subject) == opened.card, col(AuditRow.action) == "adjustment.propose"
    )
    named = (opened.adjustment.proposed_by_id, row.acting_for_id if row else None)
    return {person for person in named if person is not None}


def must_be_as_seen(session: Session, opened: AdjustmentFile, revision: int) -> None:
    """Refuses whoever would go on with what was seen at `revision` and is not so any more."""
    if opened.adjustment.revision != revision:
        raise overtaken(session, opened)


def overtaken(session: Session, opened: AdjustmentFile) -> Refusal:
    """What came between a press and its effect: who was quicker, and what they did."""
    one = opened.adjustment
    withdrawn = one.state is AdjustmentState.WITHDRAWN
    by, at = (one.withdrawn_by_id, one.withdrawn_at) if withdrawn else (one.decided_by_id, one.decided_at)
    if by is None or at is None:
        return Refusal("그사이 내용이 바뀌었습니다. 새로 고친 화면에서 다시 확인해 주세요.")
    name = session.get_one(Person, by).name
    if withdrawn:
        return Refusal("{name} 님이 {at}에 먼저 철회했습니다.", name=name, at=at)
    if one.state is AdjustmentState.CONFIRMED:
        return Refusal("{name} 님이 {at}에 먼저 확정했습니다.", name=name, at=at)
    return Refusal("{name} 님이 {at}에 먼저 반영하지 않기로 했습니다.", name=name, at=at)


def _decide(
    session: Session, doer: Doer, adjustment_id: int, revision: int, to: AdjustmentState, reason: str
) -> AdjustmentFile:
    opened = open_adjustment(session, adjustment_id)
    holding = right_to_decide(session, doer, opened)
    return _settle(session, doer, doer.actor(holding), opened, revision, to, reason)


def _settle(
    session: Session, doer: Doer, actor: Actor, opened: AdjustmentFile, revision: int, to: AdjustmentState,
    reason: str,
) -> AdjustmentFile:  # fmt: skip
    must_be_open(session, opened.subject.cycle_id, opened.adjustment.period_id)
    reason = given_reason(reason)
    withdraws = to is AdjustmentState.WITHDRAWN
    values: dict[str, object] = {"decided_by_id": doer.person_id, "decided_at": doer.now, "decision": reason}
    if withdraws:
        values = {"withdrawn_by_id": doer.person_id, "withdrawn_at": doer.now, "withdrawal": reason}
    changed = changed_one(
        session,
        sa.update(Adjustment)
        .where(col(Adjustment.id) == opened.id, col(Adjustment.revision) == revision)
        .where(
            col(Adjustment.state) == (AdjustmentState.CONFIRMED if withdraws else AdjustmentState.PROPOSED)
        )
        .values(state=to, revision=revision + 1, **values),
    )
    if not changed:
        raise overtaken(session, open_adjustment(session, opened.id))
    record(
        session, doer.now, actor, f"adjustment.{to.value}", opened.card,
        reason=reason, points=f"{opened.adjustment.points:f}",
    )  # fmt: skip
    return open_adjustment(session, opened.id)
