"""No pace is kept in these tests: the more is under way when a life ends, the more there is to go wrong."""

from __future__ import annotations

from bot.outgoing.gate import Gates
from bot.slack import pacing
from bot.telegram import channel, direct, pacer
from scheduler import due, reminding

_A_MOMENT = 0.002
_FEW = 2


def keep_no_pace() -> None:
    """From now on, in this process: a chat takes a message every moment instead of every second, and what Slack
    takes in a minute it takes in a second."""
    vars(channel)["chat_gates"] = lambda: Gates(1, _A_MOMENT)
    for module in (pacer, direct):
        vars(module)["A_SECOND"] = _A_MOMENT
    # What the clock has done comes in many small pieces.
    vars(due)["ROWS_AT_ONCE"] = vars(reminding)["AT_ONCE"] = _FEW
    vars(pacing).update(POSTS_SECONDS=_A_MOMENT, _POST_MARGIN=0.0, A_MINUTE=1.0, _MARGIN=0.0)
