"""Socket Mode: Slack brings everything over a WebSocket that we open.

Not with slack_sdk's client: it closes a socket that Slack asks to be replaced before the next one is open, so that
what is being taken at that moment is never acknowledged; and where the new one cannot be opened it tries the same
address again for ever, which is good for one try only.
"""

from __future__ import annotations

import asyncio
import json
from datetime import datetime, timedelta
from typing import Any

import aiohttp
import structlog
from slack_bolt.adapter.socket_mode.async_internals import run_async_bolt_app
from slack_bolt.async_app import AsyncApp
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.pauses import Pauses
from models.clock import Clock

log = structlog.get_logger()
_HEARTBEAT = 10.0
_STAYS = 30.0
"""Seconds for which a socket that is to be replaced is still listened to."""
_LARGEST = 16 * 1024 * 1024
_STEADY = timedelta(seconds=10)
_MISSED_AFTER = timedelta(minutes=1)
_OK = 200


class Socket:
    """Keeps a socket open, and for a moment two when Slack asks for another one."""

    def __init__(self, client: AsyncWebClient, app_token: str, app: AsyncApp, machine: Clock) -> None:
        self._client = client
        self._app_token = app_token
        self._app = app
        self._machine = machine
        self._pauses = Pauses()
        self._tasks: set[asyncio.Task[None]] = set()
        self._links: set[aiohttp.ClientWebSocketResponse] = set()
        self._without_since: datetime | None = machine.now()
        self._fault = "it was not opened yet"

    async def run(self) -> None:
        """For ever."""
        try:
            while True:
                link = await self._open()
                began, leaving = self._machine.now(), asyncio.Event()
                self._start(self._listen(link, leaving))
                await leaving.wait()
                if self._machine.now() - began >= _STEADY:
                    self._pauses.reset()
        finally:
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)

    def faults(self) -> list[str]:
        """Whether there was no socket for longer than it takes to open one again."""
        since = self._without_since
        if since is None or self._machine.now() - since < _MISSED_AFTER:
            return []
        return [f"Slack: no socket for more than a minute ({self._fault})"]

    async def _open(self) -> aiohttp.ClientWebSocketResponse:
        """A fresh socket, however often that takes."""
        while True:
            await self._pauses.wait()
            try:
                assert self._client.session is not None
                answer = await self._client.apps_connections_open(app_token=self._app_token)
                return await self._client.session.ws_connect(
                    answer["url"], heartbeat=_HEARTBEAT, max_msg_size=_LARGEST, proxy=self._client.proxy
                )
            except Exception as error:
                self._fault = self._pauses.heed(error)
                log.warning("slack.no_socket", kind=self._fault)

    async def _listen(self, link: aiohttp.ClientWebSocketResponse, leaving: asyncio.Event) -> None:
        try:
            async for message in link:
                if message.type is aiohttp.WSMsgType.TEXT:
                    self._take(link, message.data, leaving)
        finally:
            leaving.set()
            self._links.discard(link)
            if not self._links and self._without_since is None:
                self._without_since, self._fault = self._machine.now(), "it was closed"
            await link.close()

    def _take(self, link: aiohttp.ClientWebSocketResponse, text: str, leaving: asyncio.Event) -> None:
        try:
            message: dict[str, Any] = json.loads(text)
            kind = message.get("type")
        except (ValueError, AttributeError, RecursionError):
            return
        if kind != "disconnect":
            # It says hello first; but whatever comes, the socket is there.
            self._links.add(link)
            self._without_since = None
        if kind == "disconnect":
            self._fault = str(message.get("reason"))
            leaving.set()
            self._start(self._close_later(link))
        elif (request := SocketModeRequest.from_dict(message)) is not None:
            self._start(self._answer(link, request))

    async def _answer(self, link: aiohttp.ClientWebSocketResponse, request: SocketModeRequest) -> None:
        """Acknowledges what was taken; what failed Slack brings again."""
        try:
            answer = await run_async_bolt_app(self._app, request)
        except Exception:
            log.exception("slack.not_understood")
            return
        if answer.status != _OK:
            return
        is_json = answer.headers.get("content-type", [""])[0].startswith("application/json")
        payload = json.loads(answer.body) if is_json and answer.body else None
        reply = SocketModeResponse(request.envelope_id, payload)
        try:
            await link.send_json(reply.to_dict())
        except (ConnectionError, aiohttp.ClientError, RuntimeError):
            log.info("slack.unacknowledged")  # it is brought again, and known by its key

    async def _close_later(self, link: aiohttp.ClientWebSocketResponse) -> None:
        await asyncio.sleep(_STAYS)
        await link.close()

    def _start(self, work: Any) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
