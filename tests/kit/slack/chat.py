"""chat.* and the messages it makes."""

from __future__ import annotations

from typing import Any

from tests.kit.slack.blocks import BUDGET, check_message, repeated_actions, size_in_message, with_ids
from tests.kit.slack.workspace import ApiError, Body, Conversation, Workspace

LONGEST_POST, LONGEST_UPDATE = 40_000, 4_000


def post(workspace: Workspace, arguments: Body) -> Body:
    """chat.postMessage; a person's id opens their direct message and answers with its id."""
    conversation = reachable(workspace, str(arguments["channel"]))
    message = _written(workspace, arguments, LONGEST_POST, "chat.postMessage")
    if arguments.get("thread_ts"):
        message["thread_ts"] = str(arguments["thread_ts"])
        if is_true(arguments.get("reply_broadcast")):
            message["subtype"] = "thread_broadcast"
    if "metadata" in arguments:
        message["metadata"] = _metadata(arguments["metadata"])
    message = workspace.add_message(conversation, bot_message(workspace) | message)
    _echo(workspace, conversation, message)
    return {"channel": conversation.id, "ts": message["ts"], "message": message}


def update(workspace: Workspace, arguments: Body) -> Body:
    """chat.update; blocks left out stay unless there is a text, metadata left out stays."""
    conversation = workspace.conversation(str(arguments["channel"]))
    before = _of_the_bot(workspace, conversation, arguments, "cant_update_message")
    if "text" in arguments or "blocks" in arguments or "attachments" in arguments:
        written = _written(workspace, arguments, LONGEST_UPDATE, "chat.update")
    else:
        raise ApiError("no_text")
    after = {key: value for key, value in before.items() if key != "blocks" or "text" not in arguments}
    after |= written
    if "blocks" not in arguments:
        after["edited"] = {"user": workspace.bot_user_id, "ts": workspace.next_ts()}
    if "metadata" in arguments:
        after["metadata"] = _metadata(arguments["metadata"]) if arguments["metadata"] else {}
    conversation.messages[before["ts"]] = after
    _echo(workspace, conversation, after, before)
    return {"channel": conversation.id, "ts": after["ts"], "text": after.get("text", ""), "message": after}


def delete(workspace: Workspace, arguments: Body) -> Body:
    """chat.delete"""
    conversation = workspace.conversation(str(arguments["channel"]))
    message = _of_the_bot(workspace, conversation, arguments, "cant_delete_message")
    del conversation.messages[message["ts"]]
    return {"channel": conversation.id, "ts": message["ts"]}


def post_ephemeral(workspace: Workspace, arguments: Body) -> Body:
    """chat.postEphemeral"""
    conversation = reachable(workspace, str(arguments["channel"]))
    user_id = str(arguments["user"])
    if user_id not in workspace.users or conversation.user_id not in ("", user_id):
        raise ApiError("user_not_in_channel")
    message = bot_message(workspace) | _written(workspace, arguments, LONGEST_POST, "chat.postEphemeral")
    return {"message_ts": add_ephemeral(workspace, conversation, user_id, message)["ts"]}


def add_ephemeral(workspace: Workspace, conversation: Conversation, user_id: str, message: Body) -> Body:
    """Shows a message to one person alone."""
    shown = {"type": "message", **message, "ts": workspace.next_ts(), "is_ephemeral": True, "to": user_id}
    conversation.ephemerals.append(shown)
    return shown


def bot_message(workspace: Workspace) -> Body:
    """What every message of the bot says about its sender."""
    return {
        "user": workspace.bot_user_id,
        "bot_id": workspace.bot_id,
        "app_id": workspace.app_id,
        "bot_profile": workspace.bot_profile(),
    }


def reachable(workspace: Workspace, channel: str) -> Conversation:
    """The conversation the bot may post to; raises ApiError."""
    if channel[:1] in ("U", "W"):
        user = workspace.users.get(channel)
        if user is None or user.get("is_stranger"):
            raise ApiError("channel_not_found")
        if user["is_bot"]:
            raise ApiError("cannot_dm_bot")
        conversation = workspace.direct_message(channel)
    else:
        conversation = workspace.conversation(channel)
    if not conversation.has_bot:
        raise ApiError("not_in_channel")
    if conversation.is_direct and not workspace.messages_tab_enabled:
        raise ApiError("messages_tab_disabled")
    return conversation


def written(workspace: Workspace, arguments: Body, about: str) -> Body:
    """Text and blocks as they will stand, for those who write without chat.*; raises ApiError."""
    return _written(workspace, arguments, LONGEST_POST, about)


def is_true(value: Any) -> bool:
    """A boolean argument, which forms carry as a word."""
    return value in (True, 1, "1", "true", "True")


def _written(workspace: Workspace, arguments: Body, longest: int, about: str) -> Body:
    text, blocks = arguments.get("text") or "", arguments.get("blocks")
    if not isinstance(text, str):
        raise ApiError("invalid_arguments", "must provide a string [json-pointer:/text]")
    if not text and not blocks and not arguments.get("attachments"):
        raise ApiError("no_text")
    if len(text) > longest:
        raise ApiError("msg_too_long")
    message: Body = {"text": text}
    if arguments.get("attachments"):
        message["attachments"] = arguments["attachments"]
    if blocks is not None:
        message["blocks"] = _checked(workspace, blocks, about)
        if blocks and not text:
            workspace.complaints.append(f"{about}: blocks without a text to fall back on")
    return message


def _checked(workspace: Workspace, blocks: Any, about: str) -> list[Body]:
    if not isinstance(blocks, list):
        raise ApiError("invalid_blocks_format")
    errors = check_message(blocks)
    if errors:
        raise ApiError("invalid_blocks", *errors, errors=errors)
    if size_in_message(blocks) > BUDGET:
        raise ApiError("msg_blocks_too_long")
    for name in sorted(repeated_actions(blocks)):
        workspace.complaints.append(f"{about}: action_id {name!r} stands in more than one block")
    return with_ids(blocks)


def _metadata(metadata: Any) -> Body:
    if not isinstance(metadata, dict) or not {"event_type", "event_payload"} >= set(metadata):
        raise ApiError("invalid_metadata_format")
    if not isinstance(metadata.get("event_type"), str) or not metadata["event_type"]:
        raise ApiError("invalid_metadata_format")
    if not isinstance(metadata.get("event_payload"), dict):
        raise ApiError("invalid_metadata_format")
    return metadata


def _of_the_bot(workspace: Workspace, conversation: Conversation, arguments: Body, otherwise: str) -> Body:
    message = conversation.messages.get(str(arguments["ts"]))
    if message is None:
        raise ApiError("message_not_found")
    if message["user"] != workspace.bot_user_id:
        raise ApiError(otherwise)
    return message


def _echo(
    workspace: Workspace, conversation: Conversation, message: Body, before: Body | None = None
) -> None:
    if not workspace.echoes_bot_messages or not conversation.is_direct:
        return
    place = {"channel": conversation.id, "channel_type": "im"}
    if before is None:
        event = message | place | {"event_ts": message["ts"]}
    else:
        ts = workspace.next_ts()
        changed = {"type": "message", "subtype": "message_changed", "message": message}
        event = changed | place | {"previous_message": before, "hidden": True, "ts": ts, "event_ts": ts}
    workspace.announce(event)
