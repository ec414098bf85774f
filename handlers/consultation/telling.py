"""What follows a change of slots and bookings: calendar files to whom it concerns, offers, cards drawn anew."""

from __future__ import annotations

from handlers.dialogue.screens import Go
from handlers.dialogue.talk import Talk
from models.consultation.booking import Booking
from models.consultation.calendars import ERRAND, ask_for_parties
from models.consultation.offering import offers_to_tell
from models.words import say


def tell_parties(talk: Talk, booking: Booking, what: str, before: int | None = None) -> None:
    """Has everybody of a booking get their calendar file (models.consultation.calendars)."""
    ask_for_parties(talk.session, talk.now, booking, what, before)
    talk.has_errand = True
    changed(talk, *{booking.slot_id, before or booking.slot_id})


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


def changed(talk: Talk, *slots: int | None) -> None:
    """Has every copy of these slots' cards redrawn."""
    for slot_id in slots:
        talk.changed(f"slot:{slot_id}")
