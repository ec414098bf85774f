"""The webhook: only Telegram's own calls, and 200 for nothing that is not committed."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator

import httpx
import pytest
from starlette.applications import Starlette
from structlog.testing import capture_logs
from telegram import Bot, Update

from bot.telegram.webhook import HEADER, LARGEST_BODY, webhook_route

SECRET = "a-secret_of-the-tests"
UPDATE = {
    "update_id": 7,
    "callback_query": {"id": "1", "from": {"id": 5, "is_bot": False, "first_name": "가"}},
}
UPDATE["callback_query"]["chat_instance"] = "1"  # type: ignore[index]


class Intake:
    def __init__(self) -> None:
        self.taken: list[Update] = []
        self.is_down = False

    async def take(self, update: Update) -> None:
        if self.is_down:
            raise OSError
        self.taken.append(update)


@pytest.fixture
def intake() -> Intake:
    return Intake()


@pytest.fixture
async def client(intake: Intake) -> AsyncIterator[httpx.AsyncClient]:
    app = Starlette(routes=[webhook_route("/telegram", SECRET, Bot("1:x"), intake.take)])
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://bot") as client:
        yield client


async def post(client: httpx.AsyncClient, body: bytes, secret: bytes | None = SECRET.encode()) -> int:
    headers = [] if secret is None else [(HEADER.encode(), secret)]
    response = await client.post("/telegram", content=body, headers=headers)
    assert response.content == b""
    return response.status_code


async def test_an_update_is_taken_and_answered_with_nothing(
    client: httpx.AsyncClient, intake: Intake
) -> None:
    assert await post(client, json.dumps(UPDATE).encode()) == 200
    assert [update.update_id for update in intake.taken] == [7]


@pytest.mark.parametrize(
    "secret",
    [
        None,
        b"",
        b"wrong",
        SECRET.encode()[:-1],
        SECRET.encode() + b"x",
        SECRET.upper().encode(),
        "비밀".encode(),
        b"\xff",
    ],
)
async def test_without_the_secret_nothing_is_taken(
    client: httpx.AsyncClient, intake: Intake, secret: bytes | None
) -> None:
    assert await post(client, json.dumps(UPDATE).encode(), secret) == 401
    assert intake.taken == []


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"7",
        b"null",
        b'"update_id"',
        b"\xff\xfe",
        b"{}",
        b'{"update_id": "7"}',
        b'{"update_id": true}',
        b'{"update_id": -1}',
        b'{"update_id": 99999999999999999999999}',
        b'{"update_id": 7, "message": "words"}',
        b'{"update_id": 7, "message": {}}',
        b'{"update_id": 7, "message": {"message_id": 1, "date": 1e400, "chat": {"id": 1, "type": "private"}}}',
        b"[" * 100_000,
    ],
)
async def test_what_is_no_update_is_refused(client: httpx.AsyncClient, intake: Intake, body: bytes) -> None:
    assert await post(client, body) == 400
    assert intake.taken == []


async def test_a_body_larger_than_any_update_is_refused(client: httpx.AsyncClient, intake: Intake) -> None:
    padded = json.dumps(UPDATE).encode()
    assert await post(client, padded + b" " * (LARGEST_BODY - len(padded))) == 200
    assert await post(client, padded + b" " * (LARGEST_BODY - len(padded) + 1)) == 413
    assert len(intake.taken) == 1


async def test_what_could_not_be_committed_is_to_come_again(
    client: httpx.AsyncClient, intake: Intake
) -> None:
    intake.is_down = True
    with capture_logs():
        assert await post(client, json.dumps(UPDATE).encode()) == 503


async def test_only_posts_are_taken(client: httpx.AsyncClient) -> None:
    assert (await client.get("/telegram", headers={HEADER: SECRET})).status_code == 405
