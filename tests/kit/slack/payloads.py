"""What Slack sends an app, in its full shape: events, interactions and commands."""

from __future__ import annotations

import re
import secrets
import uuid
from typing import Any

from tests.kit.slack.views import seen_view
from tests.kit.slack.workspace import Body, Conversation, Workspace

ADDRESS = re.compile(r"https?://[^\s<>|]+")


def escaped(text: str) -> str:
    """Text as Slack passes on what a person typed: its three special signs escaped, addresses marked."""
    for sign, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;")):
        text = text.replace(sign, entity)
    return ADDRESS.sub(r"<\g<0>>", text)


def event_callback(workspace: Workspace, event: Body) -> Body:
    """An event in its envelope."""
    return {
        "token": workspace.verification_token,
        "team_id": workspace.team_id,
        "context_team_id": workspace.team_id,
        "context_enterprise_id": None,
        "api_app_id": workspace.app_id,
        "event": event,
        "type": "event_callback",
        "event_id": workspace.new_id("Ev"),
        "event_time": int(workspace.clock.now()),
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": workspace.team_id,
                "user_id": workspace.bot_user_id,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": False,
        "event_context": f"4-{secrets.token_urlsafe(40)}",
    }


def typed_message(workspace: Workspace, user: Body, text: str) -> Body:
    """What a person typed, before it stands in a conversation."""
    typed = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
    rich_text = {"type": "rich_text", "block_id": secrets.token_urlsafe(4)[:5], "elements": [typed]}
    message = {
        "user": user["id"],
        "client_msg_id": str(uuid.uuid4()),
        "text": escaped(text),
        "team": user["team_id"],
    }
    if user["is_bot"]:
        message["bot_id"] = f"B{user['id'][1:]}"
    if user["team_id"] != workspace.team_id:
        message |= {"user_team": user["team_id"], "source_team": user["team_id"]}
    return message | ({"blocks": [rich_text]} if text else {})


def message_event(conversation: Conversation, message: Body) -> Body:
    """message.im or message.channels"""
    kind = "im" if conversation.is_direct else "channel"
    return message | {"channel": conversation.id, "event_ts": message["ts"], "channel_type": kind}


def app_mention(conversation: Conversation, message: Body) -> Body:
    return message | {"type": "app_mention", "channel": conversation.id, "event_ts": message["ts"]}


def app_home_opened(workspace: Workspace, user_id: str, tab: str) -> Body:
    event: Body = {
        "type": "app_home_opened",
        "user": user_id,
        "channel": workspace.direct_message(user_id).id,
        "tab": tab,
        "event_ts": workspace.next_ts(),
    }
    if tab == "home" and user_id in workspace.homes:
        event["view"] = seen_view(workspace.homes[user_id])
    return event


def user_change(workspace: Workspace, user: Body) -> Body:
    now = int(workspace.clock.now())
    return {"type": "user_change", "user": user, "cache_ts": now, "event_ts": workspace.next_ts()}


def interaction(workspace: Workspace, kind: str, user: Body, view_id: str = "") -> Body:
    """What every interaction carries, with a trigger to answer it by."""
    return {
        "type": kind,
        "user": {
            "id": user["id"],
            "username": user["name"],
            "name": user["name"],
            "team_id": user["team_id"],
        },
        "api_app_id": workspace.app_id,
        "token": workspace.verification_token,
        "trigger_id": workspace.new_trigger(user["id"], view_id),
        "team": {"id": workspace.team_id, "domain": workspace.domain},
        "enterprise": None,
        "is_enterprise_install": False,
    }


def in_message(workspace: Workspace, conversation: Conversation, message: Body, user_id: str) -> Body:
    """Where a click in a message happened."""
    is_ephemeral = bool(message.get("is_ephemeral"))
    container: Body = {
        "type": "message",
        "message_ts": message["ts"],
        "channel_id": conversation.id,
        "is_ephemeral": is_ephemeral,
    }
    if "thread_ts" in message:
        container["thread_ts"] = message["thread_ts"]
    place: Body = {
        "container": container,
        "channel": {"id": conversation.id, "name": conversation.name},
        "response_url": response_url(workspace, conversation, user_id, message),
        "state": {"values": {}},
    }
    return place if is_ephemeral else place | {"message": shown_to_app(message)}


def in_view(view: Body, values: Body) -> Body:
    """Where a click in a modal or at home happened, with what its fields hold."""
    shown = seen_view(view) | {"state": {"values": values}}
    return {"container": {"type": "view", "view_id": view["id"]}, "view": shown}


def message_action(
    workspace: Workspace, user: Body, callback_id: str, conversation: Conversation, message: Body
) -> Body:
    """A shortcut used on a message."""
    return interaction(workspace, "message_action", user) | {
        "callback_id": callback_id,
        "action_ts": workspace.next_ts(),
        "message_ts": message["ts"],
        "message": shown_to_app(message),
        "channel": {"id": conversation.id, "name": conversation.name},
        "response_url": response_url(workspace, conversation, user["id"], message),
    }


def slash_command(
    workspace: Workspace, user: Body, conversation: Conversation, command: str, text: str
) -> Body:
    return {
        "token": workspace.verification_token,
        "team_id": workspace.team_id,
        "team_domain": workspace.domain,
        "channel_id": conversation.id,
        "channel_name": conversation.name,
        "user_id": user["id"],
        "user_name": user["name"],
        "command": command,
        "text": text,
        "api_app_id": workspace.app_id,
        "is_enterprise_install": "false",
        "response_url": response_url(workspace, conversation, user["id"], None),
        "trigger_id": workspace.new_trigger(user["id"]),
    }


def response_url(workspace: Workspace, conversation: Conversation, user_id: str, message: Body | None) -> str:
    """An address that takes five answers within half an hour."""
    name = secrets.token_urlsafe(18)
    workspace.response_urls[name] = {
        "conversation": conversation,
        "user_id": user_id,
        "message": message,
        "made_at": workspace.clock.now(),
        "uses": 0,
    }
    return f"{workspace.url}/actions/{workspace.team_id}/{name}"


def shown_to_app(message: Body) -> Body:
    """A message as it comes along with an interaction: without its metadata."""
    return {key: value for key, value in message.items() if key != "metadata"}


def pressed(element: Body, block_id: str, action_ts: str, picked: Any) -> Body:
    """One entry of `actions`: a button, or an option of a menu."""
    action: Body = {"type": element["type"], "action_id": element["action_id"], "block_id": block_id}
    for name in ("text", "value", "style", "placeholder", "confirm"):
        if name in element:
            action[name] = element[name]
    if element["type"] == "checkboxes" or element["type"].startswith("multi_"):
        action["selected_options"] = [picked]
    elif element["type"] != "button":
        action["selected_option"] = picked
    return action | {"action_ts": action_ts}
