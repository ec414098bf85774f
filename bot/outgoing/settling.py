"""Settling: what became of what was sent, written down many at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col, select

from bot.outgoing.load import Load
from handlers.dialogue.book import Book
from handlers.dialogue.screens import Go
from handlers.dialogue.sending import tell
from handlers.dialogue.talk import Talk
from models.messaging.account import Account, Messenger, reachable_account
from models.messaging.conversation import DrawnScreen
from models.messaging.outbox import Operation, Outbox, Sending
from models.organization import Department, Person, Role, people_with

_TOLD = ("notice", "card")


@dataclass(frozen=True)
class Settled:
    """One load and its end."""

    load: Load
    state: Sending
    message: str | None = None
    fault: str = ""
    unreachable: bool = False
    moved_to: str | None = None


def settle(
    session: Session, now: datetime, machine_now: datetime, book: Book, ends: Sequence[Settled]
) -> set[Messenger]:
    """Writes the ends down; returns on which messengers somebody has to be told something because of them."""
    sent = [
        {"id": end.load.outbox_id, "state": end.state, "sent_at": now, "fault": end.fault[:300]}
        for end in ends
    ]
    session.execute(sa.update(Outbox), sent)
    for end in ends:
        if end.state is Sending.UNKNOWN:
            tries = end.load.tries + 1
            again = {"id": end.load.outbox_id, "tries": tries, "not_before": machine_now + pause_after(tries)}
            session.execute(sa.update(Outbox), [again])
    shown = [{"id": end.load.screen_id, "message": end.message} for end in ends if _changes_message(end)]
    if shown:
        session.execute(sa.update(DrawnScreen), shown)
    waiting: set[Messenger] = set()
    for end in ends:
        if end.moved_to is not None:
            session.get_one(Account, end.load.account_id).address = end.moved_to
        if end.unreachable:
            waiting |= mark_unreachable(session, now, book, end.load.account_id, end.load.outbox_id)
    return waiting


def pause_after(tries: int) -> timedelta:
    """Until a message whose answer was lost that often is tried again: half a second, then twice as long each."""
    return timedelta(seconds=2 ** (tries - 2))


def _changes_message(end: Settled) -> bool:
    shows = end.load.operation in (Operation.POST, Operation.REDRAW) and end.message != end.load.message
    return end.state is Sending.SENT and shows and end.message is not None


def mark_unreachable(
    session: Session, now: datetime, book: Book, account_id: int, outbox_id: int | None = None
) -> set[Messenger]:
    """Whoever cannot be reached any more is told on another messenger; failing that, administrators are told.

    `outbox_id` is the message that could not be sent, where one was tried. Returns where something waits now.
    """
    account = session.get_one(Account, account_id)
    if account.unreachable_since is not None:
        return set()
    account.unreachable_since = now
    session.flush()
    person = session.get_one(Person, account.person_id)
    talk = Talk(session, now, person, account, is_reader=True)
    if reachable_account(session, account.person_id) is not None:
        _tell_again(talk, book, outbox_id)
    else:
        _tell_administrators(talk, book)
    return {row.messenger for row in talk.outgoing}


def _tell_again(talk: Talk, book: Book, outbox_id: int | None) -> None:
    """What was on its way to the account when it was lost goes the other way."""
    undelivered = (
        (col(Outbox.id) == outbox_id)
        | (col(Outbox.state) == Sending.TODO)
        | (col(Outbox.state) == Sending.SENDING)
    )
    posts = select(DrawnScreen, Outbox).join(Outbox, col(Outbox.screen_id) == col(DrawnScreen.id))
    posts = posts.where(Outbox.account_id == talk.account.id, Outbox.operation == Operation.POST, undelivered)
    for screen, row in talk.session.exec(posts.order_by(col(Outbox.id))).all():
        row.state, row.fault = Sending.DEAD, "told on another messenger"
        if screen.kind in _TOLD and screen.step in book:
            tell(book, talk, talk.person_id, Go(screen.step, screen.data))


def _tell_administrators(talk: Talk, book: Book) -> None:
    person, session = talk.person, talk.session
    place = session.get(Department, person.department_id) if person.department_id else None
    if place is None:
        return
    for one in people_with(session, Role.ADMINISTRATOR, place, talk.today):
        if one.id is not None and one.id != person.id:
            tell(book, talk, one.id, Go("admin.unreachable", {"account": talk.account.id}))
