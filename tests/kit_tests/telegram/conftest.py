from collections.abc import AsyncIterator

import httpx
import pytest
from telegram import Bot

from tests.kit.telegram import Person, TelegramServer, telegram_server


@pytest.fixture
async def server() -> AsyncIterator[TelegramServer]:
    async with telegram_server() as server:
        yield server


@pytest.fixture
async def bot(server: TelegramServer) -> AsyncIterator[Bot]:
    """The library's own bot, as any program has it."""
    async with Bot(server.token, base_url=f"{server.url}/bot", base_file_url=f"{server.url}/file/bot") as bot:
        yield bot


@pytest.fixture
async def client(server: TelegramServer) -> AsyncIterator[httpx.AsyncClient]:
    """Calls as they are on the wire: `client.post("sendMessage", json={...})`."""
    async with httpx.AsyncClient(base_url=f"{server.url}/bot{server.token}/") as client:
        yield client


@pytest.fixture
async def person(server: TelegramServer) -> Person:
    """Somebody who has met the bot, which was told."""
    person = server.person(7, "은주")
    await person.says("/start")
    server.updates.clear()
    return person
