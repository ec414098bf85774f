"""What a service saw of each life: every call, when it came, whether it was done, whether its answer got out."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from itertools import takewhile
from random import Random
from time import monotonic
from typing import Any

from aiohttp import web

from tests.kills.labels import LIFE, ROW
from tests.kit.slack import SlackServer
from tests.kit.telegram import TelegramServer

POSTS = {"sendMessage", "chat.postMessage"}
DOWNLOAD = "download"
_COMES_WITHIN = 20.0


@dataclass
class Call:
    """One call of a bot."""

    method: str
    life: int
    row: int
    """Of the outbox; 0 for what is in none."""
    at: float
    is_done: bool = False
    """The service did as it was told, whether the answer reached anybody or not."""
    answered_at: float | None = None


class Held:
    """The call that hangs: whoever waits for it kills the bot then."""

    def __init__(self, after: bool) -> None:
        self.after = after
        self._came = asyncio.Event()

    async def comes(self) -> None:
        """Waits until it hangs.

        Raises:
            AssertionError: it never came.
        """
        try:
            await asyncio.wait_for(self._came.wait(), _COMES_WITHIN)
        except TimeoutError:
            raise AssertionError("the call to be held never came") from None

    async def hang(self) -> None:
        self._came.set()
        await asyncio.Event().wait()


@dataclass
class Ledger:
    """The calls of all lives, in the order they came."""

    calls: list[Call] = field(default_factory=list)
    slowest: float = 0.0
    """Seconds that a message may be on its way to the service, and its answer on its way back."""
    _chance: Random = field(default_factory=lambda: Random(7))
    _to_hold: defaultdict[str, list[tuple[int, Held]]] = field(default_factory=lambda: defaultdict(list))
    _counts: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))

    def of_life(self, life: int) -> list[Call]:
        """What came in that life."""
        newest = takewhile(lambda call: call.life >= life, reversed(self.calls))
        return [call for call in newest if call.life == life]

    def posts(self) -> dict[int, list[Call]]:
        """The messages that appeared in chats, by their row of the outbox."""
        found: defaultdict[int, list[Call]] = defaultdict(list)
        for call in self.calls:
            if call.method in POSTS and call.is_done and call.row:
                found[call.row].append(call)
        return found

    def holds(self, method: str, *, after: bool, nth: int = 1) -> Held:
        """The nth call of the method from now on never gets an answer: it hangs before it is done, or after."""
        held = Held(after)
        self._to_hold[method].append((self._counts[method] + nth, held))
        return held

    async def keep(self, request: web.BaseRequest, answer: Callable[[], Awaitable[Any]]) -> Any:
        """Answers a request, and notes it."""
        method = _method(request.path)
        life, row = (int(request.headers.get(name, 0)) for name in (LIFE, ROW))
        call = Call(method, life, row, monotonic())
        self.calls.append(call)
        self._counts[method] += 1
        held = next((one for nth, one in self._to_hold[method] if nth == self._counts[method]), None)
        if held is not None and not held.after:
            await held.hang()
        _current.set(call)
        try:
            if not request.content_type.startswith("multipart/"):
                await request.read()
        except ConnectionError:
            return web.Response(status=400)  # the bot died while it spoke, and nobody hears this
        await self._travels(call)
        response = await answer()
        await self._travels(call)
        if held is not None:
            await held.hang()
        call.answered_at = monotonic()
        return response

    async def _travels(self, call: Call) -> None:
        if self.slowest and call.row:
            await asyncio.sleep(self._chance.uniform(0, self.slowest))


_current: ContextVar[Call | None] = ContextVar("current", default=None)


def _method(path: str) -> str:
    """The name of what is called."""
    if path.startswith(("/file/", "/files-pri/")):
        return DOWNLOAD
    return path.rstrip("/").rpartition("/")[2]


def watch_telegram(server: TelegramServer, ledger: Ledger) -> None:
    """Notes what comes; before the server is started."""
    answer, do = server._answer, server._do

    async def answering(request: web.BaseRequest) -> Any:
        return await ledger.keep(request, lambda: answer(request))

    async def doing(*args: Any) -> Any:
        done = await do(*args)
        _is_done()
        return done

    server._answer = answering  # type: ignore[method-assign]
    server._do = doing  # type: ignore[assignment,method-assign]


def watch_slack(server: SlackServer, ledger: Ledger) -> None:
    """Notes what comes."""
    answer, do = server.host._answer, server.api._answer

    async def answering(request: web.BaseRequest) -> Any:
        return await ledger.keep(request, lambda: answer(request))

    async def doing(*args: Any) -> Any:
        done = await do(*args)
        _is_done()
        return done

    server.host._answer = answering  # type: ignore[method-assign]
    server.api._answer = doing  # type: ignore[assignment,method-assign]


def _is_done() -> None:
    call = _current.get()
    assert call is not None
    call.is_done = True
