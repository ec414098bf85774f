"""Blocks as a person reads them: plain text, and what can be pressed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tests.kit.slack.blocks import elements_of
from tests.kit.slack.elements import all_options
from tests.kit.slack.workspace import Body

Names = Mapping[str, str]
"""What people and channels are called, by their ids."""

MARKED = re.compile(r"<([^<>]+)>")
EMPHASIS = re.compile(r"(?<![\w*_~`])([*_~`])(?=\S)(.+?)(?<=\S)\1(?![\w*_~`])", re.DOTALL)


@dataclass(frozen=True)
class Pressable:
    """A button, or an option of a menu, and where it stands."""

    label: str
    place: Body
    """The message or view as it stood when this was found."""
    block_id: str
    element: Body
    option: Body | None = None

    @property
    def name(self) -> str:
        """What is read aloud for it, where that is more than its label."""
        return str(self.element.get("accessibility_label") or self.label)

    @property
    def confirm(self) -> Body | None:
        """The dialog that asks whether one is sure."""
        found: Body | None = self.element.get("confirm")
        return found

    @property
    def url(self) -> str:
        return str(self.element.get("url", ""))


@dataclass(frozen=True)
class Seen:
    """A message, the home tab or the like, as it stands."""

    text: str
    """Everything on it, read out."""
    pressables: tuple[Pressable, ...]
    raw: Body

    @property
    def buttons(self) -> list[str]:
        """Labels of all that can be pressed."""
        return [one.label for one in self.pressables]

    @property
    def ts(self) -> str:
        return str(self.raw["ts"])

    @property
    def thread_ts(self) -> str | None:
        return self.raw.get("thread_ts")

    @property
    def edited(self) -> bool:
        """Whether it carries the word (edited)."""
        return "edited" in self.raw

    @property
    def fallback(self) -> str:
        """What notifications show of it."""
        return str(self.raw.get("text", ""))

    @property
    def files(self) -> list[str]:
        """Names of the files on it."""
        return [one["name"] for one in self.raw.get("files", [])]

    @property
    def links(self) -> list[str]:
        """Every address on it, those of buttons last."""
        strings = [part for part in _strings(self.raw) if "<http" in part]
        found = [target.split("|")[0] for part in strings for target in MARKED.findall(part)]
        return [one for one in found if one.startswith("http")] + [
            one.url for one in self.pressables if one.url
        ]


def seen(raw: Body, names: Names) -> Seen:
    """A message or view as somebody reads it; a message without blocks shows its text."""
    blocks = raw.get("blocks") or []
    lines = [line for block in blocks for line in _lines(block, names)]
    if not blocks and raw.get("text"):
        lines = [plain(raw["text"], names)]
    lines += [one["name"] for one in raw.get("files", [])]
    return Seen("\n".join(line for line in lines if line), tuple(pressables(raw)), raw)


def pressables(place: Body) -> Iterator[Pressable]:
    """All in a message or view that acts as soon as it is pressed; what stands in inputs is filled in instead."""
    for block in place.get("blocks") or []:
        for element in elements_of(block) if block["type"] != "input" else ():
            if element["type"] == "button":
                yield Pressable(element["text"]["text"], place, block["block_id"], element)
            for option in all_options(element):
                yield Pressable(option["text"]["text"], place, block["block_id"], element, option)


def plain(marked: str, names: Names) -> str:
    """mrkdwn without its marks."""

    def shown(match: re.Match[str]) -> str:
        target, _, label = match[1].partition("|")
        if target[0] in "@#":
            return target[0] + (label or names.get(target[1:], target[1:]))
        if target[0] == "!":
            return label or f"@{target[1:]}"
        return label or target.removeprefix("mailto:")

    text = MARKED.sub(shown, marked.replace("```", ""))
    while (without := EMPHASIS.sub(r"\2", text)) != text:
        text = without
    for entity, sign in (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
        text = text.replace(entity, sign)
    return text


def words(text: Body, names: Names) -> str:
    """A text object read out."""
    return plain(text["text"], names) if text["type"] == "mrkdwn" else str(text["text"])


def _lines(block: Body, names: Names) -> Iterator[str]:
    kind = block["type"]
    if kind in ("section", "header"):
        yield from (words(one, names) for one in [block.get("text"), *block.get("fields", [])] if one)
    elif kind == "context":
        yield " ".join(one.get("alt_text") or words(one, names) for one in block["elements"])
    elif kind == "input":
        yield block["label"]["text"]
        yield block.get("hint", {}).get("text", "")
    elif kind == "image":
        yield block.get("title", {}).get("text", "")
        yield block["alt_text"]
    elif kind == "markdown":
        yield block["text"]
    elif kind == "rich_text":
        yield "".join(_rich(block))
    if kind in ("section", "actions"):
        yield " ".join(f"[{one.label}]" for one in pressables({"blocks": [block]}))


def _rich(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        if isinstance(part.get("text"), str):
            yield part["text"]
        for inner in part.get("elements", []):
            yield from _rich(inner)


def _strings(part: Any) -> Iterator[str]:
    if isinstance(part, str):
        yield part
    elif isinstance(part, dict):
        # The fallback says again what the blocks say.
        for name, inner in part.items():
            if name != "text" or not part.get("blocks"):
                yield from _strings(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from _strings(inner)
