"""Work that is woken is done; work that failed is done again by itself."""

import asyncio
from collections.abc import Callable, Coroutine
from itertools import pairwise
from typing import Any

from bot.wakeful import Wakeful
from tests.kit.served_city import Mishaps
from tests.outgoing.test_gate import moved

Work = Callable[[], Coroutine[Any, Any, None]]


def test_each_waking_means_one_more_round_however_many_there_are(mishaps: Mishaps) -> None:
    rounds = 0

    async def work() -> None:
        nonlocal rounds
        rounds += 1
        if rounds == 2:
            wakeful.wake()

    wakeful = Wakeful("work", work)

    async def story() -> None:
        running = asyncio.create_task(wakeful.run())
        await asyncio.sleep(1)
        assert rounds == 1
        for _ in range(3):
            wakeful.wake()
        await asyncio.sleep(1)
        running.cancel()

    moved(story())
    assert rounds == 3


def test_what_failed_is_done_again_after_pauses_that_grow(mishaps: Mishaps) -> None:
    at: list[float] = []

    async def work() -> None:
        at.append(asyncio.get_running_loop().time())
        if len(at) < 12:
            raise LookupError

    async def story() -> None:
        running = asyncio.create_task(Wakeful("work", work).run())
        await asyncio.sleep(1_000)
        running.cancel()

    moved(story())
    gaps = [round(later - before, 2) for before, later in pairwise(at)]
    assert gaps == [0.25, 0.5, 1, 2, 4, 8, 16, 30, 30, 30, 30]
    assert len(mishaps) == 11
    mishaps.clear()


def test_of_several_moments_the_earliest_counts(mishaps: Mishaps) -> None:
    at: list[float] = []

    async def work() -> None:
        at.append(asyncio.get_running_loop().time())

    async def story() -> None:
        wakeful = Wakeful("work", work)
        running = asyncio.create_task(wakeful.run())
        await asyncio.sleep(0)
        wakeful.wake_in(5)
        wakeful.wake_in(2)
        wakeful.wake_in(9)
        await asyncio.sleep(100)
        running.cancel()

    moved(story())
    assert [round(one - at[0]) for one in at] == [0, 2]
