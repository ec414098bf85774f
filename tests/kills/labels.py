"""Every call of a bot that is born here says in its headers which life it is from and which row of the outbox it is
about, so that the servers know whose copy a message is even where it carries no button."""

from __future__ import annotations

from contextvars import ContextVar
from typing import Any

import aiohttp

import bot.slack.sender as slack
import bot.telegram.sender as telegram
from bot.outgoing.load import Load

LIFE, ROW = "X-Life", "X-Row"
_row: ContextVar[int] = ContextVar("row", default=0)


def label_calls(life: int) -> None:
    """From now on, in this process."""
    request = aiohttp.ClientSession._request

    async def labelled(self: aiohttp.ClientSession, method: str, url: Any, **options: Any) -> Any:
        headers = {**dict(options.pop("headers", None) or {}), LIFE: str(life), ROW: str(_row.get())}
        return await request(self, method, url, headers=headers, **options)

    aiohttp.ClientSession._request = labelled  # type: ignore[method-assign,assignment]
    for sender in (telegram.TelegramSender, slack.SlackSender):
        _label_sends(sender)


def _label_sends(sender: Any) -> None:
    send = sender.send

    async def labelled(self: Any, load: Load) -> str | None:
        token = _row.set(load.outbox_id)
        try:
            sent: str | None = await send(self, load)
            return sent
        finally:
            _row.reset(token)

    sender.send = labelled
