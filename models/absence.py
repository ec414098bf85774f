"""Absence (부재): who is away registers it, and who stands in for them meanwhile is named (대결)."""

from __future__ import annotations

from datetime import date, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col, select

from models.audit import record
from models.doer import Doer
from models.leave import Leave
from models.organization import Department, Person, Role, RoleHeld, is_here
from models.reminding.circle import Circle
from models.rights import Holding
from models.store import changed_one
from models.words import Refusal

_DAY = timedelta(days=1)


def register(
    session: Session, doer: Doer, starts_on: date, ends_on: date, deputy_id: int | None
) -> tuple[Leave, RoleHeld | None]:
    """The doer is away from one day through another; `deputy_id` stands in for them, if anybody does."""
    check_days(session, doer, starts_on, ends_on)
    leave = Leave(person_id=doer.person_id, starts_on=starts_on, ends_on=ends_on)
    session.add(leave)
    session.flush()
    days = {"starts_on": starts_on.isoformat(), "ends_on": ends_on.isoformat()}
    record(session, doer.now, doer.actor(), "absence.register", f"person:{doer.person_id}", **days)
    if deputy_id is None:
        return leave, None
    return leave, name_deputy(session, doer, doer.person_id, deputy_id, starts_on, ends_on)


def check_days(session: Session, doer: Doer, starts_on: date, ends_on: date) -> None:
    """Refuses days that are past, in the wrong order, or taken by another absence of the doer."""
    if ends_on < starts_on:
        raise Refusal("마지막 날이 첫날보다 빠릅니다. 날짜를 확인해 주세요.")
    if starts_on < doer.today:
        raise Refusal("지난 날의 부재는 등록할 수 없습니다. 오늘이나 그 뒤의 날짜를 적어 주세요.")
    query = select(Leave).where(Leave.person_id == doer.person_id, _overlaps(starts_on, ends_on))
    taken = session.exec(query.order_by(col(Leave.starts_on))).first()
    if taken is not None:
        raise Refusal(
            "{start}부터 {end}까지 이미 부재로 등록되어 있습니다. 그 부재를 취소하거나 다른 날짜를 적어 주세요.",
            start=taken.starts_on,
            end=taken.ends_on,
        )


def come_back(session: Session, doer: Doer, leave_id: int) -> tuple[Leave, list[RoleHeld]]:
    """The doer is here from today on: an absence that has begun ends yesterday, one still to come is cancelled.

    Who was named in chat to stand in on its days does so no longer; they are returned.
    """
    yesterday = doer.today - _DAY
    of_it = (col(Leave.id) == leave_id, col(Leave.person_id) == doer.person_id)
    leave = session.exec(select(Leave).where(*of_it).execution_options(populate_existing=True)).one_or_none()
    if leave is None:
        raise Refusal("본인의 부재만 바꿀 수 있습니다. 본인에게 요청해 주세요.")
    held = chosen_between(session, doer.person_id, max(doer.today, leave.starts_on), leave.ends_on)
    has_begun = leave.starts_on < doer.today
    changed = changed_one(
        session,
        sa.update(Leave)
        .where(*of_it, ~col(Leave.is_cancelled), col(Leave.ends_on) >= doer.today)
        .values(**({"ends_on": yesterday} if has_begun else {"is_cancelled": True})),
    )
    if not changed:
        raise Refusal("이미 끝났거나 취소된 부재입니다.")
    over = [one for one in held if _is_within(one, leave)]
    for one in over:
        _end(session, one, yesterday)
    session.refresh(leave)
    record(session, doer.now, doer.actor(), "absence.end", f"person:{doer.person_id}", leave=leave_id)
    return leave, over


def name_deputy(
    session: Session, doer: Doer, person_id: int, deputy_id: int, starts_on: date, ends_on: date
) -> RoleHeld:
    """`deputy_id` stands in for the person on those days, instead of whom was named in chat for them before; who was
    named for longer does so again afterwards."""
    holding = may_name_deputy(session, doer, person_id)
    if deputy_id not in {one.id for one in candidates(session, person_id, starts_on, ends_on)}:
        name = session.get_one(Person, deputy_id).name
        raise Refusal("{name} 님은 그 기간에 대결할 수 없습니다. 다른 사람을 선택해 주세요.", name=name)
    for one in chosen_between(session, person_id, starts_on, ends_on):
        last_day = one.ends_on
        _end(session, one, starts_on - _DAY)
        if last_day is None or last_day > ends_on:
            again = one.model_dump(exclude={"id", "starts_on"}) | {"ends_on": last_day}
            session.add(RoleHeld(**again, starts_on=ends_on + _DAY))
    # In no department: the same person may be named again for other days, beside what the plan says.
    held = RoleHeld(
        person_id=deputy_id,
        role=Role.DEPUTY,
        stands_in_for_id=person_id,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    session.add(held)
    session.flush()
    days = {"starts_on": starts_on.isoformat(), "ends_on": ends_on.isoformat()}
    actor = doer.actor(holding)
    record(session, doer.now, actor, "absence.deputy", f"person:{person_id}", deputy=deputy_id, **days)
    return held


def may_name_deputy(session: Session, doer: Doer, person_id: int) -> Holding | None:
    """The team lead's right by which the doer names a deputy for somebody, None for themselves; or a refusal."""
    if person_id == doer.person_id:
        return None
    place = _place_of(session, person_id)
    holding = doer.standing.right(Role.TEAM_LEAD, place.path) if place is not None else None
    if holding is None:
        raise Refusal("대결자는 본인이나 소속 부서의 팀장이 지정할 수 있습니다.")
    return holding


def candidates(session: Session, person_id: int, starts_on: date, ends_on: date) -> list[Person]:
    """Who may stand in: those of the person's department and below it who are here on all of those days."""
    place = _place_of(session, person_id)
    if place is None:
        return []
    away = select(Leave.id).where(col(Leave.person_id) == col(Person.id), _overlaps(starts_on, ends_on))
    query = (
        select(Person)
        .join(Department, col(Department.id) == col(Person.department_id))
        .where(col(Department.path).startswith(place.path, autoescape=True), Person.id != person_id)
        .where(is_here(ends_on), ~away.exists())
        .order_by(col(Department.position), col(Person.name), col(Person.id))
    )
    return list(session.exec(query))


def leaves_of(session: Session, person_id: int, today: date) -> list[Leave]:
    """A person's absences that have not ended, in order of time."""
    query = select(Leave).where(
        Leave.person_id == person_id, ~col(Leave.is_cancelled), Leave.ends_on >= today
    )
    return list(session.exec(query.order_by(col(Leave.starts_on))))


def deputies_between(session: Session, person_id: int, starts_on: date, ends_on: date) -> list[RoleHeld]:
    """Who stands in for the person on any of those days, by the plan or named in chat."""
    begins = col(RoleHeld.starts_on).is_(None) | (col(RoleHeld.starts_on) <= ends_on)
    ends = col(RoleHeld.ends_on).is_(None) | (col(RoleHeld.ends_on) >= starts_on)
    endless = col(RoleHeld.starts_on).is_(None) | col(RoleHeld.ends_on).is_(None)
    query = (
        select(RoleHeld)
        .where(RoleHeld.role == Role.DEPUTY, RoleHeld.stands_in_for_id == person_id, begins, ends)
        .where(endless | (col(RoleHeld.ends_on) >= col(RoleHeld.starts_on)))
    )
    return list(session.exec(query.order_by(col(RoleHeld.id))))


def chosen_between(session: Session, person_id: int, starts_on: date, ends_on: date) -> list[RoleHeld]:
    """Those of them who were named in chat."""
    found = deputies_between(session, person_id, starts_on, ends_on)
    return [one for one in found if one.department_id is None]


def leads_to_tell(session: Session, circle: Circle, person_id: int) -> tuple[int, ...]:
    """Who leads the person: nearest to their department; for whom leads it themselves, those above."""
    place = _place_of(session, person_id)
    if place is None or place.id is None:
        return ()
    for people in (circle.nearest(Role.TEAM_LEAD, place.id), circle.above(Role.TEAM_LEAD, place.id)):
        if person_id not in people:
            return circle.receivers(people)
    return ()


def _place_of(session: Session, person_id: int) -> Department | None:
    person = session.get_one(Person, person_id)
    return session.get(Department, person.department_id) if person.department_id else None


def _overlaps(starts_on: date, ends_on: date) -> sa.ColumnElement[bool]:
    """The condition that a Leave takes any of those days."""
    return (col(Leave.starts_on) <= ends_on) & (col(Leave.ends_on) >= starts_on) & ~col(Leave.is_cancelled)


def _is_within(held: RoleHeld, leave: Leave) -> bool:
    starts, ends = held.starts_on or date.min, held.ends_on or date.max
    return leave.starts_on <= starts and ends <= leave.ends_on


def _end(session: Session, held: RoleHeld, last_day: date) -> None:
    """Ends it with that day. One that would only have begun later then ends before it begins: it never was."""
    held.ends_on = last_day
    session.add(held)
