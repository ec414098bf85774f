"""conversations.*: opening, describing and reading back."""

from __future__ import annotations

from typing import Any

from tests.kit.slack.chat import is_true
from tests.kit.slack.workspace import ApiError, Body, Conversation, Workspace


def open_one(workspace: Workspace, arguments: Body) -> Body:
    """conversations.open, for one person or a conversation that is known."""
    if arguments.get("channel"):
        conversation = workspace.conversation(str(arguments["channel"]))
        if not conversation.is_direct:
            raise ApiError("method_not_supported_for_channel_type")
        return _opened(workspace, conversation, arguments, True)
    users = arguments.get("users") or ""
    names = users if isinstance(users, list) else [name for name in str(users).split(",") if name]
    if not names:
        raise ApiError("users_list_not_supplied")
    if len(names) > 1:
        raise ApiError("missing_scope", needed="mpim:write", provided=",".join(sorted(workspace.scopes)))
    user = workspace.user(str(names[0]))
    if user["deleted"]:
        raise ApiError("user_disabled")
    if user["is_bot"]:
        raise ApiError("cannot_dm_bot")
    known = len(workspace.conversations)
    conversation = workspace.direct_message(user["id"])
    return _opened(workspace, conversation, arguments, len(workspace.conversations) == known)


def info(workspace: Workspace, arguments: Body) -> Body:
    """conversations.info"""
    conversation = workspace.conversation(str(arguments["channel"]))
    workspace.needs("im:read" if conversation.is_direct else "channels:read")
    return {"channel": described(workspace, conversation)}


def history(workspace: Workspace, arguments: Body) -> Body:
    """conversations.history: newest first, without what stands only in threads."""
    conversation = _readable(workspace, arguments)
    top = [one for one in conversation.messages.values() if _is_on_top(one)]
    return _page(arguments, [one for one in reversed(top) if _is_within(arguments, one)])


def replies(workspace: Workspace, arguments: Body) -> Body:
    """conversations.replies: the message and what stands under it, oldest first."""
    conversation = _readable(workspace, arguments)
    parent = conversation.messages.get(str(arguments["ts"]))
    if parent is None:
        raise ApiError("thread_not_found")
    thread = parent.get("thread_ts", parent["ts"])
    under = [one for one in conversation.messages.values() if one.get("thread_ts", one["ts"]) == thread]
    kept = [one for one in under if one["ts"] == thread or _is_within(arguments, one)]
    return _page(arguments, kept)


def described(workspace: Workspace, conversation: Conversation) -> Body:
    """The conversation as conversations.info answers it."""
    common: Body = {
        "id": conversation.id,
        "created": 1_700_000_000,
        "is_archived": False,
        "is_im": conversation.is_direct,
        "is_org_shared": False,
        "context_team_id": workspace.team_id,
    }
    if conversation.is_direct:
        user = workspace.users[conversation.user_id]
        return common | {"user": conversation.user_id, "is_user_deleted": user["deleted"], "is_open": True}
    return common | {
        "name": conversation.name,
        "is_channel": True,
        "is_group": False,
        "is_private": False,
        "is_member": conversation.has_bot,
    }


def _opened(workspace: Workspace, conversation: Conversation, arguments: Body, was_open: bool) -> Body:
    full = described(workspace, conversation) if is_true(arguments.get("return_im")) else {}
    answer: Body = {"channel": full | {"id": conversation.id}}
    return answer | ({"no_op": True, "already_open": True} if was_open else {})


def _readable(workspace: Workspace, arguments: Body) -> Conversation:
    conversation = workspace.conversation(str(arguments["channel"]))
    workspace.needs("im:history" if conversation.is_direct else "channels:history")
    if not conversation.has_bot:
        raise ApiError("not_in_channel")
    return conversation


def _is_on_top(message: Body) -> bool:
    in_thread_only = "thread_ts" in message and message["thread_ts"] != message["ts"]
    return not in_thread_only or message.get("subtype") == "thread_broadcast"


def _is_within(arguments: Body, message: Body) -> bool:
    """Between oldest and latest, both left out unless `inclusive`."""
    ts, ends = _instant(message["ts"]), is_true(arguments.get("inclusive"))
    oldest, latest = (
        _instant(arguments.get("oldest") or "0"),
        _instant(arguments.get("latest") or "9999999999"),
    )
    return oldest < ts < latest or (ends and ts in (oldest, latest))


def _instant(ts: Any) -> tuple[int, int]:
    seconds, _, fraction = str(ts).partition(".")
    if not seconds.isdecimal() or not (fraction or "0").isdecimal():
        raise ApiError("invalid_arguments", f"invalid timestamp {ts}")
    return int(seconds), int(fraction.ljust(6, "0") or 0)


def _page(arguments: Body, messages: list[Body]) -> Body:
    limit, start = _whole(arguments.get("limit") or 100), 0
    if not 1 <= limit <= 1000:
        raise ApiError("invalid_limit")
    if arguments.get("cursor"):
        cursor = str(arguments["cursor"]).removeprefix("next:")
        if not cursor.isdecimal():
            raise ApiError("invalid_cursor")
        start = int(cursor)
    wants_metadata = is_true(arguments.get("include_all_metadata"))
    shown = [_seen(one, wants_metadata) for one in messages[start : start + limit]]
    has_more = start + limit < len(messages)
    cursor = f"next:{start + limit}" if has_more else ""
    return {"messages": shown, "has_more": has_more, "response_metadata": {"next_cursor": cursor}}


def _seen(message: Body, wants_metadata: bool) -> Body:
    return {key: value for key, value in message.items() if wants_metadata or key != "metadata"}


def _whole(value: Any) -> int:
    if not str(value).isdecimal():
        raise ApiError("invalid_limit")
    return int(value)
