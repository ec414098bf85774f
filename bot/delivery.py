"""Delivers the outbox. Whatever a turn had to say is written there; nothing is sent from anywhere else."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import structlog
from sqlmodel import Session, col, select

from bot.web.draw import FileLinks, draw_line
from bot.web.hub import Event, Hub
from bot.workers import Workers
from handlers.dialogue.book import Book
from handlers.dialogue.talk import Talk
from models.clock import Clock
from models.messaging.account import Account, Messenger
from models.messaging.conversation import DrawnScreen
from models.messaging.outbox import Operation, Outbox, Sending
from models.messaging.web import WebLine
from models.organization import Person

log = structlog.get_logger()
_AT_ONCE = 200


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
        self._wanted = asyncio.Event()

    def wake(self) -> None:
        """Something may be waiting."""
        self._wanted.set()

    async def run(self) -> None:
        """Delivers for ever; what was waiting when the process ended before comes first."""
        self._wanted.set()
        while True:
            await self._wanted.wait()
            self._wanted.clear()
            try:
                while await self.deliver():
                    pass
            except Exception:
                # One bad batch must not end all delivery: it is tried again at the next wake.
                log.exception("delivery.failed")

    async def deliver(self) -> bool:
        """Delivers what is waiting, as much as one transaction takes; False when nothing was."""
        now = self._clock.now()
        taken, delivered = await self._workers.write(deliver_web, now, self._book, self._links)
        for one in delivered:
            self._hub.give(one.account_id, one.event)
        return taken > 0


def deliver_web(session: Session, now: datetime, book: Book, links: FileLinks) -> tuple[int, list[Delivered]]:
    """Writes waiting messages into their chats, in order; rights are asked once more as they leave.

    Returns how many were taken from the outbox, and what open windows have to show.
    """
    rows = session.exec(
        select(Outbox, DrawnScreen, Account, Person)
        .join(DrawnScreen, col(DrawnScreen.id) == col(Outbox.screen_id))
        .join(Account, col(Account.id) == col(Outbox.account_id))
        .join(Person, col(Person.id) == col(Account.person_id))
        .where(Outbox.messenger == Messenger.WEB, Outbox.state == Sending.TODO)
        .order_by(col(Outbox.id))
        .limit(_AT_ONCE)
        .with_for_update(of=Outbox, skip_locked=True)
    ).all()
    delivered: list[Delivered] = []
    for outbox, screen, account, person in rows:
        outbox.state, outbox.sent_at = Sending.SENT, now
        session.add(outbox)
        if not _may_leave(Talk(session, now, person, account), book, screen):
            outbox.state, outbox.fault = Sending.DEAD, "the reader may not see it any more"
            continue
        event = _write_line(session, outbox, screen, person.locale, links)
        if event is not None:
            delivered.append(Delivered(account.id or 0, event))
    return len(rows), delivered


def _may_leave(talk: Talk, book: Book, screen: DrawnScreen) -> bool:
    if screen.step not in book:
        return True
    guard: Callable[..., bool] | None = book[screen.step].guard
    return guard is None or guard(talk, dict(screen.data))


def _write_line(
    session: Session, outbox: Outbox, screen: DrawnScreen, locale: str, links: FileLinks
) -> Event | None:
    line = session.exec(select(WebLine).where(WebLine.screen_id == screen.id)).one_or_none()
    if outbox.operation is Operation.REMOVE:
        if line is None:
            return None
        session.delete(line)
        session.flush()
        return {"op": "gone", "id": line.id}
    if line is None:
        if outbox.operation is Operation.REDRAW:
            return None
        line = WebLine(account_id=outbox.account_id, screen_id=screen.id, body={}, at=screen.drawn_at)
    line.body = screen.drawn | {"live": screen.live}
    session.add(line)
    session.flush()
    screen.message = str(line.id)
    return {"op": "line", "line": draw_line(line, locale, links)}
