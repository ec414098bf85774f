"""The composition root: the one place that puts the parts together and starts and stops them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import timedelta

from bot.delivery import WebDelivery
from bot.errands import ErrandRunner
from bot.settings import Settings
from bot.web.draw import FileLinks
from bot.web.house import House
from bot.web.hub import Hub
from bot.web.sessions import Sessions
from bot.workers import Workers
from handlers.book import BOOK, ERRANDS
from models.clock import Clock, SystemClock
from models.evidence.vault import Vault
from models.store import Database
from models.working_days import WorkingDays
from scheduler.housekeeping import UPLOADS_KEPT, tidy
from scheduler.ticking import Ticker

_TIDY_EVERY = timedelta(hours=1)


@asynccontextmanager
async def running(
    settings: Settings,
    clock: Clock,
    *,
    is_demo: bool = False,
    on_clock_moved: Callable[[], None] = lambda: None,
) -> AsyncIterator[House]:
    """A house whose loops run until the block ends."""
    machine = SystemClock()
    workers = Workers(Database(settings.database))
    key = settings.signing_key()
    vault, hub, links = Vault(settings.evidence_dir), Hub(), FileLinks(key)
    delivery = WebDelivery(workers, clock, BOOK, hub, links)
    errands = ErrandRunner(workers, clock, vault, BOOK, ERRANDS, delivery.wake)
    tick = _Tick(workers, clock, machine, vault, delivery, errands)
    ticker = Ticker(tick, machine)
    house = House(
        workers=workers,
        clock=clock,
        book=BOOK,
        vault=vault,
        hub=hub,
        delivery=delivery,
        errands=errands,
        sessions=Sessions(key, machine, clock),
        links=links,
        ticker=ticker,
        is_demo=is_demo,
        locale=settings.locale,
        secure_cookies=settings.address.startswith("https://"),
        tick=tick,
        on_clock_moved=on_clock_moved,
    )
    loops = [asyncio.create_task(delivery.run()), asyncio.create_task(errands.run())]
    ticker.start()
    # Loading the calendar takes a third of a second, which nobody's first answer shall wait for.
    warming = asyncio.create_task(workers.block(WorkingDays().is_working, clock.now().date()))
    try:
        yield house
    finally:
        await warming
        ticker.stop()
        hub.close()
        for loop in loops:
            loop.cancel()
            with suppress(asyncio.CancelledError):
                await loop
        workers.close()


class _Tick:
    """What happens by the clock: deliveries and errands that were left are taken up, old things thrown away."""

    def __init__(
        self,
        workers: Workers,
        clock: Clock,
        machine: Clock,
        vault: Vault,
        delivery: WebDelivery,
        errands: ErrandRunner,
    ) -> None:
        self._workers = workers
        self._clock = clock
        self._machine = machine
        self._vault = vault
        self._delivery = delivery
        self._errands = errands
        self._tidied = machine.now() - _TIDY_EVERY

    async def __call__(self) -> None:
        self._delivery.wake()
        self._errands.wake()
        now = self._machine.now()
        if now - self._tidied >= _TIDY_EVERY:
            self._tidied = now
            await self._workers.write(tidy, self._clock.now(), now)
            await self._workers.block(self._vault.sweep, now - UPLOADS_KEPT)
