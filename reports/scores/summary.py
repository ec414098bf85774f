"""The sheet 종합: the departments in order of rank, with the best and the last as bars."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from models.clock import SEOUL
from models.plan import PeriodState
from models.scores import CycleTotal, DepartmentTotal, View
from models.words.shown import shown_date, shown_datetime
from reports.excel import Bars, Book, Sheet
from reports.scores.as_of import AsOf
from reports.scores.labels import scope_name
from reports.table import Cell, Column, Compare, Highlight, Look, Table, Tone

NAME = "종합"
CODE = "부서코드"
POINTS = "점수"

_DRAWN = 12
_BESIDE = "N"
"""The column where the bars stand: one is left free after the table."""
_ROWS_A_CHART = 18
_COLUMNS = [
    Column("순위", 6, Look.CENTRED),
    Column(CODE, 11, Look.CENTRED),
    Column("부서", 22),
    Column("실국", 18),
    Column(POINTS, 10, Look.POINTS),
    Column("반영 가중치", 10, Look.POINTS),
    Column("지표", 7, Look.COUNT),
    Column("평가 반영", 7, Look.COUNT),
    Column("승인", 7, Look.COUNT),
    Column("검토 중", 7, Look.COUNT),
    Column("미보고", 7, Look.COUNT),
    Column("해당 없음", 7, Look.COUNT),
]
_HIGHLIGHTS = [
    Highlight("순위", Compare.IS, 1, Tone.GOOD),
    Highlight("검토 중", Compare.FROM, 1, Tone.WAITING),
    Highlight("미보고", Compare.FROM, 1, Tone.BAD),
]


def summary_sheet(
    book: Book, view: View, known: AsOf, ranked: Sequence[DepartmentTotal], total: CycleTotal
) -> Sheet:
    """Writes the sheet in front of the others: its rows are the departments in order of rank."""
    lines = [[_scope(view)], [_counts(total)], [f"기준: {_dated(known.at)} 현재 · 보고봇"]]
    sheet = book.sheet(Table(NAME, f"{scope_name(view)} 점수 종합", lines, _COLUMNS, _HIGHLIGHTS), position=0)
    for one in ranked:
        sheet.add(_cells(one))
    _draw(sheet, sum(one.rank is not None for one in ranked))
    return sheet


def _cells(total: DepartmentTotal) -> list[Cell]:
    return [
        total.rank,
        total.department.code,
        total.department.name,
        total.department.bureau,
        total.points,
        total.weight,
        total.indicators,
        total.scored,
        total.approved,
        total.waiting,
        total.missing,
        total.not_applicable,
    ]


def _draw(sheet: Sheet, count: int) -> None:
    """All departments as bars; of many, those at both ends of the table, however it is sorted later."""
    first, last = sheet.first_row, sheet.first_row + count - 1
    if not count:
        return
    if count <= 2 * _DRAWN:
        sheet.draw(_bars(sheet, "부서별 점수", first, last), f"{_BESIDE}{first}")
        return
    sheet.draw(_bars(sheet, f"표의 처음 {_DRAWN}개 부서", first, first + _DRAWN - 1), f"{_BESIDE}{first}")
    lower = first + _ROWS_A_CHART
    sheet.draw(_bars(sheet, f"표의 마지막 {_DRAWN}개 부서", last - _DRAWN + 1, last), f"{_BESIDE}{lower}")


def _bars(sheet: Sheet, title: str, first: int, last: int) -> Bars:
    return Bars(title, sheet.letters["부서"], sheet.letters[POINTS], first, last)


def _scope(view: View) -> str:
    first = view.period.starts_on if view.period else view.cycle.starts_on
    closed = all(period.state is PeriodState.CLOSED for period in view.periods)
    days = " ~ ".join(f"{day.year}. {shown_date(day, 'ko')}" for day in (first, view.last_day))
    return f"기간: {days} · {'마감' if closed else '진행 중'}"


def _counts(total: CycleTotal) -> str:
    mean = f"{total.mean:,.2f}점" if total.mean is not None else "없음"
    return (
        f"부서 {total.departments:,}곳 · 지표 {total.indicators:,}개(평가 반영 {total.scored:,}개): "
        f"승인 {total.approved:,}, 검토 중 {total.waiting:,}, 미보고 {total.missing:,}, "
        f"해당 없음 {total.not_applicable:,} · 부서 평균 {mean}"
    )


def _dated(instant: datetime) -> str:
    return f"{instant.astimezone(SEOUL).year}. {shown_datetime(instant, 'ko', SEOUL)}"
