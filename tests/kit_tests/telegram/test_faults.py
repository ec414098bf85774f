"""What tests let go wrong."""

import asyncio

import httpx
import pytest
from telegram import Bot
from telegram.error import NetworkError, RetryAfter

from tests.kit.telegram import ANY, Person, TelegramServer


@pytest.mark.parametrize("accepted", [False, True])
async def test_an_error_may_come_before_or_after_the_call_was_accepted(
    bot: Bot, person: Person, server: TelegramServer, accepted: bool
) -> None:
    server.faults.answers_with("sendMessage", 500, accepted=accepted)
    with pytest.raises(NetworkError, match="Internal Server Error"):
        await bot.send_message(7, "하나")
    assert len(person.messages) == accepted
    server.faults.answers_with("sendMessage", 502, accepted=accepted)
    with pytest.raises(NetworkError):
        await bot.send_message(7, "둘")
    await bot.send_message(7, "셋")
    assert len(person.messages) == 1 + 2 * accepted


@pytest.mark.parametrize("accepted", [False, True])
async def test_the_connection_may_break_before_or_after_the_call_was_accepted(
    client: httpx.AsyncClient, person: Person, server: TelegramServer, accepted: bool
) -> None:
    server.faults.drops("sendMessage", times=2, accepted=accepted)
    for _ in range(2):
        with pytest.raises(httpx.TransportError):
            await client.post("sendMessage", json={"chat_id": 7, "text": "안녕"})
    assert (await client.post("getMe")).status_code == 200
    assert len(person.messages) == 2 * accepted
    assert len(server.faults.met) == 2


async def test_an_answer_may_be_garbage(
    client: httpx.AsyncClient, person: Person, server: TelegramServer
) -> None:
    server.faults.talks_garbage("sendMessage", accepted=True)
    answer = await client.post("sendMessage", json={"chat_id": 7, "text": "안녕"})
    assert (answer.status_code, answer.text[:1]) == (200, "<")
    assert len(person.messages) == 1


async def test_an_answer_may_be_slow_though_the_call_was_accepted(
    client: httpx.AsyncClient, person: Person, server: TelegramServer
) -> None:
    server.faults.is_slow("sendMessage", 5)
    with pytest.raises(httpx.ReadTimeout):
        await client.post("sendMessage", json={"chat_id": 7, "text": "안녕"}, timeout=0.05)
    assert len(person.messages) == 1


async def test_a_429_may_come_at_any_time(bot: Bot, person: Person, server: TelegramServer) -> None:
    server.faults.says_too_many("sendMessage", 17)
    with pytest.raises(RetryAfter, match="Retry in 17 seconds"):
        await bot.send_message(7, "안녕")
    assert server.too_many == 1


@pytest.mark.parametrize("accepted", [False, True])
async def test_a_call_may_hang_until_the_test_lets_it_go(
    bot: Bot, person: Person, server: TelegramServer, accepted: bool
) -> None:
    held = server.faults.holds("sendMessage", accepted=accepted)
    sending = asyncio.create_task(bot.send_message(7, "안녕"))
    await held.comes()
    assert len(person.messages) == accepted
    assert not sending.done()
    held.release()
    await sending
    assert len(person.messages) == 1


async def test_any_method_but_polling_may_fail(bot: Bot, person: Person, server: TelegramServer) -> None:
    server.faults.answers_with(ANY, 500)
    await bot.get_updates()
    with pytest.raises(NetworkError):
        await bot.get_me()


async def test_the_server_may_be_gone_for_a_while(bot: Bot, person: Person, server: TelegramServer) -> None:
    poll = asyncio.create_task(bot.get_updates(timeout=10))
    await server.until(lambda: server.updates.is_polled)
    await server.stop()
    with pytest.raises(NetworkError):
        await poll
    await person.says("아직 있나요?")
    with pytest.raises(NetworkError):
        await bot.get_updates()
    await server.start()
    assert len(await bot.get_updates()) == 1
