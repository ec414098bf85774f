"""Sends what is in the outbox to people on Slack."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import Any

import structlog
from slack_sdk.web.async_client import AsyncWebClient

from bot.outgoing.load import Later, Load, Lost, Never, Unreachable
from bot.slack.calling import Calls, Refused
from bot.slack.draw import Drawn, draw, ring
from bot.slack.pacing import Pacing
from bot.slack.upload import ASKS, COMPLETES, hand_over, is_file
from models.messaging.account import Messenger
from models.messaging.outbox import Operation

log = structlog.get_logger()

_POST, _UPDATE, _DELETE = "chat.postMessage", "chat.update", "chat.delete"
_HISTORY, _OPEN = "conversations.history", "conversations.open"
_SENDS = (_POST, _UPDATE, _DELETE, _HISTORY, _OPEN, ASKS, COMPLETES)
EVENT = "bogobot_screen"
"""The event_type of our messages' metadata, which carries the id of their row in the outbox and their screen's token:
ids begin anew where the database is restored, and an older message can carry the same one."""
_LOOKED_AT = 200
_MOST_KEPT = 10_000
_GONE = {
    "cannot_dm_bot", "channel_not_found", "is_archived", "messages_tab_disabled", "user_disabled",
    "user_not_found", "user_not_visible", "users_not_found",
}  # fmt: skip
_NOT_TO_BE_CHANGED = {"cant_update_message", "edit_window_closed", "message_not_found"}
_NO_THREAD = {"cannot_reply_to_message", "invalid_thread_ts", "thread_not_found"}
_POSTS = (Operation.POST, Operation.RING, Operation.REDRAW)
"""What posts a message, or may: one that cannot be redrawn is posted anew."""
_ANSWERED_BELOW = ("form", "menu")


class SlackSender:
    """How Slack is sent to (bot.outgoing.load.Sender)."""

    messenger = Messenger.SLACK

    def __init__(self, client: AsyncWebClient, pacing: Pacing, address: str, is_discreet: bool) -> None:
        """`address` is the web messenger's; `is_discreet`: nothing of the city's is sent, only that there is
        something to read there."""
        self._client = client
        self._pacing = pacing
        self._calls = Calls(client, pacing)
        self._address = address
        self._is_discreet = is_discreet
        self._conversations: dict[str, str] = {}
        self._aside: dict[str, asyncio.Task[None]] = {}

    async def ready(self) -> None:
        """Returns when sending makes sense: not while Slack asked for a pause, or cannot be reached."""
        while (seconds := max(self._pacing.held_for(method) for method in _SENDS)) > 0:
            await asyncio.sleep(seconds)

    def faults(self) -> list[str]:
        """What keeps it from sending right now, for who watches over the bot."""
        return [f"Slack does not let the bot in: {self._calls.fault}"] if self._calls.fault else []

    async def send(self, load: Load) -> str | None:
        """Sends it, or raises one of the faults of bot.outgoing.load."""
        if self._is_discreet and load.operation is not Operation.RING:
            raise Never("outside messengers only ring")
        try:
            return await self._send(load)
        except Refused as refused:
            code = str(refused)
            raise (Unreachable if code in _GONE else Never)(code) from None

    async def _send(self, load: Load) -> str | None:
        if load.tries and load.operation in _POSTS and (found := await self._posted(load)):
            return await self._as_it_stands(load, found)
        match load.operation:
            case Operation.POST:
                return await self._post(load, draw(load.body, load.live, load.locale, load.token))
            case Operation.RING:
                return await self._post(load, ring(load, self._address))
            case Operation.REDRAW:
                return await self._redraw(load)
            case Operation.REMOVE:
                await self._remove(load)
            case Operation.FILE:
                await self._file(load)
        return None

    async def _post(self, load: Load, drawn: Drawn) -> str:
        user = _user(load.address)
        message: dict[str, Any] = {
            "channel": user,
            "text": drawn.text,
            "blocks": drawn.blocks,
            "metadata": {"event_type": EVENT, "event_payload": _mark_of(load)},
            "unfurl_links": False,
            "unfurl_media": False,
        }
        in_thread = {"thread_ts": _ts(load.thread), "reply_broadcast": True} if load.thread else {}
        try:
            answer = await self._calls.call(_POST, message | in_thread, channel=user, urgent=load.urgent)
        except Refused as refused:
            if not in_thread or str(refused) not in _NO_THREAD:
                raise
            answer = await self._calls.call(_POST, message, channel=user, urgent=load.urgent)
        self._remember(user, str(answer["channel"]))
        return f"{answer['channel']}:{answer['ts']}"

    async def _redraw(self, load: Load) -> str | None:
        await self._drop_aside(load)
        if load.urgent and self._pacing.is_crowded(_UPDATE):
            # Updates are few a minute for everybody together. Who waits for an answer gets it below, and buttons
            # that are over go when there is time: they say themselves that they are over.
            if load.live:
                return await self._post(load, draw(load.body, load.live, load.locale, load.token))
            self._do_aside(load)
            return None
        return await self._update(load)

    async def _update(self, load: Load) -> str | None:
        drawn = draw(load.body, load.live, load.locale, load.token)
        there = {"channel": _conversation(load.message), "ts": _ts(load.message)}
        # Left out, `parse` would have Slack find names and links in what people wrote.
        change = there | {"text": drawn.text, "blocks": drawn.blocks, "parse": "none"}
        try:
            await self._calls.call(_UPDATE, change, urgent=load.urgent)
        except Refused as refused:
            if str(refused) not in _NOT_TO_BE_CHANGED:
                raise
            if load.live and load.body["kind"] in _ANSWERED_BELOW:
                return await self._post(load, drawn)
        return None

    async def _remove(self, load: Load) -> None:
        await self._drop_aside(load)
        there = {"channel": _conversation(load.message), "ts": _ts(load.message)}
        try:
            await self._calls.call(_DELETE, there, urgent=load.urgent)
        except Refused as refused:
            if str(refused) != "message_not_found":
                raise

    async def _file(self, load: Load) -> None:
        file, session = load.file, self._client.session
        if file is None or session is None:
            raise Never("no file")
        if load.tries and await self._find(load, lambda one: is_file(one, file), since=_ts(load.message)):
            return
        await hand_over(self._calls, session, file, await self._conversation_of(load), load.urgent)

    async def _as_it_stands(self, load: Load, message: str) -> str:
        """A message that had arrived, as things were then, is drawn as they are now."""
        if load.operation is Operation.RING:
            return message
        return await self._update(replace(load, message=message)) or message

    async def _posted(self, load: Load) -> str | None:
        """The message that an earlier try posted, where it did."""
        return await self._find(load, lambda one: _mark_on(one) == _mark_of(load))

    async def _find(self, load: Load, is_it: Callable[[dict[str, Any]], bool], since: str = "") -> str | None:
        """The message a lost answer was about, where it arrived."""
        channel = await self._conversation_of(load)
        wanted: dict[str, Any] = {"channel": channel, "limit": _LOOKED_AT, "include_all_metadata": True}
        if since:
            wanted["oldest"] = since
        history = await self._calls.call(_HISTORY, wanted, urgent=load.urgent)
        found = next((one for one in history.get("messages", []) if is_it(one)), None)
        return f"{channel}:{found['ts']}" if found else None

    async def _conversation_of(self, load: Load) -> str:
        """The conversation with the reader. It is asked for only where no message has told it: that is a call of
        few a minute."""
        user = _user(load.address)
        known = _conversation(load.message or load.thread) or self._conversations.get(user)
        if known:
            return known
        opened = await self._calls.call(_OPEN, {"users": user}, urgent=load.urgent)
        self._remember(user, str(opened["channel"]["id"]))
        return self._conversations[user]

    def _remember(self, user: str, conversation: str) -> None:
        if len(self._conversations) >= _MOST_KEPT:
            self._conversations.clear()
        self._conversations[user] = conversation

    def _do_aside(self, load: Load) -> None:
        message = load.message or ""
        task = self._aside[message] = asyncio.create_task(self._take_buttons_off(load))
        task.add_done_callback(lambda _: self._aside.pop(message, None))

    async def _drop_aside(self, load: Load) -> None:
        """What waits to be done to this message is older than what is to be done now, and must not come after it."""
        if task := self._aside.get(load.message or ""):
            task.cancel()
            await asyncio.wait([task])

    async def _take_buttons_off(self, load: Load) -> None:
        with suppress(Later, Lost, Refused):
            await self._update(load)


def _user(address: str) -> str:
    return address.partition(":")[2]


def _conversation(message: str | None) -> str:
    return (message or "").partition(":")[0]


def _ts(message: str | None) -> str:
    return (message or "").partition(":")[2]


def _mark_of(load: Load) -> dict[str, Any]:
    """How a message is known again whose answer was lost, whatever became of its screen meanwhile."""
    return {"outbox": load.outbox_id, "made_at": load.made_at.isoformat() if load.made_at else ""}


def _mark_on(message: dict[str, Any]) -> dict[str, Any] | None:
    metadata = message.get("metadata") or {}
    return metadata.get("event_payload") if metadata.get("event_type") == EVENT else None
