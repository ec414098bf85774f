"""A running bot and the Telegram it talks through.

async with open_desk(city, tmp_path) as desk:
    officer = await desk.linked("officer")
    await officer.says("민원처리율 97.3")
    await officer.sees("증빙자료")
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Callable, MutableMapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import structlog
from sqlmodel import Session, select

from bot.app import running
from bot.settings import Settings
from bot.web.house import House
from models.audit import Actor, AuditRow
from models.clock import MovableClock
from models.messaging.account import Account, Messenger, make_code
from models.messaging.arrival import Arrival
from tests.kit.city import JULY, City
from tests.kit.served import listening
from tests.kit.telegram import Person, TelegramServer, telegram_server
from tests.kit.unpaced import unpaced

T = TypeVar("T")
_WAITS = 10.0
SECRET = "a-secret-of-the-tests"


@dataclass
class Desk:
    """One bot, with its clocks, which stand until they are moved."""

    city: City
    house: House
    server: TelegramServer
    clock: MovableClock
    machine: MovableClock
    url: str
    evidence: Path
    logged: list[MutableMapping[str, Any]]
    expected: set[str] = field(default_factory=set)
    """Errors that a test brings about; any other fails it."""

    async def linked(self, person: str) -> Person:
        """The person with their account linked just now, at their first screen."""
        telegram = self.server.person(5_000_000_000 + self.city.people[person], person)
        await telegram.says(f"/start {self.code(person)}")
        await telegram.sees("안녕하세요")
        await telegram.settles()
        return telegram

    def code(self, person: str) -> str:
        return self.write(
            lambda session: make_code(
                session, self.clock.now(), Actor(None, "test"), self.city.people[person]
            )
        )

    async def passes(self, **time: float) -> None:
        """Time goes by on both clocks, and a tick with it."""
        self.clock.move(timedelta(**time))
        self.machine.move(timedelta(**time))
        await self.house.tick()

    async def until(self, holds: Callable[[], bool]) -> None:
        """Waits for what happens in the database, of which the server learns nothing."""
        async with asyncio.timeout(_WAITS):
            while not holds():
                await asyncio.sleep(0.01)

    def account(self, person: str) -> Account:
        whose = (Account.person_id == self.city.people[person], Account.messenger == Messenger.TELEGRAM)
        return self.rows(Account, *whose)[0]

    def waits(self) -> list[Arrival]:
        """What was kept to be taken later."""
        return self.rows(Arrival)

    def audited(self, action: str) -> list[AuditRow]:
        return self.rows(AuditRow, AuditRow.action == action)

    def rows(self, kind: type[T], *conditions: Any) -> list[T]:
        with self.city.database.read() as session:
            return list(session.exec(select(kind).where(*conditions)))

    def write(self, work: Callable[[Session], T]) -> T:
        with self.city.database.write() as session:
            return work(session)


@asynccontextmanager
async def open_desk(
    city: City, folder: Path, *, webhook: bool = False, privacy_mode: bool = True, **more: Any
) -> AsyncIterator[Desk]:
    """The bot of the city, by long polling or by webhook; chats are not slowed down, which would take real time."""
    city.reminds_nobody()
    port = _free_port()
    clock, machine = MovableClock(JULY, ticking=False), MovableClock(datetime.now(UTC), ticking=False)
    if webhook:
        more |= {"telegram_webhook_url": f"http://127.0.0.1:{port}/telegram"}
        more |= {"telegram_webhook_secret": SECRET}
    with (
        unpaced(),
        structlog.testing.capture_logs() as logged,
    ):
        async with telegram_server(privacy_mode=privacy_mode) as server:
            settings = Settings(
                _env_file=None,
                data_dir=folder,
                database_url=city.database.url,
                port=port,
                telegram_token=server.token,
                telegram_api_url=server.url,
                **more,
            )
            async with running(settings, clock, machine) as house, listening(house, port) as url:
                desk = Desk(city, house, server, clock, machine, url, folder / "evidence", logged)
                # Until it has looked what a former process left, whatever comes is kept.
                await desk.until(lambda: not house.channels[0]._arrivals.is_waiting("nobody"))  # type: ignore[attr-defined]
                yield desk
            assert server.complaints == []
    errors = {event["event"] for event in logged if event["log_level"] == "error"}
    assert errors == desk.expected, logged


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])
