"""Calls whose answers are not as Slack's own usually are."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest
from aiohttp import web

from bot.outgoing.load import Later, Lost
from bot.settings import Settings
from bot.slack.calling import Calls, Refused
from bot.slack.client import close, make_client
from bot.slack.pacing import Pacing


@asynccontextmanager
async def calling(answer: Callable[[web.BaseRequest], web.Response]) -> AsyncIterator[tuple[Calls, Pacing]]:
    """Calls of a server that answers everything in one way; its address has no slash at its end."""

    async def handler(request: web.BaseRequest) -> web.StreamResponse:
        return answer(request)

    runner = web.ServerRunner(web.Server(handler))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}/api"
    client = make_client(Settings(_env_file=None, slack_api_url=url))
    pacing = Pacing()
    yield Calls(client, pacing), pacing
    await close(client)
    await runner.cleanup()


@pytest.mark.parametrize(
    ("kind", "text"),
    [("text/plain", "slow down"), ("text/html", "<p>"), ("application/json", "{"), ("application/json", "")],
)
@pytest.mark.parametrize(
    ("wanted", "least", "most"), [("7", 6, 7), ("0", 0, 1), (None, 20, 30), ("?", 20, 30)]
)
async def test_a_pause_is_kept_whatever_else_the_answer_says(
    kind: str, text: str, wanted: str | None, least: float, most: float
) -> None:
    headers = {"Retry-After": wanted} if wanted is not None else {}
    limited = web.Response
    async with calling(lambda _: limited(status=429, text=text, content_type=kind, headers=headers)) as (
        calls,
        pacing,
    ):
        with pytest.raises(Later):
            await calls.call("chat.postMessage", {"channel": "U1", "text": "a"})
        assert least <= pacing.held_for("chat.postMessage") <= most


@pytest.mark.parametrize("text", ["ok", "[]", "null", "{"])
async def test_an_answer_that_is_none_is_lost(text: str) -> None:
    async with calling(lambda _: web.Response(text=text, content_type="application/json")) as (calls, _):
        with pytest.raises(Lost):
            await calls.call("chat.postMessage", {"channel": "U1", "text": "a"})


async def test_what_is_asked_about_people_and_files_is_asked_as_slack_reads_it() -> None:
    asked: list[tuple[str, str, dict[str, str]]] = []

    def answer(request: web.BaseRequest) -> web.Response:
        asked.append((request.method, request.path, dict(request.query)))
        return web.json_response({"ok": False, "error": "user_not_found"})

    async with calling(answer) as (calls, _):
        with pytest.raises(Refused):
            await calls.call("users.info", {"user": "U1"})
    assert asked == [("GET", "/api/users.info", {"user": "U1"})]
