"""A server, and the library's own client for it."""

from collections.abc import AsyncIterator

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from tests.kit.slack import Person, SlackServer, slack_server


@pytest.fixture
async def server() -> AsyncIterator[SlackServer]:
    async with slack_server() as running:
        yield running


@pytest.fixture
async def client(server: SlackServer) -> AsyncIterator[AsyncWebClient]:
    async with aiohttp.ClientSession() as session:
        yield AsyncWebClient(server.bot_token, base_url=server.api_url, session=session, retry_handlers=[])


@pytest.fixture
def officer(server: SlackServer) -> Person:
    return server.person(name="이주무관", email="officer@hanbit.go.kr")
