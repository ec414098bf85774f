"""Makes a message fit: so many blocks, so many characters in all of them, and the text for where none are shown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from bot.slack.buttons import NAMED
from bot.slack.limits import BLOCK_COST, BUTTON_SHOWS, CONTEXT, MESSAGE_BLOCKS, MESSAGE_SIZE, MESSAGE_TEXT
from bot.slack.text import Block, cut, escape, plain, width
from models.words import Translator, say

_WORTH_SHOWING = 100
"""Characters of a text that is cut short."""
_LINK = re.compile(r"<(https?://[^|>]+)\|([^>]+)>")


def fit(drawn: list[Block], translate: Translator) -> list[Block]:
    """The blocks as a message takes them. Where they are too many, the last text that fits is cut, what comes
    after it goes, and it is said where all of it is; the buttons at the end stay: what can be done is not cut off."""
    size = sum(map(_size, drawn))
    if len(drawn) <= MESSAGE_BLOCKS and size <= MESSAGE_SIZE:
        return drawn
    end = len(drawn)
    while end and drawn[end - 1]["type"] == "actions":
        end -= 1
    words = translate(say("내용이 길어 여기까지만 보여 드립니다. 전체는 웹 메신저에서 보실 수 있습니다."))
    told: Block = {"type": "context", "elements": [plain(words, CONTEXT)]}
    rest = [told, *drawn[end:][: MESSAGE_BLOCKS // 2]]
    room = MESSAGE_SIZE - sum(map(_size, rest))
    return [*_beginning(drawn[:end], MESSAGE_BLOCKS - len(rest), room), *rest]


def _beginning(drawn: Sequence[Block], most: int, room: int) -> Iterator[Block]:
    for block in drawn[:most]:
        room -= _size(block)
        if room < 0:
            left = room + _size(block) - BLOCK_COST
            if "text" in block and left >= _WORTH_SHOWING:
                yield block | {"text": plain(_unprinted(block["text"]), left)}
            return
        yield block


def fallback(drawn: Sequence[Block]) -> str:
    """What the blocks say, in one text."""
    said = "\n".join(words for block in drawn for words in _said(block))
    most = MESSAGE_TEXT
    while len(text := escape(cut(said, most))) > MESSAGE_TEXT:
        most = most * 3 // 4
    return text or "-"


def _size(block: Block) -> int:
    return BLOCK_COST + sum(map(len, _texts(block)))


def _said(block: Block) -> Iterator[str]:
    if block["type"] == "actions":
        names = (one["text"]["text"] for one in block["elements"] if one["action_id"].startswith(NAMED))
        # A wider one is told below its button.
        yield from (name for name in names if width(name) <= BUTTON_SHOWS)
        return
    for text in (block.get("text"), *block.get("fields", []), *block.get("elements", [])):
        if text:
            yield _unprinted(text)


def _unprinted(text: Block) -> str:
    """The words of a text object, unescaped again and without our own print."""
    words = str(text["text"])
    if text["type"] == "mrkdwn":
        words = _LINK.sub(r"\2 (\1)", words).replace("*", "").replace("`", "")
        words = words.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    return words


def _texts(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        if isinstance(part.get("text"), str):
            yield part["text"]
        part = list(part.values())
    if isinstance(part, list):
        for inner in part:
            yield from _texts(inner)
