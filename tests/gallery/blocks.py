"""Slack's blocks as HTML: every type that the bot sends, and no other."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import escape, unescape
from typing import Any

Block = dict[str, Any]

_LINK = re.compile(r"&lt;(https?://[^|]+?)\|(.+?)&gt;")
_BOLD = re.compile(r"(?<!\S)\*([^*\n]+)\*|(?<=\()\*([^*\n]+)\*")
_CODE = re.compile(r"`([^`\n]+)`")


def html_of(blocks: list[Block]) -> str:
    """The blocks one below the other; raises KeyError for a type that nobody has drawn here yet."""
    return "".join(_BLOCKS[block["type"]](block) for block in blocks)


def confirms(blocks: list[Block]) -> Iterator[Block]:
    """The questions that are asked before a button does what it says."""
    for block in blocks:
        for one in [*block.get("elements", []), block.get("accessory", {})]:
            if "confirm" in one:
                yield one["confirm"]


def _text(text: Block) -> str:
    words = text["text"]
    if text["type"] == "plain_text":
        return escape(words)
    # Escaped already by the bot for mrkdwn, which knows three entities only.
    marked = escape(unescape(words))
    marked = _LINK.sub(r'<a href="\1">\2</a>', marked)
    marked = _BOLD.sub(lambda found: f"<b>{found[1] or found[2]}</b>", marked)
    return _CODE.sub(r"<code>\1</code>", marked)


def _section(block: Block) -> str:
    said = f'<div class="sl-words">{_text(block["text"])}</div>' if "text" in block else ""
    fields = "".join(f"<div>{_text(one)}</div>" for one in block.get("fields", []))
    said += f'<div class="sl-fields">{fields}</div>' if fields else ""
    beside = _element(block["accessory"]) if "accessory" in block else ""
    return f'<div class="sl-section">{said}{beside}</div>'


def _context(block: Block) -> str:
    return f'<div class="sl-context">{" ".join(map(_text, block["elements"]))}</div>'


def _actions(block: Block) -> str:
    return f'<div class="sl-actions">{"".join(map(_element, block["elements"]))}</div>'


def _input(block: Block) -> str:
    optional = " <i>(선택 사항)</i>" if block.get("optional") else ""
    hint = f'<div class="sl-context">{_text(block["hint"])}</div>' if "hint" in block else ""
    return f'<div class="sl-input"><b>{_text(block["label"])}{optional}</b>{_element(block["element"])}{hint}</div>'


def _element(one: Block) -> str:
    return _ELEMENTS[one["type"]](one)


def _button(one: Block) -> str:
    return f'<span class="sl-button {one.get("style", "")}">{_text(one["text"])}</span>'


def _box(one: Block) -> str:
    held = one.get("initial_value", "")
    return f'<div class="sl-box {"many" if one.get("multiline") else ""}">{escape(held)}</div>'


def _options(sign: str, chosen: str) -> Callable[[Block], str]:
    def options(one: Block) -> str:
        first = one.get("initial_options", [one.get("initial_option")])
        return "".join(
            f'<div class="sl-option"><i>{chosen if option in first else sign}</i>{_text(option["text"])}</div>'
            for option in one["options"]
        )

    return options


def _select(one: Block) -> str:
    held = _text(one["initial_option"]["text"] if "initial_option" in one else one["placeholder"])
    return f'<div class="sl-box">{held} <i>⌄</i></div>'


def _date(one: Block) -> str:
    return f'<div class="sl-box">📅 {one.get("initial_date", "")}</div>'


def _files(one: Block) -> str:
    return f'<div class="sl-box sl-drop">파일을 끌어다 놓거나 고르기 (최대 {one["max_files"]}개)</div>'


_ELEMENTS: dict[str, Callable[[Block], str]] = {
    "button": _button,
    "plain_text_input": _box,
    "radio_buttons": _options("○", "◉"),
    "checkboxes": _options("☐", "☑"),
    "static_select": _select,
    "datepicker": _date,
    "file_input": _files,
}
_BLOCKS: dict[str, Callable[[Block], str]] = {
    "header": lambda block: f"<h4>{_text(block['text'])}</h4>",
    "section": _section,
    "context": _context,
    "actions": _actions,
    "divider": lambda _: "<hr>",
    "input": _input,
}
