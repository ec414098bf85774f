"""Text as Telegram takes it: HTML escaped once, here, in parts that are not too long."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from html import escape
from ipaddress import ip_address
from itertools import groupby
from typing import Any
from urllib.parse import urlsplit

from bot.telegram.limits import LONGEST_TEXT, MOST_PARTS

_WORD = re.compile(r"\S*\s*")


@dataclass(frozen=True)
class Run:
    """Words in one style: a tag such as `b`, or none; an address where they lead somewhere."""

    words: str
    tag: str = ""
    href: str = ""


@dataclass(frozen=True)
class Line:
    """A line of runs; quoted ones stand apart, in a block of their own."""

    runs: Sequence[Run] = ()
    is_quoted: bool = False


def line(*given: str | Run, is_quoted: bool = False) -> Line:
    """A line of plain words and of runs."""
    runs = tuple(Run(one) if isinstance(one, str) else one for one in given)
    return Line(tuple(run for run in runs if run.words), is_quoted)


def bold(words: str) -> Run:
    return Run(words, "b")


def from_spans(spans: Iterable[dict[str, Any]]) -> list[Run]:
    """The runs of a line of a screen (handlers.dialogue.text)."""
    runs: list[Run] = []
    for span in spans:
        words = span.get("t") or span.get("b") or span.get("c") or ""
        if "href" in span:
            runs += link(words, span["href"])
        else:
            runs.append(Run(words, "b" if "b" in span else "code" if "c" in span else ""))
    return runs


def says_something(spans: Iterable[dict[str, Any]]) -> bool:
    """Whether there is a word in a line of a screen."""
    return any(run.words.strip() for run in from_spans(spans))


def link(words: str, address: str) -> list[Run]:
    """Words that lead to an address; the address itself to be copied, where Telegram would not take it."""
    if _is_taken(address):
        return [Run(words or address, href=address)]
    return [Run(f"{words}: " if words not in ("", address) else ""), Run(address, "code")]


def _is_taken(address: str) -> bool:
    """Whether Telegram makes a link of it: a public name of a host, not a number and not the machine itself."""
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return False
    try:
        ip_address(host)
    except ValueError:
        return parts.scheme in ("http", "https") and "." in host.strip(".")
    return False


def parts(lines: Iterable[Line]) -> list[str]:
    """The lines as HTML, in texts that are each short enough; cut between lines, failing that between words."""
    texts: list[list[Line]] = [[]]
    length = 0
    for one in _short(lines):
        size = _length(one) + 1
        if length + size > LONGEST_TEXT and texts[-1]:
            texts.append([])
            length = 0
        texts[-1].append(one)
        length += size
    said = [text for text in texts if any(run.words.strip() for one in text for run in one.runs)]
    return [_html(text) for text in said[:MOST_PARTS]]


def _short(lines: Iterable[Line]) -> Iterator[Line]:
    """The same lines, those that no text could hold cut into several."""
    for one in lines:
        rest: list[Run] = []
        room = LONGEST_TEXT - 1
        for run in one.runs:
            for piece in _pieces(run) if _length(one) >= LONGEST_TEXT else [run]:
                if _utf16(piece.words) > room:
                    yield Line(rest, one.is_quoted)
                    rest, room = [], LONGEST_TEXT - 1
                rest.append(piece)
                room -= _utf16(piece.words)
        yield Line(rest, one.is_quoted)


def _pieces(run: Run) -> Iterator[Run]:
    """Word by word; a word that no text could hold in pieces that fit, whatever signs it is made of."""
    most = (LONGEST_TEXT - 1) // 2
    for word in _WORD.findall(run.words):
        for begin in range(0, len(word), most):
            yield replace(run, words=word[begin : begin + most])


def _length(one: Line) -> int:
    return sum(_utf16(run.words) for run in one.runs)


def _utf16(words: str) -> int:
    """The stricter of the two ways in which Telegram counts."""
    return len(words.encode("utf-16-le", "surrogatepass")) // 2


def _html(text: Sequence[Line]) -> str:
    blocks = []
    for is_quoted, lines in groupby(text, key=lambda one: one.is_quoted):
        block = "\n".join(_line_html(one) for one in lines)
        blocks.append(f"<blockquote>{block}</blockquote>" if is_quoted else block)
    return "\n".join(blocks)


def _line_html(one: Line) -> str:
    # Pieces of one run stand together again.
    styled = groupby(one.runs, key=lambda run: (run.tag, run.href))
    return "".join(_tagged("".join(run.words for run in runs), *style) for style, runs in styled)


def _tagged(words: str, tag: str, href: str) -> str:
    shown = escape(words, quote=False)
    if href:
        return f'<a href="{escape(href)}">{shown}</a>'
    return f"<{tag}>{shown}</{tag}>" if tag else shown
