"""The waiting list: joining and leaving it, and answering an offer."""

from __future__ import annotations

from sqlmodel import Session, select

from models.audit import record
from models.consultation.booking import Booking, BookingState, Waiting, WaitingState
from models.consultation.eligible import Party, acting, is_whose, party_of
from models.consultation.free import must_suit, when
from models.consultation.offering import end_waiting, give_back, offer_seats
from models.consultation.programme import Programme, Slot
from models.consultation.seats import (
    booking_now,
    change_booking,
    free_slots,
    held_by,
    must_be_as_shown,
    must_be_open,
    one_at_a_time,
    overtaken,
    slot_and_programme,
)
from models.doer import Doer
from models.words import Refusal


def join(
    session: Session,
    doer: Doer,
    programme_id: int,
    slot_id: int | None = None,
    department_id: int | None = None,
) -> Waiting:
    """Queues for a slot, or for any of a programme; refused where one that suits can be booked at once."""
    one_at_a_time(session)
    programme = session.get_one(Programme, programme_id, populate_existing=True)
    party = party_of(session, doer, programme, department_id)
    if slot_id is not None:
        slot, _ = slot_and_programme(session, slot_id)
        must_be_open(programme, slot, doer.now)
    if held := held_by(session, programme_id, party.holder):
        slot = session.get_one(Slot, held.slot_id)
        raise Refusal("이미 {when}에 자리가 있어 대기를 신청하지 않으셔도 됩니다.", when=when(slot))
    query = select(Waiting).where(Waiting.programme_id == programme_id, Waiting.holder == party.holder)
    if session.exec(query).first() is not None:
        raise Refusal("이미 대기하고 계십니다. 자리가 나면 차례대로 알려 드리겠습니다.")
    for slot in free_slots(session, doer.now, programme_id):
        if slot_id in (None, slot.id) and _suits(session, doer, slot, party):
            raise Refusal("{when}에 빈 자리가 있습니다. 바로 예약해 주세요.", when=when(slot))
    waiting = Waiting(
        programme_id=programme_id,
        slot_id=slot_id,
        holder=party.holder,
        department_id=party.department_id,
        person_id=doer.person_id,
        since=doer.now,
    )
    session.add(waiting)
    session.flush()
    about = f"waiting:{waiting.id}"
    record(session, doer.now, doer.actor(party.holding), "waiting.join", about, slot=slot_id)
    return waiting


def leave(session: Session, doer: Doer, waiting_id: int) -> Waiting:
    """Gives a place on the waiting list up."""
    one_at_a_time(session)
    waiting = session.get(Waiting, waiting_id, populate_existing=True)
    if waiting is None or waiting.state is not WaitingState.WAITING:
        raise Refusal("이미 끝난 대기입니다. '컨설팅'을 입력해 예약을 확인해 주세요.")
    programme = session.get_one(Programme, waiting.programme_id)
    party = party_of(session, doer, programme, waiting.department_id)
    if party.holder != waiting.holder:
        raise Refusal("대기를 신청한 분만 그만둘 수 있습니다. 신청한 분에게 요청해 주세요.")
    end_waiting(session, waiting.programme_id, waiting.holder, WaitingState.LEFT)
    record(session, doer.now, doer.actor(party.holding), "waiting.leave", f"waiting:{waiting.id}")
    return waiting


def accept(session: Session, doer: Doer, booking_id: int, *, shown: int | None = None) -> Booking:
    """Takes the seat that is held; from here on it is booked. shown: the slot's revision as it was seen."""
    booking = _offer(session, doer, booking_id)
    slot, programme = slot_and_programme(session, booking.slot_id)
    must_be_as_shown(slot, shown)
    must_be_open(programme, slot, doer.now)
    holding = acting(session, doer, booking)
    department_id = booking.department_id if holding else None
    must_suit(session, slot, booking.person_id, department_id, booking.id or 0)
    change_booking(
        session,
        doer.now,
        booking,
        (BookingState.OFFERED,),
        state=BookingState.BOOKED,
        offered_until=None,
        booked_at=doer.now,
    )
    end_waiting(session, booking.programme_id, booking.holder, WaitingState.TAKEN)
    record(session, doer.now, doer.actor(holding), "booking.accept", f"booking:{booking.id}", slot=slot.id)
    return booking


def decline(session: Session, doer: Doer, booking_id: int) -> Booking:
    """Lets the seat go to the next; who still wants another one queues again."""
    booking = _offer(session, doer, booking_id)
    actor = doer.actor(acting(session, doer, booking))
    give_back(session, doer.now, booking, WaitingState.LEFT)
    about = f"booking:{booking.id}"
    record(session, doer.now, actor, "booking.decline", about, slot=booking.slot_id)
    offer_seats(session, doer.now, booking.programme_id)
    return booking


def _offer(session: Session, doer: Doer, booking_id: int) -> Booking:
    """An offer that the person may answer and that still stands."""
    one_at_a_time(session)
    booking = booking_now(session, booking_id)
    if not is_whose(session, doer, booking):
        raise Refusal("제안을 받은 부서의 담당자나 팀장만 답할 수 있습니다.")
    if booking.state is BookingState.BOOKED:
        raise Refusal("이미 수락하여 예약되어 있습니다.")
    until = booking.offered_until
    if booking.state is not BookingState.OFFERED or until is None:
        raise overtaken(session, booking)
    if until <= doer.now:
        raise Refusal(
            "수락 기한({until})이 지났습니다. 계속 원하시면 다시 대기를 신청해 주세요.", until=until
        )
    return booking


def _suits(session: Session, doer: Doer, slot: Slot, party: Party) -> bool:
    department_id = party.department_id if party.holding is not None else None
    try:
        must_suit(session, slot, doer.person_id, department_id)
    except Refusal:
        return False
    return True
