"""A spreadsheet of copies and formulas: copies of CSV files, and sheets that reckon with nothing else."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from tests.cities.by_hand.files import Row

_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass
class Book:
    """The workbook, and where each column of each of its sheets is."""

    workbook: Workbook = field(default_factory=Workbook)
    letters: dict[tuple[str, str], str] = field(default_factory=dict)
    lengths: dict[str, int] = field(default_factory=dict)

    def copy(self, title: str, rows: Sequence[Row]) -> None:
        """A file as it is; what reads as a number or a day becomes one."""
        sheet = self._sheet(title, list(rows[0]), len(rows))
        for row in rows:
            sheet.append([_cell(text) for text in row.values()])

    def reckon(self, title: str, columns: Mapping[str, str], count: int) -> None:
        """A sheet of `count` rows whose columns are formulas, in order. A formula names

        `[이름]` the cell of its own row, `[이름:]` a whole column of its sheet, and `[시트!이름]`, `[시트!이름:]`
        the same of another sheet, `[시트!이름@2]` a certain cell, `[시트!이름:2]` the column down to its row.
        """
        sheet = self._sheet(title, list(columns), count)
        for at in range(2, count + 2):
            sheet.append([self._placed(formula, title, at) for formula in columns.values()])

    def _sheet(self, title: str, head: list[str], count: int) -> Worksheet:
        sheet: Worksheet = self.workbook.create_sheet(title)
        sheet.append(head)
        sheet.freeze_panes = "B2"
        for cell in sheet[1]:
            cell.font = Font(bold=True)
        for at, name in enumerate(head, 1):
            self.letters[title, name] = get_column_letter(at)
        self.lengths[title] = count
        return sheet

    def _placed(self, formula: str, title: str, at: int) -> str:
        def place(found: re.Match[str]) -> str:
            sheet, name, kind, number = found["sheet"] or title, found["name"], found["kind"], found["number"]
            letter = self.letters[sheet, name]
            where = f"'{sheet}'!" if sheet != title else ""
            if kind == "@":
                return f"{where}${letter}${number}"
            if kind == ":":
                last = str(at) if number == "2" else f"${self.lengths[sheet] + 1}"
                return f"{where}${letter}$2:${letter}{last}"
            return f"{where}${letter}{at}"

        pattern = r"\[(?:(?P<sheet>[^\[\]!]+)!)?(?P<name>[^\[\]!:@]+)(?P<kind>[:@])?(?P<number>\d+)?\]"
        return "=" + re.sub(pattern, place, formula)


def _cell(text: str) -> str | int | float | date | None:
    if _NUMBER.fullmatch(text):
        return float(text) if "." in text else int(text)
    return date.fromisoformat(text) if _DAY.fullmatch(text) else text or None
