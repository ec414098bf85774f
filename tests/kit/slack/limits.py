"""The published rate limits (docs.slack.dev/apis/web-api/rate-limits): tiers a minute, a message a second a channel."""

from __future__ import annotations

import math
from collections import defaultdict, deque
from dataclasses import dataclass, field

TIERS = {2: 20, 3: 50, 4: 100}
"""Calls of one method that a minute allows."""


@dataclass
class Limits:
    """Counts the calls that were let through; a refused call costs nothing."""

    burst: int = 1
    """Messages a rested channel takes at once before one a second holds."""
    _calls: dict[str, deque[float]] = field(default_factory=lambda: defaultdict(deque))
    _posts: dict[str, tuple[float, float]] = field(default_factory=dict)

    def wait_for(self, method: str, tier: int | None, channel: str | None, now: float) -> int:
        """Whole seconds to wait before this call; 0 lets it through and counts it."""
        if channel is not None:
            return self._wait_for_post(channel, now)
        if tier is None:
            return 0
        calls = self._calls[method]
        while calls and calls[0] <= now - 60:
            calls.popleft()
        if len(calls) >= TIERS[tier]:
            return max(1, math.ceil(calls[0] + 60 - now))
        calls.append(now)
        return 0

    def _wait_for_post(self, channel: str, now: float) -> int:
        tokens, since = self._posts.get(channel, (float(self.burst), now))
        tokens = min(float(self.burst), tokens + now - since)
        if tokens < 1:
            self._posts[channel] = tokens, now
            return max(1, math.ceil(1 - tokens))
        self._posts[channel] = tokens - 1, now
        return 0
