"""Reminders by the clock: written when they are due, gathered into digests, put into the outbox."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from handlers.dialogue.book import Book
from handlers.dialogue.screens import Go
from handlers.dialogue.sending import account_to_tell, post, ring
from handlers.dialogue.talk import Talk
from models.clock import local_day
from models.messaging.account import Account
from models.organization import Person
from models.reminding.circle import Circle
from models.reminding.gathering import gather, people_to_remind, settle
from models.reminding.table import Digest, DigestKind, ReminderState, hours_of
from models.words import Refusal

AT_ONCE = 40
"""So many people's digests are written in one transaction, so that nobody's turn waits long for it."""

_STEPS = {
    DigestKind.DUTIES: "reminders.digest",
    DigestKind.BOARD: "reminders.board",
    DigestKind.CITY: "reminders.city",
}


def send_digests(session: Session, book: Book, now: datetime) -> bool:
    """Gathers what the first people are to be reminded of now and puts it into the outbox; whether there is more."""
    people = people_to_remind(session, now, AT_ONCE)
    circle = Circle.on(session, local_day(now))
    for digest in gather(session, circle, hours_of(session), now, people):
        _send(session, book, now, digest)
    return len(people) == AT_ONCE


def _send(session: Session, book: Book, now: datetime, digest: Digest) -> None:
    account = account_to_tell(book, session, now, digest.person_id)
    person = session.get_one(Person, digest.person_id)
    if account is None:
        settle(session, digest, ReminderState.NOWHERE)
        return
    talk, to = _reader(session, now, person, account), Go(_STEPS[digest.kind], {"digest": digest.id})
    try:
        screen = book[to.step].show(talk, dict(to.data))
    except Refusal:
        settle(session, digest, ReminderState.SILENT)
        return
    ring(book, talk, post(talk, to, screen, {}))


def _reader(session: Session, now: datetime, person: Person, account: Account) -> Talk:
    return Talk(session, now, person, account, is_reader=True)
