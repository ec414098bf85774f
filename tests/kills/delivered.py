"""Keys of everything a service brought and was told that it was taken in: by an offset that has passed it, or by an
acknowledgement."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from bot.telegram.keyboard import ASKS, TAKES_BACK
from tests.kit.slack import SlackServer
from tests.kit.slack.delivery import Ack
from tests.kit.telegram import TelegramServer
from tests.kit.telegram.updates import Update

_LONGEST_KEY = 100


def watch_updates(server: TelegramServer) -> list[dict[str, Any]]:
    """Every update that is confirmed from now on."""
    confirmed: list[dict[str, Any]] = []
    settle = server.updates.settle

    def settling(update_id: int) -> None:
        update: Update | None = server.updates.pending.get(update_id)
        if update is not None:
            confirmed.append(update.body)
        settle(update_id)

    server.updates.settle = settling  # type: ignore[method-assign]
    return confirmed


def keys_on_telegram(confirmed: list[dict[str, Any]]) -> Iterator[str]:
    """Keys under which they are in the inbox."""
    for body in confirmed:
        if "message" in body:
            message = body["message"]
            yield f"telegram:{message['from']['id']}:m{message['message_id']}.{message['date']}"
        elif "callback_query" in body:
            query = body["callback_query"]
            # To ask whether somebody is sure changes nothing.
            if not query["data"].startswith((ASKS, TAKES_BACK)):
                yield f"telegram:{query['from']['id']}:q{query['id']}.{query['data']}"


def keys_on_slack(server: SlackServer) -> Iterator[str]:
    """Keys under which they are in the inbox."""
    for ack in server.acks:
        payload = ack.delivery.payload
        if ack.ok and (key := _key(ack, payload)):
            user = payload["event"]["user"] if ack.delivery.kind == "events_api" else payload["user"]["id"]
            short = key if len(key) <= _LONGEST_KEY else key[0] + hashlib.sha256(key.encode()).hexdigest()
            yield f"slack:{server.team_id}:{user}:{short}"


def _key(ack: Ack, payload: dict[str, Any]) -> str:
    """Nothing for what changes nothing: a window that is opened, or not taken."""
    if ack.delivery.kind == "events_api":
        return f"e{payload['event_id']}" if payload["event"]["type"] == "message" else ""
    if payload["type"] == "view_submission":
        is_taken = (ack.body or {}).get("response_action") == "clear"
        return f"v{payload['view']['id']}.{payload['trigger_id']}" if is_taken else ""
    if payload["type"] == "block_actions":
        action = payload["actions"][0]
        value = action.get("value") or action.get("selected_option", {}).get("value")
        return "" if value.endswith(".form") else f"c{action['action_ts']}.{value}"
    return ""
