"""What every part of the web messenger shares."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from starlette.requests import HTTPConnection

from bot.clockwork import Clockwork
from bot.demo import Scene
from bot.parts import Channel, Deliveries
from bot.wakeful import Wakeful
from bot.web.draw import FileLinks
from bot.web.hub import Hub
from bot.web.limits import Buckets
from bot.web.sessions import COOKIE, LoggedIn, Sessions
from bot.workers import Workers
from handlers.dialogue.book import Book
from models.clock import Clock
from models.evidence.vault import Vault
from scheduler.ticking import Ticker


@dataclass
class House:
    """The parts of a running bot, put together once in bot.app."""

    workers: Workers
    clock: Clock
    book: Book
    vault: Vault
    hub: Hub
    delivery: Deliveries
    errands: Wakeful
    sessions: Sessions
    links: FileLinks
    ticker: Ticker
    scene: Scene | None
    """What the demo began with; None where this is no demo."""
    address: str
    """The address people reach the web messenger at, without a slash at its end."""
    locale: str
    tick: Callable[[], Awaitable[None]]
    settled: Callable[[], Awaitable[None]]
    """Waits until errands are run and the web's messages are delivered."""
    clockwork: Clockwork
    on_clock_moved: Callable[[], None]
    channels: Sequence[Channel] = ()
    passing: asyncio.Lock = field(default_factory=asyncio.Lock)
    """Held while the demo's clock is moved."""
    logins: Buckets = field(default_factory=lambda: Buckets(per_second=10 / 60, burst=10))
    messages: Buckets = field(default_factory=lambda: Buckets(per_second=5, burst=30))
    uploads: Buckets = field(default_factory=lambda: Buckets(per_second=0.5, burst=30))

    @property
    def is_demo(self) -> bool:
        return self.scene is not None


def house_of(connection: HTTPConnection) -> House:
    house: Any = connection.app.state.house
    assert isinstance(house, House)
    return house


def is_foreign(connection: HTTPConnection, house: House) -> bool:
    """Whether a page of another site sent this, for which the browser may have added a login of this one."""
    origin = connection.headers.get("origin")
    if origin is None:
        return False
    try:
        sender = urlsplit(origin).netloc
    except ValueError:
        return True
    return sender not in (connection.headers.get("host"), urlsplit(house.address).netloc)


def session_value(connection: HTTPConnection, house: House) -> str | None:
    """The session a request carries: in its cookie, or as a bearer token in the demo, where one page holds four."""
    if house.is_demo:
        scheme, _, token = connection.headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer":
            return token
    return connection.cookies.get(COOKIE)


async def who(connection: HTTPConnection, house: House) -> LoggedIn | None:
    """Who is logged in on this request."""
    value = session_value(connection, house)
    return await house.workers.read(house.sessions.who, value)
