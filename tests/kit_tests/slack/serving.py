"""Apps for the server to talk to: one over Bolt, and one that only notes what comes."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

from aiohttp import web
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp

from tests.kit.slack import SlackServer


@dataclass
class Bot:
    """What came, and what it is answered with."""

    app: AsyncApp | None = None
    status: int = 200
    answer: Any = None
    delay: float = 0
    wants_no_retry: bool = False
    came: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)

    @property
    def events(self) -> list[dict[str, Any]]:
        return [one["event"] for one in self.came if "event" in one]

    @property
    def interactions(self) -> list[dict[str, Any]]:
        return [one for one in self.came if "event" not in one]

    async def take(self, request: web.Request) -> web.Response:
        body = await request.text()
        self.headers.append(dict(request.headers))
        if request.content_type == "application/json":
            self.came.append(json.loads(body))
        else:
            form = {name: values[0] for name, values in parse_qs(body, keep_blank_values=True).items()}
            self.came.append(json.loads(form["payload"]) if "payload" in form else form)
        await asyncio.sleep(self.delay)
        if self.answer is None:
            headers = {"X-Slack-No-Retry": "1"} if self.wants_no_retry else {}
            return web.Response(status=self.status, headers=headers)
        return web.json_response(self.answer, status=self.status)


@asynccontextmanager
async def serving(server: SlackServer, bot: Bot | None = None) -> AsyncIterator[Bot]:
    """The app on a port of its own, at which the server sends it everything."""
    bot = bot or Bot()
    if bot.app is not None:
        application = bot.app.web_app("/slack/events")
    else:
        application = web.Application()
        application.router.add_post("/slack/events", bot.take)
    runner = web.AppRunner(application, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    server.request_url = f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
    try:
        yield bot
    finally:
        await runner.cleanup()


@asynccontextmanager
async def connected(server: SlackServer, app: AsyncApp) -> AsyncIterator[AsyncSocketModeHandler]:
    """The app over Socket Mode."""
    handler = AsyncSocketModeHandler(app, server.app_token, web_client=app.client)
    await handler.connect_async()  # type: ignore[no-untyped-call]
    try:
        yield handler
    finally:
        await handler.close_async()  # type: ignore[no-untyped-call]
