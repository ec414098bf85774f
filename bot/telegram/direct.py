"""Answers given at once and never twice: to a press, to a stranger, signs of being at work.

They leave right after the commit and are worthless a minute later: what fails is noted without content and forgotten.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager

import structlog
import telegram
from telegram import InlineKeyboardMarkup, LinkPreviewOptions
from telegram.constants import ChatAction
from telegram.error import BadRequest, Forbidden, TelegramError

from bot.outgoing.gate import Gate, Gates
from bot.telegram.limits import A_SECOND, LONGEST_ANSWER
from bot.telegram.transport import TooManyRequests

log = structlog.get_logger()
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
# An action is shown for five seconds.
_AGAIN_AFTER = 4.5
_ENDS_WITHIN = 2.0


class Direct:
    """Gives direct answers. Nothing here waits for Telegram, and nothing raises."""

    def __init__(self, bot: telegram.Bot, overall: Gate, chats: Gates) -> None:
        self._bot = bot
        self._overall = overall
        self._chats = chats
        self._under_way: set[asyncio.Task[None]] = set()

    def say(self, chat: str, text: str) -> None:
        """Writes plain words into a chat, at the pace of everything that is sent."""
        self._start(self._say(chat, text))

    def answer(self, query_id: str, text: str = "", *, is_alert: bool = False) -> None:
        """Answers a press, with words or without: its button stops spinning."""
        shown = text if len(text) <= LONGEST_ANSWER else text[: LONGEST_ANSWER - 1] + "…"
        self._start(
            self._call(self._bot.answer_callback_query(query_id, shown or None, show_alert=is_alert or None))
        )

    def change_buttons(self, chat: str, message_id: int, keyboard: InlineKeyboardMarkup | None) -> None:
        """Puts other buttons under a message."""
        self._start(self._change_buttons(chat, message_id, keyboard))

    @asynccontextmanager
    async def typing(self, chat: str) -> AsyncIterator[None]:
        """Shows in the chat that the bot is at work, as long as the block lasts."""
        showing = asyncio.create_task(self._show_typing(chat))
        try:
            yield
        finally:
            showing.cancel()

    async def close(self) -> None:
        """Lets what is under way come to its end, for a moment."""
        if self._under_way:
            _, late = await asyncio.wait(self._under_way, timeout=_ENDS_WITHIN)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def _say(self, chat: str, text: str) -> None:
        await self._chats[chat].enter(urgent=True)
        await self._overall.enter(urgent=True)
        await self._call(self._bot.send_message(int(chat), text, link_preview_options=_NO_PREVIEW))
        # It may have arrived only just now.
        self._chats[chat].hold(A_SECOND)

    async def _change_buttons(
        self, chat: str, message_id: int, keyboard: InlineKeyboardMarkup | None
    ) -> None:
        await self._overall.enter(urgent=True)
        await self._call(
            self._bot.edit_message_reply_markup(
                chat_id=int(chat), message_id=message_id, reply_markup=keyboard
            )
        )

    async def _show_typing(self, chat: str) -> None:
        while True:
            await self._call(self._bot.send_chat_action(int(chat), ChatAction.TYPING))
            await asyncio.sleep(_AGAIN_AFTER)

    async def _call(self, call: Awaitable[object]) -> None:
        try:
            await call
        except TooManyRequests as error:
            self._overall.hold(error.seconds)
        except (BadRequest, Forbidden) as error:
            # The press is too old, the message was deleted, the person has gone: nobody waits for it any more.
            log.info("telegram.answer_refused", kind=type(error).__name__)
        except TelegramError as error:
            log.warning("telegram.answer_failed", kind=type(error).__name__)
        except Exception:
            log.exception("telegram.answer_failed")

    def _start(self, call: Awaitable[None]) -> None:
        task = asyncio.ensure_future(call)
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)
