"""Updates that are posted."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest
from aiohttp import web
from telegram import Bot
from telegram.error import BadRequest

from tests.kit.telegram import Person, TelegramServer


@dataclass
class Listener:
    """A bot's end of a webhook: it answers 하나 with the statuses it is given, and everything else with 200."""

    url: str = ""
    statuses: list[int] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    secrets: list[str | None] = field(default_factory=list)

    async def take(self, request: web.BaseRequest) -> web.Response:
        update = json.loads(await request.read())
        self.texts.append(update["message"]["text"])
        self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        is_refused = self.statuses and self.texts[-1] == "하나"
        return web.Response(status=self.statuses.pop(0) if is_refused else 200)


@asynccontextmanager
async def listening() -> AsyncIterator[Listener]:
    listener = Listener()
    runner = web.ServerRunner(web.Server(listener.take))
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    listener.url = f"http://127.0.0.1:{runner.addresses[0][1]}/telegram"
    try:
        yield listener
    finally:
        await runner.cleanup()


async def test_updates_are_posted_with_the_secret_what_was_pending_first(
    bot: Bot, person: Person, server: TelegramServer
) -> None:
    await person.says("하나")
    async with listening() as listener:
        await bot.set_webhook(listener.url, secret_token="A-z_0")
        await person.says("둘")
        await server.quiet()
        await bot.delete_webhook()
    assert listener.texts == ["하나", "둘"]
    assert listener.secrets == ["A-z_0", "A-z_0"]


async def test_what_is_not_taken_is_posted_again_before_anything_later_of_that_chat(
    bot: Bot, person: Person, server: TelegramServer
) -> None:
    other = server.person(8)
    async with listening() as listener:
        listener.statuses = [500, 302]
        await bot.set_webhook(listener.url)
        await person.says("하나")
        await server.until(lambda: listener.texts == ["하나"])
        await person.says("둘")
        await other.says("셋")
        await server.quiet()
        info = await bot.get_webhook_info()
    assert [text for text in listener.texts if text != "셋"] == ["하나", "하나", "하나", "둘"]
    assert listener.texts.count("셋") == 1
    assert info.pending_update_count == 0
    assert info.last_error_message is not None
    assert info.last_error_message.startswith("Wrong response from the webhook: ")


async def test_an_update_can_be_posted_twice(bot: Bot, person: Person, server: TelegramServer) -> None:
    server.updates.deliver_twice()
    async with listening() as listener:
        await bot.set_webhook(listener.url)
        await person.says("하나")
        await person.says("둘")
        await server.quiet()
    assert listener.texts == ["하나", "하나", "둘"]


async def test_what_nobody_takes_is_still_there_for_polling(
    bot: Bot, person: Person, server: TelegramServer
) -> None:
    await bot.set_webhook("http://127.0.0.1:9/")
    await person.says("안녕")
    await asyncio.sleep(0.05)
    assert (await bot.get_webhook_info()).pending_update_count == 1
    await bot.delete_webhook()
    assert len(await bot.get_updates()) == 1
    await bot.delete_webhook(drop_pending_updates=True)
    assert not await bot.get_updates()


@pytest.mark.parametrize(
    ("url", "secret", "words"),
    [
        ("http://city.kr/telegram", "", "Bad webhook: an https url must be provided for webhook"),
        ("https://city.kr:8080/telegram", "", "can be set up only on ports 80, 88, 443 or 8443"),
        ("ftp://city.kr", "", "Invalid webhook url specified"),
        ("https://city.kr/telegram", "비밀", "Secret token contains unallowed characters"),
        ("https://city.kr/telegram", "a" * 257, "Secret token is too long"),
    ],
)
async def test_bad_addresses_and_secrets_are_refused(
    bot: Bot, server: TelegramServer, url: str, secret: str, words: str
) -> None:
    with pytest.raises(BadRequest, match=f"(?i){words}"):
        await bot.set_webhook(url, secret_token=secret or None)
    assert not server.updates.webhook_is_set
