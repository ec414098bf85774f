"""views.*, and what the answer to a submission does to the modals that are open."""

from __future__ import annotations

import json
import secrets
from typing import Any

from tests.kit.slack.blocks import check_view, elements_of, with_ids
from tests.kit.slack.checks import Surface
from tests.kit.slack.workspace import ApiError, Body, Trigger, Workspace

LARGEST_VIEW = 250_000
MOST_STACKED = 3


def open_one(workspace: Workspace, arguments: Body) -> Body:
    """views.open"""
    view = _checked(workspace, arguments["view"], "modal")
    trigger = _exchanged(workspace, arguments)
    made = _stored(workspace, view, None)
    workspace.modals[trigger.user_id] = [made]
    return {"view": made}


def push(workspace: Workspace, arguments: Body) -> Body:
    """views.push, onto the modal in which the trigger was pulled."""
    view = _checked(workspace, arguments["view"], "modal")
    trigger = _exchanged(workspace, arguments)
    stack = workspace.modals.get(trigger.user_id, [])
    if trigger.view_id not in [one["id"] for one in stack]:
        raise ApiError("not_found")
    return {"view": _pushed(workspace, stack, view)}


def update(workspace: Workspace, arguments: Body) -> Body:
    """views.update, of a modal that is still open."""
    if bool(arguments.get("view_id")) == bool(arguments.get("external_id")):
        raise ApiError("invalid_arguments", "must provide exactly one of `view_id` and `external_id`")
    name = "view_id" if arguments.get("view_id") else "external_id"
    for stack in workspace.modals.values():
        for index, old in enumerate(stack):
            if old[name.removeprefix("view_")] == arguments[name]:
                _same_hash(arguments, old)
                view = _checked(workspace, arguments["view"], "modal", old)
                stack[index] = _stored(workspace, view, old)
                return {"view": stack[index]}
    raise ApiError("not_found")


def publish(workspace: Workspace, arguments: Body) -> Body:
    """views.publish"""
    user = workspace.user(str(arguments["user_id"]))
    if user["is_bot"] or user["deleted"]:
        raise ApiError("user_not_found")
    old = workspace.homes.get(user["id"])
    if old is not None:
        _same_hash(arguments, old)
    view = _checked(workspace, arguments["view"], "home", old)
    workspace.homes[user["id"]] = _stored(workspace, view, old) | {"drawn_at": workspace.next_ts()}
    return {"view": seen_view(workspace.homes[user["id"]])}


def respond(workspace: Workspace, user_id: str, response: Any) -> dict[str, str]:
    """Does what the acknowledgement of a submission says; returns errors by block, raises ApiError for nonsense."""
    stack = workspace.modals[user_id]
    if not response:
        stack.pop()
        return {}
    if not isinstance(response, dict):
        raise ApiError("invalid_response_action")
    action = response.get("response_action")
    if action == "errors":
        return _errors(stack[-1], response.get("errors"))
    if action == "clear":
        stack.clear()
    elif action == "update":
        view = _checked(workspace, response.get("view"), "modal", stack[-1])
        stack[-1] = _stored(workspace, view, stack[-1])
    elif action == "push":
        _pushed(workspace, stack, _checked(workspace, response.get("view"), "modal"))
    else:
        raise ApiError("invalid_response_action")
    return {}


def seen_view(view: Body) -> Body:
    """The view as payloads and answers carry it."""
    return {key: value for key, value in view.items() if key != "drawn_at"}


def _exchanged(workspace: Workspace, arguments: Body) -> Trigger:
    if not arguments.get("trigger_id"):
        raise ApiError("invalid_arguments", "missing required field: trigger_id")
    return workspace.exchange(arguments["trigger_id"])


def _checked(workspace: Workspace, view: Any, surface: Surface, old: Body | None = None) -> Body:
    errors = check_view(view, surface)
    if errors:
        raise ApiError("invalid_arguments", *errors)
    if len(json.dumps(view, ensure_ascii=False).encode()) > LARGEST_VIEW:
        raise ApiError("view_too_large")
    if view.get("external_id"):
        others = [*(one for stack in workspace.modals.values() for one in stack), *workspace.homes.values()]
        if view["external_id"] in {
            one["external_id"] for one in others if old is None or one["id"] != old["id"]
        }:
            raise ApiError("duplicate_external_id")
    asks_files = any(one["type"] == "file_input" for block in view["blocks"] for one in elements_of(block))
    if asks_files:
        workspace.needs("files:read")
    return dict(view)


def _same_hash(arguments: Body, old: Body) -> None:
    if arguments.get("hash") and arguments["hash"] != old["hash"]:
        raise ApiError("hash_conflict")


def _pushed(workspace: Workspace, stack: list[Body], view: Body) -> Body:
    if len(stack) >= MOST_STACKED:
        raise ApiError("push_limit_reached")
    made = _stored(workspace, view, None)
    made |= {"previous_view_id": stack[-1]["id"], "root_view_id": stack[-1]["root_view_id"]}
    stack.append(made)
    return made


def _stored(workspace: Workspace, view: Body, old: Body | None) -> Body:
    """The view with all the real one carries; a new drawing of an old one keeps its place."""
    view_id = old["id"] if old else workspace.new_id("V")
    stored: Body = {
        "id": view_id,
        "team_id": workspace.team_id,
        "type": view["type"],
        "blocks": with_ids(view["blocks"]),
        "private_metadata": view.get("private_metadata", ""),
        "callback_id": view.get("callback_id", ""),
        "state": {"values": {}},
        "hash": f"{int(workspace.clock.now())}.{secrets.token_hex(4)}",
        "title": view.get("title", {"type": "plain_text", "text": "View Title", "emoji": True}),
        "clear_on_close": view.get("clear_on_close", False),
        "notify_on_close": view.get("notify_on_close", False),
        "close": view.get("close"),
        "submit": view.get("submit"),
        "previous_view_id": old["previous_view_id"] if old else None,
        "root_view_id": old["root_view_id"] if old else view_id,
        "app_id": workspace.app_id,
        "external_id": view.get("external_id", ""),
        "app_installed_team_id": workspace.team_id,
        "bot_id": workspace.bot_id,
    }
    return stored


def _errors(view: Body, errors: Any) -> dict[str, str]:
    inputs = {block["block_id"] for block in view["blocks"] if block["type"] == "input"}
    if not isinstance(errors, dict) or not errors or not set(errors) <= inputs:
        raise ApiError("invalid_response_action", f"errors {errors!r} beside input blocks {sorted(inputs)}")
    if not all(isinstance(text, str) and text for text in errors.values()):
        raise ApiError("invalid_response_action", f"errors {errors!r}")
    return errors
