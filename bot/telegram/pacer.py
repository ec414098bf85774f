"""Calls at Telegram's pace, whose faults come out as faults of a load."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from typing import TypeVar

import structlog
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, TelegramError

from bot.outgoing.gate import Gate, Gates
from bot.outgoing.load import Later, Load, Lost, Moved, Never, Unreachable
from bot.telegram.limits import A_SECOND, OVERALL
from bot.telegram.transport import NotSent, TooManyRequests
from bot.telegram.under_way import UnderWay

log = structlog.get_logger()
_PATIENCE = 1.0
_SHORTEST_PAUSE, _LONGEST_PAUSE = 0.5, 60.0
_TOKEN_PAUSE = 30.0
_NOBODY_THERE = ("chat not found", "peer_id_invalid", "user not found")
# What is quoted, numbered or explained behind a colon may be content.
_NOT_FIXED = re.compile(r"""[:"\d]| '""")
_Answer = TypeVar("_Answer")


class Pacer:
    """Everything that is sent or edited passes `overall`; what is sent anew passes its chat's gate before."""

    def __init__(self, overall: Gate, chats: Gates) -> None:
        self._overall = overall
        self._chats = chats
        self._under_way = UnderWay(OVERALL, A_SECOND)
        self._pause = 0.0

    async def ready(self) -> None:
        """Returns when nothing is held."""
        while self._overall.held_for > 0:
            await asyncio.sleep(self._overall.held_for)

    async def call(
        self, load: Load, call: Callable[[], Awaitable[_Answer]], *, is_new: bool = False
    ) -> _Answer:
        """The answer to the call, made when it may be. Raises one of the faults of a load; the words of Never are
        Telegram's own, without content."""
        chat = self._chats[load.address]
        if is_new:
            await chat.enter(urgent=load.urgent)
        if self._overall.held_for > _PATIENCE:
            raise Later("held")
        await self._overall.enter(urgent=load.urgent)
        try:
            async with self._under_way.call():
                answer = await call()
        except TelegramError as error:
            raise self._fault(error) from None
        finally:
            if is_new:
                # It may have arrived only just now.
                chat.hold(A_SECOND)
        self._pause = 0.0
        return answer

    def _fault(self, error: TelegramError) -> Exception:
        match error:
            case TooManyRequests():
                self._overall.hold(error.seconds)
                log.warning("telegram.too_many", seconds=error.seconds)
                return Later("too many requests")
            case NotSent():
                self._hold_longer()
                return Later("not reached")
            case InvalidToken():
                if self._overall.held_for <= 0:
                    log.error("telegram.token_refused")
                self._overall.hold(_TOKEN_PAUSE)
                return Later("token refused")
            case ChatMigrated():
                return Moved(str(error.new_chat_id))
            case Forbidden():
                return Unreachable(_fixed(error))
            case BadRequest():
                words = _fixed(error)
                return Unreachable(words) if words in _NOBODY_THERE else Never(words)
        return Lost(type(error).__name__)

    def _hold_longer(self) -> None:
        """Calls that fail together are one failure."""
        if self._overall.held_for <= 0:
            self._pause = min(max(self._pause * 2, _SHORTEST_PAUSE), _LONGEST_PAUSE)
            self._overall.hold(self._pause)
            log.warning("telegram.not_reached", seconds=self._pause)


def _fixed(error: TelegramError) -> str:
    """The words Telegram always says, in lower case."""
    return _NOT_FIXED.split(error.message.removeprefix("Forbidden: "))[0].strip().lower()
