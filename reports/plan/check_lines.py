"""Checks that every sheet needs: that a key stands once, that a code is known, that days are in order."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import pairwise
from typing import Any

from models.words import Phrase, say
from reports.plan.column import Sheet
from reports.plan.line import Line
from reports.plan.problems import Findings


def check_unique(sheet: Sheet, lines: Sequence[Line], key: tuple[str, ...], findings: Findings) -> None:
    """No two lines may have the same key; the later one is named, at the last field of the key."""
    keyed = [(tuple(getattr(line, field) for field in key), line) for line in lines if line.has(*key)]
    check_keys(sheet, keyed, key[-1], findings)


def check_keys(sheet: Sheet, keyed: Iterable[tuple[Any, Line]], field: str, findings: Findings) -> None:
    """The same for keys that are more than fields; `field` is where a repeated one is named."""
    seen: dict[Any, Line] = {}
    for key, line in keyed:
        if (earlier := seen.setdefault(key, line)) is not line:
            findings.at(sheet, line.number, field, other_line(earlier.number))


def other_line(number: int) -> Phrase:
    """What is said of a line that repeats the one in row `number`."""
    return say("{number}행에 이미 있습니다. 하나만 남겨 주세요.", number=number)


def check_known(
    sheet: Sheet, line: Line, field: str, other: Sheet, known: Collection[Any], findings: Findings
) -> bool:
    """The code in `field`, if there is one, must be among those `known` from the sheet `other`."""
    code = getattr(line, field)
    if not line.has(field) or not code:
        return line.has(field)
    if code not in known:
        phrase = say(
            "‘{sheet}’ 시트에 코드 {code:이/가} 없습니다. 코드를 확인해 주세요.", sheet=other.name, code=code
        )
        findings.at(sheet, line.number, field, phrase)
    return code in known


def check_order(sheet: Sheet, line: Line, fields: Sequence[str], findings: Findings) -> None:
    """Days or instants, where given, must not run backwards; the one that lies too early is named."""
    names = {column.field: column.name for column in sheet.columns}
    given = [field for field in fields if line.has(field) and getattr(line, field) is not None]
    for earlier, later in pairwise(given):
        if getattr(line, later) < getattr(line, earlier):
            phrase = say("{later:이/가} {earlier}보다 빠릅니다.", later=names[later], earlier=names[earlier])
            findings.at(sheet, line.number, later, phrase)
