"""What an app says about an interaction or a command: in its acknowledgement, or at the response_url."""

from __future__ import annotations

from typing import Any

from tests.kit.slack.chat import add_ephemeral, bot_message, is_true, written
from tests.kit.slack.workspace import ApiError, Body, Conversation, Workspace

LIVES, MOST_USES = 1800, 5


def take_response(workspace: Workspace, name: str, said: Any) -> Body:
    """A post to a response_url; raises ApiError where it is unknown, old or used up, or what is said is wrong."""
    place = workspace.response_urls.get(name)
    if place is None:
        raise ApiError("invalid_url")
    if workspace.clock.now() - place["made_at"] > LIVES:
        raise ApiError("expired_url")
    if place["uses"] >= MOST_USES:
        raise ApiError("used_url")
    if not isinstance(said, dict):
        raise ApiError("invalid_payload")
    place["uses"] += 1
    original = place["message"]
    if original is not None and (
        is_true(said.get("delete_original")) or is_true(said.get("replace_original"))
    ):
        _change(workspace, place["conversation"], original, said)
        return {}
    say(workspace, place["conversation"], place["user_id"], said, "response_url")
    return {}


def say(workspace: Workspace, conversation: Conversation, user_id: str, said: Body, about: str) -> Body:
    """Shows what was said: to that person alone, or to everybody where its response_type is in_channel."""
    if said.get("response_type") not in (None, "ephemeral", "in_channel"):
        raise ApiError("invalid_response_type")
    message = bot_message(workspace) | written(workspace, said, about)
    if said.get("thread_ts"):
        message["thread_ts"] = said["thread_ts"]
    if said.get("response_type") == "in_channel":
        return workspace.add_message(conversation, message)
    return add_ephemeral(workspace, conversation, user_id, message)


def _change(workspace: Workspace, conversation: Conversation, original: Body, said: Body) -> None:
    if is_true(said.get("delete_original")):
        conversation.messages.pop(original["ts"], None)
        conversation.ephemerals = [one for one in conversation.ephemerals if one["ts"] != original["ts"]]
        return
    new = written(workspace, said, "response_url")
    kept = {key: value for key, value in original.items() if key not in ("blocks", "attachments")}
    if original.get("is_ephemeral"):
        shown = [kept | new if one["ts"] == original["ts"] else one for one in conversation.ephemerals]
        conversation.ephemerals = shown
    elif original["ts"] in conversation.messages:
        conversation.messages[original["ts"]] = kept | new
