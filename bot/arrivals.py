"""Takes what could not be taken in the moment it came: after its files, its bundle or a pause."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence

import structlog
from sqlmodel import Session

from bot.parts import Parts
from bot.wakeful import Wakeful
from models.messaging.account import Messenger
from models.messaging.arrival import Arrival, failed, waiting

log = structlog.get_logger()
_AT_ONCE = 4
_PAUSE = 5.0
"""Seconds until one is looked at again that failed and of which not even that could be written down."""

Take = Callable[[Sequence[Arrival]], Awaitable[None]]
"""Takes a bundle: one transaction that also calls `models.messaging.arrival.done`, and stops where that is False."""
GiveUp = Callable[[Sequence[Arrival]], Awaitable[None]]
"""Tells the person that a bundle could not be taken, for the last time."""


class Arrivals:
    """One messenger's. What comes from one address is taken in the order it came."""

    def __init__(self, parts: Parts, messenger: Messenger, take: Take, give_up: GiveUp) -> None:
        self._parts = parts
        self._messenger = messenger
        self._take = take
        self._give_up = give_up
        self._waiting_at: set[str] | None = None
        self._kept_meanwhile: set[str] = set()
        self._taking: dict[str, asyncio.Task[None]] = {}
        self._work = Wakeful(f"arrivals.{messenger}", self._look)

    def is_waiting(self, address: str) -> bool:
        """Whether something of that address waits, before which nothing else of theirs is to be taken. Before the
        first look, what a former process left may."""
        return self._waiting_at is None or address in self._waiting_at

    def wake(self, address: str | None = None) -> None:
        """Something was kept, or may be ready by now."""
        if address is not None:
            self._kept_meanwhile.add(address)
            if self._waiting_at is not None:
                self._waiting_at.add(address)
        self._work.wake()

    async def run(self) -> None:
        """For ever; what is in the middle when it is cancelled is taken at the next start."""
        try:
            await self._work.run()
        finally:
            for task in self._taking.values():
                task.cancel()
            await asyncio.gather(*self._taking.values(), return_exceptions=True)

    async def _look(self) -> None:
        self._kept_meanwhile.clear()
        # Asked before the snapshot is taken: what was not in it by then came too late for its bundle.
        now = self._parts.machine.now()
        found = await self._parts.workers.read(waiting, self._messenger)
        # What was kept since the snapshot was taken is not in it.
        self._waiting_at = {bundle[0].address for bundle in found} | self._kept_meanwhile
        for bundle in found:
            address, ready_at = bundle[0].address, max(arrival.ready_at for arrival in bundle)
            if address in self._taking:
                continue
            if ready_at > now:
                self._work.wake_in((ready_at - now).total_seconds())
            elif len(self._taking) < _AT_ONCE:
                self._taking[address] = asyncio.create_task(self._take_one(bundle))

    async def _take_one(self, bundle: Sequence[Arrival]) -> None:
        try:
            await self._take(bundle)
        except Exception as error:
            log.exception("arrival.failed", messenger=self._messenger.value)
            await self._look_after(bundle, error)
        finally:
            del self._taking[bundle[0].address]
            self._work.wake()

    async def _look_after(self, bundle: Sequence[Arrival], error: Exception) -> None:
        try:
            if await self._parts.workers.write(self._failed, bundle, type(error).__name__):
                await self._give_up(bundle)
        except Exception:
            log.exception("arrival.failed", messenger=self._messenger.value)
            await asyncio.sleep(_PAUSE)

    def _failed(self, session: Session, bundle: Sequence[Arrival], fault: str) -> bool:
        return failed(session, self._parts.machine.now(), bundle, fault)
