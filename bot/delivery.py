"""Delivers the outbox. Whatever a turn had to say is written there; nothing is sent from anywhere else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache

import sqlalchemy as sa
import structlog
from sqlalchemy.exc import OperationalError
from sqlmodel import Session, col, select

from bot.outgoing.leaving import hindrance
from bot.web.draw import FileLinks, draw_line
from bot.web.hub import Event, Hub
from bot.workers import Workers
from handlers.dialogue.book import Book
from handlers.dialogue.talk import Talk
from models.clock import Clock
from models.messaging.account import Account, Messenger
from models.messaging.conversation import DrawnScreen
from models.messaging.outbox import Operation, Outbox, Sending, is_in
from models.messaging.web import WebLine
from models.organization import Person

log = structlog.get_logger()
_AT_ONCE = 15
"""So many messages are delivered in one transaction, so that nobody's turn waits long for it: a digest is drawn in it,
which takes two milliseconds."""


@dataclass(frozen=True)
class Delivered:
    """Something a window has to show, and to whom."""

    account_id: int
    event: Event


class WebDelivery:
    """The web messenger is our own: a message is delivered by writing it into the chat, in one transaction with
    its being marked sent, so it arrives exactly once; open windows are then told."""

    def __init__(self, workers: Workers, clock: Clock, book: Book, hub: Hub, links: FileLinks) -> None:
        self._workers = workers
        self._clock = clock
        self._book = book
        self._hub = hub
        self._links = links

    async def deliver_all(self) -> None:
        """Delivers everything that is waiting."""
        while await self.deliver():
            pass

    async def deliver(self) -> bool:
        """Delivers what is waiting, as much as one transaction takes; True when there may be more."""
        try:
            taken = await self._deliver(_AT_ONCE)
        except OperationalError:
            raise
        except Exception:
            # One message that cannot be delivered must not hold up everybody's.
            log.exception("delivery.failed")
            taken = await self._deliver_singly()
        return taken >= _AT_ONCE

    async def _deliver(self, most: int) -> int:
        now = self._clock.now()
        taken, delivered = await self._workers.write(deliver_web, now, self._book, self._links, most)
        for one in delivered:
            self._hub.give(one.account_id, one.event)
        return int(taken)

    async def _deliver_singly(self) -> int:
        """A batch message by message; those that fail are given up."""
        for count in range(_AT_ONCE):
            try:
                if not await self._deliver(1):
                    return count
            except OperationalError:
                raise
            except Exception as error:
                await self._workers.write(_give_up_first, type(error).__name__)
        return _AT_ONCE


def deliver_web(
    session: Session, now: datetime, book: Book, links: FileLinks, most: int = _AT_ONCE
) -> tuple[int, list[Delivered]]:
    """Writes waiting messages into their chats, in order; rights are asked once more as they leave.

    Returns how many were taken from the outbox, and what open windows have to show.
    """
    rows = session.execute(_waiting(), {"most": most}).all()
    lines = {outbox.screen_id: line for outbox, _, _, _, line in rows}
    talks: dict[int, Talk] = {}
    changed: dict[int, tuple[Operation, WebLine, str]] = {}
    with session.no_autoflush:  # everything is written at once, in the end
        for outbox, screen, account, person, _ in rows:
            outbox.state, outbox.sent_at = Sending.SENT, now
            talk = talks.setdefault(outbox.account_id, Talk(session, now, person, account))
            if fault := hindrance(talk, book, screen, outbox.operation):
                outbox.state, outbox.fault = Sending.DEAD, fault
                continue
            line = lines[outbox.screen_id] = _write_line(session, outbox, screen, lines[outbox.screen_id])
            if line is not None:
                changed[outbox.screen_id] = outbox.operation, line, person.locale
    session.flush()
    delivered = [
        Delivered(line.account_id, _event(operation, line, locale, links))
        for operation, line, locale in changed.values()
    ]
    return len(rows), delivered


@cache
def _waiting() -> sa.Select[Outbox, DrawnScreen, Account, Person, WebLine]:
    """The first that wait, answers before what others are told, each with its screen, its reader, and the line that
    shows it already."""
    return (
        sa.select(Outbox, DrawnScreen, Account, Person, WebLine)
        .join(DrawnScreen, col(DrawnScreen.id) == col(Outbox.screen_id))
        .join(Account, col(Account.id) == col(Outbox.account_id))
        .join(Person, col(Person.id) == col(Account.person_id))
        .join(WebLine, col(WebLine.screen_id) == col(Outbox.screen_id), isouter=True)
        .where(col(Outbox.messenger) == Messenger.WEB, is_in(Sending.TODO))
        .order_by(col(Outbox.rank), col(Outbox.id))
        .limit(sa.bindparam("most"))
        .with_for_update(of=Outbox, skip_locked=True)
    )


def _give_up_first(session: Session, fault: str) -> None:
    waiting = select(Outbox).where(Outbox.messenger == Messenger.WEB, is_in(Sending.TODO))
    first = waiting.order_by(col(Outbox.rank), col(Outbox.id)).limit(1)
    row = session.exec(first.with_for_update()).first()
    if row is not None:
        row.state, row.fault = Sending.DEAD, fault
        session.add(row)


def _write_line(
    session: Session, outbox: Outbox, screen: DrawnScreen, line: WebLine | None
) -> WebLine | None:
    """Writes the line that shows the screen, or takes it away; None where there is nothing to show."""
    if outbox.operation is Operation.REMOVE:
        if line is not None:
            session.flush()  # a line that is not written yet could not be deleted
            session.delete(line)
        return line
    if line is None:
        if outbox.operation is Operation.REDRAW:
            return None
        line = WebLine(account_id=outbox.account_id, screen_id=screen.id, body={}, at=screen.drawn_at)
        session.add(line)
    line.body = screen.drawn | {"live": screen.live}
    return line


def _event(operation: Operation, line: WebLine, locale: str, links: FileLinks) -> Event:
    if operation is Operation.REMOVE:
        return {"op": "gone", "id": line.id}
    return {"op": "line", "line": draw_line(line, locale, links)}
