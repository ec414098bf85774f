"""The sheets 부서점수 and 다른평가: what departments reached in each period, and totals that other schemes go by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlmodel import Session

from models.plan import Period
from models.scheme.pieces import belongs, periods_of_part
from models.scheme.reached import Totals, mileage, reached
from models.scheme.result import SchemeResult, result_of
from models.scheme.rules import YEAR
from models.scheme.table import Source
from models.scores import View
from models.scores.line import DepartmentLine
from reports.excel import Book, Sheet
from reports.scores import scheme_results, summary
from reports.scores.labels import scope_name
from reports.scores.links import pattern
from reports.scores.scheme_labels import WHOLE_YEAR, Numbers, looked_up
from reports.table import Cell, Column, Formula, Look, Table

PERIOD, DEPARTMENT, PATH, POINTS, WEIGHT = "기간 번호", "부서 번호", "경로", "점수", "반영 가중치"
KEY, TOTAL = "키", "총점"
_COLUMNS = [
    Column("기간", 16, Look.CENTRED),
    Column(PERIOD, 6, Look.CENTRED, folded=True),
    Column(DEPARTMENT, 6, Look.CENTRED, folded=True),
    Column("부서코드", 14, Look.CENTRED),
    Column("부서", 26),
    Column(PATH, 30, folded=True),
    Column(POINTS, 12, Look.POINTS),
    Column(WEIGHT, 12, Look.POINTS),
]
_OTHERS = [
    Column("체계", 14, Look.CENTRED),
    Column(KEY, 6, Look.CENTRED, folded=True),
    Column("근거 번호", 6, Look.CENTRED, folded=True),
    Column("대상", 24),
    Column("항목", 20),
    Column("기간", 9, Look.CENTRED),
    Column("근거 체계", 14, Look.CENTRED),
    Column("근거 대상", 24),
    Column(TOTAL, 12, Look.POINTS),
]


def reached_sheet(
    session: Session,
    book: Book,
    view: View,
    results: Sequence[SchemeResult],
    numbers: Numbers,
    recorded: Sheet,
    places: Mapping[int, DepartmentLine],
) -> Sheet | None:
    """Points and weights of every department in the periods that parts go by; those of the view itself live from
    `recorded` (종합)."""
    periods, cycles = _periods(view, results), _cycles(view, results)
    if not periods and not cycles:
        return None
    told = "지표에서 얻는 항목은 100 × 점수 ÷ 반영 가중치입니다."
    sheet = book.sheet(Table("부서점수", f"{scope_name(view)} 부서점수", [[told]], _COLUMNS))
    for period in periods:
        totals = reached(session, view, period)
        number = numbers.of("period", period.code if period else YEAR)
        shown = period.name if period else WHOLE_YEAR
        _add(sheet, (shown, number), totals, places, numbers, recorded if period is view.period else None)
    for code in cycles:
        if (others := mileage(session, view, code)) is not None:
            _add(
                sheet,
                (f"마일리지 {code}", numbers.of("mileage", code)),
                others,
                places,
                numbers,
                None,
            )
    return sheet


def _add(
    sheet: Sheet,
    period: tuple[str, int],
    totals: Totals,
    places: Mapping[int, DepartmentLine],
    numbers: Numbers,
    recorded: Sheet | None,
) -> None:
    for key, total in totals.items():
        place = places[key]
        code = pattern(f"{sheet.letters['부서코드']}{sheet.next_row}", place.code)
        figures: list[Cell] = [total.points, total.weight]
        if recorded is not None:
            figures = [
                Formula(looked_up(recorded, title, summary.CODE, code)) for title in (summary.POINTS, WEIGHT)
            ]
        sheet.add([*period, numbers.of("department", key), place.code, place.name, place.path, *figures])


def _periods(view: View, results: Sequence[SchemeResult]) -> list[Period | None]:
    """Those that parts go by; None stands for the year."""
    found: dict[int | None, Period | None] = {}
    for part in (part for result in results for part in result.parts):
        asked: list[Period | None] = []
        if part.source is Source.INDICATORS:
            asked = periods_of_part(view, part)
        elif part.source is Source.MILEAGE and part.basis in ("", view.cycle.code):
            asked = [view.period]
        found |= {one.id if one else None: one for one in asked}
    return list(found.values())


def _cycles(view: View, results: Sequence[SchemeResult]) -> list[str]:
    """The cycles whose mileage counts here and that are not the view's own."""
    parts = (part for result in results for part in result.parts if part.source is Source.MILEAGE)
    return list(dict.fromkeys(part.basis for part in parts if part.basis not in ("", view.cycle.code)))


def others_sheet(
    session: Session,
    book: Book,
    view: View,
    results: Sequence[SchemeResult],
    numbers: Numbers,
    sheets: Mapping[str, Sheet],
    places: Mapping[int, DepartmentLine],
) -> Sheet | None:
    """For every part that goes by another scheme the totals it is the mean of; those of the view itself live from
    that scheme's 평가결과."""
    asked = [(result, part) for result in results for part in result.parts if part.source is Source.SCHEME]
    if not asked:
        return None
    told = "다른 평가의 총점을 근거로 하는 항목은 여기 적힌 총점의 평균입니다."
    sheet = book.sheet(Table("다른평가", f"{scope_name(view)} 다른평가 근거", [[told]], _OTHERS))
    for result, part in asked:
        for period in periods_of_part(view, part):
            key, code = (period.id, period.code) if period else (None, YEAR)
            others = result_of(session, view.cycle.id or 0, part.basis, key, view.as_of)
            recorded = sheets.get(part.basis) if period is view.period else None
            for one in result.subjects:
                for other in others.subjects:
                    if not belongs(other.subject, one.subject, places, below=part.below):
                        continue
                    cell = f"{sheet.letters['근거 번호']}{sheet.next_row}"
                    total: Cell = other.score.total
                    if recorded is not None:
                        live = looked_up(recorded, scheme_results.TOTAL, scheme_results.NUMBER, cell)
                        total = Formula(live)
                    sheet.add(
                        [
                            result.scheme.code, numbers.of("others", one.subject.id, part.code, code),
                            numbers.of("subject", other.subject.id), one.name, part.name,
                            period.name if period else WHOLE_YEAR, part.basis, other.name, total,
                        ]
                    )  # fmt: skip
    return sheet
