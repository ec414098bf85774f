"""One turn, one transaction: everything that arrives from a person goes through here.

Its key is written into the inbox, the conversation is locked, the answer is taken, and every message to send is
put into the outbox. The caller commits, acknowledges, and only then has the outbox delivered.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from bot.outgoing.claiming import Claiming
from bot.outgoing.load import Load
from handlers.dialogue.answers import FilledAtOnce, FromMessenger
from handlers.dialogue.book import Book
from handlers.dialogue.engine import advance, faults
from handlers.dialogue.talk import Talk, Toast
from models.clock import local_day
from models.messaging.account import Account, Messenger, find_linked, linked
from models.messaging.conversation import Conversation
from models.messaging.inbox import Inbox, first_time
from models.organization import Person
from models.store.at_once import insert_row
from models.words import Phrase

_LAST_USED = timedelta(minutes=1)
"""To this is it known when an account was used last: to say it exactly would be one more row to write each turn."""


@dataclass(frozen=True)
class Incoming:
    """Something that arrived: from which account, under which key, and what it says."""

    messenger: Messenger
    address: str
    key: str
    answer: FromMessenger
    keep: Callable[[Session, Account], None] | None = None
    """What the messenger itself keeps of it, in the same transaction."""


@dataclass(frozen=True)
class Outcome:
    """What is said at once, after the commit; lost without harm in a crash."""

    known: bool
    repeated: bool = False
    locale: str = "ko"
    toasts: list[Toast] = field(default_factory=list)
    wrong: dict[str, Phrase] = field(default_factory=dict)
    """What is wrong with a form that was filled in at once, by field."""
    form: OpenForm | None = None
    """The form that was shown, for a messenger that can open it at once."""
    loads: list[Load] = field(default_factory=list)
    """What there is to say to the person, claimed already for whoever takes the turn."""
    waiting: frozenset[Messenger] = frozenset()
    """On which messengers something waits in the outbox because of this turn."""
    has_errand: bool = False
    """Whether an errand waits because of this turn."""


@dataclass(frozen=True)
class OpenForm:
    """A form as plain data (handlers.dialogue.draw), and the screen that stands for it."""

    screen_id: int
    drawn: dict[str, Any]


def take_turn(
    session: Session, now: datetime, book: Book, incoming: Incoming, claiming: Claiming | None = None
) -> Outcome:
    """Takes the answer in, once. Who is not linked, or has left, learns nothing: `known` is False.

    Who sends answers right after the commit gives `claiming` and gets them as `loads`.
    """
    found = _standing(session, now, book, incoming)
    if found is None:
        return Outcome(known=False)
    if not first_time(session, _inbox_key(incoming.messenger, incoming.address, incoming.key), now):
        return Outcome(known=True, repeated=True)
    account, person, conversation = found
    if account.unreachable_since is not None:
        account.unreachable_since = None
    if now - account.last_used_at >= _LAST_USED:
        account.last_used_at = now
    if incoming.keep is not None:
        incoming.keep(session, account)
    talk = Talk(session, now, person, account, claimant=claiming.claimant.name if claiming else "")
    shown = advance(book, talk, conversation, incoming.answer)
    loads = claiming.own(talk) if claiming else []
    claimed = {load.outbox_id for load in loads}
    return Outcome(
        known=True,
        locale=person.locale,
        toasts=talk.toasts,
        wrong=talk.wrong,
        form=OpenForm(shown.id, shown.drawn) if shown is not None and shown.id is not None else None,
        loads=loads,
        waiting=frozenset(sent.messenger for sent in talk.outgoing if sent.id not in claimed),
        has_errand=talk.has_errand,
    )


def find_faults(
    session: Session, now: datetime, book: Book, incoming: Incoming, filled: FilledAtOnce
) -> dict[str, Phrase] | None:
    """What is wrong with a form before its files are fetched; None for who is not linked. Changes nothing: a
    session that only reads will do."""
    found = find_linked(session, now, incoming.messenger, incoming.address)
    if found is None:
        return None
    account, person = found
    conversation = session.get(Conversation, person.id) or Conversation(**_beginning(now, book, person))
    return faults(book, Talk(session, now, person, account), conversation, filled)


def was_taken(session: Session, messenger: Messenger, address: str, key: str) -> bool:
    """Whether what arrived under that key was taken in already."""
    return session.get(Inbox, _inbox_key(messenger, address, key)) is not None


def _inbox_key(messenger: Messenger, address: str, key: str) -> str:
    return f"{messenger}:{address}:{key}"


def _standing(
    session: Session, now: datetime, book: Book, incoming: Incoming
) -> tuple[Account, Person, Conversation] | None:
    """Who it is and where they stand: their conversation, locked until the turn ends, so that two messengers do not
    move it at once.

    Who waits for the lock gets the locked row as it has become, and what was joined to it as it was. So the screen it
    waits at is read afterwards, while who they are is known as of the moment in which the turn began.
    """
    today = local_day(now)
    row = session.execute(_in_conversation(today), _sender(incoming)).one_or_none()
    if row is not None:
        return row[0], row[1], row[2]
    # The person's row serialises two first turns of one person on PostgreSQL. Its key is left unlocked: a third
    # turn that has the conversation already would wait for it, and this one for the conversation.
    first = session.execute(_one_at_a_time(today), _sender(incoming)).one_or_none()
    if first is None:
        return None
    row = session.execute(_in_conversation(today), _sender(incoming)).one_or_none()
    begun = (
        row[2] if row is not None else insert_row(session, Conversation, **_beginning(now, book, first[1]))
    )
    return first[0], first[1], begun


def _sender(incoming: Incoming) -> dict[str, str]:
    return {"messenger": incoming.messenger, "address": incoming.address}


@lru_cache(maxsize=2)
def _in_conversation(today: date) -> sa.Select[Account, Person, Conversation]:
    """An account and its person with their conversation, if they have had one before."""
    theirs = col(Conversation.person_id) == col(Person.id)
    joined = linked(today).join(Conversation, theirs).add_columns(Conversation)
    return joined.with_for_update(of=Conversation)


@lru_cache(maxsize=2)
def _one_at_a_time(today: date) -> sa.Select[Account, Person]:
    return linked(today).with_for_update(of=Person, key_share=True)


def _beginning(now: datetime, book: Book, person: Person) -> dict[str, Any]:
    """The columns of a conversation that has not begun yet."""
    home = book.front_door.home
    return {
        "person_id": person.id,
        "step": home.step,
        "data": dict(home.data),
        "view": {},
        "updated_at": now,
    }
