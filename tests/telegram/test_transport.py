"""The transport tells what certainly was not sent from what may have arrived, and never says the token."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import aiohttp
import pytest
import telegram
from aiohttp import web
from telegram.error import BadRequest, Forbidden, InvalidToken, TelegramError

from bot.settings import Settings
from bot.telegram import transport
from bot.telegram.client import Client, close, make_bot
from bot.telegram.transport import AnswerLost, NotSent, TooManyRequests
from tests.kit.telegram.server import TelegramServer, telegram_server

NOBODY_LISTENS = "http://127.0.0.1:9"


def bot_of(url: str, token: str = "70:AAsecret") -> Client:
    return make_bot(Settings(telegram_token=token, telegram_api_url=url))


@pytest.fixture
async def server() -> AsyncIterator[TelegramServer]:
    async with telegram_server() as running:
        yield running


@pytest.fixture
async def bot(server: TelegramServer) -> AsyncIterator[telegram.Bot]:
    made = bot_of(server.url, server.token)
    yield made
    await close(made)


async def fault_of(call: Awaitable[object]) -> TelegramError:
    with pytest.raises(TelegramError) as raised:
        await call
    return raised.value


async def test_a_call_is_answered(bot: telegram.Bot) -> None:
    assert (await bot.get_me()).username == "bogobot_test_bot"


async def test_a_slash_at_the_end_of_the_address_does_no_harm(server: TelegramServer) -> None:
    made = bot_of(server.url + "/", server.token)
    assert made.base_url == f"{server.url}/bot{server.token}"
    assert made.base_file_url == f"{server.url}/file/bot{server.token}"
    assert (await made.get_me()).is_bot
    await close(made)


async def test_nothing_is_opened_before_the_first_call_and_nothing_is_left_open(
    server: TelegramServer,
) -> None:
    made = bot_of(server.url, server.token)
    polls, calls = made._request
    assert isinstance(polls, transport.Transport) and isinstance(calls, transport.Transport)
    assert polls._session is None and calls._session is None
    await made.get_me()
    await made.get_updates(timeout=0)
    sessions = [polls._session, calls._session]
    assert sessions[0] is not None and sessions[1] is not None and sessions[0] is not sessions[1]
    await close(made)
    assert all(session is not None and session.closed for session in sessions)


async def test_where_nobody_listens_nothing_was_sent() -> None:
    made = bot_of(NOBODY_LISTENS)
    assert isinstance(await fault_of(made.get_me()), NotSent)
    await close(made)


async def test_a_name_that_nobody_has_means_not_sent() -> None:
    made = bot_of("http://nowhere.invalid")
    assert isinstance(await fault_of(made.get_me()), NotSent)
    await close(made)


async def test_a_connection_that_is_not_made_in_time_means_not_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    async def never(*_: object, **__: object) -> None:
        await asyncio.sleep(60)

    monkeypatch.setattr(transport, "_CONNECT_WITHIN", 0.05)
    monkeypatch.setattr(aiohttp.TCPConnector, "_create_connection", never)
    made = bot_of(NOBODY_LISTENS)
    assert isinstance(await fault_of(made.get_me()), NotSent)
    await close(made)


@pytest.mark.parametrize("accepted", [True, False])
async def test_a_connection_that_breaks_loses_the_answer(
    server: TelegramServer, bot: telegram.Bot, accepted: bool
) -> None:
    server.faults.drops("getMe", accepted=accepted)
    assert isinstance(await fault_of(bot.get_me()), AnswerLost)


@pytest.mark.parametrize("status", [500, 502, 504])
async def test_a_server_in_trouble_may_have_done_it(
    server: TelegramServer, bot: telegram.Bot, status: int
) -> None:
    server.faults.answers_with("getMe", status)
    assert isinstance(await fault_of(bot.get_me()), AnswerLost)


async def test_garbage_is_a_lost_answer_and_is_not_logged(
    server: TelegramServer, bot: telegram.Bot, caplog: pytest.LogCaptureFixture
) -> None:
    server.faults.talks_garbage("getMe")
    with caplog.at_level(logging.INFO):
        assert isinstance(await fault_of(bot.get_me()), AnswerLost)
    assert "works" not in caplog.text


async def test_an_answer_that_takes_too_long_is_lost(
    server: TelegramServer, bot: telegram.Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transport, "_ANSWER_WITHIN", 0.05)
    server.faults.is_slow("getMe", 5)
    assert isinstance(await fault_of(bot.get_me()), AnswerLost)


async def test_a_long_poll_may_take_longer_than_any_other_call(
    bot: telegram.Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transport, "_ANSWER_WITHIN", 0.4)
    assert await bot.get_updates(timeout=1) == ()


async def test_too_many_requests_say_how_long_to_wait(server: TelegramServer, bot: telegram.Bot) -> None:
    server.faults.says_too_many("getMe", 7)
    fault = await fault_of(bot.get_me())
    assert isinstance(fault, TooManyRequests) and fault.seconds == 7


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (429, "slow down", TooManyRequests),
        (413, "<html>", BadRequest),
        (400, '{"ok":false,"error_code":400,"description":"Bad Request: chat not found"}', BadRequest),
        (403, '{"ok":false,"error_code":403,"description":"Forbidden: user is deactivated"}', Forbidden),
        # The status is not all that says it.
        (200, '{"ok":false,"error_code":403,"description":"Forbidden: user is deactivated"}', Forbidden),
        (200, '{"ok": false, "error_code": 400, "description": "Bad Request: chat not found"}', BadRequest),
        (
            200,
            '{"ok":false,"error_code":429,"description":"?","parameters":{"retry_after":3}}',
            TooManyRequests,
        ),
        (200, '{"ok":false}', AnswerLost),
        (403, '{"ok":false,"error_code":403}', Forbidden),
        # The method is not known there; for a token that is none it says no more than "Not Found".
        (404, '{"ok":false,"error_code":404,"description":"Not Found: method not found"}', BadRequest),
        (404, '{"ok":false,"error_code":404,"description":"Not Found"}', InvalidToken),
        (401, '{"ok":false,"error_code":401,"description":"Unauthorized"}', InvalidToken),
        (200, "[]", AnswerLost),
        (200, "{}", AnswerLost),
    ],
)
async def test_every_answer_is_some_fault(status: int, body: str, kind: type[TelegramError]) -> None:
    async with serving(lambda *_: web.Response(status=status, text=body)) as url:
        made = bot_of(url)
        assert isinstance(await fault_of(made.get_me()), kind)
        await close(made)


async def test_nothing_is_tried_twice(server: TelegramServer, bot: telegram.Bot) -> None:
    server.faults.drops("getMe", accepted=True)
    await fault_of(bot.get_me())
    assert server.count("getMe") == 1


async def test_the_token_is_not_carried_to_where_a_redirect_points() -> None:
    came: list[str] = []

    def answer(request: web.BaseRequest, _: bytes) -> web.Response:
        came.append(request.path)
        return web.Response(status=307, headers={"Location": "/elsewhere"})

    async with serving(answer) as url:
        made = bot_of(url)
        await fault_of(made.get_me())
        await close(made)
    assert came == ["/bot70:AAsecret/getMe"]


async def test_names_of_files_are_sent_as_they_are() -> None:
    bodies: list[bytes] = []

    def answer(_: web.BaseRequest, body: bytes) -> web.Response:
        bodies.append(body)
        return web.Response(status=400, text='{"description":"Bad Request: no"}')

    async with serving(answer) as url:
        made = bot_of(url)
        await fault_of(made.send_document(1, b"content", filename="상반기 97%.pdf"))
        await close(made)
    assert 'filename="상반기 97%.pdf"'.encode() in bodies[0]


async def test_no_fault_says_the_token(server: TelegramServer) -> None:
    for url in (NOBODY_LISTENS, "http://nowhere.invalid", "http://:bad:", server.url):
        made = bot_of(url)
        fault = await fault_of(made.get_me())
        assert "AAsecret" not in f"{fault!r} {fault} {fault.__cause__!r}"
        await close(made)


@asynccontextmanager
async def serving(answer: Callable[[web.BaseRequest, bytes], web.Response]) -> AsyncIterator[str]:
    """A server that answers everything in one way."""

    async def handler(request: web.BaseRequest) -> web.StreamResponse:
        return answer(request, await request.read())

    runner = web.ServerRunner(web.Server(handler))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()
