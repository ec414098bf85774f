"""The client of the Bot API: python-telegram-bot's, over our own transport."""

from __future__ import annotations

from typing import Any

import telegram

from bot.settings import Settings
from bot.telegram.transport import Transport


class Client(telegram.Bot):
    """The library's bot, which can also be called without having objects made of the answer."""

    async def call(self, method: str, **parameters: object) -> Any:
        """The answer of a method by its name, as plain data. A whole Message, of which one number is wanted, takes
        the library as long as sending it."""
        return await self._post(method, parameters)


def make_bot(settings: Settings) -> Client:
    """The bot of the token. It is not initialised, which would call the service: its first call opens what it needs."""
    service = settings.telegram_api_url.rstrip("/")
    return Client(
        settings.telegram_token.get_secret_value(),
        base_url=f"{service}/bot",
        base_file_url=f"{service}/file/bot",
        request=Transport(),
        # A poll that waits keeps nobody else's call waiting.
        get_updates_request=Transport(),
    )


async def close(bot: telegram.Bot) -> None:
    """Closes every connection. The library's own way does nothing for a bot that was not initialised."""
    for transport in bot._request:
        await transport.shutdown()
