"""Telegram's Bot API over HTTP on this machine, and people who talk through it.

    async with telegram_server() as server:
        person = server.person(first_name="은주")
        await person.says("/start")

The bot is pointed to `server.url` with `server.token`, in this process or another. The server is as strict as the real
one, in its words, and stricter with slips of the caller, which are kept in `server.complaints`.
"""

from __future__ import annotations

import asyncio
import json
import socket
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any

from aiohttp import web

from tests.kit.telegram.chats import Chat, Kind, User
from tests.kit.telegram.faults import Fault, Faults
from tests.kit.telegram.faults import Kind as FaultKind
from tests.kit.telegram.methods import METHODS
from tests.kit.telegram.people import Group, Person
from tests.kit.telegram.places import WAITS
from tests.kit.telegram.reading import read_call
from tests.kit.telegram.refusals import Refused, bad_request, too_many_requests
from tests.kit.telegram.schema import Method, Schema
from tests.kit.telegram.sending import Call
from tests.kit.telegram.state import new_state
from tests.kit.telegram.updates import Updates

TOKEN = "7012345678:AAEbogobot-speaks-to-tests-only-000000"
LARGEST_BODY = 64 * 1024 * 1024


@dataclass(frozen=True)
class Refusal:
    """A call that was not done."""

    method: str
    code: int
    description: str


class TelegramServer:
    """Telegram as one bot meets it. Made without an event loop; it belongs to the one it is started in."""

    def __init__(self, token: str = TOKEN, *, privacy_mode: bool = True, burst: int = 1) -> None:
        self.token = token
        self.state = new_state(token, privacy_mode=privacy_mode, burst=burst)
        self.faults = Faults()
        self.calls: list[Call] = []
        self.refusals: list[Refusal] = []
        self.port = 0
        self._schema = published_schema()
        self._runner: web.ServerRunner | None = None
        self._people: dict[int, Person] = {}
        self._groups = 0

    @property
    def url(self) -> str:
        """Where the Bot API is, without a slash at its end."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def updates(self) -> Updates:
        return self.state.updates

    @property
    def complaints(self) -> list[str]:
        """Slips of the caller that the real server might pass over."""
        return self.state.complaints

    @property
    def enforces_limits(self) -> bool:
        """Whether the published limits on sending are kept; they are not until a test says so."""
        return self.state.enforces_limits

    @enforces_limits.setter
    def enforces_limits(self, value: bool) -> None:
        self.state.enforces_limits = value

    @property
    def too_many(self) -> int:
        """How often the bot met a 429."""
        return sum(refusal.code == 429 for refusal in self.refusals)

    def count(self, method: str) -> int:
        """How often a method was called."""
        return Counter(call.method for call in self.calls)[method]

    def person(
        self,
        user_id: int | None = None,
        first_name: str = "은주",
        *,
        last_name: str = "",
        username: str = "",
        language_code: str = "ko",
    ) -> Person:
        """Somebody who has not met the bot; the same person when asked for again by identifier."""
        user_id = user_id if user_id is not None else 5_000_000_001 + len(self._people)
        if user_id not in self._people:
            user = User(user_id, first_name, False, last_name, username, language_code)
            chat = self.state.chats.add(Chat(user_id, Kind.PRIVATE, user=user))
            self._people[user_id] = Person(self.state, chat, user)
        return self._people[user_id]

    def group(self, title: str = "성과관리팀") -> Group:
        """A group the bot is not in yet."""
        self._groups += 1
        return Group(self.state, self.state.chats.add(Chat(-4_000_000_000 - self._groups, Kind.GROUP, title)))

    def passes(self, **time: float) -> None:
        """Time goes by on the server: `passes(hours=49)`."""
        self.state.clock.passes(**time)

    async def quiet(self, within: float = WAITS) -> None:
        """Waits until the bot has confirmed every update, no call is under way, and none has come for a moment.

        Raises:
            AssertionError: that was not so in time.
        """
        await self.state.quiet(within)

    async def until(self, holds: Callable[[], bool], within: float = WAITS) -> None:
        """Waits until something holds that calls of the bot bring about.

        Raises:
            AssertionError: it did not in time.
        """
        await self.state.watch.until(holds, within, lambda: "it never came to hold")

    async def start(self) -> None:
        """Listens, on the port it had if it was stopped before."""
        server = web.Server(
            self._answer, request_factory=_request, handler_cancellation=True, access_log=None
        )
        # A poll that waits would hold the server up; zero would mean to wait for it without end.
        self._runner = web.ServerRunner(server, shutdown_timeout=0.01)
        await self._runner.setup()
        listener = socket.create_server(("127.0.0.1", self.port), backlog=1024)
        self.port = listener.getsockname()[1]
        await web.SockSite(self._runner, listener).start()

    async def stop(self) -> None:
        """Is gone, as in an outage: what it knows stays, and people may go on writing."""
        assert self._runner is not None
        await self._runner.cleanup()
        self._runner = None

    async def _answer(self, request: web.BaseRequest) -> web.StreamResponse:
        """Whatever is asked of the server."""
        root, _, rest = request.path.lstrip("/").partition("/")
        if root == "file":
            return self._hand_out(rest)
        if root != f"bot{self.token}":
            is_bot = root.startswith("bot")
            return self._refuse(rest, Refused(401, "Unauthorized") if is_bot else Refused(404, "Not Found"))
        method = self._schema.methods.get(rest.lower())
        if method is None:
            return self._refuse(rest, Refused(404, "Not Found: method not found"))
        if method.name == "getUpdates":
            return await self._take(request, method)
        self.state.calls_under_way += 1
        try:
            return await self._take(request, method)
        finally:
            self.state.calls_under_way -= 1
            self.state.watch.stir()

    async def _take(self, request: web.BaseRequest, method: Method) -> web.StreamResponse:
        fault = self.faults.take(method.name)
        if fault is not None and fault.kind is FaultKind.DROP and not fault.is_accepted:
            return _drop(request)
        try:
            call = await self._read(request, method)
            if fault is not None and not fault.is_accepted:
                if fault.held is None:
                    return self._fail(request, method, fault)
                await fault.held.hang()
            answer = await self._do(method, call)
        except Refused as refused:
            return self._refuse(method.name, refused)
        if fault is not None and fault.is_accepted:
            if fault.kind in (FaultKind.STATUS, FaultKind.DROP, FaultKind.GARBAGE):
                return self._fail(request, method, fault)
            if fault.held is not None:
                await fault.held.hang()
            await asyncio.sleep(fault.seconds)
        return _json({"ok": True, "result": answer})

    async def _read(self, request: web.BaseRequest, method: Method) -> Call:
        given, uploads = await read_call(request)
        call = Call(method.name, given, self.state.clock.monotonic(), uploads)
        self.calls.append(call)
        call.parameters = self._schema.read(method, given, uploads, self.complaints.append)
        return call

    async def _do(self, method: Method, call: Call) -> Any:
        played = METHODS.get(method.name)
        if played is None:
            self.complaints.append(f"{method.name} is not played here")
            raise bad_request(f"{method.name} is not played by the tests' server")
        answer = played(self.state, call)
        return await answer if asyncio.iscoroutine(answer) else answer

    def _fail(self, request: web.BaseRequest, method: Method, fault: Fault) -> web.StreamResponse:
        if fault.kind is FaultKind.DROP:
            return _drop(request)
        if fault.kind is FaultKind.GARBAGE:
            return web.Response(text="<html>It works!</html>", content_type="text/html")
        if fault.kind is FaultKind.TOO_MANY:
            return self._refuse(method.name, too_many_requests(fault.seconds))
        if fault.status == 500:
            return self._refuse(method.name, Refused(500, "Internal Server Error"))
        text = f"<html><head><title>{fault.status}</title></head><body>nginx</body></html>"
        return web.Response(status=fault.status, text=text, content_type="text/html")

    def _hand_out(self, rest: str) -> web.StreamResponse:
        root, _, path = rest.partition("/")
        if root != f"bot{self.token}":
            return self._refuse("file", Refused(401, "Unauthorized"))
        try:
            return web.Response(body=self.state.files.fetch(path), content_type="application/octet-stream")
        except Refused as refused:
            return self._refuse("file", refused)

    def _refuse(self, method: str, refused: Refused) -> web.StreamResponse:
        self.refusals.append(Refusal(method, refused.code, refused.description))
        return _json(refused.body(), refused.code)


def _json(body: object, status: int = 200) -> web.Response:
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    return web.Response(status=status, body=text.encode(), content_type="application/json")


def _drop(request: web.BaseRequest) -> web.Response:
    """Breaks the connection; what is returned reaches nobody."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()


def _request(message: Any, payload: Any, protocol: Any, writer: Any, task: Any) -> web.BaseRequest:
    loop = asyncio.get_running_loop()
    return web.BaseRequest(message, payload, protocol, writer, task, loop, client_max_size=LARGEST_BODY)


@cache
def published_schema() -> Schema:
    """The schema, read once."""
    return Schema()


@asynccontextmanager
async def telegram_server(
    token: str = TOKEN, *, privacy_mode: bool = True, burst: int = 1
) -> AsyncIterator[TelegramServer]:
    """A server that listens while the context lasts."""
    server = TelegramServer(token, privacy_mode=privacy_mode, burst=burst)
    await server.start()
    try:
        yield server
    finally:
        await server.state.webhook.remove()
        await server.stop()
