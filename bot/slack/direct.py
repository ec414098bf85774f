"""Direct answers: said straight after the commit, worthless a minute later, lost without harm."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
import structlog

from bot.slack.calling import Calls
from bot.slack.hosts import Hosts
from bot.slack.pacing import Pacing
from bot.slack.read import Someone
from bot.slack.text import escape

log = structlog.get_logger()
_MOST_REMEMBERED = 10_000
_ANSWERS_WITHIN = aiohttp.ClientTimeout(total=10)


class Direct:
    """Each answer is a task of its own; what fails is told in the log by its kind, and forgotten."""

    def __init__(self, calls: Calls, session: aiohttp.ClientSession, pacing: Pacing, hosts: Hosts) -> None:
        self._calls = calls
        self._session = session
        self._pacing = pacing
        self._hosts = hosts
        self._tasks: set[asyncio.Task[None]] = set()
        self._talks: dict[str, str] = {}

    def tell(self, who: Someone, text: str) -> None:
        """A passing word that nobody else sees."""
        shown = escape(text)
        if who.response_url and self._hosts.are_slacks(who.response_url):
            self._later(self._respond, who.response_url, shown)
        else:
            self._later(self._post, who, shown)

    def open(self, trigger: str, view: dict[str, Any]) -> None:
        """A modal. The trigger lives for three seconds: where that is too short, the message has a button."""
        if not self._pacing.is_crowded("views.open"):
            self._later(self._call, "views.open", {"trigger_id": trigger, "view": view})

    def publish(self, user: str, view: dict[str, Any]) -> None:
        """The person's home."""
        self._later(self._call, "views.publish", {"user_id": user, "view": view})

    def met(self, who: Someone) -> None:
        """Remembers in which channel we talk with somebody."""
        if who.channel.startswith("D"):
            if len(self._talks) >= _MOST_REMEMBERED:
                self._talks.clear()
            self._talks[who.user] = who.channel

    async def close(self) -> None:
        """Gives up what is still on its way."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _later(self, work: Callable[..., Awaitable[None]], *args: Any) -> None:
        task = asyncio.create_task(self._surely(work, *args))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _surely(self, work: Callable[..., Awaitable[None]], *args: Any) -> None:
        try:
            await work(*args)
        except Exception as error:
            log.warning("direct.failed", messenger="slack", kind=type(error).__name__)

    async def _respond(self, url: str, text: str) -> None:
        said = {"response_type": "ephemeral", "replace_original": False, "text": text}
        posting = self._session.post(url, json=said, allow_redirects=False, timeout=_ANSWERS_WITHIN)
        async with posting as answer:
            if not answer.ok:
                log.warning("direct.refused", messenger="slack", kind="response_url", state=answer.status)

    async def _post(self, who: Someone, text: str) -> None:
        channel = who.channel or await self._talk_with(who.user)
        await self._call("chat.postEphemeral", {"channel": channel, "user": who.user, "text": text})

    async def _talk_with(self, user: str) -> str:
        if user not in self._talks:
            answer = await self._calls.call("conversations.open", {"users": user}, urgent=True)
            self._talks[user] = str(answer["channel"]["id"])
        return self._talks[user]

    async def _call(self, method: str, arguments: dict[str, Any]) -> None:
        await self._calls.call(method, arguments, urgent=True)
