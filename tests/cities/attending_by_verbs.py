"""Consultations as in attending, without the chat: the verbs that the dialogues call, done by the same people."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import Session, select

from models.consultation.attendance import mark
from models.consultation.booking import Booking
from models.consultation.programme import Slot
from models.consultation.reserving import book
from models.organization import Department, Person
from tests.cities.answers import Row
from tests.cities.attending import CAME
from tests.cities.place import Place


def sign_up(place: Place, expected: Sequence[Row]) -> None:
    """Each takes the seat that 출석.csv says."""
    with place.town.database.write() as session:
        departments = {one.code: one.id for one in session.exec(select(Department))}
        for row in expected:
            book(
                session,
                place.doer(session, row["사람"]),
                _slot(session, row).id or 0,
                departments[row["부서"]],
            )


def attendance(place: Place, expected: Sequence[Row]) -> None:
    """Whoever runs the slot notes who came."""
    with place.town.database.write() as session:
        for row in expected:
            slot = _slot(session, row)
            runs = session.get_one(Person, slot.consultant_id).code
            booking = session.exec(select(Booking).where(Booking.slot_id == slot.id)).one()
            came = row["출석"] == CAME
            mark(session, place.doer(session, runs), booking.id or 0, booking.revision, came=came)


def _slot(session: Session, row: Row) -> Slot:
    return session.exec(select(Slot).where(Slot.code == row["일정"])).one()
