"""The one place that knows APScheduler: a few jobs defined in code, kept in memory, that only tick.

What is due is in the database. A tick that is late or lost changes nothing: the next one finds the same work.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from models.clock import Clock

EVERY_SECONDS = 10
_OLD_AFTER_SECONDS = 6 * EVERY_SECONDS

Tick = Callable[[], Awaitable[None]]


class Ticker:
    """Calls `tick` every few seconds and remembers when it last came to its end."""

    def __init__(self, tick: Tick, clock: Clock) -> None:
        self._tick = tick
        self._clock = clock
        self._last: datetime = clock.now()
        self._scheduler = AsyncIOScheduler(timezone="UTC")

    def start(self) -> None:
        """Begins to tick, at once and then on and on."""
        self._scheduler.add_job(
            self._run,
            "interval",
            seconds=EVERY_SECONDS,
            next_run_time=datetime.now(self._scheduler.timezone),
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,
        )
        self._scheduler.start()

    def stop(self) -> None:
        self._scheduler.shutdown(wait=False)

    def age(self) -> float:
        """Seconds since the last tick came to its end."""
        return (self._clock.now() - self._last).total_seconds()

    def is_alive(self) -> bool:
        return self.age() < _OLD_AFTER_SECONDS

    async def _run(self) -> None:
        await self._tick()
        self._last = self._clock.now()
