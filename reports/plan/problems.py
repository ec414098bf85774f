"""What is wrong with a plan, by sheet and cell: gathered while it is checked, raised all at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from models.words import Phrase
from reports.plan.column import Sheet
from reports.plan.columns import SHEETS


@dataclass(frozen=True)
class Problem:
    """One thing to put right. `cell` is its address, as D12, in a CSV file too; "" means the whole file."""

    sheet: str
    cell: str
    phrase: Phrase


class PlanRejected(Exception):
    """A plan that cannot be imported, with everything that is wrong in it, in order of sheet and cell."""

    def __init__(self, problems: list[Problem]) -> None:
        first = problems[0]
        super().__init__(f"{len(problems)} problems, {first.sheet} {first.cell}: {first.phrase.text}")
        self.problems = problems


class Findings:
    """Problems found so far, and where each sheet of this file has its columns."""

    def __init__(self) -> None:
        self._found: list[tuple[int, int, int, Problem]] = []
        self._places: dict[str, Mapping[str, int]] = {}
        self._order = {sheet.name: index for index, sheet in enumerate(SHEETS)}

    def place(self, sheet: Sheet, places: Mapping[str, int]) -> None:
        """Notes that in this file the field of each key stands in the column of that index."""
        self._places[sheet.name] = places

    def at(self, sheet: Sheet, number: int, field: str, phrase: Phrase) -> None:
        """A problem in a line's field; where the file has no such column, at the start of the line."""
        self.at_cell(sheet.name, number, self._places[sheet.name].get(field, 0), phrase)

    def at_cell(self, sheet: str, number: int, index: int, phrase: Phrase) -> None:
        """A problem in row `number` (from 1), column `index` (from 0)."""
        problem = Problem(sheet, f"{letters(index)}{number}", phrase)
        self._found.append((self._order.get(sheet, len(SHEETS)), number, index, problem))

    def raise_if_any(self) -> None:
        """Raises PlanRejected unless nothing was found."""
        if self._found:
            ordered = sorted(self._found, key=lambda found: found[:3])
            raise PlanRejected([problem for *_, problem in ordered])


def letters(index: int) -> str:
    """The letters of a column: A for 0, AA for 26."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
