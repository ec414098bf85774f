"""The composition root: the one place that puts the parts together and starts and stops them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.channels import open_channels
from bot.clockwork import Clockwork
from bot.delivery import WebDelivery
from bot.errands import ErrandRunner
from bot.outgoing.claiming import Claiming
from bot.outgoing.claims import Claimant
from bot.parts import Channel, Deliveries, Parts
from bot.settings import Settings
from bot.wakeful import Wakeful
from bot.web.draw import FileLinks
from bot.web.farewell import end_logged_out
from bot.web.house import House
from bot.web.hub import Hub
from bot.web.sessions import Sessions
from bot.workers import Workers
from handlers.book import BOOK, ERRANDS
from models.clock import Clock
from models.evidence.vault import Vault
from models.messaging.account import Messenger
from models.store import Database
from models.working_days import WorkingDays
from scheduler.housekeeping import UPLOADS_KEPT, tidy
from scheduler.ticking import Ticker

_TIDY_EVERY = timedelta(hours=1)
_LOOK_EVERY = timedelta(minutes=1)


@asynccontextmanager
async def running(
    settings: Settings,
    clock: Clock,
    machine: Clock,
    *,
    is_demo: bool = False,
    on_clock_moved: Callable[[], None] = lambda: None,
) -> AsyncIterator[House]:
    """A house whose loops run until the block ends. `clock` is the city's, `machine` the one logins end by."""
    workers = Workers(Database(settings.database))
    key = settings.signing_key()
    vault, hub, links = Vault(settings.evidence_dir), Hub(), FileLinks(key)
    book = BOOK.discreet() if settings.chat_mode == "notices" else BOOK
    delivery, deliveries = (
        Wakeful("delivery", WebDelivery(workers, clock, book, hub, links).deliver_all),
        Deliveries(),
    )
    deliveries.add(Messenger.WEB, delivery.wake)
    runner = ErrandRunner(workers, clock, vault, book, ERRANDS, on_done=deliveries.wake)
    errands = Wakeful("errands", runner.run_all)
    sessions = Sessions(key, machine, clock)
    claimant = Claimant(settings.data_dir / "sending")
    claiming = Claiming(claimant, book, vault)
    parts = Parts(
        workers, clock, machine, book, vault, claiming, deliveries, errands, settings.address, settings.locale
    )
    channels = open_channels(settings, parts)
    clockwork = Clockwork(workers, clock, book, deliveries, errands)
    tick = _Tick(workers, clock, machine, vault, deliveries, errands, sessions, hub, channels, clockwork)
    ticker = Ticker(tick, machine)
    house = House(
        workers=workers,
        clock=clock,
        book=book,
        vault=vault,
        hub=hub,
        delivery=deliveries,
        errands=errands,
        sessions=sessions,
        links=links,
        ticker=ticker,
        is_demo=is_demo,
        address=settings.address,
        locale=settings.locale,
        tick=tick,
        on_clock_moved=on_clock_moved,
        channels=channels,
    )
    runs = [delivery.run(), errands.run(), *(channel.run() for channel in channels)]
    loops = [asyncio.create_task(run) for run in runs]
    ticker.start()
    # Loading the calendar takes a third of a second, which nobody's first answer shall wait for.
    warming = asyncio.create_task(workers.block(WorkingDays().is_working, clock.now().date()))
    try:
        yield house
    finally:
        ticker.stop()
        hub.close()
        for loop in loops:
            loop.cancel()
        await asyncio.gather(warming, *loops, return_exceptions=True)
        workers.close()
        claimant.close()


@dataclass
class _Tick:
    """What happens by the clock: deliveries and errands that were left are taken up, logins end, old things go."""

    workers: Workers
    clock: Clock
    machine: Clock
    vault: Vault
    deliveries: Deliveries
    errands: Wakeful
    sessions: Sessions
    hub: Hub
    channels: Sequence[Channel]
    clockwork: Clockwork
    looked: datetime | None = None
    tidied: datetime | None = None

    async def __call__(self) -> None:
        # A process that ends in the midst of a tick leaves nothing undone that the next one does not find.
        with suppress(asyncio.CancelledError):
            await self._tick()

    async def _tick(self) -> None:
        self.deliveries.wake()
        self.errands.wake()
        for channel in self.channels:
            await channel.tick()
        await self.clockwork()
        now = self.machine.now()
        if self.looked is None or now - self.looked >= _LOOK_EVERY:
            self.looked = now
            await end_logged_out(self.workers, self.sessions, self.hub)
        if self.tidied is None or now - self.tidied >= _TIDY_EVERY:
            self.tidied = now
            await self.workers.write(tidy, self.clock.now(), now)
            await self.workers.block(self.vault.sweep, now - UPLOADS_KEPT)
