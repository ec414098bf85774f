"""The server's own time, and waiting for what happens on it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from datetime import timedelta


class Clock:
    """Runs as time does; a test may move it forward."""

    def __init__(self) -> None:
        self._moved = 0.0

    def time(self) -> float:
        """Seconds since 1970."""
        return time.time() + self._moved

    def monotonic(self) -> float:
        """Seconds that limits and waits are measured by."""
        return time.monotonic() + self._moved

    def passes(self, **time: float) -> None:
        """Time goes by: `passes(hours=49)`."""
        self._moved += timedelta(**time).total_seconds()


class Watch:
    """Wakes whoever waits for something to happen. It belongs to no event loop until somebody waits."""

    def __init__(self) -> None:
        self._waiting: list[asyncio.Future[None]] = []

    def stir(self) -> None:
        """Something happened."""
        waiting, self._waiting = self._waiting, []
        for one in waiting:
            if not one.done():
                one.set_result(None)

    async def stirs(self, within: float) -> bool:
        """Waits for the next thing that happens; False when nothing did within so many seconds."""
        news: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append(news)
        done, _ = await asyncio.wait([news], timeout=within)
        return bool(done)

    async def until(self, holds: Callable[[], bool], within: float, otherwise: Callable[[], str]) -> None:
        """Waits until something holds.

        Raises:
            AssertionError: it did not within so many seconds, with what `otherwise` has to say.
        """
        deadline = time.monotonic() + within
        while not holds():
            left = deadline - time.monotonic()
            if left <= 0 or not (await self.stirs(left) or holds()):
                raise AssertionError(otherwise())
