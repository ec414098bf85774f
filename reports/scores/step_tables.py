"""The sheet 단계표: every table of steps or stages once, as numbers that the formulas of 검산 look up."""

from __future__ import annotations

from typing import NamedTuple

from models.scores import View
from models.scoring import Rule
from reports.excel import Book
from reports.scores.labels import scope_name
from reports.table import Column, Look, Table

NAME = "단계표"

_COLUMNS = [
    Column("표 번호", 9, Look.CENTRED),
    Column("값(이상)", 14, Look.NUMBER),
    Column("기한", 14, Look.DAY),
    Column("달성률·누적 추진율", 18, Look.PERCENT),
]


class StepTable(NamedTuple):
    """Where a table stands: its number, the cells of its bounds and those of its percents."""

    number: int
    bounds: str
    percents: str


class StepTables:
    """The sheet being written: a table is added when it is first asked for."""

    def __init__(self, book: Book, view: View) -> None:
        self._sheet = book.sheet(
            Table(
                NAME,
                f"{scope_name(view)} 단계표",
                [["단계형·무사고·마일스톤 지표의 배점표입니다."]],
                _COLUMNS,
            )
        )
        self._known: dict[object, StepTable] = {}

    def of(self, rule: Rule) -> StepTable | None:
        """The table of a rule; None where its kind has none."""
        key = rule.stages or rule.steps
        if key and key not in self._known:
            self._known[key] = self._add(rule)
        return self._known.get(key)

    def _add(self, rule: Rule) -> StepTable:
        sheet, number, first = self._sheet, len(self._known) + 1, self._sheet.next_row
        for stage in rule.stages:
            sheet.add([number, None, stage.due, stage.percent])
        for step in rule.steps:
            sheet.add([number, step.bound, None, step.percent])
        bounds = "C" if rule.stages else "B"
        at = [f"'{NAME}'!${letter}${first}:${letter}${sheet.next_row - 1}" for letter in (bounds, "D")]
        return StepTable(number, *at)
