"""One value as the XML of one spreadsheet cell (ECMA-376, part 1, 18.3.1.4). Pure.

Text is always written as text: what looks like a formula is marked with quotePrefix, too, so that it stays
text when somebody edits the cell. What a workbook can't hold is replaced, a text too long is cut with a mark.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple
from xml.sax.saxutils import escape

from models.clock import SEOUL
from reports.table import Cell, Formula

LONGEST = 32_767
"""Characters of a cell, counted as UTF-16 does."""
CUT = "…(잘림)"

_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_ESCAPE_LIKE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_FORMULA_LIKE = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - the day 0 of spreadsheets has no zone
_SECONDS_A_DAY = 86_400


class Style(NamedTuple):
    """Style numbers of a column's cells: `quoted` is for text that looks like a formula."""

    usual: int
    whole: int
    quoted: int


def cell_xml(place: str, value: Cell, style: Style) -> str:
    """The cell at `place` ("B7"). Instants must be aware; they are shown in the city's own time."""
    if value is None:
        return f'<c r="{place}" s="{style.usual}"/>'
    if isinstance(value, str):
        text, formula_like = _text(value)
        number = style.quoted if formula_like else style.usual
        return f'<c r="{place}" s="{number}" t="inlineStr"><is>{text}</is></c>'
    if isinstance(value, Decimal | int):
        return _number(place, value, style)
    if isinstance(value, Formula):
        return f'<c r="{place}" s="{style.usual}"><f>{escape(value.text)}</f></c>'
    return f'<c r="{place}" s="{style.usual}"><v>{_serial(value)}</v></c>'


def clean(text: str) -> str:
    """`text` as a workbook can hold it."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _LONE_SURROGATE.sub("\ufffd", _UNWRITABLE.sub("", text))
    if _length(text) <= LONGEST:
        return text
    kept = text[: LONGEST - len(CUT)]
    while _length(kept) > LONGEST - len(CUT):
        kept = kept[: -max(1, (_length(kept) - LONGEST + len(CUT)) // 2)]
    return kept + CUT


@lru_cache(maxsize=4096)
def _text(value: str) -> tuple[str, bool]:
    text = clean(value)
    # Excel reads _x0041_ in a text as the character A unless its first underscore is spelled out itself.
    spelled = escape(_ESCAPE_LIKE.sub("_x005F_", text))
    space = ' xml:space="preserve"' if text != text.strip() else ""
    return f"<t{space}>{spelled}</t>", value.startswith(_FORMULA_LIKE)


def _number(place: str, value: Decimal | int, style: Style) -> str:
    text = format(value, "f") if isinstance(value, Decimal) else str(int(value))
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    number = style.usual if "." in text else style.whole
    return f'<c r="{place}" s="{number}"><v>{text}</v></c>'


def _serial(when: date) -> str:
    """Days since the day 0 of spreadsheets."""
    if not isinstance(when, datetime):
        return str((when - _EPOCH.date()).days)
    since = when.astimezone(SEOUL).replace(tzinfo=None) - _EPOCH
    return repr(since.days + since.seconds / _SECONDS_A_DAY)


def _length(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2
