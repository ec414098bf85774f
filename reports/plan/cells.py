"""One cell into one value. Everything here raises Refusal, in words that say what to write instead."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from models.asking import write_report_periods
from models.clock import SEOUL
from models.numbers import read_number
from models.words import Refusal
from reports.plan.column import Column, Reads
from reports.plan.lines import Cell

BEGINNING_OF_OFFICE_HOURS, END_OF_OFFICE_HOURS = time(9, 0), time(18, 0)

_DAY = re.compile(r"((?:19|20)[0-9]{2})([-./]) ?([0-9]{1,2})\2 ?([0-9]{1,2})\.?(?: ([0-9]{1,2}):([0-9]{2}))?")
_TIME = re.compile(r"([0-9]{1,2}):([0-9]{2})(?::00)?")
_FIRST_YEAR = 1900
"""Excel counts its days from here: a day of that year is none that anybody wrote."""
_MINUTE = timedelta(minutes=1)
_SHOWN = 40


def read_cell(column: Column, cell: Cell) -> Any:
    """The value of a cell as its column reads it; the column's `blank` where it is empty and may be."""
    if is_blank(cell):
        if column.required:
            raise Refusal("‘{column}’ 칸이 비어 있습니다. 적어 주세요.", column=column.name)
        return column.blank
    return _READERS[column.reads](column, cell)


def is_blank(cell: Cell) -> bool:
    return isinstance(cell, str) and not cell.strip()


def plain_text(cell: Cell) -> str:
    """The text of a cell, composed (NFC); a number that was meant as a code is written out."""
    if isinstance(cell, bool) or not isinstance(cell, str | int | float):
        raise Refusal(
            "엑셀이 날짜나 참·거짓으로 바꾼 칸입니다. 칸 서식을 ‘텍스트’로 바꾸고 다시 적어 주세요."
        )
    if not isinstance(cell, str):
        return f"{_exact(cell):f}"
    if cell.isprintable():
        return unicodedata.normalize("NFC", cell)
    for sign in cell:
        if unicodedata.category(sign) in ("Cc", "Cf", "Cs") and sign not in "\t\r\n":
            raise Refusal(
                "보이지 않는 문자({code})가 들어 있습니다. 지우고 다시 적어 주세요.",
                code=f"U+{ord(sign):04X}",
            )
    return unicodedata.normalize("NFC", cell)


def _one_line(cell: Cell) -> str:
    return " ".join(plain_text(cell).split())


def _text(column: Column, cell: Cell) -> str:
    return _fitting(column, _one_line(cell))


def _lines(column: Column, cell: Cell) -> str:
    lines = (" ".join(line.split()) for line in plain_text(cell).splitlines())
    return _fitting(column, "\n".join(filter(None, lines)))


def _fitting(column: Column, text: str) -> str:
    if len(text) > column.length:
        raise Refusal(
            "{most}자까지 적을 수 있는데 {count}자입니다. 줄여서 적어 주세요.",
            most=column.length,
            count=len(text),
        )
    return text


def _number(column: Column, cell: Cell) -> Decimal:
    value = read_number(_one_line(cell))
    if column.bounds and not column.bounds[0] <= value <= column.bounds[1]:
        least, most = column.bounds
        raise Refusal("{least}에서 {most} 사이의 수로 적어 주세요.", least=least, most=most)
    return value


def _exact(number: float) -> Decimal:
    """What Excel shows: it keeps 15 significant digits, the rest is noise of binary fractions."""
    return Decimal(format(number, ".15g"))


def _whole(column: Column, cell: Cell) -> int:
    value = _number(column, cell)
    if value != value.to_integral_value():
        raise Refusal("소수점 없는 수로 적어 주세요. 예: 1")
    return int(value)


def _day(_column: Column, cell: Cell) -> date:
    day, at = _moment(cell)
    if at is not None:
        raise Refusal("시각 없이 날짜만 적어 주세요. 예: 2019-06-30")
    return day


def _instant(_column: Column, cell: Cell) -> datetime:
    day, at = _moment(cell)
    return _in_the_city(day, at or END_OF_OFFICE_HOURS)


def _opening(_column: Column, cell: Cell) -> datetime:
    day, at = _moment(cell)
    return _in_the_city(day, at or BEGINNING_OF_OFFICE_HOURS)


def _day_and_time(_column: Column, cell: Cell) -> datetime:
    day, at = _moment(cell)
    if at is None:
        raise Refusal("날짜만 있습니다. 2019-08-05 14:00처럼 시각도 적어 주세요.")
    return _in_the_city(day, at)


def _in_the_city(day: date, at: time) -> datetime:
    return datetime.combine(day, at, SEOUL).astimezone(UTC)


def _time(_column: Column, cell: Cell) -> time:
    """A time of day in every form that Excel keeps one in: as such, as a duration, as a fraction of a day."""
    if isinstance(cell, datetime) and cell.year <= _FIRST_YEAR:
        cell = cell.time()
    if isinstance(cell, time):
        cell = datetime.combine(date.min, cell) - datetime.min  # noqa: DTZ901
    if isinstance(cell, float) and 0 <= cell < 1:
        cell = timedelta(days=cell)
    if isinstance(cell, timedelta):
        minutes = round(cell / _MINUTE)
        cell = f"{minutes // 60}:{minutes % 60:02}"
    match = _TIME.fullmatch(_one_line(cell)) if isinstance(cell, str) else None
    if match is None:
        raise Refusal("시각으로 읽지 못했습니다. 09:00처럼 적어 주세요.")
    try:
        return time(int(match[1]), int(match[2]))
    except ValueError:
        raise Refusal("없는 시각입니다. 00:00에서 23:59 사이로 적어 주세요.") from None


def _moment(cell: Cell) -> tuple[date, time | None]:
    """A day, and a time where one is given. Excel knows no day without a time: midnight is a day alone."""
    if isinstance(cell, datetime):
        # Excel counts in fractions of a day, so a whole minute may come a little short.
        cell = (cell + _MINUTE / 2).replace(second=0, microsecond=0)
        return cell.date(), cell.time() if cell.time() != time.min else None
    if isinstance(cell, date):
        return cell, None
    match = _DAY.fullmatch(_one_line(cell)) if isinstance(cell, str) else None
    if match is None:
        raise Refusal("날짜로 읽지 못했습니다. 2019-06-30이나 2019-06-30 18:00처럼 적어 주세요.")
    year, _, month, day, hour, minute = match.groups()
    try:
        return date(int(year), int(month), int(day)), time(int(hour), int(minute)) if hour else None
    except ValueError:
        raise Refusal("달력에 없는 날짜나 시각입니다. 확인해 주세요.") from None


def _choice(column: Column, cell: Cell) -> Any:
    if isinstance(cell, bool) and "예" in column.choices:
        return cell
    return _chosen(column, _one_line(cell))


def _choices(column: Column, cell: Cell) -> tuple[Any, ...]:
    words = filter(None, re.split("[;；]", _one_line(cell)))
    return tuple(dict.fromkeys(_chosen(column, word) for word in words))


def _periods(column: Column, cell: Cell) -> str:
    return _fitting(column, write_report_periods(_one_line(cell)))


def _chosen(column: Column, word: str) -> Any:
    bare = word.replace(" ", "")
    if bare not in column.choices:
        raise Refusal(
            "‘{word}’: 쓸 수 없는 말입니다. {choices} 가운데에서 적어 주세요.",
            word=word.strip()[:_SHOWN],
            choices=", ".join(column.words()),
        )
    return column.choices[bare]


_READERS: dict[Reads, Callable[[Column, Cell], Any]] = {
    Reads.TEXT: _text,
    Reads.LINES: _lines,
    Reads.NUMBER: _number,
    Reads.WHOLE: _whole,
    Reads.DAY: _day,
    Reads.INSTANT: _instant,
    Reads.OPENING: _opening,
    Reads.MOMENT: _day_and_time,
    Reads.TIME: _time,
    Reads.CHOICE: _choice,
    Reads.CHOICES: _choices,
    Reads.PERIODS: _periods,
}
