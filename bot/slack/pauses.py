"""Pauses between tries that grow, so that a Slack in trouble is not asked the more often the worse it is."""

from __future__ import annotations

import asyncio

_FIRST, _LONGEST = 0.5, 60.0


class Pauses:
    """None before the first try, half a second before the second, then twice as long each, up to a minute."""

    def __init__(self) -> None:
        self._next = 0.0
        self._least = 0.0

    async def wait(self) -> None:
        """Waits for as long as it is time for."""
        pause = max(self._next, self._least)
        self._next = min(max(self._next * 2, _FIRST), _LONGEST)
        self._least = 0.0
        if pause > 0:
            await asyncio.sleep(pause)

    def at_least(self, seconds: str | None) -> None:
        """Slack asked for this pause, in its Retry-After."""
        if seconds is not None and seconds.isdecimal():
            self._least = float(seconds)

    def reset(self) -> None:
        """Things went well for a while."""
        self._next = 0.0
