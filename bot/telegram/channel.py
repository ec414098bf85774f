"""Telegram as one of the bot's messengers: put together from its parts, started, watched over."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from urllib.parse import urlsplit

import structlog
from starlette.routing import BaseRoute
from telegram.error import BadRequest, InvalidToken

from bot.arrivals import Arrivals
from bot.outgoing.courier import Courier
from bot.parts import Parts
from bot.settings import Settings
from bot.telegram.arriving import Arriving
from bot.telegram.client import close, make_bot
from bot.telegram.commands import publish_commands
from bot.telegram.direct import Direct
from bot.telegram.files import Files
from bot.telegram.intake import Intake
from bot.telegram.limits import chat_gates, overall_gate
from bot.telegram.presses import Presses
from bot.telegram.sender import TelegramSender
from bot.telegram.talking import Talking
from bot.telegram.updates import ALLOWED, Poller
from bot.telegram.webhook import webhook_route
from models.messaging.account import Messenger

log = structlog.get_logger()
_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 600.0


class TelegramChannel:
    """Telegram (bot.parts.Channel): by webhook where its address is set, by long polling where not."""

    messenger = Messenger.TELEGRAM

    def __init__(self, settings: Settings, parts: Parts) -> None:
        self._parts = parts
        self._webhook_url = settings.telegram_webhook_url
        self._secret = settings.telegram_webhook_secret.get_secret_value()
        self._bot = make_bot(settings)
        overall, chats = overall_gate(), chat_gates()
        sender = TelegramSender(self._bot, parts.address, parts.book.is_discreet, overall, chats)
        self._courier = Courier(
            parts.workers, parts.clock, parts.machine, parts.claiming, sender, parts.deliveries.wake
        )
        self._direct = Direct(self._bot, overall, chats)
        talking = Talking(parts, self._courier, self._direct)
        arriving = Arriving(parts, talking, Files(self._bot, parts), self._direct)
        self._arrivals = Arrivals(parts, self.messenger, arriving.take, arriving.give_up)
        presses = Presses(parts, talking, self._direct)
        intake = Intake(parts, talking, presses, self._arrivals, self._direct)
        self._poller = Poller(self._bot, intake.take, parts.machine)
        self._fault = ""
        self.routes: Sequence[BaseRoute] = ()
        if self._webhook_url:
            path = urlsplit(self._webhook_url).path or "/"
            self.routes = [webhook_route(path, self._secret, self._bot, intake.take)]
        parts.deliveries.add(self.messenger, self._courier.wake)

    async def run(self) -> None:
        """Takes what comes and sends what waits, until it is cancelled."""
        runs = [
            self._until_done(partial(publish_commands, self._bot)),
            self._until_done(self._say_where),
            self._courier.run(),
            self._arrivals.run(),
        ]
        tasks = [asyncio.create_task(run) for run in runs]
        try:
            if self._webhook_url:
                await asyncio.gather(*tasks)
            else:
                await self._poller.run()
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await self._direct.close()
            await close(self._bot)

    async def tick(self) -> None:
        """Looks after what a process that is gone may have left."""
        await self._courier.recover()
        self._arrivals.wake()

    def faults(self) -> list[str]:
        """What keeps it from working right now."""
        if not self._webhook_url:
            return self._poller.faults()
        return [self._fault] if self._fault else []

    async def _say_where(self) -> None:
        """Tells Telegram where to bring updates, or that they are fetched. What waits there is never dropped."""
        if not self._webhook_url:
            await self._bot.delete_webhook()
            return
        try:
            await self._bot.set_webhook(self._webhook_url, secret_token=self._secret, allowed_updates=ALLOWED)
            self._fault = ""
        except InvalidToken:
            self._fault = "Telegram refuses the token"
            raise
        except BadRequest:
            self._fault = "Telegram does not take the address of the webhook"
            raise

    async def _until_done(self, call: Callable[[], Awaitable[None]]) -> None:
        """Calls until it succeeds, less and less often."""
        pause = _FIRST_PAUSE
        while True:
            try:
                await call()
            except Exception as error:
                log.warning("telegram.not_set_up", messenger="telegram", kind=type(error).__name__)
                await asyncio.sleep(pause)
                pause = min(2 * pause, _LONGEST_PAUSE)
            else:
                return
