"""What the played Slack keeps: its people, conversations, messages, views and files, and a clock that can be moved."""

from __future__ import annotations

import itertools
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

Body = dict[str, Any]
"""A JSON object as Slack sends or takes it."""

TRIGGER_LIVES = 3.0
EVERY_SCOPE = (
    "app_mentions:read channels:history channels:read chat:write commands files:read files:write groups:history "
    "groups:read im:history im:read im:write users:read users:read.email"
)


class ApiError(Exception):
    """A call that the Web API refuses, with its error code."""

    def __init__(self, error: str, *messages: str, **more: Any) -> None:
        super().__init__(error, *messages)
        self.error = error
        self.messages = [f"[ERROR] {message}" for message in messages]
        self.more = more


class Clock:
    """Real time, further on by what the tests let pass."""

    def __init__(self) -> None:
        self.ahead = 0.0

    def now(self) -> float:
        return time.time() + self.ahead

    def passes(self, seconds: float) -> None:
        self.ahead += seconds


@dataclass
class Conversation:
    """A direct message with the bot, or a channel."""

    id: str
    name: str
    user_id: str = ""
    """Whose direct message it is; nobody's of a channel."""
    has_bot: bool = True
    messages: dict[str, Body] = field(default_factory=dict)
    ephemerals: list[Body] = field(default_factory=list)

    @property
    def is_direct(self) -> bool:
        return bool(self.user_id)


@dataclass
class Trigger:
    """What an interaction gives the app the right to do once: open a modal for this person."""

    user_id: str
    made_at: float
    view_id: str = ""
    """The modal it happened in."""
    is_used: bool = False


@dataclass
class Workspace:
    """A team with one app installed."""

    team_id: str = "T0BOGOCITY"
    domain: str = "hanbit-city"
    app_id: str = "A0BOGOBOT"
    bot_id: str = "B0BOGOBOT"
    bot_user_id: str = "U0BOGOBOT"
    bot_name: str = "bogobot"
    bot_token: str = "xoxb-1000000000-2000000000-bogobottesttoken"
    app_token: str = "xapp-1-A0BOGOBOT-3000000000-bogobottesttoken"
    signing_secret: str = "8f742231b10e8888abcd99yyyzzz85a5"
    verification_token: str = "verification-token-of-old"
    url: str = ""
    scopes: set[str] = field(default_factory=lambda: set(EVERY_SCOPE.split()))
    messages_tab_enabled: bool = True
    is_account_active: bool = True
    echoes_bot_messages: bool = False
    """Whether what the bot does in a direct message comes back to it as an event."""
    clock: Clock = field(default_factory=Clock)
    users: dict[str, Body] = field(default_factory=dict)
    conversations: dict[str, Conversation] = field(default_factory=dict)
    files: dict[str, Any] = field(default_factory=dict)
    homes: dict[str, Body] = field(default_factory=dict)
    modals: dict[str, list[Body]] = field(default_factory=dict)
    """Open modals of a person, the one on top last."""
    triggers: dict[str, Trigger] = field(default_factory=dict)
    response_urls: dict[str, Any] = field(default_factory=dict)
    complaints: list[str] = field(default_factory=list)
    announce: Callable[[Body], None] = lambda event: None
    _ids: Any = field(default_factory=lambda: itertools.count(1))
    _last_ts: int = 0

    def new_id(self, prefix: str) -> str:
        return f"{prefix}0{next(self._ids):08d}"

    def next_ts(self) -> str:
        """A message's timestamp, which is also its id: later than any before."""
        self._last_ts = max(int(self.clock.now() * 1_000_000), self._last_ts + 1)
        return f"{self._last_ts // 1_000_000}.{self._last_ts % 1_000_000:06d}"

    def needs(self, scope: str) -> None:
        """Raises ApiError where the bot was not granted the scope."""
        if scope not in self.scopes:
            raise ApiError("missing_scope", needed=scope, provided=",".join(sorted(self.scopes)))

    def user(self, user_id: str) -> Body:
        """Raises ApiError for ids of nobody, and of people this team does not see."""
        user = self.users.get(user_id)
        if user is None or user.get("is_stranger"):
            raise ApiError("user_not_found")
        return user

    def conversation(self, conversation_id: str) -> Conversation:
        """Raises ApiError where there is none of that id."""
        if conversation_id not in self.conversations:
            raise ApiError("channel_not_found")
        return self.conversations[conversation_id]

    def channel(self, name: str, has_bot: bool = True) -> str:
        """A new channel and its id."""
        made = Conversation(self.new_id("C"), name, has_bot=has_bot)
        self.conversations[made.id] = made
        return made.id

    def direct_message(self, user_id: str) -> Conversation:
        """The bot's conversation with this person, opened where it is not."""
        made = Conversation(f"D{user_id[1:]}", "directmessage", user_id)
        return self.conversations.setdefault(made.id, made)

    def add_message(self, conversation: Conversation, message: Body) -> Body:
        """Puts a message into a conversation, and under its thread."""
        message = {"type": "message", **message, "ts": self.next_ts(), "team": self.team_id}
        conversation.messages[message["ts"]] = message
        parent = conversation.messages.get(message.get("thread_ts", ""))
        if parent is not None:
            parent["thread_ts"] = parent["ts"]
            parent["reply_count"] = parent.get("reply_count", 0) + 1
            parent["latest_reply"] = message["ts"]
            message["parent_user_id"] = parent["user"]
        elif "thread_ts" in message:
            self.complaints.append(f"a reply to {message['thread_ts']}, which is no message of its channel")
        return message

    def new_trigger(self, user_id: str, view_id: str = "") -> str:
        name = f"{secrets.randbelow(10**12)}.{secrets.randbelow(10**12)}.{secrets.token_hex(16)}"
        self.triggers[name] = Trigger(user_id, self.clock.now(), view_id)
        return name

    def exchange(self, trigger_id: Any) -> Trigger:
        """Uses a trigger up; raises ApiError for one that is none, was used, or is older than three seconds."""
        trigger = self.triggers.get(trigger_id) if isinstance(trigger_id, str) else None
        if trigger is None:
            raise ApiError("invalid_trigger_id")
        if trigger.is_used:
            raise ApiError("exchanged_trigger_id")
        if self.clock.now() - trigger.made_at > TRIGGER_LIVES:
            raise ApiError("expired_trigger_id")
        trigger.is_used = True
        return trigger

    def bot_profile(self) -> Body:
        return {
            "id": self.bot_id,
            "app_id": self.app_id,
            "user_id": self.bot_user_id,
            "name": self.bot_name,
            "deleted": False,
            "updated": 1_700_000_000,
            "team_id": self.team_id,
            "icons": {},
        }
