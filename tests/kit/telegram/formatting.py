"""Text with HTML in it, read as the Bot API reads it.

https://core.telegram.org/bots/api#html-style
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from tests.kit.telegram.links import checked_link
from tests.kit.telegram.refusals import Json, Refused, bad_request

LONGEST_TEXT = 4096
LONGEST_CAPTION = 1024
"""In characters (code points, neither bytes nor UTF-16), tags left out."""
LONGEST_SOURCE = 1 << 15
"""In bytes of UTF-8, tags included."""

STYLES = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "a": "text_link",
    "tg-emoji": "custom_emoji",
}
CONTROL = {code: " " for code in range(32) if code != 10} | {13: None}
UNSEEN = dict.fromkeys([*range(0x200B, 0x2010), 0x202E, 0xFEFF, 0xA0], " ")
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]{1,6})|#([0-9]{1,7})|(lt|gt|amp|quot)(?![a-zA-Z]));?")
SIGN = re.compile("[<&]")
NAME = re.compile(r"[^\s>]*")
END = re.compile(r"\s*>")
ATTRIBUTE = re.compile(r"""\s*([^\s=>/"']+)\s*(?:=\s*("[^"]*"|'[^']*'|[\w.-]*)(?=[\s>]))?""", re.ASCII)


@dataclass
class Formatted:
    """Text without its tags, and where which style is; places are counted in UTF-16."""

    text: str
    entities: list[Json] = field(default_factory=list)


@dataclass
class _Tag:
    name: str
    attributes: dict[str, str]
    begin: int
    """In UTF-16."""


def formatted(source: str, parse_mode: str | None, entities: list[Json] | None) -> Formatted:
    """What people see of a text, without white space around it. Markdown is not played.

    Raises:
        Refused: it is too long with its tags, or its tags are wrong.
    """
    if len(source.encode()) > LONGEST_SOURCE:
        raise bad_request("Text is too long")
    if parse_mode is None:
        read = Formatted(_cleaned(source), list(entities or []))
    elif parse_mode.lower() == "html":
        read = _Reader(_cleaned(source)).read()
    else:
        raise bad_request("Unsupported parse_mode")
    return _trimmed(read)


def is_empty(text: str) -> bool:
    """Whether nothing of a text can be seen."""
    return not text.translate(UNSEEN).strip()


def utf16(text: str) -> int:
    """Length as the Bot API counts the places of entities."""
    return len(text.encode("utf-16-le")) // 2


class _Reader:
    def __init__(self, source: str) -> None:
        self.source = source
        self.place = 0
        self.parts: list[str] = []
        self.length = 0
        self.open: list[_Tag] = []
        self.entities: list[Json] = []

    def read(self) -> Formatted:
        while self.place < len(self.source):
            sign = self.source[self.place]
            if sign == "<":
                self._end_tag() if self.source.startswith("</", self.place) else self._start_tag()
            elif sign == "&" and (reference := REFERENCE.match(self.source, self.place)):
                self._add(_resolved(reference))
                self.place = reference.end()
            else:
                stop = SIGN.search(self.source, self.place + 1)
                end = stop.start() if stop else len(self.source)
                self._add(self.source[self.place : end])
                self.place = end
        if self.open:
            raise _unreadable(f'Can\'t find end tag corresponding to start tag "{self.open[-1].name}"')
        self.entities.sort(key=lambda entity: (entity["offset"], -entity["length"]))
        return Formatted("".join(self.parts), self.entities)

    def _add(self, text: str) -> None:
        self.parts.append(text)
        self.length += utf16(text)

    def _start_tag(self) -> None:
        begin = self.place
        name = self._name(begin + 1)
        if self.place == len(self.source):
            raise _unreadable(f"Unclosed start tag at byte offset {self._byte(begin)}")
        if name not in STYLES:
            raise _unreadable(f'Unsupported start tag "{name}" at byte offset {self._byte(begin)}')
        attributes: dict[str, str] = {}
        while not (end := END.match(self.source, self.place)):
            found = ATTRIBUTE.match(self.source, self.place)
            if found is None:
                raise _unreadable(f'Unclosed start tag "{name}" at byte offset {self._byte(begin)}')
            attributes[found[1]] = REFERENCE.sub(_resolved, _unquoted(found[2] or ""))
            self.place = found.end()
        self.place = end.end()
        if name == "span" and attributes.get("class") != "tg-spoiler":
            raise _unreadable(f'Tag "span" must have class "tg-spoiler" at byte offset {self._byte(begin)}')
        self.open.append(_Tag(name, attributes, self.length))

    def _end_tag(self) -> None:
        begin = self.place
        if not self.open:
            raise _unreadable(f"Unexpected end tag at byte offset {self._byte(begin)}")
        name = self._name(begin + 2)
        end = END.match(self.source, self.place)
        if end is None:
            raise _unreadable(f"Unclosed end tag at byte offset {self._byte(begin)}")
        self.place = end.end()
        tag = self.open[-1]
        if name not in ("", tag.name):
            raise _unreadable(
                f"Unmatched end tag at byte offset {self._byte(begin)}, "
                f'expected "</{tag.name}>", found "</{name}>"'
            )
        self.open.pop()
        self._add_entity(tag)

    def _add_entity(self, tag: _Tag) -> None:
        entity: Json = {"type": STYLES[tag.name], "offset": tag.begin, "length": self.length - tag.begin}
        if tag.name == "a":
            link = checked_link(tag.attributes.get("href") or self._text_since(tag.begin))
            if link is None:
                return
            entity["url"] = link
        if tag.name == "tg-emoji":
            entity["custom_emoji_id"] = tag.attributes.get("emoji-id", "")
        if tag.name == "code" and (language := tag.attributes.get("class", "")).startswith("language-"):
            entity["language"] = language.removeprefix("language-")
        if tag.name == "pre" and self.entities and _covers(self.entities[-1], entity, "code"):
            inner = self.entities.pop()
            entity |= {"language": inner["language"]} if "language" in inner else {}
        self.entities.append(entity)

    def _name(self, begin: int) -> str:
        found = NAME.match(self.source, begin)
        assert found is not None
        self.place = found.end()
        return found[0].lower()

    def _text_since(self, begin: int) -> str:
        return "".join(self.parts).encode("utf-16-le")[begin * 2 :].decode("utf-16-le")

    def _byte(self, place: int) -> int:
        return len(self.source[:place].encode())


def _covers(inner: Json, outer: Json, kind: str) -> bool:
    return (inner["type"], inner["offset"], inner["length"]) == (kind, outer["offset"], outer["length"])


def _resolved(reference: re.Match[str]) -> str:
    if reference[3]:
        return NAMED[reference[3]]
    code = int(reference[1], 16) if reference[1] else int(reference[2])
    return chr(code) if 0 < code < 0x10FFFF else reference[0]


def _unreadable(words: str) -> Refused:
    return bad_request(f"Can't parse entities: {words}")


def _unquoted(value: str) -> str:
    return value[1:-1] if value[:1] in ("'", '"') else value.lower()


def _cleaned(text: str) -> str:
    """Control characters become spaces, and carriage returns go."""
    return text.translate(CONTROL)


def _trimmed(read: Formatted) -> Formatted:
    text = read.text.strip(" \n")
    if not read.entities:
        return Formatted(text)
    cut = utf16(read.text) - utf16(read.text.lstrip(" \n"))
    length = utf16(text)
    entities = []
    for entity in read.entities:
        begin = max(entity["offset"] - cut, 0)
        end = min(entity["offset"] - cut + entity["length"], length)
        if begin < end:
            entities.append(entity | {"offset": begin, "length": end - begin})
    return Formatted(text, entities)
