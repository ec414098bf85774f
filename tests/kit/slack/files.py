"""files.*, the addresses bytes are posted to and fetched from, and a host of somebody else's."""

from __future__ import annotations

import mimetypes
import secrets
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Literal
from urllib.parse import quote

from tests.kit.slack.chat import bot_message, written
from tests.kit.slack.workspace import ApiError, Body, Workspace

Downloads = Literal["file", "redirect", "wrong_size", "login_page"]
LOGIN_PAGE = "<!DOCTYPE html><html><head><title>Sign in | Slack</title></head><body>Sign in</body></html>"
STUB = {"mode": "file_access", "file_access": "check_file_info", "filetype": "", "pretty_type": ""}


@dataclass
class KeptFile:
    """A file, or the promise of one that is still to be uploaded."""

    id: str
    user_id: str
    name: str
    size: int
    ticket: str = ""
    content: bytes | None = None
    title: str = ""
    conversation_id: str = ""
    is_seen_by_bot: bool = True


def keep_file(workspace: Workspace, user_id: str, content: bytes, name: str) -> KeptFile:
    """A file that a person uploaded."""
    made = KeptFile(workspace.new_id("F"), user_id, name, len(content), content=content, title=name)
    workspace.files[made.id] = made
    return made


def file_object(workspace: Workspace, file: KeptFile) -> Body:
    """The file as messages, views and files.info carry it."""
    extension = PurePosixPath(file.name).suffix.removeprefix(".").lower()
    path, name = f"{workspace.team_id}-{file.id}", quote(file.name)
    return {
        "id": file.id,
        "created": int(workspace.clock.now()),
        "timestamp": int(workspace.clock.now()),
        "name": file.name,
        "title": file.title or file.name,
        "mimetype": mimetypes.guess_type(file.name)[0] or "application/octet-stream",
        "filetype": extension or "binary",
        "pretty_type": extension.upper() or "Binary",
        "user": file.user_id,
        "user_team": workspace.team_id,
        "editable": False,
        "size": file.size,
        "mode": "hosted",
        "is_external": False,
        "external_type": "",
        "is_public": False,
        "public_url_shared": False,
        "display_as_bot": False,
        "username": "",
        "url_private": f"{workspace.url}/files-pri/{path}/{name}",
        "url_private_download": f"{workspace.url}/files-pri/{path}/download/{name}",
        "permalink": f"{workspace.url}/files/{file.user_id}/{file.id}/{name}",
        "permalink_public": f"{workspace.url}/{path}-{secrets.token_hex(5)}",
        "has_rich_preview": False,
        "file_access": "visible",
    }


def file_stub(file: KeptFile) -> Body:
    """What stands for a file the app has to ask files.info about."""
    return {"id": file.id, "created": 0, "timestamp": 0, "name": None, "user": file.user_id, **STUB}


def get_upload_url(workspace: Workspace, arguments: Body) -> Body:
    """files.getUploadURLExternal"""
    length = str(arguments["length"])
    if not length.isdecimal() or int(length) == 0:
        raise ApiError("invalid_arguments", "length must be a number above 0 [json-pointer:/length]")
    name, ticket = str(arguments["filename"]), secrets.token_urlsafe(24)
    made = KeptFile(workspace.new_id("F"), workspace.bot_user_id, name, int(length), ticket)
    workspace.files[made.id] = made
    return {"upload_url": f"{workspace.url}/upload/v1/{ticket}", "file_id": made.id}


def take_upload(workspace: Workspace, ticket: str, content: bytes, token: str | None) -> tuple[int, str]:
    """The bytes posted to an upload address: the status and the words of the answer."""
    if token is not None:
        workspace.complaints.append("a token was sent to an upload address, which wants none")
    file = next((one for one in workspace.files.values() if one.ticket == ticket and ticket), None)
    if file is None:
        return 404, "file_not_found"
    if len(content) != file.size:
        workspace.complaints.append(
            f"{len(content)} bytes of {file.name} came where {file.size} were announced"
        )
        return 400, "file_size_mismatch"
    file.content = content
    return 200, f"OK - {len(content)}"


def complete_upload(workspace: Workspace, arguments: Body) -> Body:
    """files.completeUploadExternal: shared as one message in a channel, or kept private without one."""
    asked = arguments["files"]
    if not isinstance(asked, list) or not asked or not all(isinstance(one, dict) for one in asked):
        raise ApiError("invalid_arguments", "must provide an array of files [json-pointer:/files]")
    files = []
    for one in asked:
        file = workspace.files.get(str(one.get("id")))
        if file is None or file.content is None or not file.ticket:
            raise ApiError("file_not_found")
        file.title = one.get("title") or file.name
        files.append(file)
    channel = str(arguments.get("channel_id") or arguments.get("channels") or "")
    if channel:
        _share(workspace, channel, files, arguments)
    for file in files:
        file.ticket = ""
    return {"files": [file_object(workspace, file) for file in files]}


def info(workspace: Workspace, arguments: Body) -> Body:
    """files.info"""
    return {"file": file_object(workspace, _known(workspace, arguments)), "comments": []}


def delete(workspace: Workspace, arguments: Body) -> Body:
    """files.delete, of files the bot uploaded itself."""
    file = _known(workspace, arguments)
    if file.user_id != workspace.bot_user_id:
        raise ApiError("cant_delete_file")
    del workspace.files[file.id]
    for conversation in workspace.conversations.values():
        for message in conversation.messages.values():
            kept = [one for one in message.get("files", []) if one["id"] != file.id]
            message |= {"files": kept} if "files" in message else {}
    return {}


def served_file(workspace: Workspace, path: str, token: str | None) -> KeptFile | None:
    """The file of an address, for whoever holds the bot's token; None where the login page is what comes."""
    file = workspace.files.get(path.split("/")[0].rpartition("-")[2])
    may_see = token == workspace.bot_token and "files:read" in workspace.scopes
    return file if file is not None and file.content is not None and file.is_seen_by_bot and may_see else None


def _known(workspace: Workspace, arguments: Body) -> KeptFile:
    file = workspace.files.get(str(arguments["file"]))
    if not isinstance(file, KeptFile) or not file.is_seen_by_bot:
        raise ApiError("file_not_found")
    return file


def _share(workspace: Workspace, channel: str, files: list[KeptFile], arguments: Body) -> None:
    conversation = workspace.conversations.get(channel)
    if conversation is None:
        raise ApiError("invalid_channel")
    if not conversation.has_bot:
        raise ApiError("posting_to_channel_denied")
    comment = {"text": arguments.get("initial_comment") or ""}
    if arguments.get("blocks"):
        comment = written(
            workspace, comment | {"blocks": arguments["blocks"]}, "files.completeUploadExternal"
        )
    message = bot_message(workspace) | comment | {"upload": True}
    message["files"] = [file_object(workspace, file) for file in files]
    if arguments.get("thread_ts"):
        message["thread_ts"] = str(arguments["thread_ts"])
    workspace.add_message(conversation, message)
    for file in files:
        file.conversation_id = conversation.id
