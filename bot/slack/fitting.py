"""Makes a message fit: so many blocks, so many characters in all of them, and the text for where none are shown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from slack_sdk.models.blocks import ActionsBlock, Block, ContextBlock

from bot.slack.limits import BLOCK_COST, CONTEXT, MESSAGE_BLOCKS, MESSAGE_SIZE, MESSAGE_TEXT
from bot.slack.text import cut, escape, plain
from models.words import Translator, say

_LINK = re.compile(r"<(https?://[^|>]+)\|([^>]+)>")


def fit(blocks: Sequence[Block], translate: Translator) -> list[dict[str, Any]]:
    """The blocks as Slack takes them. Where they are too many, those before the last buttons go, and it is said
    so: what can be done is never cut off."""
    drawn = [block.to_dict() for block in blocks]
    if _fits(drawn):
        return drawn
    end = len(blocks)
    while end and isinstance(blocks[end - 1], ActionsBlock):
        end -= 1
    told, buttons = drawn[:end], drawn[end:][: MESSAGE_BLOCKS // 2]
    words = translate(say("내용이 길어 여기까지만 보여 드립니다. 전체는 웹 메신저에서 보실 수 있습니다."))
    rest = [ContextBlock(elements=[plain(words, CONTEXT)]).to_dict(), *buttons]
    while told and not _fits([*told, *rest]):
        told.pop()
    return [*told, *rest]


def fallback(blocks: Sequence[Block]) -> str:
    """What the blocks say, in one text."""
    said = "\n".join(words for block in blocks for words in _said(block.to_dict()))
    most = MESSAGE_TEXT
    while len(text := escape(cut(said, most))) > MESSAGE_TEXT:
        most = most * 3 // 4
    return text or "-"


def _fits(drawn: Sequence[dict[str, Any]]) -> bool:
    size = sum(len(words) for words in _texts(drawn)) + BLOCK_COST * len(drawn)
    return len(drawn) <= MESSAGE_BLOCKS and size <= MESSAGE_SIZE


def _said(block: dict[str, Any]) -> Iterator[str]:
    if block["type"] == "actions":
        return
    for text in (block.get("text"), *block.get("fields", []), *block.get("elements", [])):
        if text:
            yield _unprinted(text)


def _unprinted(text: dict[str, Any]) -> str:
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
