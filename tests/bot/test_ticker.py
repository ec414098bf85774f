"""The ticker: its parts fail and hang by themselves, and a scheduler that is dead is noticed and replaced."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from models.clock import MovableClock
from scheduler.ticking import Part, Ticker
from tests.kit.served_city import Mishaps

MINUTE = timedelta(seconds=61)
HOUR = timedelta(hours=1)


class Work:
    """What is done at a tick: counted, failing where it is to fail, hanging until it may go on."""

    def __init__(self) -> None:
        self.done = 0
        self.fails = False
        self.goes_on = asyncio.Event()
        self.goes_on.set()

    async def __call__(self) -> None:
        await self.goes_on.wait()
        if self.fails:
            raise LookupError
        self.done += 1


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock(datetime(2026, 7, 8, tzinfo=UTC), ticking=False)


@asynccontextmanager
async def ticking(ticker: Ticker) -> AsyncIterator[Ticker]:
    ticker.start()
    try:
        yield ticker
    finally:
        ticker.stop()
        await asyncio.sleep(0)


async def until(holds: Callable[[], object]) -> None:
    async with asyncio.timeout(5):
        while not holds():
            await asyncio.sleep(0)


async def test_a_part_that_fails_keeps_no_other_from_being_done(
    clock: MovableClock, mishaps: Mishaps
) -> None:
    broken, sound = Work(), Work()
    broken.fails = True
    ticker = Ticker([Part("broken", broken), Part("sound", sound)], clock)
    for _ in range(7):
        clock.move(timedelta(seconds=10))
        await ticker.tick()
    assert sound.done == 7
    assert ticker.ages() == {"broken": 70, "sound": 0}
    assert [(event["event"], event["kind"]) for event in mishaps] == [("tick.failed", "broken")] * 7
    mishaps.clear()
    async with ticking(ticker):
        assert ticker.faults() == ["broken has not been done for 70 seconds"]
        broken.fails = False
        await ticker.tick()
        assert ticker.faults() == [] and ticker.age() == 0


async def test_a_part_that_hangs_is_named_and_the_others_go_on(clock: MovableClock) -> None:
    hanging, sound = Work(), Work()
    hanging.goes_on.clear()
    parts = [Part("hanging", hanging), Part("sound", sound)]
    async with ticking(Ticker(parts, clock)) as ticker:
        await until(lambda: sound.done)
        clock.move(MINUTE)
        await parts[1].tick(clock)
        await parts[0].tick(clock)  # which is at it already
        assert ticker.faults() == ["hanging has not been done for 61 seconds"]
        hanging.goes_on.set()
        await until(lambda: hanging.done)
        assert (hanging.done, ticker.faults()) == (1, [])


async def test_what_is_done_once_an_hour_is_tried_again_at_the_next_tick_where_it_failed(
    clock: MovableClock, mishaps: Mishaps
) -> None:
    work = Work()
    part = Part("hourly", work, HOUR)
    for fails, ahead, done in (
        (True, MINUTE, 0),
        (False, MINUTE, 1),
        (False, HOUR - MINUTE, 1),
        (False, MINUTE, 2),
    ):
        work.fails = fails
        clock.move(ahead)
        await part.do(clock)
        assert work.done == done
    assert part.waits(clock.now(), clock.now()) == -HOUR
    mishaps.clear()


def shut_down(scheduler: Any) -> None:
    scheduler.shutdown(wait=False)


def lose_a_job(scheduler: Any) -> None:
    scheduler.remove_job("work")


def pause_a_job(scheduler: Any) -> None:
    scheduler.pause_job("work")


@pytest.mark.parametrize("dies", [shut_down, lose_a_job, pause_a_job])
async def test_a_dead_scheduler_is_told_once_and_replaced(
    clock: MovableClock, mishaps: Mishaps, dies: Callable[[Any], None]
) -> None:
    work = Work()
    async with ticking(Ticker([Part("work", work), Part("other", Work())], clock)) as ticker:
        await until(lambda: work.done == 1)
        ticker.look_after()
        assert (ticker.faults(), mishaps) == ([], [])
        dies(ticker._scheduler)
        await asyncio.sleep(0)
        assert ticker.faults() == ["the scheduler is dead"]
        ticker.look_after()
        await until(lambda: work.done == 2)
        ticker.look_after()
        assert ticker.faults() == []
        assert [event["event"] for event in mishaps] == ["scheduler.dead"]
    mishaps.clear()


@pytest.mark.parametrize("ahead", [MINUTE, -HOUR])
async def test_a_scheduler_that_begins_nothing_any_more_is_replaced_at_the_second_look(
    clock: MovableClock, mishaps: Mishaps, ahead: timedelta
) -> None:
    """Its executor is gone, or it waits for a time that the machine's clock was set back from."""
    work = Work()
    async with ticking(Ticker([Part("work", work)], clock)) as ticker:
        await until(lambda: work.done == 1)
        clock._set(clock.now() + ahead)
        told = ["the scheduler has not ticked for 61 seconds"] if ahead == MINUTE else []
        assert ticker.faults() == told
        ticker.look_after()
        assert mishaps == []  # a machine that slept is late by one look
        ticker.look_after()
        await until(lambda: work.done == 2)
        assert ticker.faults() == []
        assert [event["event"] for event in mishaps] == ["scheduler.dead"]
    mishaps.clear()


async def test_a_scheduler_that_cannot_be_replaced_is_tried_again_and_told_once(
    clock: MovableClock, mishaps: Mishaps, monkeypatch: pytest.MonkeyPatch
) -> None:
    work = Work()
    async with ticking(Ticker([Part("work", work)], clock)) as ticker:
        await until(lambda: work.done == 1)
        shut_down(ticker._scheduler)
        await asyncio.sleep(0)
        with monkeypatch.context() as broken:
            broken.setattr(Ticker, "start", lambda _: 1 / 0)
            ticker.look_after()
            ticker.look_after()
        ticker.look_after()
        await until(lambda: work.done == 2)
    told = [event["event"] for event in mishaps]
    assert told == ["scheduler.dead", "scheduler.failed", "scheduler.failed"]
    mishaps.clear()


async def test_the_watch_looks_by_itself(monkeypatch: pytest.MonkeyPatch, clock: MovableClock) -> None:
    looks: list[None] = []
    monkeypatch.setattr("scheduler.ticking.EVERY_SECONDS", 0)
    monkeypatch.setattr(Ticker, "look_after", lambda _: looks.append(None))
    watch = asyncio.create_task(Ticker([], clock).watch())
    await until(lambda: len(looks) > 2)
    watch.cancel()
    with suppress(asyncio.CancelledError):
        await watch


async def test_who_is_stopped_before_the_first_tick_has_begun_reports_no_fault(
    clock: MovableClock, caplog: pytest.LogCaptureFixture
) -> None:
    ticker = Ticker([Part("work", Work())], clock)
    ticker.start()
    ticker.stop()
    for _ in range(5):
        await asyncio.sleep(0)
    assert [record.message for record in caplog.records if record.levelname == "ERROR"] == []
