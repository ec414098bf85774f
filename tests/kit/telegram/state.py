"""Everything Telegram knows about one bot and the people it talks with."""

from __future__ import annotations

import itertools
import json
import time
from collections import defaultdict
from dataclasses import dataclass, field

from tests.kit.telegram.chats import Chat, Chats, Message, User
from tests.kit.telegram.clock import Clock, Watch
from tests.kit.telegram.files import Files
from tests.kit.telegram.limits import Limits
from tests.kit.telegram.refusals import Json
from tests.kit.telegram.updates import Updates
from tests.kit.telegram.webhook import Webhook

QUERY_LIVES = 15.0
"""Seconds in which a press may be answered; the real server does not publish how long it waits."""
CALM = 0.05
"""Seconds without a call after which a bot counts as done."""


@dataclass
class Query:
    """A press of a button, and what the bot answered."""

    query_id: str
    user: User
    message: Message
    data: str
    pressed: float
    answer: Json | None = None


@dataclass
class State:
    """What calls of the bot and people change."""

    token: str
    bot: User
    privacy_mode: bool
    clock: Clock
    watch: Watch
    updates: Updates
    webhook: Webhook
    files: Files
    limits: Limits
    complaints: list[str] = field(default_factory=list)
    enforces_limits: bool = False
    calls_under_way: int = 0
    """Without those that wait for updates."""
    chats: Chats = field(default_factory=Chats)
    queries: dict[str, Query] = field(default_factory=dict)
    commands: dict[tuple[str, str], list[Json]] = field(default_factory=dict)
    """By scope and language."""
    profile: defaultdict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    """Name and descriptions of the bot, by language."""
    _numbers: itertools.count[int] = field(default_factory=lambda: itertools.count(1))

    def next_number(self) -> int:
        """A number nobody had, for queries and albums."""
        return next(self._numbers)

    async def quiet(self, within: float) -> None:
        """Waits until the bot has confirmed every update, no call is under way, and none has come for a moment.

        Raises:
            AssertionError: that was not so in time.
        """
        deadline = time.monotonic() + within
        while True:
            await self.watch.until(
                lambda: not self.updates.unsettled and not self.calls_under_way,
                deadline - time.monotonic(),
                lambda: f"{self.updates.unsettled} updates open, {self.calls_under_way} calls under way",
            )
            if not await self.watch.stirs(CALM):
                return

    def post(self, message: Message) -> Message:
        """A message appears in its chat."""
        message.chat.messages[message.message_id] = message
        self.watch.stir()
        return message

    def new_message(self, chat: Chat, sender: User) -> Message:
        """A message with nothing in it yet."""
        return Message(chat, self.chats.next_message_id(), self.clock.time(), sender)

    def is_mine(self, message: Message) -> bool:
        """Whether the bot wrote it."""
        return message.sender is self.bot


def scope_key(scope: Json) -> str:
    """A scope of commands, the same whatever the order of its fields."""
    return json.dumps(scope, sort_keys=True)


def new_state(token: str, *, privacy_mode: bool = True, burst: int = 1) -> State:
    """A bot that nobody has written to."""
    clock, watch = Clock(), Watch()
    updates = Updates(clock, watch)
    bot = User(int(token.partition(":")[0]), "보고봇", is_bot=True, username="bogobot_test_bot")
    return State(
        token,
        bot,
        privacy_mode,
        clock,
        watch,
        updates,
        Webhook(updates),
        Files(clock),
        Limits(clock, burst),
    )
