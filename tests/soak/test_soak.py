"""A short soak: some rounds of random use, and floods. `BOGOBOT_SOAK` is how many minutes it goes on instead."""

from __future__ import annotations

import os
import random
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from models.store import Database
from tests.soak import floods, measures
from tests.soak.checks import find_wrong
from tests.soak.crowd import Crowd, open_crowd
from tests.soak.floods import Flood
from tests.soak.life import live
from tests.soak.rounds import quiet

_MINUTES = float(os.environ.get("BOGOBOT_SOAK", "0"))
_SEED = int(os.environ.get("BOGOBOT_SOAK_SEED", "20190708"))


async def test_whatever_people_do_all_is_in_order_when_it_is_quiet_again(
    hanbit: Database, tmp_path: Path
) -> None:
    """Fails with the seed, which `python -m tests.soak MINUTES SEED` takes, and everything that was wrong."""
    seconds = 60 * _MINUTES or 8.0
    life = await live(hanbit, tmp_path, _SEED, enforcing=False, seconds=seconds, round_seconds=4.0)
    assert not life.wrong, life.told()
    assert life.acts > 100


@pytest.mark.parametrize("flood", floods.EVERY, ids=lambda flood: str(flood.__name__))
async def test_a_flood_leaves_all_in_order(
    flood: Callable[[Crowd], Awaitable[Flood]], hanbit: Database, tmp_path: Path
) -> None:
    async with open_crowd(hanbit, tmp_path, random.Random(_SEED), enforcing=False) as crowd:
        wrong = await quiet(crowd, 20)
        came = await flood(crowd)
        wrong += [*came.wrong, *find_wrong(crowd, faulty=False)]
    assert not wrong, (came.told, wrong)


async def test_slack_is_acknowledged_in_time_at_twenty_payloads_a_second(
    hanbit: Database, tmp_path: Path
) -> None:
    async with open_crowd(hanbit, tmp_path, random.Random(_SEED), enforcing=False) as crowd:
        await quiet(crowd, 20)
        pace = await measures.acknowledged_at(crowd, random.Random(_SEED), a_second=20, seconds=8)
    assert pace.failed == 0, pace
    assert pace.p99 < 0.5, pace
    assert pace.most < 2.5, pace
