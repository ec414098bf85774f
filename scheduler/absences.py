"""Who never booked a consultation that is over: a deduction is proposed, and administrators are told."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, select

from handlers.dialogue.book import Book
from handlers.dialogue.screens import Go
from handlers.dialogue.sending import reader_of, show_to
from models.audit import Actor
from models.clock import local_day
from models.consultation.deduction import Deduction, DeductionState
from models.consultation.programme import Programme
from models.consultation.proposing import cancelled_bookings, never_booked, programmes_over, propose
from models.organization import Department, Role
from models.reminding.circle import Circle
from models.reminding.table import hours_of

AT_ONCE = 40
"""So many deductions are proposed in one transaction, so that nobody's turn waits long for it."""
_CLOCK = Actor(None, "clock")


def absences_wait(session: Session, now: datetime) -> bool:
    """Whether anybody lacks and administrators may be told."""
    return _first_lacking(session, now) is not None


def propose_absences(session: Session, book: Book, now: datetime) -> bool:
    """Proposes what the first programme lacks; whether there may be more."""
    first = _first_lacking(session, now)
    if first is None:
        return False
    programme, missing = first
    given_up = cancelled_bookings(session, programme.id or 0)
    for department in missing[:AT_ONCE]:
        propose(session, now, _CLOCK, programme, department.id or 0, given_up.get(department.id))
    if len(missing) <= AT_ONCE:
        _tell_administrators(session, book, now, programme)
    return True


def _first_lacking(session: Session, now: datetime) -> tuple[Programme, list[Department]] | None:
    """The first programme that lacks somebody and who; nothing at night and on days off."""
    if not hours_of(session).suit(now):
        return None
    lacking = ((one, never_booked(session, one, ended)) for one, ended in programmes_over(session, now))
    return next(((one, missing) for one, missing in lacking if missing), None)


def _tell_administrators(session: Session, book: Book, now: datetime, programme: Programme) -> None:
    """The card itself where there is one to decide on, else how many there are."""
    proposed = session.exec(
        select(Deduction.id).where(
            Deduction.programme_id == programme.id, Deduction.state == DeductionState.PROPOSED
        )
    ).all()
    to = Go("deductions.proposed", {"programme": programme.id})
    if len(proposed) == 1:
        to = Go("deductions.card", {"deduction": proposed[0]})
    circle = Circle.on(session, local_day(now))
    for person_id in circle.everywhere(Role.ADMINISTRATOR):
        if (reader := reader_of(book, session, now, person_id)) is not None:
            show_to(book, reader, to)
