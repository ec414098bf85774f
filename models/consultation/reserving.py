"""Booking a slot, moving to another one, and cancelling."""

from __future__ import annotations

from sqlmodel import Session

from models.audit import record
from models.consultation.booking import Booking, BookingState, WaitingState
from models.consultation.eligible import Party, acting, is_personal, is_whose, party_of, right_to_run, runs
from models.consultation.free import must_suit, when
from models.consultation.offering import end_waiting, offer_seats
from models.consultation.programme import Programme, Slot
from models.consultation.seats import (
    booking_now,
    change_booking,
    free_seat,
    held_by,
    last_moment,
    must_be_as_shown,
    must_be_open,
    one_at_a_time,
    overtaken,
    slot_and_programme,
    take_seat,
    too_late,
)
from models.doer import Doer
from models.words import Refusal


def book(
    session: Session,
    doer: Doer,
    slot_id: int,
    department_id: int | None = None,
    *,
    shown: int | None = None,
) -> Booking:
    """Takes a seat: of a consultation for a department the person works for, of a session for themselves.

    department_id: for which department, where the person works for several. shown: the slot's revision as it was
    seen, where somebody decided by what they saw.
    """
    one_at_a_time(session)
    slot, programme = slot_and_programme(session, slot_id)
    must_be_as_shown(slot, shown)
    party = party_of(session, doer, programme, department_id)
    must_be_open(programme, slot, doer.now)
    if held := held_by(session, slot.programme_id, party.holder):
        raise _has_one(session, held)
    must_suit(session, slot, doer.person_id, _whole(party))
    booking = take_seat(session, doer.now, slot, party, doer.person_id)
    if booking is None:
        held = held_by(session, slot.programme_id, party.holder)
        raise _has_one(session, held) if held else too_late(session, doer.now, slot.programme_id, slot)
    end_waiting(session, slot.programme_id, party.holder, WaitingState.TAKEN)
    record(
        session, doer.now, doer.actor(party.holding), "booking.book", f"booking:{booking.id}", slot=slot.id
    )
    return booking


def move(
    session: Session,
    doer: Doer,
    booking_id: int,
    slot_id: int,
    *,
    revision: int | None = None,
    shown: int | None = None,
) -> Booking:
    """Gives a booked seat up for one in another slot, in one step: who does not get the new one keeps the old.

    revision, shown: as the booking and the new slot were seen, where somebody decided by what they saw.
    """
    one_at_a_time(session)
    booking = _own_booking(session, doer, booking_id, revision)
    old, programme = slot_and_programme(session, booking.slot_id)
    slot, _ = slot_and_programme(session, slot_id)
    must_be_as_shown(slot, shown)
    if slot.programme_id != booking.programme_id or slot.id == old.id:
        raise Refusal("같은 프로그램의 다른 시간으로만 옮길 수 있습니다. 목록에서 다시 골라 주세요.")
    _must_be_in_time(doer, programme, old)
    must_be_open(programme, slot, doer.now)
    department_id = None if is_personal(session, booking) else booking.department_id
    must_suit(session, slot, booking.person_id, department_id, booking.id or 0)
    seat = free_seat(session, slot)
    if seat is None:
        raise too_late(session, doer.now, slot.programme_id, slot)
    change_booking(session, doer.now, booking, (BookingState.BOOKED,), slot_id=slot.id, seat=seat)
    actor = doer.actor(acting(session, doer, booking))
    about = f"booking:{booking.id}"
    record(session, doer.now, actor, "booking.move", about, slot=slot.id, before=old.id)
    offer_seats(session, doer.now, booking.programme_id)
    return booking


def cancel(
    session: Session, doer: Doer, booking_id: int, reason: str = "", *, revision: int | None = None
) -> Booking:
    """Gives a seat up, up to the cut-off. Who runs the slot may do so until it begins, with a reason."""
    one_at_a_time(session)
    booking = booking_now(session, booking_id)
    slot, programme = slot_and_programme(session, booking.slot_id)
    is_own = is_whose(session, doer, booking)
    if not is_own and not runs(doer, slot):
        raise Refusal("예약한 부서나 이 일정을 맡은 분만 취소할 수 있습니다. 예약자에게 요청해 주세요.")
    must_be_as_seen(session, booking, revision)
    if doer.now >= slot.starts_at:
        raise Refusal("이미 시작한 일정이라 취소할 수 없습니다.")
    if not runs(doer, slot):
        _must_be_in_time(doer, programme, slot)
    elif not is_own and not reason.strip():
        raise Refusal("취소하는 사유를 적어 주세요. 예약자에게 전달됩니다.")
    call_off(session, doer, booking, reason)
    offer_seats(session, doer.now, booking.programme_id)
    return booking


def call_off(session: Session, doer: Doer, booking: Booking, reason: str) -> None:
    """Ends a booking, or an offer whose slot is no more, and writes it down. Asks for no rights."""
    change_booking(
        session,
        doer.now,
        booking,
        (BookingState.BOOKED, BookingState.OFFERED),
        state=BookingState.CANCELLED,
        seat=None,
        holder=None,
        offered_until=None,
    )
    slot = session.get_one(Slot, booking.slot_id)
    actor = doer.actor(acting(session, doer, booking) or right_to_run(doer, slot))
    about, why = f"booking:{booking.id}", reason.strip() or None
    record(session, doer.now, actor, "booking.cancel", about, slot=slot.id, reason=why)


def must_be_as_seen(session: Session, booking: Booking, revision: int | None) -> None:
    """Refuses who decides on a booking that is over, or is not any more what they saw, and says what came between."""
    is_booked = booking.state is BookingState.BOOKED
    if booking.state in (BookingState.ATTENDED, BookingState.ABSENT):
        raise Refusal("출석이 확인된 예약이라 바꿀 수 없습니다.")
    if not is_booked or (revision is not None and revision != booking.revision):
        raise overtaken(session, booking)


def _own_booking(session: Session, doer: Doer, booking_id: int, revision: int | None) -> Booking:
    booking = booking_now(session, booking_id)
    if not is_whose(session, doer, booking):
        raise Refusal("예약한 부서의 담당자나 팀장만 바꿀 수 있습니다. 예약자에게 요청해 주세요.")
    must_be_as_seen(session, booking, revision)
    return booking


def _must_be_in_time(doer: Doer, programme: Programme, slot: Slot) -> None:
    if doer.now >= last_moment(programme, slot):
        raise Refusal(
            "시작 {hours}시간 전까지만 바꾸거나 취소할 수 있습니다. 참석이 어려우시면 담당 컨설턴트나 "
            "평가 부서에 알려 주세요.",
            hours=programme.cut_off_hours,
        )


def _has_one(session: Session, held: Booking) -> Refusal:
    slot = session.get_one(Slot, held.slot_id)
    if held.state is BookingState.OFFERED:
        return Refusal("{when} 자리를 제안받으셨습니다. 먼저 수락하거나 사양해 주세요.", when=when(slot))
    if held.state is BookingState.BOOKED:
        return Refusal(
            "이미 {when}에 예약되어 있습니다. 시간을 바꾸려면 '이 시간으로 변경'을 눌러 주세요.",
            when=when(slot),
        )
    return Refusal("{when}에 이미 진행된 예약이 있어 다시 예약할 수 없습니다.", when=when(slot))


def _whole(party: Party) -> int | None:
    """The department that meets; None where somebody comes for themselves."""
    return party.department_id if party.holding is not None else None
