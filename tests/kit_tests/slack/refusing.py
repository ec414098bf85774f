"""What the library raises when a call is refused."""

from collections.abc import Awaitable
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError


async def refused(call: Awaitable[Any]) -> str:
    """The error code that the call was refused with."""
    return str((await answer_of(call))["error"])


async def answer_of(call: Awaitable[Any]) -> dict[str, Any]:
    """The whole answer of a call that was refused."""
    with pytest.raises(SlackApiError) as raised:
        await call
    answer: dict[str, Any] = raised.value.response.data
    return answer
