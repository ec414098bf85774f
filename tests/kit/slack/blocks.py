"""Blocks and views as the real API checks them: what is wrong, and the ids it fills in."""

from __future__ import annotations

import copy
import secrets
from collections.abc import Iterator
from typing import Any

from tests.kit.slack.checks import (
    Check,
    Report,
    Surface,
    anything,
    array,
    boolean,
    by_type,
    shape,
    string,
    text,
)
from tests.kit.slack.elements import (
    ADDRESS,
    ANY_TEXT,
    ELEMENTS,
    IN_ACTIONS,
    IN_INPUT,
    IN_SECTION,
    element,
)

Block = dict[str, Any]

MOST_BLOCKS: dict[Surface, int] = {"message": 50, "modal": 100, "home": 100}
BUDGET, BLOCK_COSTS = 13_420, 125
"""A message's blocks hold so many characters together, each block costing some; undocumented, as measured in
slackapi/bolt-js#2509 and #2867."""


def _text_or_fields(report: Report, block: Any, path: str) -> None:
    if "text" not in block and "fields" not in block:
        report.add("missing required field: text", path)


def _files_in_modals_only(report: Report, block: Any, path: str) -> None:
    if block["element"]["type"] == "file_input" and report.surface != "modal":
        report.add("unsupported type: file_input", f"{path}/element/type")


def _in_messages_only(report: Report, block: Any, path: str) -> None:
    if report.surface != "message":
        report.add(f"unsupported type: {block['type']}", f"{path}/type")


ID: dict[str, Check] = {"block_id": string(255)}
IN_CONTEXT = {kind: text(3000, kind) for kind in ANY_TEXT} | {"image": ELEMENTS["image"]}

BLOCKS: dict[str, Check] = {
    "section": shape(
        {},
        ID
        | {
            "text": text(3000, *ANY_TEXT),
            "fields": array(text(2000, *ANY_TEXT), 10),
            "accessory": element(IN_SECTION),
            "expand": boolean,
        },
        _text_or_fields,
    ),
    "divider": shape({}, ID),
    "header": shape({"text": text(150)}, ID),
    "image": shape(
        {"alt_text": string(2000)}, ID | {"image_url": ADDRESS, "slack_file": anything, "title": text(2000)}
    ),
    "actions": shape({"elements": array(element(IN_ACTIONS), 25)}, ID),
    "context": shape({"elements": array(by_type(IN_CONTEXT), 10)}, ID),
    "input": shape(
        {"label": text(2000), "element": element(IN_INPUT)},
        ID | {"hint": text(2000), "optional": boolean, "dispatch_action": boolean},
        _files_in_modals_only,
    ),
    "rich_text": shape({"elements": array(anything, 100)}, ID),
    "markdown": shape({"text": string(12000)}, ID, _in_messages_only),
}

ANY_VIEW: dict[str, Check] = {
    "private_metadata": string(3000, 0),
    "callback_id": string(255, 0),
    "external_id": string(255, 0),
}


def _input_wants_submit(report: Report, view: Any, path: str) -> None:
    if "submit" not in view and any(block["type"] == "input" for block in view["blocks"]):
        report.add("missing required field: submit (the view has input blocks)", path)


def _view(surface: Surface) -> Check:
    blocks = array(by_type(BLOCKS), MOST_BLOCKS[surface], 0)
    if surface == "home":
        return shape({"blocks": blocks}, ANY_VIEW)
    own: dict[str, Check] = {
        "submit": text(24),
        "close": text(24),
        "clear_on_close": boolean,
        "notify_on_close": boolean,
    }
    return shape({"title": text(24), "blocks": blocks}, ANY_VIEW | own, _input_wants_submit)


MESSAGE_BLOCKS = array(by_type(BLOCKS), MOST_BLOCKS["message"], 0)
VIEWS: dict[Surface, Check] = {"modal": _view("modal"), "home": _view("home")}


def check_message(blocks: Any) -> list[str]:
    """What is wrong with a message's blocks."""
    report = Report("message")
    MESSAGE_BLOCKS(report, blocks, "/blocks")
    if not report.errors:
        _check_ids(report, blocks, "/blocks")
    return report.errors


def check_view(view: Any, allowed: Surface) -> list[str]:
    """What is wrong with a view that is to be shown as a modal or at home."""
    report = Report(allowed)
    by_type({"modal": VIEWS["modal"], "home": VIEWS["home"]}, [allowed])(report, view, "/view")
    if not report.errors:
        _check_ids(report, view["blocks"], "/view/blocks")
    return report.errors


def elements_of(block: Block) -> list[Block]:
    """The interactive elements of a block."""
    single = [block[name] for name in ("accessory", "element") if name in block]
    several = block["elements"] if block["type"] == "actions" else []
    return [one for one in [*single, *several] if one["type"] != "image"]


def repeated_actions(blocks: list[Block]) -> set[str]:
    """action_ids that stand in more than one block; inputs are told apart by their block."""
    seen: set[str] = set()
    twice: set[str] = set()
    for block in blocks:
        names = {one["action_id"] for one in elements_of(block) if "action_id" in one}
        if block["type"] != "input":
            twice |= seen & names
            seen |= names
    return twice


def size_in_message(blocks: list[Block]) -> int:
    """How much of a message's budget its blocks take."""
    return sum(len(part) for part in _texts(blocks)) + BLOCK_COSTS * len(blocks)


def with_ids(blocks: list[Block]) -> list[Block]:
    """A copy in which every block and element has an id, as the API answers."""
    named = copy.deepcopy(blocks)
    for block in named:
        block.setdefault("block_id", secrets.token_urlsafe(4)[:5])
        for one in elements_of(block):
            one.setdefault("action_id", secrets.token_urlsafe(4)[:5])
    return named


def _check_ids(report: Report, blocks: list[Block], path: str) -> None:
    block_ids: set[str] = set()
    focused = 0
    for index, block in enumerate(blocks):
        if "block_id" in block and block["block_id"] in block_ids:
            report.add(f"block_id `{block['block_id']}` already exists", f"{path}/{index}/block_id")
        block_ids.add(block.get("block_id", ""))
        action_ids = [one["action_id"] for one in elements_of(block) if "action_id" in one]
        for name in sorted({name for name in action_ids if action_ids.count(name) > 1}):
            report.add(f"action_id `{name}` already exists", f"{path}/{index}")
        focused += sum(bool(one.get("focus_on_load")) for one in elements_of(block))
    if focused > 1:
        report.add("only one element can have focus_on_load set to true", path)


def _texts(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        if isinstance(part.get("text"), str):
            yield part["text"]
        for inner in part.values():
            yield from _texts(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from _texts(inner)
