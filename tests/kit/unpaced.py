"""A bot that does not wait for the pace its messengers ask for, where that is not what a test is about."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from unittest.mock import patch

from bot.slack import limits as slack_limits
from bot.slack import pacing
from bot.telegram import direct, limits, pacer

_PLENTY = 1_000_000


@contextmanager
def unpaced() -> Iterator[None]:
    """Bots born in it send as fast as they can."""
    with ExitStack() as stack:
        for place, name, value in (
            (limits, "IN_A_CHAT", _PLENTY),
            (limits, "_AT_ONCE", _PLENTY),
            (pacer, "A_SECOND", 0.0),
            (pacer, "OVERALL", _PLENTY),
            (direct, "A_SECOND", 0.0),
            (pacing, "POSTS_SECONDS", 0.0),
            (pacing, "_POST_MARGIN", 0.0),
        ):
            stack.enter_context(patch.object(place, name, value))
        stack.enter_context(patch.dict(slack_limits.TIERS, dict.fromkeys(slack_limits.TIERS, _PLENTY)))
        yield
