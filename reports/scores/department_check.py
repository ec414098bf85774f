"""The sheet 부서 검산: the total of every department summed up again from 검산."""

from __future__ import annotations

from collections.abc import Iterable

from models.scores import DepartmentTotal, View
from reports.excel import Book, Sheet
from reports.scores import summary
from reports.scores.labels import scope_name
from reports.scores.links import Lookup
from reports.scores.recalculation import (
    DEPARTMENT,
    DEPARTMENTS_NAME,
    PLANNED_WEIGHT,
    POINTS,
    WEIGHT,
    Recalculation,
)
from reports.table import Column, Compare, Formula, Highlight, Look, Table, Tone

_COLUMNS = [
    Column("부서 순번", 9, Look.CENTRED),
    Column("부서코드", 12, Look.CENTRED),
    Column("부서", 24),
    Column("기록 점수", 12, Look.POINTS),
    Column("재계산 점수", 12, Look.POINTS),
    Column("점수 차이", 11, Look.NUMBER),
    Column("계획 가중치 합", 12, Look.POINTS),
    Column("배분 후 가중치 합", 12, Look.POINTS),
    Column("가중치 차이", 11, Look.NUMBER),
]


def department_check(
    book: Book,
    view: View,
    ranked: Iterable[DepartmentTotal],
    recorded: Sheet,
    recalculation: Recalculation,
) -> None:
    """Writes the sheet. `ranked` are the rows of the sheet `recorded` (종합), in its order."""
    sheet = book.sheet(
        Table(
            DEPARTMENTS_NAME,
            f"{scope_name(view)} 부서별 점수 검산",
            [["「검산」에서 다시 더한 점수를 「종합」의 점수와, 배분 후 가중치의 합을 계획과 비교합니다."]],
            _COLUMNS,
            [Highlight(title, Compare.IS_NOT, 0, Tone.BAD) for title in ("점수 차이", "가중치 차이")],
        )
    )
    points, recorded_rows = recorded.letters[summary.POINTS], Lookup(recorded, summary.CODE)
    keys = recalculation.cells(DEPARTMENT)
    for was, total in enumerate(ranked, start=recorded.first_row):
        row = sheet.next_row
        place = recorded_rows.row(was, f"B{row}", total.department.code)
        again, planned, weight = (
            Formula(f"SUMIFS({recalculation.cells(title)},{keys},A{row})")
            for title in (POINTS, PLANNED_WEIGHT, WEIGHT)
        )
        sheet.add(
            [
                recalculation.department_numbers[total.department.id],
                total.department.code, total.department.name,
                Formula(f"INDEX('{summary.NAME}'!{points}:{points},{place})"), again,
                Formula(f"ABS(ROUND(D{row}-E{row},6))"),
                planned, weight,
                # Where nothing is applicable there is nobody to take the weight, and nothing to score.
                Formula(f"IF(H{row}=0,0,ABS(ROUND(G{row}-H{row},6)))"),
            ]
        )  # fmt: skip
