"""The published limits, on a clock that is moved."""

import time

import pytest
from telegram import Bot, InputMediaDocument
from telegram.error import RetryAfter

from tests.kit.telegram import Person, TelegramServer, telegram_server


@pytest.fixture(autouse=True)
def standing_clock(server: TelegramServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """The server's clock stands but for what the test lets pass."""
    start = time.monotonic()
    monkeypatch.setattr(server.state.clock, "monotonic", lambda: start + server.state.clock._moved)
    server.enforces_limits = True


async def wait_of(bot: Bot, chat_id: int) -> int:
    with pytest.raises(RetryAfter) as refused:
        await bot.send_message(chat_id, "안녕")
    return int(refused.value._retry_after.total_seconds())


async def test_a_private_chat_takes_one_message_a_second(
    bot: Bot, person: Person, server: TelegramServer
) -> None:
    sent = await bot.send_message(7, "하나")
    await sent.edit_text("둘")
    await bot.send_chat_action(7, "typing")
    server.passes(seconds=0.9)
    assert await wait_of(bot, 7) == 1
    server.passes(seconds=0.9)
    assert await wait_of(bot, 7) == 1
    server.passes(seconds=0.1)
    await bot.send_message(7, "셋")
    assert server.too_many == 2


async def test_what_is_refused_blocks_its_own_chat_alone(
    bot: Bot, person: Person, server: TelegramServer
) -> None:
    await server.person(8).says("/start")
    await bot.send_message(7, "하나")
    assert await wait_of(bot, 7) == 1
    await bot.send_message(8, "하나")


async def test_thirty_messages_a_second_go_out_overall(bot: Bot, server: TelegramServer) -> None:
    for number in range(31):
        await server.person(number + 1).says("/start")
    for number in range(30):
        await bot.send_message(number + 1, "안녕")
    assert await wait_of(bot, 31) == 1
    server.passes(seconds=0.99)
    assert await wait_of(bot, 1) == 1
    server.passes(seconds=0.01)
    await bot.send_message(31, "안녕")


async def test_a_group_takes_twenty_messages_a_minute(
    bot: Bot, person: Person, server: TelegramServer
) -> None:
    group = server.group()
    await group.adds_the_bot(person)
    for _ in range(20):
        await bot.send_message(group.chat.chat_id, "안녕")
        server.passes(seconds=1)
    assert await wait_of(bot, group.chat.chat_id) == 40
    server.passes(seconds=39)
    assert await wait_of(bot, group.chat.chat_id) == 1
    server.passes(seconds=1)
    await bot.send_message(group.chat.chat_id, "안녕")


async def test_every_file_of_an_album_counts(bot: Bot, person: Person, server: TelegramServer) -> None:
    await bot.send_media_group(7, [InputMediaDocument(b"a"), InputMediaDocument(b"b")])
    for _ in range(14):
        server.passes(seconds=1)
        await bot.send_media_group(7, [InputMediaDocument(b"a"), InputMediaDocument(b"b")])
    assert len(server.state.limits._overall.sent) == 2


async def test_a_burst_is_paid_back(server: TelegramServer) -> None:
    async with (
        telegram_server(burst=3) as generous,
        Bot(generous.token, base_url=f"{generous.url}/bot") as bot,
    ):
        generous.enforces_limits = True
        await generous.person(7).says("/start")
        for _ in range(3):
            await bot.send_message(7, "안녕")
        assert await wait_of(bot, 7) == 3
        generous.passes(seconds=3)
        await bot.send_message(7, "안녕")


async def test_limits_are_off_until_a_test_says_so_and_can_be_switched_off(
    bot: Bot, person: Person, server: TelegramServer
) -> None:
    await bot.send_message(7, "안녕")
    await wait_of(bot, 7)
    server.enforces_limits = False
    for _ in range(40):
        await bot.send_message(7, "안녕")
    assert server.too_many == 1
    assert not TelegramServer().enforces_limits
