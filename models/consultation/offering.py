"""Offers: a seat that gets free is held for who waits for it first, until they take it or their time is over."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col, select

from models.audit import Actor, record
from models.clock import local_day
from models.consultation.booking import Booking, BookingState, Waiting, WaitingState
from models.consultation.eligible import Party, party_of
from models.consultation.free import must_suit
from models.consultation.programme import Programme, Slot
from models.consultation.seats import change_booking, free_slots, last_moment, one_at_a_time, take_seat
from models.doer import Doer
from models.organization import Person, is_here
from models.reminding.hours import Hours
from models.reminding.table import hours_of
from models.words import Refusal

CLOCK = Actor(None, "clock")


def offer_seats(session: Session, now: datetime, programme_id: int) -> None:
    """Holds what is free in a programme for those who wait for it, first come, first served."""
    waiting = first_in_line(session, programme_id)
    if not waiting:
        return
    programme, hours = session.get_one(Programme, programme_id), hours_of(session)
    free = free_slots(session, now, programme_id)
    for one in waiting:
        if not free:
            return
        for slot in free:
            is_wanted = one.slot_id in (None, slot.id)
            until = held_until(programme, slot, hours, now)
            if is_wanted and until is not None and _offered(session, now, one, programme, slot, until):
                free = free_slots(session, now, programme_id)
                break


def held_until(programme: Programme, slot: Slot, hours: Hours, now: datetime) -> datetime | None:
    """Until when a seat that gets free now is held for somebody; None where there is no time left to offer it.

    The time counts from when they can be told, and never goes past the moment after which nobody may book it.
    """
    told = hours.after(now)
    limits = [told + timedelta(hours=programme.offer_hours), last_moment(programme, slot), slot.starts_at]
    if programme.booking_due is not None:
        limits.append(programme.booking_due)
    until = min(limits)
    return until if until > told else None


def offers_wait(session: Session, now: datetime) -> bool:
    """Whether the time of an offer is over, one may be told, or a seat is free that somebody waits for."""
    untold = select(Booking.id).where(_is_untold(now))
    return (
        _any_is_over(session, now)
        or (session.exec(untold).first() is not None and hours_of(session).suit(now))
        or any(free_slots(session, now, programme) for programme in waited_for(session))
    )


def waited_for(session: Session) -> list[int]:
    """The programmes in which somebody waits for a seat."""
    waiting = select(Waiting.programme_id).where(Waiting.state == WaitingState.WAITING)
    return sorted(session.exec(waiting.distinct()))


def lapse_offers(session: Session, now: datetime) -> list[Booking]:
    """Takes back offers whose time is over and offers those seats to the next; what was taken back."""
    if not _any_is_over(session, now):
        return []
    one_at_a_time(session)
    is_over = _is_over(now)
    found = session.exec(select(Booking).where(is_over).execution_options(populate_existing=True)).all()
    for booking in found:
        give_back(session, now, booking, WaitingState.LAPSED)
        record(session, now, CLOCK, "booking.lapse", f"booking:{booking.id}", slot=booking.slot_id)
    for programme_id in sorted({booking.programme_id for booking in found}):
        offer_seats(session, now, programme_id)
    return list(found)


def give_back(session: Session, now: datetime, booking: Booking, state: WaitingState) -> None:
    """Ends an offer without its being taken."""
    holder = booking.holder
    change_booking(
        session,
        now,
        booking,
        (BookingState.OFFERED,),
        state=BookingState.CANCELLED,
        seat=None,
        holder=None,
        offered_until=None,
    )
    end_waiting(session, booking.programme_id, holder, state)


def end_waiting(session: Session, programme_id: int, holder: str | None, state: WaitingState) -> None:
    """Takes a holder off the waiting list, where they are on it."""
    session.execute(
        sa.update(Waiting)
        .where(col(Waiting.programme_id) == programme_id, col(Waiting.holder) == holder)
        .values(holder=None, state=state)
        .execution_options(synchronize_session="fetch")
    )


def offers_to_tell(session: Session, now: datetime) -> list[Booking]:
    """Offers whose people have not been told and may be now; they count as told from here on."""
    found = session.exec(select(Booking).where(_is_untold(now)).order_by(col(Booking.id))).all()
    if not found or not hours_of(session).suit(now):
        return []
    told = (
        sa.update(Booking)
        .where(col(Booking.id).in_([one.id for one in found]), col(Booking.told_at).is_(None))
        .values(told_at=now)
        .returning(col(Booking.id))
        .execution_options(synchronize_session="fetch")
    )
    mine = set(session.execute(told).scalars())
    return [one for one in found if one.id in mine]


def next_of_offers(session: Session, now: datetime) -> datetime | None:
    """When after `now` an offer lapses, may be told, or can be made since booking opens; None where nothing waits."""
    offered = select(Booking.offered_until, Booking.told_at).where(Booking.state == BookingState.OFFERED)
    found = session.exec(offered).all()
    moments = [until for until, _ in found if until is not None]
    if any(told_at is None for _, told_at in found):
        moments.append(hours_of(session).after(now))
    opens = (
        select(Programme.booking_opens)
        .join(Waiting, col(Waiting.programme_id) == col(Programme.id))
        .where(Waiting.state == WaitingState.WAITING)
    )
    moments += [one for one in session.exec(opens) if one is not None]
    return min((one for one in moments if one > now), default=None)


def first_in_line(session: Session, programme_id: int) -> list[Waiting]:
    query = select(Waiting).where(Waiting.programme_id == programme_id, Waiting.state == WaitingState.WAITING)
    return list(session.exec(query.order_by(col(Waiting.since), col(Waiting.id))))


def _any_is_over(session: Session, now: datetime) -> bool:
    return session.exec(select(Booking.id).where(_is_over(now))).first() is not None


def _is_over(now: datetime) -> sa.ColumnElement[bool]:
    return (col(Booking.state) == BookingState.OFFERED) & (col(Booking.offered_until) <= now)


def _is_untold(now: datetime) -> sa.ColumnElement[bool]:
    offered = (col(Booking.state) == BookingState.OFFERED) & (col(Booking.offered_until) > now)
    return offered & col(Booking.told_at).is_(None)


def _offered(
    session: Session, now: datetime, waiting: Waiting, programme: Programme, slot: Slot, until: datetime
) -> bool:
    """Whether the seat was offered to them: not where they are not free then, or may not book any more."""
    party = _party(session, now, waiting, programme, slot)
    booking = take_seat(session, now, slot, party, waiting.person_id, until) if party else None
    if booking is None:
        return False
    waiting.state, waiting.booking_id = WaitingState.OFFERED, booking.id
    session.add(waiting)
    session.flush()
    record(
        session,
        now,
        CLOCK,
        "booking.offer",
        f"booking:{booking.id}",
        slot=slot.id,
        person=waiting.person_id,
        until=until.isoformat(),
    )
    return True


def _party(
    session: Session, now: datetime, waiting: Waiting, programme: Programme, slot: Slot
) -> Party | None:
    here = select(Person.id).where(Person.id == waiting.person_id, is_here(local_day(now)))
    if session.exec(here).first() is None:
        return None
    doer = Doer.at_work(session, waiting.person_id, now, CLOCK.channel)
    with suppress(Refusal):
        party = party_of(session, doer, programme, waiting.department_id)
        whole = party.holding is not None
        must_suit(session, slot, waiting.person_id, party.department_id if whole else None)
        return party
    return None
