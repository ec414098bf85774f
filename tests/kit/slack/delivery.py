"""Bringing events, interactions and commands to the app, and bringing events again that were not taken."""

from __future__ import annotations

import asyncio
import copy
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any, Literal

from tests.kit.slack.workspace import Body

Kind = Literal["events_api", "interactive", "slash_commands"]
MOST_RETRIES = 3


@dataclass
class Delivery:
    """Something the app has to be told."""

    kind: Kind
    payload: Body
    attempt: int = 0
    """0 the first time."""
    reason: str = ""
    """Why it is tried again."""


@dataclass(frozen=True)
class Ack:
    """How the app took one attempt; over Socket Mode an acknowledgement counts as status 200."""

    delivery: Delivery
    attempt: int
    status: int
    """0 where nothing came."""
    body: Any
    """What was said with it: JSON or text, or None."""
    seconds: float
    reason: str = ""
    """What went wrong: http_timeout, http_error, connection_failed or timeout."""
    wants_no_retry: bool = False

    @property
    def ok(self) -> bool:
        return 200 <= self.status < 300


Attempt = Callable[[Delivery], Awaitable[Ack]]


@dataclass
class Deliveries:
    """Sends through whatever the app listens on, and keeps what waits for another try."""

    attempt: Attempt
    retry_delays: tuple[float, ...] = (0, 60, 300)
    """Seconds before the first, second and third retry of an event; clicks and commands have none."""
    acks: list[Ack] = field(default_factory=list)
    waiting: list[Delivery] = field(default_factory=list)
    """Events whose next try is not due."""
    given_up: list[Delivery] = field(default_factory=list)
    on_change: Callable[[int], None] = lambda change: None
    """Told +1 when something gets under way, and -1 when it is through."""
    _tasks: set[asyncio.Task[Any]] = field(default_factory=set)
    _timers: list[asyncio.TimerHandle] = field(default_factory=list)

    async def deliver(self, kind: Kind, payload: Body) -> Ack:
        """One attempt now; further ones of an event come on their own."""
        return await self._try(Delivery(kind, copy.deepcopy(payload)))

    def deliver_later(self, kind: Kind, payload: Body) -> None:
        """An attempt as soon as the loop comes to it."""
        self._start(self._try(Delivery(kind, copy.deepcopy(payload))))

    async def retry_now(self) -> list[Ack]:
        """Tries everything again that waits, without waiting for its time."""
        due, self.waiting[:] = list(self.waiting), []
        return list(await asyncio.gather(*(self._try(delivery) for delivery in due)))

    def retry_soon(self) -> None:
        """As `retry_now`, in the background."""
        if self.waiting:
            self._start(self.retry_now())

    def stop(self) -> None:
        for timer in self._timers:
            timer.cancel()
        for task in self._tasks:
            task.cancel()

    async def _try(self, delivery: Delivery) -> Ack:
        self.on_change(+1)
        try:
            ack = await self.attempt(delivery)
        finally:
            self.on_change(-1)
        self.acks.append(ack)
        if not ack.ok and delivery.kind == "events_api":
            self._schedule(delivery, ack)
        return ack

    def _schedule(self, delivery: Delivery, ack: Ack) -> None:
        if delivery.attempt >= MOST_RETRIES or ack.wants_no_retry:
            self.given_up.append(delivery)
            return
        delay = self.retry_delays[delivery.attempt]
        delivery.attempt, delivery.reason = delivery.attempt + 1, ack.reason
        if delay == 0:
            self._start(self._try(delivery))
            return
        self.waiting.append(delivery)
        loop = asyncio.get_running_loop()
        self._timers.append(loop.call_later(delay, self._due, delivery))

    def _due(self, delivery: Delivery) -> None:
        if any(delivery is one for one in self.waiting):
            self.waiting = [one for one in self.waiting if one is not delivery]
            self._start(self._try(delivery))

    def _start(self, work: Coroutine[Any, Any, Any]) -> None:
        self.on_change(+1)
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._through)

    def _through(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        self.on_change(-1)
