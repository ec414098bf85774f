"""Figures: how soon Slack is acknowledged, and how much memory the bot keeps."""

from __future__ import annotations

import asyncio
import gc
import tracemalloc
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from random import Random

from tests.soak.crowd import Crowd
from tests.soak.on_slack import OnSlack
from tests.soak.person import COMMANDS, QUICK
from tests.soak.rounds import quiet

OURS = ("bot", "handlers", "models", "reports", "scheduler")
LIBRARIES = ("sqlalchemy", "sqlmodel", "telegram", "slack_sdk", "slack_bolt", "pydantic")
"""What the tests' services do not use, so that what is kept there is kept for the bot."""


@dataclass(frozen=True)
class Pace:
    """How soon payloads were acknowledged, in seconds."""

    payloads: int
    median: float
    p99: float
    most: float
    failed: int


async def acknowledged_at(crowd: Crowd, random: Random, *, a_second: float, seconds: float) -> Pace:
    """Words, presses and commands of everybody on Slack at an even pace, whether or not they are answered."""
    people = [one for one in crowd.linked if isinstance(one, OnSlack)]
    first, tasks = len(crowd.slack.acks), set[asyncio.Task[None]]()
    for number in range(int(a_second * seconds)):
        one = people[number % len(people)]
        tasks.add(asyncio.create_task(_does(one, random)))
        await asyncio.sleep(1 / a_second)
    await asyncio.gather(*tasks)
    await quiet(crowd, 60)
    taken = crowd.slack.acks[first:]
    times = sorted(ack.seconds for ack in taken if ack.ok)
    middle, far = times[len(times) // 2], times[int(len(times) * 0.99)]
    return Pace(len(taken), middle, far, times[-1], sum(not ack.ok for ack in taken))


async def _does(one: OnSlack, random: Random) -> None:
    match random.randrange(4):
        case 0:
            await one.person.types_command("/bogobot", random.choice(QUICK))
        case 1:
            await one.types(random.choice(COMMANDS))
        case 2:
            await one.types(random.choice(QUICK))
        case 3:
            newest = next((seen for seen in reversed(one.person.messages) if seen.pressables), None)
            if newest is not None and one.person.modal is None:
                await one.person.presses(random.choice(newest.pressables))


def kept(root: Path) -> int:
    """Bytes that are kept by code of ours, or by libraries only the bot uses; `tracemalloc` has to be running."""
    gc.collect()
    filters = [tracemalloc.Filter(True, pattern) for pattern in _patterns(root)]
    found = tracemalloc.take_snapshot().filter_traces(filters)
    return sum(statistic.size for statistic in found.statistics("filename"))


def _patterns(root: Path) -> Iterable[str]:
    yield from (f"{root}/{name}/*" for name in OURS)
    yield from (f"*/site-packages/{name}/*" for name in LIBRARIES)
