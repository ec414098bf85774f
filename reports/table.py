"""A table as its readers see it, whatever file it will stand in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum


class Look(Enum):
    """How the cells of a column are shown. Text is broken into lines where its column ends."""

    TEXT = "text"
    CENTRED = "centred"
    FIXED_WIDTH = "fixed_width"
    COUNT = "count"
    """Whole numbers, - for none."""
    NUMBER = "number"
    """Whole numbers without decimals, others with one to four; △ for minus."""
    PERCENT = "percent"
    """A number that is in % already, with at least one decimal."""
    POINTS = "points"
    """Always with two decimals."""
    DAY = "day"
    MOMENT = "moment"
    """A date with the time, in the city's own time."""
    LINK = "link"
    """A word that leads to another sheet."""


class Tone(Enum):
    """What a colour says."""

    GOOD = "good"
    WAITING = "waiting"
    BAD = "bad"
    QUIET = "quiet"


@dataclass(frozen=True)
class Formula:
    """A live formula, without its leading =. The only way to get one: text never becomes a formula."""

    text: str


Cell = str | int | Decimal | date | datetime | Formula | None


@dataclass(frozen=True)
class Column:
    """A column: its title, its width in characters, and whether it is folded away until it is asked for."""

    title: str
    width: float
    look: Look = Look.TEXT
    folded: bool = False


def column_letters(columns: Sequence[Column]) -> dict[str, str]:
    """The letter of each column by its title, as spreadsheets name them: A to Z, then AA and on."""
    return {column.title: _letter(number) for number, column in enumerate(columns)}


def _letter(number: int) -> str:
    return (_letter(number // 26 - 1) if number >= 26 else "") + chr(ord("A") + number % 26)


class Compare(Enum):
    """How a highlighted value compares with the one named."""

    IS = "equal"
    IS_NOT = "notEqual"
    BELOW = "lessThan"
    FROM = "greaterThanOrEqual"


@dataclass(frozen=True)
class Beside:
    """The value of another column in the same row."""

    column: str


@dataclass(frozen=True)
class Highlight:
    """Colours the cells of a column that compare so with a value; empty cells are left alone.

    Of several that fit the first one colours.
    """

    column: str
    compare: Compare
    value: str | int | Beside
    tone: Tone


@dataclass(frozen=True)
class Table:
    """What stands on one sheet: a title, lines below it, the columns; rows are added as they come."""

    name: str
    title: str
    lines: Sequence[Sequence[Cell]]
    columns: Sequence[Column]
    highlights: Sequence[Highlight] = ()
