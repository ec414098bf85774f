"""`bogobot serve` as a process of its own, to be told to stop or killed."""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from sqlmodel import Session

from bot.settings import Settings
from bot.web.sessions import Sessions
from models.clock import SystemClock
from models.messaging.account import web_account
from models.store import Database
from tests.kit.city import City

T = TypeVar("T")
STARTS_WITHIN = 60


@dataclass
class Hall:
    """A city's data on the disk, whether a process serves it or not."""

    city: City
    folder: Path
    port: int = 0

    @property
    def environment(self) -> dict[str, str]:
        return {
            "BOGOBOT_DATA_DIR": str(self.folder),
            "BOGOBOT_DATABASE_URL": self.city.database.url,
            "BOGOBOT_PORT": str(self.port),
            "BOGOBOT_LOCALE": "ko",
        }

    def session(self, person: str) -> str:
        """A login of the person."""
        settings = Settings(_env_file=None, data_dir=self.folder)
        sessions = Sessions(settings.signing_key(), SystemClock(), SystemClock())
        now, person_id = datetime.now(UTC), self.city.people[person]
        with self.city.database.write() as session:
            return sessions.begin(session, web_account(session, now, person_id))

    def write(self, work: Callable[[Session], T]) -> T:
        with self.city.database.write() as session:
            return work(session)


def hall(made: City, folder: Path, port: int = 0) -> Hall:
    """A copy of the city in a folder of its own."""
    copy = shutil.copy(str(made.database.engine.url.database), folder / "bogobot.db")
    city = City(
        Database(f"sqlite:///{copy}"),
        made.cycle_id,
        made.periods,
        made.departments,
        made.people,
        made.indicators,
    )
    return Hall(city, folder, port)


@asynccontextmanager
async def process_serving(
    environment: dict[str, str], log: Path
) -> AsyncIterator[tuple[asyncio.subprocess.Process, str]]:
    """A running `bogobot serve` and its address; what it logs goes to `log`."""
    with log.open("ab") as errors:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-c", "from bot.cli import main; main()", "serve",
            stdout=asyncio.subprocess.PIPE, stderr=errors, env={**os.environ, **environment},
        )  # fmt: skip
    assert process.stdout is not None
    try:
        line = await asyncio.wait_for(process.stdout.readline(), STARTS_WITHIN)
        assert line, log.read_text()
        yield process, line.decode().split()[-1]
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()
