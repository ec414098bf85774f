"""Work that sleeps until somebody says that there may be something to do."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import structlog

log = structlog.get_logger()


class Wakeful:
    """Does `work` at its start, for what a former process left, and again each time it is woken.

    Waking is cheap and may be done for nothing; while the work is being done it asks for one more round.
    """

    def __init__(self, name: str, work: Callable[[], Awaitable[None]]) -> None:
        self._name = name
        self._work = work
        self._wanted = asyncio.Event()
        self._wanted.set()

    def wake(self) -> None:
        """Something may be waiting."""
        self._wanted.set()

    async def run(self) -> None:
        """For ever: what fails is told in the log and tried again at the next waking."""
        while True:
            await self._wanted.wait()
            self._wanted.clear()
            try:
                await self._work()
            except Exception:
                log.exception(f"{self._name}.failed")
