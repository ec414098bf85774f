"""What follows a change of slots and bookings: calendar files to whom it concerns, offers, cards drawn anew."""

from __future__ import annotations

from handlers.dialogue.screens import Go
from handlers.dialogue.talk import Talk
from models.consultation.booking import Booking
from models.consultation.calendars import ERRAND, ask_for_parties
from models.consultation.offering import offers_to_tell
from models.consultation.programme import Slot
from models.consultation.seats import taken_seats
from models.words import say

_FEW = 10
"""Seats of a session so small that everybody sees every change."""


def tell_parties(talk: Talk, booking: Booking, what: str, before: int | None = None) -> None:
    """Has everybody of a booking get their calendar file (models.consultation.calendars)."""
    ask_for_parties(talk.session, talk.now, booking, what, before)
    talk.has_errand = True
    for slot_id in {booking.slot_id, before or booking.slot_id}:
        talk.changed(f"slot:{slot_id}", for_others=_matters_to_others(talk, slot_id))


def tell_offers(talk: Talk) -> None:
    """Tells those who have got an offer, in the hours in which people may be told."""
    for booking in offers_to_tell(talk.session, talk.now):
        talk.tell(booking.person_id, Go("consultation.offer", {"booking": booking.id}))
        if booking.person_id == talk.person_id:
            talk.toast(say("기다리시던 다른 자리가 났습니다. '내 예약'에서 수락해 주세요."))
        changed(talk, booking.slot_id)


def send_file(talk: Talk, slot_id: int, booking_id: int | None) -> None:
    """Has the reader get the calendar file of a slot once more."""
    talk.errand(ERRAND, booking=booking_id, slot=slot_id, what="again")


def _matters_to_others(talk: Talk, slot_id: int) -> bool:
    """In a hall one seat more or less is nobody else's news while there are seats: of 130 people who sign up, each
    would have the cards of all before them redrawn."""
    slot = talk.session.get_one(Slot, slot_id)
    left = slot.seats - len(taken_seats(talk.session, slot_id))
    return slot.seats <= _FEW or left <= 1


def changed(talk: Talk, *slots: int | None) -> None:
    """Has every copy of these slots' cards redrawn."""
    for slot_id in slots:
        talk.changed(f"slot:{slot_id}")
