"""Offers of seats by the clock: those not taken in time go to the next, and who got one is told by day."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from handlers.dialogue.book import Book
from handlers.dialogue.screens import Go
from handlers.dialogue.sending import reader_of, show_to
from handlers.dialogue.stage import Stage
from handlers.dialogue.talk import Talk
from models.consultation.booking import Booking
from models.consultation.offering import lapse_offers, offer_seats, offers_to_tell, waited_for
from models.consultation.seats import one_at_a_time
from models.messaging.conversation import Conversation


def expire_offers(session: Session, book: Book, now: datetime) -> bool:
    """Takes back what was not taken in time, offers what is free to who waits, and tells them; never more to do."""
    lapsed = lapse_offers(session, now)
    _offer_what_is_free(session, now)
    offered = offers_to_tell(session, now)
    talks = [talk for booking in offered if (talk := _tell(session, book, now, booking)) is not None]
    _redraw(session, book, now, talks, [*lapsed, *offered])
    return False


def _offer_what_is_free(session: Session, now: datetime) -> None:
    """Seats that got free by themselves: slots of a new plan, somebody back from leave, booking that has opened."""
    programmes = waited_for(session)
    if programmes:
        one_at_a_time(session)
    for programme_id in programmes:
        offer_seats(session, now, programme_id)


def _tell(session: Session, book: Book, now: datetime, booking: Booking) -> Talk | None:
    talk = reader_of(book, session, now, booking.person_id)
    if talk is not None:
        show_to(book, talk, Go("consultation.offer", {"booking": booking.id}))
    return talk


def _redraw(session: Session, book: Book, now: datetime, talks: list[Talk], bookings: list[Booking]) -> None:
    """Every copy of these slots' cards, so that nobody presses what is over."""
    readers = (reader_of(book, session, now, booking.person_id) for booking in bookings)
    talk = next(iter(talks), None) or next((one for one in readers if one is not None), None)
    if talk is None or not bookings:
        return
    for slot_id in sorted({booking.slot_id for booking in bookings}):
        talk.changed(f"slot:{slot_id}")
    conversation = Conversation(person_id=talk.person_id, step=book.front_door.home.step, updated_at=now)
    Stage(talk, conversation).send_to_others(book)
