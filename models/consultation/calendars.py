"""Who gets which calendar file: asked for as errands, made after the transaction, handed over in chat."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from models.consultation.appointment import parties
from models.consultation.booking import Booking
from models.consultation.programme import Programme, ProgrammeKind, Slot
from models.messaging.errand import ask

ERRAND = "calendar"


def ask_for_parties(
    session: Session, now: datetime, booking: Booking, what: str, before: int | None = None
) -> None:
    """Has everybody of a booking get their file. `what` became of it: booked, moved, changed, cancelled.

    before: the slot it was moved away from, whose people get theirs taken out where they are not of the new one.
    """
    people = _people(session, booking, booking.slot_id)
    for person_id in sorted(people):
        ask(session, now, person_id, ERRAND, booking=booking.id, slot=booking.slot_id, what=what)
    for person_id in sorted(_people(session, booking, before) - people) if before is not None else ():
        ask(session, now, person_id, ERRAND, booking=booking.id, slot=before, what="cancelled")


def ask_for_organisers(session: Session, now: datetime, slot: Slot, what: str) -> None:
    """Has those who run a session get the file of the session itself."""
    if session.get_one(Programme, slot.programme_id).kind is ProgrammeKind.CONSULTATION:
        return
    for person_id in sorted({one for one in (slot.consultant_id, slot.office_id) if one is not None}):
        ask(session, now, person_id, ERRAND, booking=None, slot=slot.id, what=what)


def _people(session: Session, booking: Booking, slot_id: int) -> set[int]:
    slot = session.get_one(Slot, slot_id)
    return parties(session.get_one(Programme, slot.programme_id), slot, booking)
