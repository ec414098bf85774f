"""Words for Slack. The one place that escapes: what somebody wrote is read as it was written, and nothing of it
becomes formatting, a mention, an emoji or a link.

Slack's mrkdwn knows no way to write its own marks literally. Words that hold one go as plain text therefore, which
has no marks at all, and lose at most the bold print around them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from slack_sdk.models.blocks import MarkdownTextObject, PlainTextObject

Spans = list[dict[str, Any]]
"""A line of a neutral screen: words as they are ("t"), bold ("b") or as code ("c"), perhaps with an address."""

_MARKS = re.compile(r"[*_~`]|:[a-zA-Z0-9_+'-]+:|^[ \t]*>", re.MULTILINE)
_ADDRESS = re.compile(r"https?://[^\s<>|]+")
_MORE = "…"


def escape(words: str) -> str:
    """The words for where mrkdwn is read."""
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def cut(words: str, most: int) -> str:
    """The words, shortened at their end to `most` characters where they are longer."""
    return words if len(words) <= most else words[: most - 1].rstrip() + _MORE


def cut_name(name: str, most: int) -> str:
    """A file's name, shortened in its middle: its ending says what it is."""
    if len(name) <= most:
        return name
    end = name[-min(12, most // 2) :]
    return name[: most - len(end) - 1] + _MORE + end


def plain(words: str, most: int) -> PlainTextObject:
    """Words that Slack shows as they are; `:words:` in them stay words. Slack takes no empty ones."""
    return PlainTextObject(text=cut(words.strip(), most) or "-", emoji=False)


def read_out(line: Spans) -> str:
    """A line without any print, addresses in brackets."""
    return "".join(_words(span) + (f" ({span['href']})" if span.get("href") else "") for span in line)


def text_object(lines: Sequence[Spans], most: int) -> MarkdownTextObject | PlainTextObject:
    """Some lines as one text: with their print where no word of theirs could be taken for a mark, and all of it
    fits; as plain text otherwise."""
    if all(is_printable(line) for line in lines):
        marked = "\n".join(_print(line) for line in lines).strip()
        if 0 < len(marked) <= most:
            return MarkdownTextObject(text=marked, verbatim=True)
    return plain("\n".join(read_out(line) for line in lines), most)


def passages(lines: Sequence[Spans], most: int) -> Iterator[MarkdownTextObject | PlainTextObject]:
    """A text of any length as texts of at most `most` characters, line by line; nothing of it is left out."""
    passage: list[Spans] = []
    for line in _short_lines(lines, most):
        if passage and (is_printable(line) != is_printable(passage[0]) or _size([*passage, line]) > most):
            yield from _passage(passage, most)
            passage = []
        passage.append(line)
    yield from _passage(passage, most)


def is_printable(line: Spans) -> bool:
    """Whether nothing in its words could be taken for a mark."""
    return not any(_MARKS.search(_words(span)) for span in line)


def _passage(lines: list[Spans], most: int) -> Iterator[MarkdownTextObject | PlainTextObject]:
    if any(read_out(line).strip() for line in lines):
        yield text_object(lines, most)


def _short_lines(lines: Sequence[Spans], most: int) -> Iterator[Spans]:
    for line in lines:
        if _size([line]) <= most:
            yield line
            continue
        words = read_out(line)
        # Escaped, a word can be five times as long.
        step = most if not is_printable(line) else most // 5
        yield from ([{"t": words[start : start + step]}] for start in range(0, len(words), step))


def _size(lines: Sequence[Spans]) -> int:
    show = _print if all(is_printable(line) for line in lines) else read_out
    return sum(len(show(line)) + 1 for line in lines) - 1


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
