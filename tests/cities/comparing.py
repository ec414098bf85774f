"""A result as figures that can be held against figures worked out elsewhere."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from openpyxl import Workbook
from sqlmodel import Session, col, select

from models.plan import Cycle, Period
from models.scheme.result import SubjectResult, result_of
from models.scheme.table import BASE
from tests.cities.answers import rows
from tests.cities.by_hand.tables import EXPECTED, UNDECIDED
from tests.cities.place import Place

RESULT_SHEET = "평가결과"
_AROUND = ("기간", "코드", "이름", "구분", "총점", "순위", "등급", "포상")
"""The columns of a checked-in table that are no part."""


@dataclass(frozen=True)
class Standing:
    """What a subject came to: points by the code of the part; what does not apply is not among them."""

    total: Decimal
    rank: int
    grade: str
    prize: str
    points: Mapping[str, Decimal]


Standings = Mapping[str, Standing]
"""By the subject's code."""


def standings(
    place: Place, cycle: str, scheme: str, period: str = "", as_of: datetime | None = None
) -> dict[str, Standing]:
    """The result as the engine has it, now or reckoned again as of an instant."""
    with place.town.database.read() as session:
        year, one = where(session, cycle, period)
        found = result_of(session, year, scheme, one, as_of)
        return {each.subject.code: _standing(each) for each in found.subjects}


def expected(city: str, cycle: str, scheme: str, period: str = "") -> dict[str, Standing]:
    """The same as the checked-in table has it, which was worked out from the files alone."""
    found = {}
    path = EXPECTED / f"{city.partition('-')[0]}-{scheme}-{cycle}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["기간"] == period:
                points = {code: Decimal(row[code]) for code in row if code not in _AROUND and row[code]}
                about = int(row["순위"]), row["등급"], row["포상"]
                found[row["코드"]] = Standing(Decimal(row["총점"]), *about, points)
    return found


def standings_in(workbook: Workbook, city: str, cycle: str, scheme: str) -> dict[str, Standing]:
    """The same as the exported workbook has it, but for parts of 0 points: to be held against `as_told`."""
    # Where there are several schemes each has its own sheet.
    name = RESULT_SHEET if RESULT_SHEET in workbook.sheetnames else f"{RESULT_SHEET} {scheme}"
    cells = list(workbook[name].iter_rows(values_only=True))
    at = next(number for number, row in enumerate(cells) if "총점" in row)
    heads = [str(cell) for cell in cells[at]]
    of_scheme = [row for row in rows(city, "배점") if (row["성과주기"], row["체계"]) == (cycle, scheme)]
    parts = {row["코드"]: row["이름"] for row in of_scheme}
    found = {}
    for line in cells[at + 1 :]:
        row = dict(zip(heads, line, strict=True))
        if not row["코드"]:
            continue
        points = {code: _decimal(row[title]) for code, title in parts.items() if row.get(title)}
        about = int(str(row["순위"])), str(row["등급"] or ""), _prize(row)
        found[str(row["코드"])] = Standing(_decimal(row["총점"]), *about, points)
    return found


def as_told(found: Standings) -> dict[str, Standing]:
    """Without parts of 0 points: the workbook leaves some of them out, and has some that do not apply."""
    return {
        code: replace(one, points={part: points for part, points in one.points.items() if points})
        for code, one in found.items()
    }


def _prize(row: Mapping[str, object]) -> str:
    """Its own column, or the remark that equals stand at its border."""
    open_ = re.search("동점으로 (.+) 결정 필요", str(row["비고"] or ""))
    return open_[1] + UNDECIDED if open_ else str(row["포상"] or "")


def _standing(one: SubjectResult) -> Standing:
    place = one.place
    points = {
        part.part.code: part.points
        for part in one.score.parts
        if part.percent is not None or part.part.source not in BASE
    }
    prize = place.undecided[0] + UNDECIDED if place.undecided else place.prize
    return Standing(one.score.total, place.rank, place.grade, prize, points)


def where(session: Session, cycle: str, period: str) -> tuple[int, int | None]:
    year = session.exec(select(Cycle.id).where(Cycle.code == cycle)).one() or 0
    if not period:
        return year, None
    query = select(Period.id).where(col(Period.cycle_id) == year, Period.code == period)
    return year, session.exec(query).one()


def _decimal(cell: object) -> Decimal:
    """Cells hold binary fractions; people read two decimals."""
    return Decimal(str(cell)).quantize(Decimal("0.01"))
