"""A thing to say that has not been put into a language yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Union

Value = Union[str, int, Decimal, date, datetime, "Phrase"]


@dataclass(frozen=True)
class Phrase:
    """Korean text with places for values: `"{count}건"`, or with a particle `"{name:이/가}"`."""

    text: str
    values: Mapping[str, Value] = field(default_factory=dict)


def say(text: str, /, **values: Value) -> Phrase:
    """The phrase `text`; test_words finds every literal given here and asks the catalogue for it."""
    return Phrase(text, values)


class Refusal(Exception):
    """Something a person asked for that cannot be done, said so that they know what to do next."""

    def __init__(self, text: str, /, **values: Value) -> None:
        super().__init__(text.format_map(_Plain(values)))
        self.phrase = Phrase(text, values)


class _Plain(dict[str, Value]):
    """Values for a traceback: particles stay undecided there."""

    def __missing__(self, key: str) -> str:
        return "{" + key + "}"

    def __getitem__(self, key: str) -> _Shown:  # type: ignore[override]
        return _Shown(super().__getitem__(key) if key in self else "{" + key + "}")


class _Shown:
    def __init__(self, value: object) -> None:
        self._value = value

    def __format__(self, spec: str) -> str:
        shown = self._value.text if isinstance(self._value, Phrase) else self._value
        return f"{shown}({spec})" if spec else str(shown)
