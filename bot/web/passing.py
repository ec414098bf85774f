"""How the demo's clock is moved on: from moment to moment, and what falls due is done and seen at its own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime, time, timedelta

from bot.web.house import House
from models.clock import SEOUL, MovableClock, local_day

_LOOKED_AT = (time(0), time(9), time(13), time(18))
"""Times of every day at which things are looked after even where nothing is known to be due: a new day may bring
people, periods and deputies that nobody knew of."""
_LEAST = timedelta(minutes=1)


async def pass_time(house: House, clock: MovableClock, by: timedelta) -> AsyncIterator[datetime]:
    """Moves the clock on and does on the way what a clock left alone would have done; gives each moment.

    One at a time: who moves it meanwhile comes after.
    """
    async with house.passing:
        until = clock.now() + by
        await _catch_up(house)
        while (now := clock.now()) < until:
            clock.move(min(_next(now, house.clockwork.next_at), until) - now)
            house.on_clock_moved()
            yield clock.now()
            await _catch_up(house)


async def _catch_up(house: House) -> None:
    """Does what is due, and waits until it stands in the chats."""
    await house.tick()
    await house.settled()


def _next(now: datetime, known: datetime) -> datetime:
    """The next moment, however near what is known lies."""
    days = (local_day(now), local_day(now) + timedelta(days=1))
    moments = [datetime.combine(day, at, SEOUL) for day in days for at in _LOOKED_AT]
    ahead = min(moment for moment in moments if moment > now)
    return max(min(known, ahead), now + _LEAST) if known > now else ahead
