"""Long polling: each batch is committed before the next call confirms it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

import structlog
import telegram
from telegram.error import Conflict, InvalidToken, TelegramError

from bot.telegram.limits import LONGEST_POLL, MOST_UPDATES
from bot.telegram.transport import TooManyRequests
from models.clock import Clock

log = structlog.get_logger()
ALLOWED = ["message", "edited_message", "callback_query", "my_chat_member"]
_FIRST_PAUSE, _LONGEST_PAUSE = 0.5, 30.0
# An empty answer is given after a long wait; a service that gives it at once is not asked again at once.
_AT_ONCE, _BREATH = 0.1, 0.5
_CONFLICT_LASTS = timedelta(minutes=1)
_CONFLICT_FORGOTTEN = timedelta(minutes=2)
_SILENT_FOR = timedelta(minutes=5)

Take = Callable[[telegram.Update], Awaitable[None]]
"""Returns once the update is committed; raises where it has to come again."""


class Poller:
    """Fetches updates and has them taken: those of one chat in order, chats at once."""

    def __init__(
        self,
        bot: telegram.Bot,
        take: Take,
        machine: Clock,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._bot = bot
        self._take = take
        self._machine = machine
        self._sleep = sleep
        self._pause = 0.0
        self._fetched_at = machine.now()
        self._is_refused = False
        self._conflict: tuple[datetime, datetime] | None = None
        """When it began and when it was met last."""

    async def run(self) -> None:
        """For ever. What is being taken when this is cancelled comes to its end first."""
        offset: int | None = None
        while True:
            begun = asyncio.get_running_loop().time()
            try:
                updates = await self._fetch(offset)
            except Exception as error:
                # After a time without answers ids may have begun anew, too.
                offset = None
                await self._wait_after(error)
                continue
            self._fetched_at, self._is_refused = self._machine.now(), False
            taken = await self._take_all(updates)
            # An offset confirms, and is good for the very next call: after a quiet week ids begin anew anywhere, and
            # one that is kept longer would confirm what nobody has seen.
            offset = taken[-1].update_id + 1 if taken else None
            if len(taken) < len(updates):
                await self._wait()
                continue
            self._pause = 0.0
            if not updates and asyncio.get_running_loop().time() - begun < _AT_ONCE:
                await self._sleep(_BREATH)

    def faults(self) -> list[str]:
        """What keeps updates from coming, for who watches over the bot."""
        now, told = self._machine.now(), []
        if self._is_refused:
            told.append("Telegram refuses the token")
        if self._conflict is not None:
            began, last = self._conflict
            if now - began > _CONFLICT_LASTS and now - last < _CONFLICT_FORGOTTEN:
                told.append("another program fetches the updates of this Telegram bot")
        if now - self._fetched_at > _SILENT_FOR:
            told.append("nothing was fetched from Telegram for more than five minutes")
        return told

    async def _fetch(self, offset: int | None) -> Sequence[telegram.Update]:
        try:
            return await self._bot.get_updates(
                offset=offset, limit=MOST_UPDATES, timeout=LONGEST_POLL, allowed_updates=ALLOWED
            )
        except TelegramError:
            raise
        except Exception:
            # One update that the library cannot read would hold up all others for ever.
            return await self._fetch_readable(offset)

    async def _fetch_readable(self, offset: int | None) -> Sequence[telegram.Update]:
        """The same updates one by one, an empty one in place of each that cannot be read."""
        # As the library asks itself, without reading what comes.
        asked: dict[str, Any] = {"limit": MOST_UPDATES, "allowed_updates": ALLOWED}
        asked |= {"offset": offset} if offset is not None else {}
        found: Any = await self._bot._post("getUpdates", asked)
        return [self._readable(one) for one in found]

    def _readable(self, raw: dict[str, Any]) -> telegram.Update:
        try:
            return telegram.Update.de_json(raw, self._bot)
        except Exception:
            log.exception("update.unreadable", messenger="telegram")
            return telegram.Update(int(raw["update_id"]))

    async def _take_all(self, updates: Iterable[telegram.Update]) -> list[telegram.Update]:
        """Takes a batch; of its updates those before the first that could not be kept."""
        lanes: dict[int, list[telegram.Update]] = {}
        for update in updates:
            lanes.setdefault(_chat_of(update), []).append(update)
        work = asyncio.gather(*(self._take_lane(lane) for lane in lanes.values()))
        try:
            kept = await asyncio.shield(work)
        except asyncio.CancelledError:
            await work
            raise
        ids = {id(update) for lane in kept for update in lane}
        taken = []
        for update in updates:
            if id(update) not in ids:
                break
            taken.append(update)
        return taken

    async def _take_lane(self, lane: Sequence[telegram.Update]) -> Sequence[telegram.Update]:
        """Takes updates of one chat in order, as far as they can be kept."""
        for count, update in enumerate(lane):
            try:
                await self._take(update)
            except Exception:
                log.exception("update.not_kept", messenger="telegram")
                return lane[:count]
        return lane

    async def _wait_after(self, error: Exception) -> None:
        """Waits longer each time, and as long as the service wants to be left alone."""
        now = self._machine.now()
        if isinstance(error, InvalidToken):
            self._is_refused = True
        if isinstance(error, Conflict):
            is_old = self._conflict is None or now - self._conflict[1] > _CONFLICT_FORGOTTEN
            self._conflict = (now, now) if is_old or self._conflict is None else (self._conflict[0], now)
        log.warning("telegram.not_fetched", messenger="telegram", kind=type(error).__name__)
        await self._wait(error.seconds if isinstance(error, TooManyRequests) else 0.0)

    async def _wait(self, at_least: float = 0.0) -> None:
        self._pause = min(max(2 * self._pause, _FIRST_PAUSE), _LONGEST_PAUSE)
        await self._sleep(max(self._pause, at_least))


def _chat_of(update: telegram.Update) -> int:
    """Whose updates are taken one after the other."""
    if update.effective_chat is not None:
        return update.effective_chat.id
    return update.effective_user.id if update.effective_user is not None else 0
