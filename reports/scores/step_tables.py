"""The sheet 단계표: every table of steps or stages once, as numbers that the formulas of 검산 look up."""

from __future__ import annotations

from typing import NamedTuple

from models.scores import View
from models.scoring import Rule
from reports.excel import Book
from reports.scores.labels import scope_name
from reports.table import Column, Look, Table

NAME = "단계표"

_NUMBER, _ORDER, _BOUND, _DUE, _PERCENT = "표 번호", "순서", "값(이상)", "기한", "달성률·누적 추진율"
_COLUMNS = [
    Column(_NUMBER, 9, Look.CENTRED),
    Column(_ORDER, 7, Look.CENTRED),
    Column(_BOUND, 14, Look.NUMBER),
    Column(_DUE, 14, Look.DAY),
    Column(_PERCENT, 18, Look.PERCENT),
]


class StepTable(NamedTuple):
    """How formulas find a table by its number, wherever its rows were sorted to.

    `bounds` begins a COUNTIFS over its bounds, `percents` a SUMIFS of its percents by their order from 1 on.
    """

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
        sheet, number = self._sheet, len(self._known) + 1
        for order, stage in enumerate(rule.stages, start=1):
            sheet.add([number, order, None, stage.due, stage.percent])
        for order, step in enumerate(rule.steps, start=1):
            sheet.add([number, order, step.bound, None, step.percent])
        whole = {title: f"'{NAME}'!${letter}:${letter}" for title, letter in sheet.letters.items()}
        own = f"{whole[_NUMBER]},{number}"
        return StepTable(
            number,
            f"{own},{whole[_DUE if rule.stages else _BOUND]}",
            f"{whole[_PERCENT]},{own},{whole[_ORDER]}",
        )
