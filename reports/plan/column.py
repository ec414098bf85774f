"""A column of a plan workbook, a sheet of them, and the kinds of column there are."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, auto
from typing import Any

from reports.plan.line import Line


class Reads(Enum):
    """How the cells of a column are read."""

    TEXT = auto()
    LINES = auto()
    """Text whose line breaks are kept."""
    NUMBER = auto()
    WHOLE = auto()
    DAY = auto()
    INSTANT = auto()
    """A day and a time in the city; a day alone means the end of office hours."""
    OPENING = auto()
    """The same, but a day alone means the beginning of office hours."""
    MOMENT = auto()
    """A day and a time, neither of which may be missing."""
    TIME = auto()
    """A time of day."""
    CHOICE = auto()
    CHOICES = auto()
    """Several words with ; between them."""
    PERIODS = auto()
    """Codes of periods with ; between them."""


@dataclass(frozen=True)
class Column:
    """A column: its heading, the field of the line it fills, and what may stand in it."""

    name: str
    field: str
    note: str
    reads: Reads = Reads.TEXT
    required: bool = False
    length: int = 0
    """Most characters of a text: what the database has room for."""
    bounds: tuple[int, int] | None = None
    """The least and the most that a number may be."""
    choices: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    variants: tuple[str, ...] = ()
    """Words that are read as well, but not offered."""
    blank: Any = ""
    """What an empty cell means."""

    def words(self) -> list[str]:
        """The words to choose from."""
        return [word for word in self.choices if word not in self.variants]


@dataclass(frozen=True)
class Sheet:
    """A sheet: its columns, and the kind of line a row of it becomes."""

    name: str
    note: str
    line: type[Line]
    columns: tuple[Column, ...]
    required: bool = True
    past_actuals: bool = False


def room_for(stored: Any) -> int:
    """How many characters a text column of the database holds."""
    length: int = stored.type.length
    return length


def text(name: str, field: str, stored: Any, note: str, required: bool = False) -> Column:
    """A text that is kept in the column `stored`, or names a row by it."""
    return Column(name, field, note, Reads.TEXT, required, length=room_for(stored))


def lines(name: str, field: str, stored: Any, note: str, required: bool = False) -> Column:
    return Column(name, field, note, Reads.LINES, required, length=room_for(stored))


def number(name: str, field: str, note: str, required: bool = False, blank: Decimal | None = None) -> Column:
    return Column(name, field, note, Reads.NUMBER, required, blank=blank)


def whole(name: str, field: str, note: str, bounds: tuple[int, int], blank: int | None = None) -> Column:
    return Column(name, field, note, Reads.WHOLE, bounds=bounds, blank=blank)


def day(name: str, field: str, note: str, required: bool = False) -> Column:
    return Column(name, field, f"{note} 예: 2019-06-30", Reads.DAY, required, blank=None)


def instant(name: str, field: str, note: str, required: bool = False) -> Column:
    more = "날짜만 적으면 그날 18:00입니다. 예: 2019-07-12 18:00"
    return Column(name, field, f"{note} {more}", Reads.INSTANT, required, blank=None)


def opening(name: str, field: str, note: str, required: bool = False) -> Column:
    more = "날짜만 적으면 그날 09:00입니다. 예: 2019-07-12 09:00"
    return Column(name, field, f"{note} {more}", Reads.OPENING, required, blank=None)


def moment(name: str, field: str, note: str) -> Column:
    return Column(name, field, f"{note} 예: 2019-08-05 14:00", Reads.MOMENT, required=True, blank=None)


def time_of_day(name: str, field: str, note: str) -> Column:
    return Column(name, field, note, Reads.TIME, blank=None)


def choice(name: str, field: str, note: str, words: Mapping[str, Any], blank: Any = None) -> Column:
    """One of `words`; required where an empty cell means nothing."""
    return Column(name, field, note, Reads.CHOICE, blank is None, choices=words, blank=blank)


def may_choose(name: str, field: str, note: str, words: Mapping[str, Any]) -> Column:
    """One of `words`, or None where the cell is empty."""
    return Column(name, field, note, Reads.CHOICE, choices=words, blank=None)


def yes_no(name: str, field: str, note: str, blank: bool) -> Column:
    words = {"예": True, "아니오": False, "아니요": False}
    return Column(name, field, note, Reads.CHOICE, choices=words, variants=("아니요",), blank=blank)
