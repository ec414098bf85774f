"""The sheet 검산: every score once more, in live formulas, and its difference to the recorded one.

The inputs stand on the sheet as numbers; the recorded figures are taken from 지표별, the sheet people read.
"""

from __future__ import annotations

from models.plan import Period
from models.scores import ScoreRow, View
from models.scoring import Kind
from reports.excel import Book, Sheet
from reports.scores import indicators
from reports.scores.formulas import Places, achievement_formula, actual_formula, points_formula
from reports.scores.labels import KINDS, ROLLUPS, scope_name
from reports.scores.links import Lookup
from reports.scores.step_tables import StepTable, StepTables
from reports.table import Cell, Column, Compare, Formula, Highlight, Look, Table, Tone, column_letters

NAME = "검산"
DEPARTMENTS_NAME = "부서 검산"
DEPARTMENT = "부서 순번"
PLANNED_WEIGHT, WEIGHT = "계획 가중치", "가중치"
POINTS = "재계산 점수"

_OFF = ("달성률 차이", "점수 차이")
_DEPARTMENTS_OFF = ("F", "I")
_RECORDED = "지표별 행"
_BEFORE_VALUES = [
    Column(indicators.NUMBER, 6, Look.CENTRED),
    Column(DEPARTMENT, 6, Look.CENTRED),
    Column("지표코드", 10, Look.CENTRED),
    Column("지표명", 26),
    Column("부서", 16),
    Column("배점방식", 9, Look.CENTRED),
    Column("집계", 6, Look.CENTRED),
]
_AFTER_VALUES = [
    Column("실적", 11, Look.NUMBER),
    Column("목표치", 11, Look.NUMBER),
    Column("기준값", 9, Look.NUMBER),
    Column("하한값", 9, Look.NUMBER),
    Column("상한값", 9, Look.NUMBER),
    Column("감점률", 8, Look.NUMBER),
    Column("기준일", 12, Look.DAY),
    Column("단계표", 7, Look.CENTRED),
    Column("최저", 7, Look.PERCENT),
    Column("최고", 7, Look.PERCENT),
    Column("소수 자리", 6, Look.CENTRED),
    Column(PLANNED_WEIGHT, 9, Look.POINTS),
    Column(WEIGHT, 9, Look.POINTS),
    Column(_RECORDED, 7, Look.CENTRED, folded=True),
    Column("기록 달성률", 9, Look.PERCENT),
    Column("재계산 달성률", 9, Look.PERCENT),
    Column("달성률 차이", 8, Look.NUMBER),
    Column("기록 점수", 9, Look.POINTS),
    Column(POINTS, 9, Look.POINTS),
    Column("점수 차이", 8, Look.NUMBER),
]
_HIGHLIGHTS = [Highlight(title, Compare.IS_NOT, 0, Tone.BAD) for title in _OFF]


class Recalculation:
    """The sheet being written, with the step tables its formulas look into."""

    def __init__(self, book: Book, view: View, recorded: Sheet) -> None:
        self._view = view
        self._recorded = recorded
        self._recorded_rows = Lookup(recorded, indicators.NUMBER)
        # Of a single period there is nothing to roll up: its one value is the actual.
        values = [] if view.period else [_value_column(period) for period in view.periods]
        self.sheet = book.sheet(_table(view, [*_BEFORE_VALUES, *values, *_AFTER_VALUES]))
        self._lookup = Lookup(self.sheet, indicators.NUMBER)
        self._values = [self.sheet.letters[column.title] for column in values]
        self.steps = StepTables(book, view)
        self.department_numbers: dict[int, int] = {}
        """The numbers by which departments are known on this sheet, by their ids."""

    def add(self, number: int, row: ScoreRow) -> None:
        """Recalculates one indicator, whose figures are about to be added to 지표별 under that number."""
        plan, rule, figures = row.plan, row.rule, row.figures
        numbers = self.department_numbers
        steps = self.steps.of(rule)
        self.sheet.add(
            [
                number, numbers.setdefault(row.department.id, len(numbers) + 1),
                plan.code, plan.name, row.department.name, KINDS[rule.kind], ROLLUPS[plan.rollup],
                *self._actual(row),
                rule.target, rule.baseline, rule.low, rule.high, rule.loss_per_unit,
                self._view.last_day if rule.kind is Kind.MILESTONE else None,
                steps.number if steps else None, rule.floor, rule.cap, rule.digits,
                figures.planned_weight if plan.scored else None, figures.weight,
                self._recorded_row(), *self._achievement(row, steps), *self._points(row),
            ]
        )  # fmt: skip

    def link(self, label: str, row: int, cell: str) -> Formula:
        """Leads to the indicator added at `row`, from where its number stands in `cell`."""
        return self._lookup.link(label, row, cell)

    def cells(self, title: str) -> str:
        """All cells of a column, for formulas on other sheets."""
        letter, first = self.sheet.letters[title], self.sheet.first_row
        return f"'{NAME}'!${letter}${first}:${letter}${max(first, self.sheet.next_row - 1)}"

    def _here(self, title: str) -> str:
        return f"{self.sheet.letters[title]}{self.sheet.next_row}"

    def _actual(self, row: ScoreRow) -> list[Cell]:
        if not self._values:
            return [row.figures.recognised]
        values = f"{self._values[0]}{self.sheet.next_row}:{self._values[-1]}{self.sheet.next_row}"
        known = row.figures.recognised is not None
        return [*row.figures.values, Formula(actual_formula(row.plan.rollup, values)) if known else None]

    def _recorded_row(self) -> Formula:
        """Where the recorded figures stand now: the sheet 지표별 may have been sorted since."""
        return Formula(self._recorded_rows.row(self._recorded.next_row, self._here(indicators.NUMBER)))

    def _as_recorded(self, title: str) -> Formula:
        letter = self._recorded.letters[title]
        return Formula(f"INDEX('{indicators.NAME}'!{letter}:{letter},{self._here(_RECORDED)})")

    def _achievement(self, row: ScoreRow, steps: StepTable | None) -> list[Cell]:
        """Recorded, recalculated, and the difference; empty where nothing counts."""
        if row.figures.achievement is None:
            return [None, None, None]
        return [
            self._as_recorded(indicators.ACHIEVEMENT),
            Formula(achievement_formula(row.rule.kind, self._places(steps))),
            _difference(self._here("기록 달성률"), self._here("재계산 달성률")),
        ]

    def _points(self, row: ScoreRow) -> list[Cell]:
        if row.figures.points is None:
            return [None, None, None]
        again = points_formula(self._here(WEIGHT), self._here("재계산 달성률"), row.rule.points_digits)
        return [
            self._as_recorded(indicators.POINTS),
            Formula(again),
            _difference(self._here("기록 점수"), self._here(POINTS)),
        ]

    def _places(self, steps: StepTable | None) -> Places:
        here = self._here
        return Places(
            actual=here("실적"), target=here("목표치"), baseline=here("기준값"), low=here("하한값"),
            high=here("상한값"), loss_per_unit=here("감점률"), floor=here("최저"), cap=here("최고"),
            digits=here("소수 자리"), last_day=here("기준일"), bounds=steps.bounds if steps else "",
            percents=steps.percents if steps else "",
        )  # fmt: skip


def _value_column(period: Period) -> Column:
    return Column(f"{period.name} 인정", 11, Look.NUMBER)


def _table(view: View, columns: list[Column]) -> Table:
    letters = column_letters(columns)
    here = [f"SUM({letters[title]}:{letters[title]})" for title in _OFF]
    departments = [f"SUM('{DEPARTMENTS_NAME}'!{letter}:{letter})" for letter in _DEPARTMENTS_OFF]
    return Table(
        name=NAME,
        title=f"{scope_name(view)} 점수 검산",
        lines=[
            ["차이의 합계(0이면 모두 일치)", None, None, Formula("+".join(here + departments))],
            ["왼쪽의 입력값에서 수식으로 다시 계산한 달성률·점수를 「지표별」에 기록된 값과 비교합니다."],
        ],
        columns=columns,
        highlights=_HIGHLIGHTS,
    )


def _difference(recorded: str, recalculated: str) -> Formula:
    return Formula(f"ABS(ROUND({recorded}-{recalculated},6))")
