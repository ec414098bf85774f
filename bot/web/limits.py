"""The web messenger's limits, all in one place, and the buckets that hold people to them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from time import monotonic

LONGEST_TEXT = 20_000
# Far above the longest text: a frame over this ends the connection without a word, and the page sends it again.
LARGEST_FRAME = 4 * 1024 * 1024
MOST_FILES = 10
MOST_WINDOWS = 20
HISTORY = 40
SESSION_LASTS = timedelta(hours=12)
SESSION_IDLES = timedelta(hours=2)
LINK_LASTS = SESSION_LASTS


class Buckets:
    """Lets each key do `burst` things at once and `per_second` after that."""

    _MOST_KEYS = 10_000

    def __init__(self, per_second: float, burst: int, now: Callable[[], float] = monotonic) -> None:
        self._per_second = per_second
        self._burst = burst
        self._now = now
        self._levels: dict[str, tuple[float, float]] = {}

    def allow(self, key: str) -> bool:
        """Whether one more is allowed now; it counts if it is."""
        now = self._now()
        level, then = self._levels.get(key, (float(self._burst), now))
        level = min(self._burst, level + (now - then) * self._per_second)
        if len(self._levels) >= self._MOST_KEYS:
            self._forget_full(now)
        self._levels[key] = (level - 1 if level >= 1 else level, now)
        return level >= 1

    def give_back(self, key: str) -> None:
        """What was allowed shall not count after all."""
        if key in self._levels:
            level, then = self._levels[key]
            self._levels[key] = (level + 1, then)

    def _forget_full(self, now: float) -> None:
        """Buckets that have filled up again say nothing any more."""
        self._levels = {
            key: (level, then)
            for key, (level, then) in self._levels.items()
            if level + (now - then) * self._per_second < self._burst
        }
