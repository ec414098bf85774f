"""The client that calls Slack's Web API."""

from __future__ import annotations

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from bot.settings import Settings

_CONNECTS, _TIMEOUT = 5, 20
"""Seconds after which Slack counts as out of reach, and an answer as lost."""


def make_client(settings: Settings) -> AsyncWebClient:
    """A client on one connection pool of its own; to be called in the loop it is used in, and closed there.

    It never calls again by itself: a message would be posted twice when only its answer was lost.
    """
    return AsyncWebClient(
        token=settings.slack_bot_token.get_secret_value(),
        base_url=settings.slack_api_url,
        timeout=_TIMEOUT,
        session=aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=_TIMEOUT, sock_connect=_CONNECTS)),
        retry_handlers=[],
    )


async def close(client: AsyncWebClient) -> None:
    """Closes the client's connections."""
    if client.session is not None:
        await client.session.close()
