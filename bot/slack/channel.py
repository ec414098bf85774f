"""Slack as a channel of the bot: what comes in over a socket or over HTTP, and what goes out."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import structlog
from starlette.routing import BaseRoute, Route

from bot.outgoing.courier import Courier
from bot.parts import Parts
from bot.settings import Settings
from bot.slack.app import make_app
from bot.slack.calling import Calls
from bot.slack.client import close, make_client
from bot.slack.direct import Direct
from bot.slack.files import Files
from bot.slack.hosts import Hosts
from bot.slack.http import PATH, HttpEvents
from bot.slack.intake import Intake
from bot.slack.linking import Door
from bot.slack.pacing import Pacing
from bot.slack.pauses import Pauses
from bot.slack.people import People, Us
from bot.slack.sender import SlackSender
from bot.slack.socket import Socket
from bot.slack.turns import Turns
from bot.slack.waiting import Waiting
from models.messaging.account import Messenger

log = structlog.get_logger()


class SlackChannel:
    """Everything of Slack's, put together; to be made in the loop it runs in."""

    messenger = Messenger.SLACK

    def __init__(self, settings: Settings, parts: Parts) -> None:
        self._client = make_client(settings)
        self._us, pacing, hosts = Us(), Pacing(), Hosts(settings.slack_api_url)
        self._sender = SlackSender(self._client, pacing, parts.address, parts.book.is_discreet)
        self._courier = Courier(
            parts.workers, parts.clock, parts.machine, parts.claiming, self._sender, parts.deliveries.wake
        )
        parts.deliveries.add(Messenger.SLACK, self._courier.wake)
        assert self._client.session is not None
        calls = Calls(self._client, pacing)
        self._direct = Direct(calls, self._client.session, pacing, hosts)
        turns = Turns(parts, self._courier)
        waiting = Waiting(parts, turns, Files(self._client, calls, pacing, hosts, parts), self._direct)
        door = Door(parts, People(calls, self._us), turns, settings.slack_link_by_email)
        app = make_app(self._us, Intake(parts, self._us, door, turns, waiting, self._direct))
        self._arrivals = waiting.arrivals
        app_token = settings.slack_app_token.get_secret_value()
        self._socket = Socket(self._client, app_token, app, parts.machine) if app_token else None
        secret = settings.slack_signing_secret.get_secret_value()
        http = HttpEvents(app, secret, parts.machine, lambda: self._us.is_known)
        self.routes: Sequence[BaseRoute] = [Route(PATH, http.answer, methods=["POST"])] if secret else []
        self._fault = "Slack has not been reached yet"

    async def run(self) -> None:
        """Takes what comes and sends what waits, until it is cancelled."""
        loops = [self._courier.run(), self._arrivals.run(), self._listen()]
        tasks = [asyncio.create_task(loop) for loop in loops]
        try:
            await asyncio.gather(*tasks)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await self._direct.close()
            await close(self._client)

    async def tick(self) -> None:
        """Takes up what a process that is gone was sending, and what is ready by now."""
        await self._courier.recover()
        self._arrivals.wake()

    def faults(self) -> list[str]:
        """What keeps it from working right now."""
        own = [] if self._us.is_known else [self._fault]
        socket = self._socket.faults() if self._socket is not None else []
        return own + socket + self._sender.faults()

    async def _listen(self) -> None:
        await self._introduce()
        if self._socket is not None:
            await self._socket.run()

    async def _introduce(self) -> None:
        """Until Slack has said who we are, nothing of it is taken; everything else goes on meanwhile."""
        pauses = Pauses()
        while not self._us.is_known:
            await pauses.wait()
            try:
                await self._us.introduce(self._client)
            except Exception as error:
                kind = pauses.heed(error)
                self._fault = f"Slack does not let the bot in ({kind})"
                log.warning("slack.not_introduced", kind=kind)
