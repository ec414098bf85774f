"""The sheet 소관항목 분포: whether the items of owner departments tell their subjects apart."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from sqlmodel import Session

from models.scheme.items import alike
from models.scheme.result import SchemeResult
from models.scheme.table import Part, Source
from models.scores import View
from models.scoring.achievement import rounded
from reports.excel import Book
from reports.scores.labels import scope_name
from reports.scores.scheme_given import given_values
from reports.scores.scheme_labels import owner_name, period_named
from reports.table import Cell, Column, Compare, Highlight, Look, Table, Tone

_TOLD, _TOO_ALIKE = "구별", "어려움"
_COLUMNS = [
    Column("체계", 12, Look.CENTRED),
    Column("항목", 26),
    Column("소관부서", 20),
    Column("기간", 9, Look.CENTRED),
    Column("대상", 9, Look.COUNT),
    Column("값을 받은 대상", 11, Look.COUNT),
    Column("서로 다른 값 수", 11, Look.COUNT),
    Column("가장 많은 값", 11, Look.NUMBER),
    Column("그 대상 수", 9, Look.COUNT),
    Column("비율(%)", 9, Look.PERCENT),
    Column(_TOLD, 9, Look.CENTRED),
]


def spread_sheet(session: Session, book: Book, view: View, results: Sequence[SchemeResult]) -> None:
    """Writes a row for every item and period in which something was given; no sheet where nothing was."""
    rows: list[list[Cell]] = [
        [result.scheme.code, part.name, owner_name(session, part), *cells]
        for result in results
        for part in result.parts
        if part.source is Source.OWNER
        for cells in _spreads(session, view, result, part)
    ]
    if not rows:
        return
    told = "값을 받은 대상의 절반이 넘게 같은 값이면 대상을 구별하기 어려운 항목입니다. 해당 없음은 세지 않습니다."
    marks = [Highlight(_TOLD, Compare.IS, _TOO_ALIKE, Tone.BAD)]
    sheet = book.sheet(Table("소관항목 분포", f"{scope_name(view)} 소관항목 분포", [[told]], _COLUMNS, marks))
    for row in rows:
        sheet.add(row)


def _spreads(session: Session, view: View, result: SchemeResult, part: Part) -> list[list[Cell]]:
    """What the values of each period come to, in order of time, those of the whole year last."""
    subjects = [one.subject.id for one in result.subjects]
    by_period: dict[int | None, dict[int, Decimal | None]] = {}
    for one in given_values(session, view, part, subjects):
        by_period.setdefault(one.period_id, {})[one.subject_id] = one.value
    found: list[list[Cell]] = []
    for key in [*(period.id for period in view.periods), None]:
        values = by_period.get(key, {}).values()
        if (commonest := alike(values)) is not None:
            different = len({value for value in values if value is not None})
            share = rounded(Decimal(commonest.count) * 100 / commonest.among, 1)
            too_alike = _TOO_ALIKE if commonest.is_too_alike else None
            found.append(
                [
                    period_named(view, key), len(subjects), commonest.among, different, commonest.value,
                    commonest.count, share, too_alike,
                ]
            )  # fmt: skip
    return found
