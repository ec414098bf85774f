"""Pauses between tries that grow, so that a Slack in trouble is not asked the more often the worse it is."""

from __future__ import annotations

import asyncio

from slack_sdk.errors import SlackApiError

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

    def heed(self, error: Exception) -> str:
        """What kind of fault it was; where Slack asked for a pause, the next one is at least as long."""
        if not isinstance(error, SlackApiError):
            return type(error).__name__
        seconds = str(getattr(error.response, "headers", {}).get("Retry-After", ""))
        if seconds.isdecimal():
            self._least = float(seconds)
        return code_of(error)

    def reset(self) -> None:
        """Things went well for a while."""
        self._next = 0.0


def code_of(error: SlackApiError) -> str:
    """Slack's word for what is wrong; its status where what came was none of its answers."""
    data = getattr(error.response, "data", None)
    if isinstance(data, dict) and data.get("error"):
        return str(data["error"])
    return f"status {getattr(error.response, 'status_code', 0)}"
