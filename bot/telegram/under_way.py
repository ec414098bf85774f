"""Calls under way: how many of them may have arrived at Telegram within the last second."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class UnderWay:
    """Starts a call when no more than `most` can have arrived in any `seconds`, itself among them.

    Gates let calls through at an even pace, but what comes after takes its time now and then: a connection is opened,
    a machine is busy. Whatever is slow, a call has arrived when its answer comes. What the quickest call took that
    was alone is the way itself, there and back, by which the next one arrives later than it starts and the last
    one's answer was later than its arrival.
    """

    def __init__(self, most: int, seconds: float) -> None:
        self._most = most
        self._seconds = seconds
        self._count = 0
        self._started = 0
        self._answered: deque[float] = deque()
        self._way = 0.0
        self._order = asyncio.Lock()

    @asynccontextmanager
    async def call(self) -> AsyncIterator[None]:
        """Around one call. One that raises is taken to have arrived, too."""
        loop = asyncio.get_running_loop()
        async with self._order:
            while (wait := self._wait(loop.time())) > 0:
                await asyncio.sleep(wait)
            self._count += 1
            self._started += 1
        begun, started, was_alone = loop.time(), self._started, self._count == 1
        try:
            yield
            if was_alone and self._started == started:
                took = loop.time() - begun
                self._way = min(self._way or took, took)
        finally:
            self._count -= 1
            self._answered.append(loop.time())

    def _wait(self, now: float) -> float:
        """Seconds until it may be asked again; 0 when the next call may start."""
        counts_for = self._seconds - self._way
        while self._answered and self._answered[0] + counts_for <= now:
            self._answered.popleft()
        if self._count + len(self._answered) < self._most:
            return 0.0
        return max(self._answered[0] + counts_for - now if self._answered else 0.0, 0.001)
