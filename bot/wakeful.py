"""Work that sleeps until somebody says that there may be something to do."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import structlog

log = structlog.get_logger()
_FIRST_PAUSE, _LONGEST_PAUSE = 0.25, 30.0


class Wakeful:
    """Does `work` at its start, for what a former process left, and again each time it is woken.

    Waking is cheap and may be done for nothing; while the work is being done it asks for one more round. Work that
    failed is done again by itself, after a pause that grows as long as it goes on failing.
    """

    def __init__(self, name: str, work: Callable[[], Awaitable[None]]) -> None:
        self._name = name
        self._work = work
        self._wanted = asyncio.Event()
        self._wanted.set()
        self._rests = asyncio.Event()
        self._pause = 0.0
        self._again: asyncio.TimerHandle | None = None

    def wake(self) -> None:
        """Something may be waiting."""
        self._rests.clear()
        self._wanted.set()

    async def rests(self) -> None:
        """Waits until it has done, or tried, all it was woken for. Somebody has to run it."""
        await self._rests.wait()

    def wake_in(self, seconds: float) -> None:
        """Something will be waiting by then; said more than once, the earliest counts."""
        loop = asyncio.get_running_loop()
        if self._again is not None and not self._again.cancelled():
            if self._again.when() <= loop.time() + seconds and self._again.when() > loop.time():
                return
            self._again.cancel()
        self._again = loop.call_later(seconds, self.wake)

    async def run(self) -> None:
        """For ever: what fails is told in the log and tried again."""
        try:
            while True:
                if not self._wanted.is_set():
                    self._rests.set()
                await self._wanted.wait()
                self._wanted.clear()
                try:
                    await self._work()
                    self._pause = 0.0
                except Exception:
                    log.exception(f"{self._name}.failed")
                    self._pause = min(max(2 * self._pause, _FIRST_PAUSE), _LONGEST_PAUSE)
                    self.wake_in(self._pause)
        finally:
            if self._again is not None:
                self._again.cancel()
