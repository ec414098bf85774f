"""Ends lives and begins new ones, and says where in its work each was hit."""

from __future__ import annotations

import asyncio
import random
from collections import Counter, deque
from collections.abc import Awaitable
from statistics import median
from time import monotonic

from tests.kills.checks import open_rows, unsettled
from tests.kills.town import Town

_MEASURED_EVERY = 20
_SPREAD = 2.2
"""How long a life lasts at most, in times of what it takes from birth to the first message that is sent."""
_LONGER, _LONGEST = 1.3, 20.0
_NOTHING_YET = 0.15
_FINISHES_WITHIN = 90.0


async def ends(town: Town) -> str:
    """Kills the bot that lives; in the midst of what it was."""
    calls = town.ledger.of_life(town.lives.count)
    await town.lives.ends()
    with town.database.read() as session:
        still_open = town.open_after[town.lives.count] = open_rows(session)
    sent = [call for call in calls if call.row]
    if not any(call.method in ("getUpdates", "apps.connections.open") for call in calls):
        return "start"
    if not sent:
        return "turn"
    if any(call.answered_at is None for call in sent):
        return "send"
    return "settle" if any(call.row in still_open for call in sent) else "rest"


async def kills(town: Town, count: int, seed: int) -> tuple[Counter[str], float]:
    """So many lives, each killed at a random moment; where they were hit, and the longest that one was to last, in
    seconds. How long lives may be is measured all the while, since machines are slow and quick by turns; where several
    in a row settled nothing they may be longer, or the bot would give a message up that killed it so often."""
    chance = random.Random(seed)
    hit: Counter[str] = Counter()
    first_sends: deque[float] = deque([_NOTHING_YET], maxlen=9)
    spread, longest, left = _SPREAD, 0.0, set[int]()
    for number in range(count):
        await town.lives.begins()
        born = monotonic()
        if number % _MEASURED_EVERY:
            longest = max(longest, spread * median(first_sends))
            await asyncio.sleep(chance.uniform(0, spread * median(first_sends)))
        elif await _sends(town):
            first_sends.append(monotonic() - born)
        hit[await ends(town)] += 1
        before, left = left, town.open_after[town.lives.count]
        is_stuck = bool(before) and before <= left
        spread = min(spread * _LONGER, _LONGEST) if is_stuck else _SPREAD
    return hit, longest


async def _sends(town: Town) -> bool:
    """Waits for the first message of this life, which may have nothing to say."""
    for _ in range(500):
        if any(call.row for call in town.ledger.of_life(town.lives.count)):
            return True
        await asyncio.sleep(0.002)
    return False


async def comes_to_its_end(town: Town, talk: Awaitable[object]) -> None:
    """Waits for people's talk.

    Raises:
        AssertionError: somebody waited in vain, with what was left on its way.
    """
    try:
        await talk
    except AssertionError as error:
        with town.database.read() as session:
            left = [*unsettled(session), *town.not_taken_in(), *town.lives.faults()]
        raise AssertionError(
            f"{error}\nin life {town.lives.count}, with {left or 'nothing'} on its way"
        ) from None


async def rests(town: Town) -> None:
    """Waits until nothing is on its way any more, in or out.

    Raises:
        AssertionError: something still was in the end.
    """
    deadline = monotonic() + _FINISHES_WITHIN
    calm = 0
    while calm < 3:
        await town.brings_again()
        with town.database.read() as session:
            left = [*unsettled(session), *town.not_taken_in()]
        calm = 0 if left else calm + 1
        assert monotonic() < deadline, f"the last life, which nobody disturbed, left: {left}"
        await asyncio.sleep(0.05)
