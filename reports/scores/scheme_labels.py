"""What the sheets of schemes share: their words, their numbers, and how a formula names a column."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlmodel import Session

from models.organization import Department
from models.plan import Period
from models.scheme.result import SchemeResult
from models.scheme.table import Combine, Part, Source
from models.scores import View
from reports.excel import Sheet

SOURCES: Mapping[Source, str] = {
    Source.INDICATORS: "지표",
    Source.RATING: "평가",
    Source.OWNER: "소관",
    Source.SCHEME: "다른평가",
    Source.BONUS: "가점",
    Source.DEDUCTION: "감점",
    Source.CONSULTATION: "컨설팅감점",
    Source.MILEAGE: "마일리지",
}
COMBINES: Mapping[Combine, str] = {
    Combine.YEAR: "연간",
    Combine.MEAN: "평균",
    Combine.SUM: "합계",
    Combine.LAST: "최종",
    Combine.SHARES: "비중",
}
WHOLE_YEAR = "연간"
EXACT = 12
"""Decimals of a figure that is nowhere rounded: a spreadsheet knows no more."""
_FORBIDDEN = re.compile(r"[\\/?*\[\]:']")
_LONGEST = 31


@dataclass
class Numbers:
    """The numbers by which the sheets know what they speak of: codes would be taken for numbers by SUMIFS."""

    _known: dict[tuple[object, ...], int] = field(default_factory=dict)

    def of(self, kind: str, *key: object) -> int:
        """The number of that thing: the next one, where it has none yet."""
        return self._known.setdefault((kind, *key), len(self._known) + 1)


def column(sheet: Sheet, title: str, rows: int | None = None) -> str:
    """All cells of a column, for formulas. `rows`: how many there will be, while they are being written."""
    letter, first = sheet.letters[title], sheet.first_row
    last = first + rows - 1 if rows is not None else sheet.next_row - 1
    return f"'{sheet.table.name}'!${letter}${first}:${letter}${max(first, last)}"


def looked_up(sheet: Sheet, title: str, key_title: str, key: str) -> str:
    """The cell of a column in the row whose number is in the cell `key`, wherever it was sorted to."""
    return f"INDEX({column(sheet, title)},MATCH({key},{column(sheet, key_title)},0))"


def difference(recorded: str, recalculated: str) -> str:
    return f"ABS(ROUND({recorded}-{recalculated},6))"


def sheet_names(base: str, results: Sequence[SchemeResult]) -> dict[str, str]:
    """The sheets of the schemes by their codes: `평가결과`, or where there are several `평가결과 INST`.

    To a spreadsheet names that differ in case are the same: the later one gets a number.
    """
    if len(results) == 1:
        return {results[0].scheme.code: base}
    names: dict[str, str] = {}
    taken: set[str] = set()
    for number, result in enumerate(results, start=1):
        name = _FORBIDDEN.sub("_", f"{base} {result.scheme.code}")[:_LONGEST]
        if name.casefold() in taken:
            end = f" {number}"
            name = name[: _LONGEST - len(end)] + end
        taken.add(name.casefold())
        names[result.scheme.code] = name
    return names


def part_titles(parts: tuple[Part, ...]) -> dict[str, str]:
    """The columns of the parts by their codes: their names, with the code where two have the same."""
    names = [part.name for part in parts]
    taken = {"번호", "순위", "구분", "코드", "대상", "부서", "총점", "등급", "포상", "비고"}
    return {
        part.code: f"{part.name}({part.code})"
        if names.count(part.name) > 1 or part.name in taken
        else part.name
        for part in parts
    }


def owner_name(session: Session, part: Part) -> str | None:
    """Who gives an owner's part: a department, or each subject's supervising one where none is named."""
    if part.owner_id is not None:
        return session.get_one(Department, part.owner_id).name
    return "감독부서" if part.source is Source.OWNER else None


def period_named(view: View, period_id: int | None) -> str:
    return next((one.name for one in view.periods if one.id == period_id), WHOLE_YEAR)


def period_of_code(view: View, code: str) -> Period | None:
    return next((one for one in view.periods if one.code == code), None)
