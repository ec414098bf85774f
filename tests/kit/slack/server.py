"""A Slack of our own on loopback, for a bot to talk to and for tests to look into.

    async with slack_server() as server:
        officer = server.person(name="이주무관", email="officer@hanbit.go.kr")
        await officer.says("내 지표")
        await server.quiet()
        assert "민원처리율" in officer.messages[-1].text

The bot may be another process: it is given `api_url` and the tokens, and opens a socket, or listens at `request_url`.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web

from tests.kit.slack import payloads
from tests.kit.slack.delivery import Ack, Deliveries, Delivery
from tests.kit.slack.faults import Faults
from tests.kit.slack.files import Downloads
from tests.kit.slack.host import Host
from tests.kit.slack.http_events import HttpEvents
from tests.kit.slack.limits import Limits
from tests.kit.slack.people import Person
from tests.kit.slack.socket_mode import SocketMode
from tests.kit.slack.users import user_object
from tests.kit.slack.web_api import Call, WebApi
from tests.kit.slack.workspace import Body, Workspace


class SlackServer:
    """The team, its Web API, and what goes out to the app."""

    def __init__(self) -> None:
        self.workspace = Workspace()
        self.sockets = SocketMode(self.workspace)
        self.http = HttpEvents(self.workspace)
        self.deliveries = Deliveries(self._attempt)
        self.api = WebApi(self.workspace, self.sockets.open)
        self.host = Host(self.workspace, self.api, self.sockets, self._change)
        self._busy = 0
        self._last_change = time.monotonic()
        self._at_rest = asyncio.Event()
        self._at_rest.set()
        self.workspace.announce = self._announce
        self.sockets.on_open = self.deliveries.retry_soon
        self.deliveries.on_change = self._change

    @property
    def api_url(self) -> str:
        return f"{self.workspace.url}/api/"

    @property
    def bot_token(self) -> str:
        return self.workspace.bot_token

    @property
    def app_token(self) -> str:
        return self.workspace.app_token

    @property
    def signing_secret(self) -> str:
        return self.workspace.signing_secret

    @property
    def team_id(self) -> str:
        return self.workspace.team_id

    @property
    def bot_user_id(self) -> str:
        return self.workspace.bot_user_id

    @property
    def scopes(self) -> set[str]:
        """What the bot was granted; take one out and calls that need it are refused."""
        return self.workspace.scopes

    @property
    def faults(self) -> Faults:
        return self.api.faults

    @property
    def limits(self) -> Limits:
        return self.api.limits

    @property
    def enforces_limits(self) -> bool:
        """Whether the published rate limits hold; off until it is set."""
        return self.api.enforces_limits

    @enforces_limits.setter
    def enforces_limits(self, enforces: bool) -> None:
        self.api.enforces_limits = enforces

    @property
    def request_url(self) -> str:
        """Where the app takes events over HTTP; without one they go over Socket Mode."""
        return self.http.request_url

    @request_url.setter
    def request_url(self, url: str) -> None:
        self.http.request_url = url

    @property
    def downloads(self) -> Downloads:
        """How files are handed out: as they are, over another host, cut in half, or as a login page."""
        return self.host.downloads

    @downloads.setter
    def downloads(self, way: Downloads) -> None:
        self.host.downloads = way

    @property
    def given_away(self) -> list[str]:
        """Tokens that reached another host than ours."""
        return self.host.given_away

    @property
    def ack_timeout(self) -> float:
        """Seconds in which the app has to acknowledge: three, as the real one's."""
        return self.http.ack_timeout

    @ack_timeout.setter
    def ack_timeout(self, seconds: float) -> None:
        self.http.ack_timeout = self.sockets.ack_timeout = seconds

    @property
    def calls(self) -> list[Call]:
        """Every call that came, in order; uploads, downloads and response_urls among them."""
        return self.api.calls

    @property
    def refusals(self) -> list[Call]:
        """Calls that were refused, but for faults a test asked for."""
        return [call for call in self.calls if call.error and not call.fault]

    @property
    def complaints(self) -> list[str]:
        """What the real one lets pass, and a reviewer would not."""
        return self.workspace.complaints

    @property
    def too_many(self) -> int:
        """How often a limit was met."""
        return sum(call.error == "ratelimited" for call in self.refusals)

    @property
    def acks(self) -> list[Ack]:
        """How the app took each attempt."""
        return self.deliveries.acks

    def calls_of(self, method: str) -> list[Call]:
        return [call for call in self.calls if call.method == method]

    def passes(self, seconds: float) -> None:
        """The server's clock moves on: triggers, response_urls and rate limits run out."""
        self.workspace.clock.passes(seconds)

    def person(
        self, user_id: str | None = None, name: str = "이주무관", email: str = "", **flags: Any
    ) -> Person:
        """Somebody new; `flags` are is_restricted, is_ultra_restricted, is_bot, is_stranger, deleted and team_id."""
        user_id = user_id or self.workspace.new_id("U")
        email = email or f"{user_id.lower()}@hanbit.go.kr"
        self.workspace.users[user_id] = user_object(self.team_id, user_id, name, email, **flags)
        return Person(self.workspace, self.deliveries, user_id)

    def channel(self, name: str, has_bot: bool = True) -> str:
        """A channel and its id."""
        return self.workspace.channel(name, has_bot)

    async def retry_now(self) -> list[Ack]:
        """Brings every event again that waits for its next try."""
        return await self.deliveries.retry_now()

    async def quiet(self, calm: float = 0.05, within: float = 10.0) -> None:
        """Waits until everything was delivered and answered, and nothing came for `calm` seconds."""
        try:
            async with asyncio.timeout(within):
                while True:
                    await self._at_rest.wait()
                    rest = self._last_change + calm - time.monotonic()
                    if rest <= 0:
                        return
                    await asyncio.sleep(rest)
        except TimeoutError:
            last = [(call.method, call.error) for call in self.calls[-5:]]
            raise AssertionError(f"no quiet within {within} s: {self._busy} under way, last {last}") from None

    async def _attempt(self, delivery: Delivery) -> Ack:
        return await (self.http if self.request_url else self.sockets).attempt(delivery)

    def _announce(self, event: Body) -> None:
        self.deliveries.deliver_later("events_api", payloads.event_callback(self.workspace, event))

    def _change(self, change: int) -> None:
        self._busy += change
        self._last_change = time.monotonic()
        if self._busy:
            self._at_rest.clear()
        else:
            self._at_rest.set()


@asynccontextmanager
async def slack_server() -> AsyncIterator[SlackServer]:
    """A running server on a free port, its team empty but for the bot."""
    server = SlackServer()
    runners = [_runner(server.host.handle), _runner(server.host.handle_stranger)]
    ports = [await _listening(runner) for runner in runners]
    server.workspace.url = f"http://127.0.0.1:{ports[0]}"
    server.host.strangers_url = f"http://localhost:{ports[1]}"
    bot = user_object(server.team_id, server.bot_user_id, "보고봇", "bogobot@bots", is_bot=True)
    server.workspace.users[server.bot_user_id] = bot | {"name": server.workspace.bot_name}
    try:
        yield server
    finally:
        server.deliveries.stop()
        server.sockets.cut()
        await server.http.close()
        for runner in runners:
            await runner.cleanup()


def _runner(handle: Any) -> web.ServerRunner:
    return web.ServerRunner(web.Server(handle, access_log=None), shutdown_timeout=0.1)


async def _listening(runner: web.ServerRunner) -> int:
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    addresses: Sequence[Any] = runner.addresses
    return int(addresses[0][1])
