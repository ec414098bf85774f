"""Seats: which are free, taking one, and changing what was taken, so that of several at once exactly one does."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from models.audit import AuditRow
from models.consultation.booking import Booking, BookingState
from models.consultation.eligible import Party
from models.consultation.free import when
from models.consultation.programme import Programme, Slot, SlotState
from models.organization import Person
from models.store import changed_one, insert_if_absent
from models.words import Phrase, Refusal, say

_FREE_NAMED = 3
"""So many free slots are named to who came too late."""


def one_at_a_time(session: Session) -> None:
    """Whoever else books, moves or offers a seat waits here until this transaction ends, so that what is checked
    still holds when it is written. On SQLite whoever writes is alone anyway."""
    # Not their keys, which rows that only refer to a programme lock: with those it could wait in a circle.
    rows = sa.select(col(Programme.id)).order_by(col(Programme.id)).with_for_update(key_share=True)
    session.execute(rows).all()


def slot_and_programme(session: Session, slot_id: int) -> tuple[Slot, Programme]:
    """A slot as it is now, whatever this session has read of it before."""
    slot = session.get(Slot, slot_id, populate_existing=True)
    if slot is None:
        raise Refusal("없어진 시간입니다. 목록에서 다른 시간을 골라 주세요.")
    return slot, session.get_one(Programme, slot.programme_id, populate_existing=True)


def booking_now(session: Session, booking_id: int) -> Booking:
    """A booking as it is now."""
    booking = session.get(Booking, booking_id, populate_existing=True)
    if booking is None:
        raise Refusal("예약을 찾을 수 없습니다. '컨설팅'을 입력해 예약을 확인해 주세요.")
    return booking


def last_moment(programme: Programme, slot: Slot) -> datetime:
    """Until when a slot may be booked, moved to or away from, or cancelled."""
    return slot.starts_at - timedelta(hours=programme.cut_off_hours)


def must_be_open(programme: Programme, slot: Slot, now: datetime) -> None:
    """Refuses a slot that cannot be booked now, and says until or from when."""
    if slot.state is SlotState.CANCELLED:
        raise Refusal("취소된 시간입니다. 다른 시간을 골라 주세요.")
    if slot.starts_at <= now:
        raise Refusal("이미 시작한 시간입니다. 다른 시간을 골라 주세요.")
    if programme.booking_opens is not None and now < programme.booking_opens:
        raise Refusal("예약은 {opens}부터 받습니다. 그때 다시 신청해 주세요.", opens=programme.booking_opens)
    if programme.booking_due is not None and now >= programme.booking_due:
        raise Refusal(
            "예약 기한({due})이 지났습니다. 필요하면 평가 부서에 문의해 주세요.", due=programme.booking_due
        )
    if now >= last_moment(programme, slot):
        raise Refusal(
            "시작 {hours}시간 전까지만 예약할 수 있습니다. 다른 시간을 골라 주세요.",
            hours=programme.cut_off_hours,
        )


def must_be_as_shown(slot: Slot, revision: int | None) -> None:
    """Refuses who decides by a time or place that the slot does not have any more."""
    if revision not in (None, slot.revision):
        raise Refusal("그사이 일정이 바뀌었습니다. 새로 고친 화면에서 다시 확인해 주세요.")


def taken_seats(session: Session, slot_id: int) -> set[int]:
    """The numbers of the seats that are taken or held."""
    query = select(Booking.seat).where(Booking.slot_id == slot_id, col(Booking.seat).is_not(None))
    return {seat for seat in session.exec(query) if seat is not None}


def free_seat(session: Session, slot: Slot) -> int | None:
    """The first seat nobody has; None where all are taken."""
    taken = taken_seats(session, slot.id or 0)
    return next((seat for seat in range(1, slot.seats + 1) if seat not in taken), None)


def held_by(session: Session, programme_id: int, holder: str) -> Booking | None:
    """The seat that a holder has in a programme, or is offered."""
    query = select(Booking).where(Booking.programme_id == programme_id, Booking.holder == holder)
    return session.exec(query.execution_options(populate_existing=True)).one_or_none()


def take_seat(
    session: Session,
    now: datetime,
    slot: Slot,
    party: Party,
    person_id: int,
    offered_until: datetime | None = None,
) -> Booking | None:
    """Writes the booking of a free seat, offered where `offered_until` is given; None where another transaction was
    quicker, which the database's own unique keys tell."""
    seat = free_seat(session, slot)
    if seat is None:
        return None
    key = insert_if_absent(
        session,
        Booking,
        programme_id=slot.programme_id,
        slot_id=slot.id,
        seat=seat,
        holder=party.holder,
        department_id=party.department_id,
        person_id=person_id,
        uid=f"{secrets.token_hex(16)}@bogobot",
        state=BookingState.OFFERED if offered_until else BookingState.BOOKED,
        offered_until=offered_until,
        booked_at=now,
        changed_at=now,
        revision=0,
    )
    return None if key is None else session.get_one(Booking, key)


def change_booking(
    session: Session, now: datetime, booking: Booking, allowed: Sequence[BookingState], **values: object
) -> None:
    """Changes a booking where it still is as `booking` has it; else says what came between."""
    try:
        with session.begin_nested():
            changed = changed_one(
                session,
                sa.update(Booking)
                .where(col(Booking.id) == booking.id, col(Booking.revision) == booking.revision)
                .where(col(Booking.state).in_(allowed))
                .values(changed_at=now, revision=booking.revision + 1, **values),
            )
    except IntegrityError:
        # Somebody else got the seat it was to have.
        raise too_late(session, now, booking.programme_id) from None
    if not changed:
        raise overtaken(session, booking_now(session, booking.id or 0))
    session.refresh(booking)


def overtaken(session: Session, booking: Booking) -> Refusal:
    """Says who has changed the booking meanwhile."""
    query = (
        select(AuditRow).where(AuditRow.subject == f"booking:{booking.id}").order_by(col(AuditRow.id).desc())
    )
    last = session.exec(query).first()
    if last is not None and last.action == "booking.lapse":
        return Refusal("수락 기한이 지나 다음 분에게 넘어갔습니다. 계속 원하시면 다시 대기를 신청해 주세요.")
    if last is None or last.person_id is None:
        return Refusal("그사이 예약이 바뀌었습니다. 새로 고친 화면에서 다시 확인해 주세요.")
    name = session.get_one(Person, last.person_id).name
    if booking.state is BookingState.CANCELLED:
        return Refusal("{name} 님이 {at}에 먼저 취소했습니다.", name=name, at=last.at)
    return Refusal(
        "{name} 님이 {at}에 먼저 바꿨습니다. 새로 고친 화면에서 확인해 주세요.", name=name, at=last.at
    )


def too_late(session: Session, now: datetime, programme_id: int, slot: Slot | None = None) -> Refusal:
    """Tells who came too late what happened and what is still free."""
    left = free_slots(session, now, programme_id)
    who = _who_has(session, slot) if slot is not None and slot.seats == 1 else None
    happened = (
        say("그 시간은 {name} 님이 먼저 예약했습니다.", name=who)
        if who
        else say("그 시간은 자리가 모두 찼습니다.")
    )
    if not left:
        return Refusal("{happened} 지금은 빈 시간이 없으니 대기를 신청해 주세요.", happened=happened)
    return Refusal("{happened} 아직 빈 시간: {left}", happened=happened, left=_listed(left[:_FREE_NAMED]))


def free_slots(session: Session, now: datetime, programme_id: int) -> list[Slot]:
    """Slots of a programme that can be booked now by whoever is free then, in order of time."""
    programme = session.get_one(Programme, programme_id)
    taken = sa.select(sa.func.count()).where(
        col(Booking.slot_id) == col(Slot.id), col(Booking.seat).is_not(None)
    )
    query = select(Slot).where(
        Slot.programme_id == programme_id,
        Slot.state == SlotState.OPEN,
        Slot.starts_at > now,
        taken.scalar_subquery() < col(Slot.seats),
    )
    slots = session.exec(query.order_by(col(Slot.starts_at), col(Slot.id))).all()
    return [slot for slot in slots if _is_open(programme, slot, now)]


def _is_open(programme: Programme, slot: Slot, now: datetime) -> bool:
    try:
        must_be_open(programme, slot, now)
    except Refusal:
        return False
    return True


def _who_has(session: Session, slot: Slot) -> str | None:
    query = select(Person.name).join(Booking, col(Booking.person_id) == col(Person.id))
    return session.exec(query.where(Booking.slot_id == slot.id, col(Booking.seat).is_not(None))).first()


def _listed(slots: Sequence[Slot]) -> Phrase:
    first, *others = slots
    phrase = when(first)
    for slot in others:
        phrase = say("{before}, {after}", before=phrase, after=when(slot))
    return phrase
