"""Text as a small tree: lines of words, bold, code and links; never a messenger's markup."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from models.words import Phrase, Translator

Words = Phrase | str | Decimal | int


@dataclass(frozen=True)
class Bold:
    """Words that stand out."""

    words: Words


@dataclass(frozen=True)
class Code:
    """Something to be read letter by letter: a code, a hash, a formula."""

    words: Words


@dataclass(frozen=True)
class Link:
    """Words that lead to an address."""

    words: Words
    address: str


Span = Words | Bold | Code | Link
Line = Span | tuple[Span, ...]
Text = tuple[tuple[Span, ...], ...]


def lines(*given: Line) -> Text:
    """A text of the given lines; `""` is an empty line."""
    return tuple(line if isinstance(line, tuple) else (line,) for line in given)


def spoken(text: Text, translate: Translator) -> list[list[dict[str, Any]]]:
    """The text in a person's language, as plain data: `[[{"t": "…"}, {"b": "…"}], …]`."""
    return [[_span(span, translate) for span in line] for line in text]


def _span(span: Span, translate: Translator) -> dict[str, Any]:
    match span:
        case Bold(words):
            return {"b": translate.value(words)}
        case Code(words):
            return {"c": translate.value(words)}
        case Link(words, address):
            return {"t": translate.value(words), "href": address}
        case _:
            return {"t": translate.value(span)}
