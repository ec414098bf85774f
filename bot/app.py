"""The composition root: the one place that puts the parts together and starts and stops them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from bot.channels import open_channels
from bot.clockwork import Clockwork
from bot.delivery import WebDelivery
from bot.demo import Scene
from bot.errands import ErrandRunner
from bot.outgoing.claiming import Claiming
from bot.outgoing.claims import Claimant
from bot.parts import Deliveries, Parts
from bot.settings import Settings
from bot.ticks import parts_of_tick
from bot.wakeful import Wakeful
from bot.web.draw import FileLinks
from bot.web.house import House
from bot.web.hub import Hub
from bot.web.sessions import Sessions
from bot.workers import Workers
from handlers.book import BOOK, ERRANDS
from models.clock import Clock
from models.evidence.vault import Vault
from models.messaging.account import Messenger
from models.seals import SEALS_FILE
from models.store import Database
from models.working_days import WorkingDays
from scheduler.ticking import Ticker


@asynccontextmanager
async def running(
    settings: Settings,
    clock: Clock,
    machine: Clock,
    *,
    scene: Scene | None = None,
    on_clock_moved: Callable[[], None] = lambda: None,
) -> AsyncIterator[House]:
    """A house whose loops run until the block ends. `clock` is the city's, `machine` the one logins end by.

    scene: what it began with, where it is a demo.
    """
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

    async def settled() -> None:
        await errands.rests()
        await delivery.rests()

    seals = settings.data_dir / SEALS_FILE
    ticker = Ticker(parts_of_tick(clockwork, channels, sessions, hub, vault, machine, seals), machine)
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
        scene=scene,
        address=settings.address,
        locale=settings.locale,
        tick=ticker.tick,
        settled=settled,
        clockwork=clockwork,
        on_clock_moved=on_clock_moved,
        channels=channels,
    )
    runs = [delivery.run(), errands.run(), *(channel.run() for channel in channels), ticker.watch()]
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
