"""The methods of the Web API: who answers, what the bot has to be granted, and how often it may be called."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.kit.slack import chat, conversations, files, users, views
from tests.kit.slack.workspace import Body, Workspace


@dataclass(frozen=True)
class Method:
    answer: Callable[[Workspace, Body], Body]
    needs: tuple[str, ...] = ()
    """Arguments it cannot do without."""
    scope: str = ""
    tier: int | None = None
    takes_json: bool = True
    """Methods that only read take forms and queries alone, and overlook a JSON body."""


def auth_test(workspace: Workspace, arguments: Body) -> Body:
    """auth.test"""
    return {
        "url": f"https://{workspace.domain}.slack.com/",
        "team": workspace.domain,
        "user": workspace.bot_name,
        "team_id": workspace.team_id,
        "user_id": workspace.bot_user_id,
        "bot_id": workspace.bot_id,
        "is_enterprise_install": False,
    }


METHODS: dict[str, Method] = {
    "auth.test": Method(auth_test),
    "chat.postMessage": Method(chat.post, ("channel",), "chat:write"),
    "chat.update": Method(chat.update, ("channel", "ts"), "chat:write", 3),
    "chat.delete": Method(chat.delete, ("channel", "ts"), "chat:write", 3),
    "chat.postEphemeral": Method(chat.post_ephemeral, ("channel", "user"), "chat:write", 4),
    "conversations.open": Method(conversations.open_one, (), "im:write", 3),
    "conversations.info": Method(conversations.info, ("channel",), "", 3, False),
    "conversations.history": Method(conversations.history, ("channel",), "", 3, False),
    "conversations.replies": Method(conversations.replies, ("channel", "ts"), "", 3, False),
    "users.info": Method(users.info, ("user",), "users:read", 4, False),
    "users.list": Method(users.everybody, (), "users:read", 2, False),
    "users.lookupByEmail": Method(users.lookup_by_email, ("email",), "users:read.email", 3, False),
    "views.open": Method(views.open_one, ("view",), "", 4),
    "views.push": Method(views.push, ("view",), "", 4),
    "views.update": Method(views.update, ("view",), "", 4),
    "views.publish": Method(views.publish, ("user_id", "view"), "", 4),
    "files.getUploadURLExternal": Method(
        files.get_upload_url, ("filename", "length"), "files:write", 4, False
    ),
    "files.completeUploadExternal": Method(files.complete_upload, ("files",), "files:write", 4),
    "files.info": Method(files.info, ("file",), "files:read", 4, False),
    "files.delete": Method(files.delete, ("file",), "files:write", 3),
}
