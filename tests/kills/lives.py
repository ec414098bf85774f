"""One bot after the other over the same city: born, killed, born again."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from tests.kills.points import Point
from tests.kit.words import ROOT

_DIES_WITHIN = 10.0
_REACHES_WITHIN = 20.0


@dataclass
class Lives:
    """The zygote, and the bot that lives now."""

    settings: dict[str, Any]
    now: datetime
    log: Path
    zygote: asyncio.subprocess.Process
    pid: int = 0
    count: int = 0
    reached: set[int] = field(default_factory=set)
    """Lives that came to the point they were to be stopped at."""
    _news: asyncio.Event = field(default_factory=asyncio.Event)
    _born: asyncio.Queue[int] = field(default_factory=asyncio.Queue)

    async def begins(self, point: Point = Point.NOWHERE, nth: int = 1) -> None:
        """A bot is born, which may stop by itself at a point."""
        self.count += 1
        wanted = {"life": self.count, "point": point, "nth": nth, "now": self.now.isoformat()}
        assert self.zygote.stdin is not None
        self.zygote.stdin.write(json.dumps(wanted | {"settings": self.settings}).encode() + b"\n")
        self.pid = await asyncio.wait_for(self._born.get(), _DIES_WITHIN)

    async def reaches_its_point(self) -> None:
        """Waits until the bot is where it was to be stopped.

        Raises:
            AssertionError: it never came there.
        """
        try:
            async with asyncio.timeout(_REACHES_WITHIN):
                while self.count not in self.reached:
                    self._news.clear()
                    await self._news.wait()
        except TimeoutError:
            raise AssertionError("the bot never came to the point it was to die at") from None

    async def ends(self) -> None:
        """Killed, without a last word, and gone when this returns."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        await self.is_gone()

    async def is_gone(self) -> None:
        """Waits until there is no such process any more."""
        async with asyncio.timeout(_DIES_WITHIN):
            while self.is_alive:
                await asyncio.sleep(0.001)

    @property
    def is_alive(self) -> bool:
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return False
        return True

    def faults(self) -> list[str]:
        """What the bots logged as errors."""
        lines = self.log.read_text().splitlines() if self.log.exists() else []
        return [line for line in lines if '"level": "error"' in line or "Traceback" in line]

    async def listens(self) -> None:
        """Takes in what the zygote and its children say, until it ends."""
        assert self.zygote.stdout is not None
        while line := await self.zygote.stdout.readline():
            said = json.loads(line)
            if "reached" in said:
                self.reached.add(said["reached"])
                self._news.set()
            elif "pid" in said:
                self._born.put_nowait(said["pid"])


@asynccontextmanager
async def lives_of(settings: dict[str, Any], now: datetime, log: Path) -> AsyncIterator[Lives]:
    """A zygote for bots with these settings, in a city whose clock stands at `now`."""
    with log.open("ab") as errors:
        zygote = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.kills.zygote", str(log), cwd=ROOT,
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=errors,
        )  # fmt: skip
    lives = Lives(settings, now, log, zygote)
    assert zygote.stdout is not None
    assert await zygote.stdout.readline(), log.read_text()
    listening = asyncio.create_task(lives.listens())
    try:
        yield lives
    finally:
        if lives.pid:
            await lives.ends()
        zygote.kill()
        await zygote.wait()
        await listening
