"""The sheet 조각검산: what every part gave a subject in a period, once more from the sheets it comes from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from models.plan import Indicator, rule_of
from models.scheme.result import SchemeResult, SubjectResult
from models.scheme.rules import YEAR, PartScore, Piece
from models.scheme.table import BASE, Part, Source
from models.scores import View
from models.scores.line import DepartmentLine
from models.scoring import Kind
from models.scoring.achievement import rounded
from reports.excel import Book, Sheet
from reports.scores import scheme_given, scheme_reached
from reports.scores.formulas import Places, achievement_formula
from reports.scores.labels import scope_name
from reports.scores.scheme_labels import (
    EXACT,
    SOURCES,
    WHOLE_YEAR,
    Numbers,
    column,
    difference,
    period_of_code,
)
from reports.scores.scheme_ratings import KEY as RATED_KEY
from reports.scores.scheme_ratings import SHARE, SHARED, RatingSheets
from reports.scores.step_tables import StepTables
from reports.table import Cell, Column, Compare, Formula, Highlight, Look, Table, Tone

NAME = "조각검산"
PART, APPLIES, ORDER, SHARE_OF_PERIOD, AGAIN, OFF = "항목 키", "해당", "순서", "기간 몫", "재계산", "차이"
SHARED_AGAIN = "몫×재계산"
_COLUMNS = [
    Column("체계", 12, Look.CENTRED),
    Column(PART, 6, Look.CENTRED, folded=True),
    Column("코드", 12, Look.CENTRED),
    Column("대상", 22),
    Column("항목", 22),
    Column("원천", 11, Look.CENTRED),
    Column("기간", 9, Look.CENTRED),
    Column(ORDER, 6, Look.CENTRED, folded=True),
    Column(APPLIES, 6, Look.CENTRED),
    Column("근거 키", 6, Look.CENTRED, folded=True),
    Column("기간 키", 6, Look.CENTRED, folded=True),
    Column("경로", 20, folded=True),
    Column("배점", 8, Look.NUMBER),
    Column("값", 10, Look.NUMBER),
    Column("목표치", 9, Look.NUMBER, folded=True),
    Column("기준값", 9, Look.NUMBER, folded=True),
    Column("하한값", 9, Look.NUMBER, folded=True),
    Column("상한값", 9, Look.NUMBER, folded=True),
    Column("감점률", 8, Look.NUMBER, folded=True),
    Column("기준일", 12, Look.DAY, folded=True),
    Column("최저", 7, Look.PERCENT, folded=True),
    Column("최고", 7, Look.PERCENT, folded=True),
    Column("소수 자리", 6, Look.CENTRED, folded=True),
    Column("기록", 10, Look.NUMBER),
    Column(AGAIN, 10, Look.NUMBER),
    Column(OFF, 8, Look.NUMBER),
    Column(SHARE_OF_PERIOD, 8, Look.NUMBER),
    Column(SHARED_AGAIN, 10, Look.NUMBER, folded=True),
]


@dataclass(frozen=True)
class Origins:
    """The sheets that pieces come from; None where there is nothing of the kind. `steps` are the tables of 검산."""

    owner: Sheet | None
    adjustments: Sheet | None
    ratings: RatingSheets | None
    reached: Sheet | None
    others: Sheet | None
    steps: StepTables
    places: Mapping[int, DepartmentLine]


@dataclass(frozen=True)
class _Row:
    """A piece, with all that its formula may ask for. `at` is the row it will stand in."""

    view: View
    part: Part
    one: SubjectResult
    piece: Piece
    origins: Origins
    numbers: Numbers
    sheet: Sheet

    def here(self, title: str) -> str:
        return f"{self.sheet.letters[title]}{self.sheet.next_row}"

    @property
    def period_id(self) -> int | None:
        found = period_of_code(self.view, self.piece.period)
        return found.id if found else None

    @property
    def last_day(self) -> date:
        found = period_of_code(self.view, self.piece.period)
        return found.ends_on if found else self.view.cycle.ends_on


def piece_sheet(
    book: Book, view: View, results: Sequence[SchemeResult], numbers: Numbers, origins: Origins
) -> Sheet:
    """Writes the sheet; the pieces of one part of one subject share the key `numbers.of("reckoned", …)`."""
    told = "기록은 %이고, 가점·감점·마일리지는 점수입니다. 해당 0은 그 대상에 해당하지 않아 셈에서 빠진 것입니다."
    marks = [Highlight(OFF, Compare.IS_NOT, 0, Tone.BAD)]
    sheet = book.sheet(Table(NAME, f"{scope_name(view)} 평가체계 조각 검산", [[told]], _COLUMNS, marks))
    for result in results:
        for one in result.subjects:
            for part, score in zip(result.parts, one.score.parts, strict=True):
                for order, piece in enumerate(score.pieces, start=1):
                    row = _Row(view, part, one, piece, origins, numbers, sheet)
                    sheet.add(_cells(result, row, score, order))
    return sheet


def _cells(result: SchemeResult, row: _Row, score: PartScore, order: int) -> list[Cell]:
    part, piece = row.part, row.piece
    applies = piece.percent is not None
    period = period_of_code(row.view, piece.period)
    share = score.part.shares.get(piece.period) if piece.period != YEAR else None
    key, number, path = _from(row)
    before: list[Cell] = [
        result.scheme.code, row.numbers.of("reckoned", row.one.subject.id, part.code), row.one.subject.code,
        row.one.name, part.name, SOURCES[part.source], period.name if period else WHOLE_YEAR, order, int(applies),
        key, number, path, part.points if part.source in BASE else None,
    ]  # fmt: skip
    recorded = None if piece.percent is None else rounded(piece.percent, EXACT)
    again = Formula(_FORMULAS[part.source](row)) if applies else None
    off = Formula(difference(row.here("기록"), row.here(AGAIN))) if applies else None
    shared = (
        Formula(f"{row.here(SHARE_OF_PERIOD)}*{row.here(AGAIN)}") if applies and share is not None else None
    )
    return [*before, *_rule(row), recorded, again, off, share if applies else None, shared]


def _from(row: _Row) -> tuple[Cell, Cell, Cell]:
    """By which key the sheet of its origin knows it, by which period's, and the path of a department."""
    part, subject = row.part, row.one.subject
    place = row.origins.places[subject.department_id]
    path = f"{place.path}*" if part.below else place.path
    match part.source:
        case Source.OWNER:
            return row.numbers.of("value", subject.id, part.code, row.period_id), None, None
        case Source.RATING:
            assert row.origins.ratings is not None
            found = row.origins.ratings.rounds.get((part.basis, row.period_id))
            return row.numbers.of("rated", found.id if found else None, subject.id), None, None
        case Source.BONUS | Source.DEDUCTION:
            return row.numbers.of("adjusted", subject.id, part.code), None, None
        case Source.SCHEME:
            return row.numbers.of("others", subject.id, part.code, row.piece.period), None, None
        case Source.CONSULTATION:
            return row.numbers.of(*scheme_given.CONSULTATION_KEY), None, path
        case Source.MILEAGE if part.basis not in ("", row.view.cycle.code):
            return None, row.numbers.of("mileage", part.basis), path
    return None, row.numbers.of("period", row.piece.period), path


def _rule(row: _Row) -> list[Cell]:
    """The value of an owner's item, live, and the rule it is scored by."""
    part, origins = row.part, row.origins
    if part.source is not Source.OWNER or row.piece.percent is None:
        return [None] * 10
    value: Cell = None
    if origins.owner is not None and not row.piece.is_missing:
        keys, values = (column(origins.owner, one) for one in (scheme_given.KEY, scheme_given.VALUE))
        value = Formula(f"SUMIFS({values},{keys},{row.here('근거 키')})")
    if part.kind is None:
        return [value, *([None] * 9)]
    last_day = row.last_day if part.kind is Kind.MILESTONE else None
    return [
        value, part.target, part.baseline, part.low, part.high, part.loss_per_unit, last_day, part.floor,
        part.cap, part.digits,
    ]  # fmt: skip


def _indicators(row: _Row) -> str:
    points, weight = (_over_departments(row, one) for one in (scheme_reached.POINTS, scheme_reached.WEIGHT))
    return f"IF({weight}=0,0,100*{points}/{weight})"


def _mileage(row: _Row) -> str:
    return _over_departments(row, scheme_reached.POINTS)


def _over_departments(row: _Row, title: str) -> str:
    sheet = row.origins.reached
    assert sheet is not None
    summed, periods, paths = (
        column(sheet, one) for one in (title, scheme_reached.PERIOD, scheme_reached.PATH)
    )
    return f"SUMIFS({summed},{periods},{row.here('기간 키')},{paths},{row.here('경로')})"


def _ratings(row: _Row) -> str:
    assert row.origins.ratings is not None
    sums = row.origins.ratings.sums
    shares, shared = (
        f"SUMIFS({column(sums, one)},{column(sums, RATED_KEY)},{row.here('근거 키')})"
        for one in (SHARE, SHARED)
    )
    return f"IF({shares}=0,0,{shared}/{shares})"


def _owners(row: _Row) -> str:
    part = row.part
    if row.piece.is_missing:
        return "0"
    if part.kind is None:
        return f"{row.here('값')}*100/{row.here('배점')}" if part.points else "0"
    rule = rule_of(cast(Indicator, part), part.target)
    steps = row.origins.steps.of(rule)
    places = Places(
        actual=row.here("값"), target=row.here("목표치"), baseline=row.here("기준값"), low=row.here("하한값"),
        high=row.here("상한값"), loss_per_unit=row.here("감점률"), floor=row.here("최저"), cap=row.here("최고"),
        digits=row.here("소수 자리"), last_day=row.here("기준일"), bounds=steps.bounds if steps else "",
        percents=steps.percents if steps else "",
    )  # fmt: skip
    return achievement_formula(part.kind, places)


def _schemes(row: _Row) -> str:
    sheet = row.origins.others
    assert sheet is not None
    totals, keys = (column(sheet, one) for one in (scheme_reached.TOTAL, scheme_reached.KEY))
    return f"AVERAGEIFS({totals},{keys},{row.here('근거 키')})"


def _given(row: _Row) -> str:
    sheet = row.origins.adjustments
    assert sheet is not None
    points, keys = (column(sheet, one) for one in (scheme_given.POINTS, scheme_given.KEY))
    return f"SUMIFS({points},{keys},{row.here('근거 키')})"


def _consultation(row: _Row) -> str:
    sheet = row.origins.adjustments
    if sheet is None:
        return "0"
    points, keys, paths = (
        column(sheet, one) for one in (scheme_given.POINTS, scheme_given.KEY, scheme_given.PATH)
    )
    return f"SUMIFS({points},{keys},{row.here('근거 키')},{paths},{row.here('경로')})"


_FORMULAS: Mapping[Source, Callable[[_Row], str]] = {
    Source.INDICATORS: _indicators,
    Source.RATING: _ratings,
    Source.OWNER: _owners,
    Source.SCHEME: _schemes,
    Source.BONUS: _given,
    Source.DEDUCTION: _given,
    Source.CONSULTATION: _consultation,
    Source.MILEAGE: _mileage,
}
