"""The one place that knows APScheduler: a few jobs defined in code, kept in memory, that only tick.

What is due is in the database. A tick that is late or lost changes nothing: the next one finds the same work.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from models.clock import Clock

log = structlog.get_logger()
EVERY_SECONDS = 10
_OLD_AFTER = timedelta(seconds=60)
_NOTHING_BEGINS = timedelta(seconds=3 * EVERY_SECONDS)


def _is_no_end(record: logging.LogRecord) -> bool:
    """Whether it tells of a fault: a job that had not begun when the scheduler was stopped is none."""
    return not (record.exc_info and isinstance(record.exc_info[1], asyncio.CancelledError))


class Part:
    """One of the things that are done at every tick, or once in `every`. It fails and hangs by itself."""

    def __init__(
        self, name: str, work: Callable[[], Awaitable[object]], every: timedelta | None = None
    ) -> None:
        self.name = name
        self.every = every
        self.begun: datetime | None = None
        self.done: datetime | None = None
        """When it was last done, with success."""
        self._work = work
        self._is_unfinished = False
        self._one_at_a_time = asyncio.Lock()

    async def tick(self, clock: Clock) -> None:
        """Its job: does it if it is due, and is not being done already."""
        if not self._one_at_a_time.locked():
            # A process that ends in the midst leaves nothing undone that the next one does not find.
            with suppress(asyncio.CancelledError):
                await self.do(clock)

    async def do(self, clock: Clock) -> None:
        """Does it if it is due; what fails is told in the log and tried again at the next tick."""
        async with self._one_at_a_time:
            now = clock.now()
            if self.every and self.begun and not self._is_unfinished and now - self.begun < self.every:
                return
            self.begun, self._is_unfinished = now, True
            try:
                await self._work()
                self.done, self._is_unfinished = clock.now(), False
            except Exception:
                log.exception("tick.failed", kind=self.name)

    def waits(self, now: datetime, since: datetime) -> timedelta:
        """For how long it has been due and was not done; `since`: when ticking began."""
        return now - (self.done + (self.every or timedelta()) if self.done else since)


class Ticker:
    """Does its parts every few seconds, each as a job of its own, and looks after the scheduler that calls them."""

    def __init__(self, parts: Sequence[Part], clock: Clock) -> None:
        self._parts = parts
        self._clock = clock
        self._began = clock.now()
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        self._is_known_dead = False
        self._looks_in_vain = 0

    def start(self) -> None:
        """Begins to tick, at once and then on and on."""
        logging.getLogger("apscheduler.executors.default").addFilter(_is_no_end)
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        for part in self._parts:
            self._scheduler.add_job(
                part.tick,
                "interval",
                [self._clock],
                id=part.name,
                seconds=EVERY_SECONDS,
                next_run_time=datetime.now(self._scheduler.timezone),
                coalesce=True,
                max_instances=1,
                misfire_grace_time=None,
            )
        self._scheduler.start()

    def stop(self) -> None:
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)

    async def tick(self) -> None:
        """Everything that is due, one after the other, now."""
        for part in self._parts:
            await part.do(self._clock)

    def ages(self) -> dict[str, float]:
        """By part: seconds since it was last done with success, or since it fell due where it is done more seldom."""
        now = self._clock.now()
        return {part.name: max(part.waits(now, self._began).total_seconds(), 0.0) for part in self._parts}

    def age(self) -> float:
        """Seconds since the last tick of which everything was done with success."""
        return max(self.ages().values(), default=0.0)

    def faults(self) -> list[str]:
        """What keeps things from being done by the clock right now."""
        if not self._is_whole():
            return ["the scheduler is dead"]
        old = {name: age for name, age in self.ages().items() if age > _OLD_AFTER.total_seconds()}
        if old and self._nothing_begins():
            return [f"the scheduler has not ticked for {max(old.values()):.0f} seconds"]
        return [f"{name} has not been done for {age:.0f} seconds" for name, age in old.items()]

    async def watch(self) -> None:
        """For ever: looks after the scheduler, and owes nothing to it."""
        while True:
            await asyncio.sleep(EVERY_SECONDS)
            self.look_after()

    def look_after(self) -> None:
        """One look: a scheduler that is gone, or begins nothing any more at two looks in a row, is replaced."""
        self._looks_in_vain = self._looks_in_vain + 1 if self._nothing_begins() else 0
        if self._is_whole() and self._looks_in_vain < 2:
            self._is_known_dead = False
            return
        if not self._is_known_dead:
            log.error("scheduler.dead")
        self._is_known_dead, self._looks_in_vain = True, 0
        try:
            self.stop()
            self.start()
        except Exception:
            log.exception("scheduler.failed")

    def _is_whole(self) -> bool:
        """Whether it runs and has all its jobs."""
        if not self._scheduler.running:
            return False
        planned = {job.id for job in self._scheduler.get_jobs() if job.next_run_time is not None}
        return planned == {part.name for part in self._parts}

    def _nothing_begins(self) -> bool:
        """Also where the machine's clock was set back by far, and the scheduler waits for its old time."""
        begun = [part.begun for part in self._parts if part.begun is not None]
        return abs(self._clock.now() - max(begun, default=self._began)) > _NOTHING_BEGINS
