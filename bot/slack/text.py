"""Words for Slack. The one place that escapes: what somebody wrote is read as it was written, and nothing of it
becomes formatting, a mention, an emoji or a link.

Slack's mrkdwn knows no way to write its own marks literally. Words that hold one go as plain text therefore, which
has no marks at all, and lose at most the bold print around them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any
from unicodedata import east_asian_width

Block = dict[str, Any]
"""A block, an element or a text as Slack takes it. They are written down as they are: slack_sdk's models, which
check each limit again, take most of the time of a drawing. The tests have them look at every drawing."""
Spans = list[dict[str, Any]]
"""A line of a neutral screen: words as they are ("t"), bold ("b") or as code ("c"), perhaps with an address."""

_MARKS = re.compile(r"[*_~`]|:[a-zA-Z0-9_+'-]+:|^[ \t]*>", re.MULTILINE)
_ADDRESS = re.compile(r"https?://[^\s<>|]+")
_MORE = "…"
_LONGEST_END = 12


def escape(words: str) -> str:
    """The words for where mrkdwn is read."""
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def cut(words: str, most: int) -> str:
    """The words, shortened at their end to `most` characters where they are longer."""
    return words if len(words) <= most else words[: most - 1].rstrip() + _MORE


def cut_name(name: str, most: int) -> str:
    """A name, shortened in its middle: its end tells it from its like, and says what kind a file is of."""
    if len(name) <= most:
        return name
    end = name[-min(_LONGEST_END, most // 2) :]
    return name[: most - len(end) - 1] + _MORE + end


def width(words: str) -> int:
    """How wide the words are, in Latin letters; a Korean one takes the room of two."""
    return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in words)


def plain(words: str, most: int) -> Block:
    """Words that Slack shows as they are; `:words:` in them stay words. Slack takes no empty ones."""
    return {"type": "plain_text", "text": cut(words.strip(), most) or "-", "emoji": False}


def read_out(line: Spans) -> str:
    """A line without any print, addresses in brackets."""
    return "".join(_words(span) + (f" ({span['href']})" if span.get("href") else "") for span in line)


def text_object(lines: Sequence[Spans], most: int) -> Block:
    """Some lines as one text: with their print where no word of theirs could be taken for a mark, and all of it
    fits; as plain text otherwise."""
    if all(map(is_printable, lines)):
        marked = "\n".join(map(_print, lines)).strip()
        if 0 < len(marked) <= most:
            return _marked(marked)
    return plain("\n".join(map(read_out, lines)), most)


def passages(lines: Sequence[Spans], most: int) -> Iterator[Block]:
    """A text of any length as texts of at most `most` characters, line by line; nothing of it is left out."""
    for is_marked, alike in groupby(_shown(lines, most), key=lambda one: one[0]):
        for words in _joined((words for _, words in alike), most):
            if words.strip():
                yield _marked(words.strip()) if is_marked else plain(words, most)


def is_printable(line: Spans) -> bool:
    """Whether nothing in its words could be taken for a mark."""
    return _MARKS.search("".join(map(_words, line))) is None


def _marked(words: str) -> Block:
    return {"type": "mrkdwn", "text": words, "verbatim": True}


def _shown(lines: Sequence[Spans], most: int) -> Iterator[tuple[bool, str]]:
    """Each line as Slack reads it, and whether as mrkdwn; one that is too long in pieces, without its print."""
    for line in lines:
        is_marked = is_printable(line)
        words = _print(line) if is_marked else read_out(line)
        if len(words) <= most:
            yield is_marked, words
            continue
        words = read_out(line)
        yield from ((False, words[start : start + most]) for start in range(0, len(words), most))


def _joined(lines: Iterator[str], most: int) -> Iterator[str]:
    passage = next(lines)
    for line in lines:
        if len(passage) + 1 + len(line) > most:
            yield passage
            passage = line
        else:
            passage = f"{passage}\n{line}"
    yield passage


def _words(span: dict[str, Any]) -> str:
    return str(span.get("t") or span.get("b") or span.get("c") or "")


def _print(line: Spans) -> str:
    return "".join(
        _print_span(
            span, line[place - 1] if place else None, line[place + 1] if place + 1 < len(line) else None
        )
        for place, span in enumerate(line)
    )


def _print_span(span: dict[str, Any], before: dict[str, Any] | None, after: dict[str, Any] | None) -> str:
    words = _words(span)
    address = str(span.get("href") or "")
    if _ADDRESS.fullmatch(address):
        return f"<{escape(address)}|{escape(words).replace('|', '/')}>"
    mark = "*" if span.get("b") else "`" if span.get("c") else ""
    # Slack takes a mark for one only at the edge of a word.
    stands_alone = (
        words == words.strip()
        and "\n" not in words
        and (before is None or _words(before)[-1:] in ("", " ", "(", "\n"))
        and (after is None or _words(after)[:1] in ("", " ", ")", ",", ".", ":", "\n"))
    )
    return f"{mark}{escape(words)}{mark}" if mark and words and stands_alone else escape(words)
