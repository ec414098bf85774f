"""Pacing: a call waits here for its turn, so that Slack never has to refuse one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from time import monotonic

from bot.outgoing.gate import Gate, Gates
from bot.slack.limits import A_MINUTE, METHODS, POSTS, POSTS_SECONDS, TIERS

# A call may be on its way a moment longer than the one a minute before it, and be counted in the same minute.
_MARGIN, _POST_MARGIN = 1.0, 0.05
_ANY_NUMBER = 1_000_000
_A_MOMENT = 1.0


class Pacing:
    """One gate a method by its tier, one a channel for messages, and one before everything."""

    def __init__(self, now: Callable[[], float] = monotonic) -> None:
        self._now = now
        self._methods: dict[str, Gate] = {}
        self._channels = Gates(POSTS, POSTS_SECONDS + _POST_MARGIN, now)
        self._all = Gate(_ANY_NUMBER, 1.0, now)
        self._waiting: Counter[str] = Counter()

    async def enter(self, method: str, channel: str = "", *, urgent: bool = False) -> None:
        """Waits until the method may be called; where a channel is given, until it takes a message. The
        conversation with a person goes by the person's id."""
        self._waiting[method] += 1
        try:
            if channel:
                await self._channels[channel].enter(urgent=urgent)
            await self._gate(method).enter(urgent=urgent)
            await self._all.enter(urgent=urgent)
        finally:
            self._waiting[method] -= 1

    def arrived(self, channel: str) -> None:
        """A message may have reached the channel only just now, however long ago it was let through: the next one
        waits from here."""
        self._channels[channel].hold(POSTS_SECONDS + _POST_MARGIN)

    def hold(self, method: str, seconds: float) -> None:
        """Slack asked for a pause: nobody calls the method meanwhile."""
        self._gate(method).hold(seconds)

    def hold_all(self, seconds: float) -> None:
        """Nobody calls anything meanwhile."""
        self._all.hold(seconds)

    def held_for(self, method: str) -> float:
        """Seconds for which the method is not to be called."""
        return max(self._gate(method).held_for, self._all.held_for)

    def is_crowded(self, method: str) -> bool:
        """Whether a call would wait behind others, or longer than a moment."""
        wait = max(self._gate(method).wait(), self._all.held_for)
        return self._waiting[method] > 0 or wait > _A_MOMENT

    def _gate(self, method: str) -> Gate:
        if method not in self._methods:
            tier = METHODS.get(method)
            self._methods[method] = (
                Gate(TIERS[tier], A_MINUTE + _MARGIN, self._now)
                if tier
                else Gate(_ANY_NUMBER, 1.0, self._now)
            )
        return self._methods[method]
