"""Settling: what became of what was sent, written down many at a time."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from bot.outgoing.leaving import send_elsewhere
from bot.outgoing.load import Load
from handlers.dialogue.book import Book
from handlers.dialogue.screens import Go
from handlers.dialogue.sending import tell
from handlers.dialogue.talk import Talk
from models.messaging.account import Account, Messenger, reachable_account
from models.messaging.conversation import DrawnScreen
from models.messaging.outbox import ELSEWHERE, Operation, Outbox, Sending, is_in, is_open
from models.organization import Department, Person, Role, people_with
from models.words import Refusal

# With the pauses between them, more than two hours: longer than a messenger's usual disturbance.
MOST_TRIES = 15


@dataclass(frozen=True)
class Settled:
    """One load and its end; `state` is `todo` for what was certainly not sent."""

    load: Load
    state: Sending
    message: str | None = None
    fault: str = ""
    unreachable: bool = False
    moved_to: str | None = None


def settle(
    session: Session, now: datetime, machine_now: datetime, book: Book, ends: Sequence[Settled]
) -> set[Messenger]:
    """Writes the ends down; returns on which messengers somebody has to be told something because of them.

    Done twice it changes nothing more: only what is being sent comes to an end.
    """
    session.connection().execute(_ending(), [_end(end, now, machine_now) for end in ends])
    shown = [{"screen": end.load.screen_id, "shown": end.message} for end in ends if _changes_message(end)]
    if shown:
        session.connection().execute(_showing(), shown)
    waiting: set[Messenger] = set()
    for end in ends:
        if end.moved_to is not None:
            _move(session, end.load, end.moved_to)
        if end.unreachable:
            waiting |= mark_unreachable(session, now, book, end.load.account_id, end.load.outbox_id)
    return waiting


def pause_after(tries: int) -> timedelta:
    """Until a message whose answer was lost that often is tried again: half a second, then twice as long each."""
    return timedelta(seconds=2 ** (tries - 2))


def mark_unreachable(
    session: Session, now: datetime, book: Book, account_id: int, outbox_id: int | None = None
) -> set[Messenger]:
    """Whoever cannot be reached any more is told on another messenger; failing that, administrators are told.

    `outbox_id` is the message that could not be sent, where one was tried. Returns where something waits now.
    """
    account = session.get_one(Account, account_id)
    is_news = account.unreachable_since is None
    if is_news:
        account.unreachable_since = now
        session.flush()
    person = session.get_one(Person, account.person_id)
    talk = Talk(session, now, person, account, is_reader=True)
    for row, screen in session.execute(_undelivered(), {"account": account_id, "tried": outbox_id}).all():
        send_elsewhere(talk, book, row, screen)
    if is_news and reachable_account(session, account.person_id) is None:
        _tell_administrators(talk, book)
    return {row.messenger for row in talk.outgoing}


def _end(end: Settled, now: datetime, machine_now: datetime) -> dict[str, Any]:
    tries = end.load.tries + (end.state is Sending.UNKNOWN)
    again = end.state is Sending.UNKNOWN and tries < MOST_TRIES
    return {
        "key": end.load.outbox_id,
        "to": end.state,
        "at": now if end.state is Sending.SENT else None,
        "why": end.fault[:300],
        "tried": tries,
        "again_at": machine_now + pause_after(tries) if again else None,
    }


def _changes_message(end: Settled) -> bool:
    shows = end.load.operation in (Operation.POST, Operation.REDRAW)
    return end.state is Sending.SENT and shows and end.message is not None


def _move(session: Session, load: Load, address: str) -> None:
    """The account has another address now. Whoever has that one already keeps it."""
    account = session.get_one(Account, load.account_id)
    if account.address != load.address:
        return  # unlinked or linked anew meanwhile
    same = select(Account.id).where(Account.messenger == account.messenger, Account.address == address)
    account.address = None if session.exec(same).first() is not None else address
    session.flush()


def _tell_administrators(talk: Talk, book: Book) -> None:
    person, session = talk.person, talk.session
    if person.department_id is not None:
        place = session.get_one(Department, person.department_id)
    else:
        whole_city = select(Department).where(col(Department.parent_id).is_(None))
        if (found := session.exec(whole_city.order_by(col(Department.id))).first()) is None:
            return
        place = found
    for one in people_with(session, Role.ADMINISTRATOR, place, talk.today):
        if one.id is not None and one.id != person.id:
            with suppress(Refusal):
                tell(book, talk, one.id, Go("admin.unreachable", {"account": talk.account.id}))


@cache
def _ending() -> sa.Update:
    """Each column is bound by a name of its own: those of the table are taken for what is to be set."""
    ending = sa.update(Outbox).where(col(Outbox.id) == sa.bindparam("key"), is_in(Sending.SENDING))
    return ending.values(
        state=sa.bindparam("to"),
        sent_at=sa.bindparam("at"),
        fault=sa.bindparam("why"),
        tries=sa.bindparam("tried"),
        not_before=sa.bindparam("again_at"),
        claimed_by="",
    )


@cache
def _showing() -> sa.Update:
    of_screen = sa.update(DrawnScreen).where(col(DrawnScreen.id) == sa.bindparam("screen"))
    return of_screen.values(message=sa.bindparam("shown"))


@cache
def _undelivered() -> sa.Select[Outbox, DrawnScreen]:
    """What waits for an account, and the message that was tried."""
    waits = sa.select(col(Outbox.id)).where(
        col(Outbox.account_id) == sa.bindparam("account"),
        is_open(),
        is_in(Sending.TODO) | is_in(Sending.UNKNOWN),
    )
    # What was tried may have been sent elsewhere already, where this is done twice.
    tried = (col(Outbox.id) == sa.bindparam("tried", type_=sa.Integer)) & (col(Outbox.fault) != ELSEWHERE)
    return (
        sa.select(Outbox, DrawnScreen)
        .join(DrawnScreen, col(DrawnScreen.id) == col(Outbox.screen_id))
        .where(col(Outbox.id).in_(waits) | tried)
        .order_by(col(Outbox.id))
    )
