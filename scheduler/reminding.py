"""Reminders by the clock: written when they are due, gathered into digests, put into the outbox."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, col, select

from handlers.dialogue.book import Book
from handlers.dialogue.screens import Go
from handlers.dialogue.sending import post_undrawn, reader_of, ring
from models.clock import local_day
from models.organization import Person
from models.reminding.circle import Circle
from models.reminding.gathering import gather, nowhere, people_to_remind
from models.reminding.table import Digest, DigestKind, hours_of

AT_ONCE = 15
"""So many people's digests are written in one transaction, so that nobody's turn waits long for it."""

_STEPS = {
    DigestKind.DUTIES: "reminders.digest",
    DigestKind.BOARD: "reminders.board",
    DigestKind.CITY: "reminders.city",
}


def send_digests(session: Session, book: Book, now: datetime) -> bool:
    """Gathers what the first people are to be reminded of now and puts it into the outbox; whether there is more."""
    people = _locked(session, people_to_remind(session, now, AT_ONCE))
    if not people:
        return False
    digests = gather(session, Circle.on(session, local_day(now)), hours_of(session), now, people)
    unsent = [one for one in digests if not _send(session, book, now, one)]
    nowhere(session, unsent)
    return True


def _locked(session: Session, ids: list[int]) -> list[int]:
    """Those of these people whom no other process is gathering for at this moment."""
    query = select(Person).where(col(Person.id).in_(ids)).order_by(col(Person.id))
    locked = session.exec(query.with_for_update(skip_locked=True, key_share=True))
    return [person.id for person in locked if person.id is not None]


def _send(session: Session, book: Book, now: datetime, digest: Digest) -> bool:
    """Whether there was a way to them. What it says is asked for when it leaves."""
    reader = reader_of(book, session, now, digest.person_id)
    if reader is None:
        return False
    ring(book, reader, post_undrawn(reader, Go(_STEPS[digest.kind], {"digest": digest.id})))
    return True
