"""What happened and the bot has not confirmed yet: fetched with getUpdates, or posted to a webhook."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.kit.telegram.clock import Clock, Watch
from tests.kit.telegram.refusals import Json, conflict

FIRST_ID = 700_000_001
KEPT_FOR = 24 * 3600.0
"""Seconds until an update that nobody fetched is dropped."""
ONLY_ON_DEMAND = {"chat_member", "message_reaction", "message_reaction_count"}
TOLERATED = 10
"""An offset further than this ahead of the newest identifier counts as none."""
OTHER_POLL = "terminated by other getUpdates request; make sure that only one bot instance is running"
WEBHOOK_IS_SET = (
    "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)


@dataclass
class Update:
    update_id: int
    body: Json
    subject: int
    """Whose updates a webhook gets one after another: the chat."""
    created: float
    times: int = 1
    """How often it is still to be delivered."""

    @property
    def kind(self) -> str:
        return next(iter(self.body))

    def as_json(self) -> Json:
        return {"update_id": self.update_id, **self.body}


@dataclass
class Updates:
    """The queue of a bot."""

    clock: Clock
    watch: Watch
    allowed: list[str] = field(default_factory=list)
    """Empty for all kinds that come unless asked for otherwise."""
    webhook_is_set: bool = False
    on_new: Callable[[Update], None] | None = None
    """Called with every update, for a webhook."""
    pending: dict[int, Update] = field(default_factory=dict)
    _again: list[Update] = field(default_factory=list)
    _held: list[tuple[Json, int]] = field(default_factory=list)
    _next_id: int = FIRST_ID
    _twice: int = 0
    _backwards: int = 0
    _poll: asyncio.Future[None] | None = None

    def push(self, body: Json, subject: int) -> None:
        """Something happened, such as `{"message": {...}}`."""
        kind = next(iter(body))
        if kind not in self.allowed if self.allowed else kind in ONLY_ON_DEMAND:
            return
        self._held.append((body, subject))
        if len(self._held) < self._backwards:
            return
        ready = self._held[::-1] if self._backwards else self._held
        self._held, self._backwards = [], 0
        for one in ready:
            self._queue(*one)

    def deliver_twice(self, times: int = 1) -> None:
        """The next updates reach the bot twice each, the second time after it confirmed them."""
        self._twice += times

    def deliver_backwards(self, count: int) -> None:
        """The next so many updates are held until all are there, and then come last first."""
        self._backwards = count

    def restart_ids(self, at: int | None = None) -> None:
        """The next update has a random identifier, as after a week without any."""
        assert not self.unsettled, "identifiers start again only when every update was fetched"
        self._next_id = at if at is not None else random.randrange(1, FIRST_ID // 2)

    @property
    def unsettled(self) -> int:
        """How many updates the bot has not got, or not confirmed."""
        return len(self.pending) + len(self._again) + len(self._held)

    @property
    def is_polled(self) -> bool:
        """Whether somebody waits in getUpdates."""
        return self._poll is not None

    async def fetch(self, offset: int, limit: int, timeout: int) -> list[Json]:
        """What getUpdates answers, which confirms everything before the offset.

        Raises:
            Refused: a webhook is set, or while this waits another getUpdates comes or a webhook is set.
        """
        if self.webhook_is_set:
            raise conflict(WEBHOOK_IS_SET)
        self.confirm(offset)
        self.end_poll(OTHER_POLL)
        if not self._is_something() and timeout > 0:
            await self._wait(timeout)
        batch = self._again[:limit]
        self._again = self._again[limit:]
        batch += list(self.pending.values())[: limit - len(batch)]
        if batch:
            self.watch.stir()
        return [update.as_json() for update in batch]

    def confirm(self, offset: int) -> None:
        """Forgets what comes before the offset; a negative one leaves so many of the newest."""
        gone = [key for key, update in self.pending.items() if self.clock.time() > update.created + KEPT_FOR]
        if offset < 0:
            gone += list(self.pending)[:offset]
        elif offset <= self._next_id + TOLERATED:
            gone += [key for key in self.pending if key < offset]
        for key in gone:
            self.settle(key)

    def settle(self, update_id: int) -> None:
        """The bot has an update; a doubled one comes once more."""
        update = self.pending.pop(update_id, None)
        if update is not None and update.times > 1:
            update.times -= 1
            self._again.append(update)
        self.watch.stir()

    def end_poll(self, reason: str) -> None:
        """Whoever waits in getUpdates is told that there is a conflict."""
        if self._poll is not None and not self._poll.done():
            self._poll.set_exception(conflict(reason))

    def clear(self) -> None:
        """Drops what is pending."""
        self.pending.clear()
        self.watch.stir()

    def _queue(self, body: Json, subject: int) -> None:
        update = Update(self._next_id, body, subject, self.clock.time())
        if self._twice:
            self._twice -= 1
            update.times = 2
        self._next_id += 1
        self.pending[update.update_id] = update
        if self._poll is not None and not self._poll.done():
            self._poll.set_result(None)
        if self.on_new is not None:
            self.on_new(update)
        self.watch.stir()

    def _is_something(self) -> bool:
        return bool(self.pending or self._again)

    async def _wait(self, timeout: int) -> None:
        self._poll = poll = asyncio.get_running_loop().create_future()
        self.watch.stir()
        try:
            await asyncio.wait([poll], timeout=timeout)
            if poll.done():
                poll.result()
        finally:
            if self._poll is poll:
                self._poll = None
                self.watch.stir()
