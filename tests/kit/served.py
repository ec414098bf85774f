"""The bot as it runs, over 한빛시: its loops and its web server in this process, on a port of its own.

async with serving(city, tmp_path) as served, served.window("officer") as officer:
    await officer.says("내 지표")
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import httpx
from sqlmodel import Session, select

from bot.app import running
from bot.demo import Scene
from bot.serve import web_server
from bot.settings import Settings
from bot.web.house import House
from models.audit import Actor, AuditRow
from models.clock import MovableClock
from models.messaging.account import make_code, web_account
from models.store import Database
from tests.kit.city import JULY, City
from tests.kit.window import Window

T = TypeVar("T")


@dataclass
class Served:
    """A running bot: the city it serves, its insides, and where it listens."""

    city: City
    house: House
    url: str
    clock: MovableClock
    machine: MovableClock
    client: httpx.AsyncClient
    """Somebody who is not logged in."""
    folder: Path
    _sessions: dict[str, str] = field(default_factory=dict)

    @property
    def database(self) -> Database:
        return self.city.database

    @property
    def evidence(self) -> Path:
        return self.folder / "evidence"

    def kept_files(self) -> list[Path]:
        """Every file in the vault, those on their way included."""
        return sorted(path for path in self.evidence.rglob("*") if path.is_file())

    def code(self, person: str) -> str:
        """A fresh one-time code."""
        return self.write(
            lambda session: make_code(
                session, self.clock.now(), Actor(None, "test"), self.city.people[person]
            )
        )

    def session(self, person: str) -> str:
        """A login of the person, the same each time it is asked for."""
        if person not in self._sessions:
            self._sessions[person] = self.new_session(person)
        return self._sessions[person]

    def new_session(self, person: str) -> str:
        now, person_id = self.clock.now(), self.city.people[person]
        return self.write(
            lambda session: self.house.sessions.begin(session, web_account(session, now, person_id))
        )

    def window(self, person: str) -> Window:
        """A window of the person, to be opened."""
        return Window(self.url, self.session(person))

    def cookies(self, person: str) -> dict[str, str]:
        """What the person's browser sends along."""
        return {"Cookie": f"bogobot={self.session(person)}"}

    def audited(self, action: str) -> list[AuditRow]:
        return self.rows(AuditRow, AuditRow.action == action)

    def rows(self, kind: type[T], *conditions: Any) -> list[T]:
        """Rows of a table as they stand."""
        with self.database.read() as session:
            return list(session.exec(select(kind).where(*conditions)))

    def write(self, work: Callable[[Session], T]) -> T:
        with self.database.write() as session:
            return work(session)


@asynccontextmanager
async def serving(
    city: City,
    folder: Path,
    *,
    scene: Scene | None = None,
    public_url: str = "",
    on_clock_moved: Callable[[], None] = lambda: None,
    clock: MovableClock | None = None,
) -> AsyncIterator[Served]:
    """Runs the bot on the city's database; the city's clock stands in July 2019 until it is moved."""
    settings = Settings(
        _env_file=None, data_dir=folder, database_url=city.database.url, port=0, public_url=public_url
    )
    clock = clock or MovableClock(JULY, ticking=False)
    machine = MovableClock(datetime.now(UTC), ticking=False)
    async with (
        running(settings, clock, machine, scene=scene, on_clock_moved=on_clock_moved) as house,
        listening(house) as url,
        httpx.AsyncClient(base_url=url, verify=False) as client,
    ):
        yield Served(city, house, url, clock, machine, client, folder)


@asynccontextmanager
async def listening(house: House, port: int = 0) -> AsyncIterator[str]:
    """The house's web server on that port, or a free one; its address."""
    server = web_server(house)
    # The signals of this process are pytest's.
    server.capture_signals = contextlib.nullcontext  # type: ignore[method-assign,assignment]
    listener = socket.create_server(("127.0.0.1", port))
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        while not server.started:
            await asyncio.sleep(0)
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        # Not by uvicorn's own way out, whose waits would be a quarter of a second in every test.
        serving.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await serving
        for one in server.servers:
            one.close()
        for connection in list(server.server_state.connections):
            connection.transport.abort()
        await asyncio.gather(*server.server_state.tasks, return_exceptions=True)
        await server.lifespan.shutdown()
