"""Links from a row to rows of other sheets. They look their row up, so that sorting leads none of them astray.

Looking through a column takes as long as the column is, and every row has links. So a link looks first at the row
it was written for, which is still the right one until somebody sorts.
"""

from __future__ import annotations

from array import array

from reports.excel import Sheet
from reports.table import Formula

_WILDCARDS = "~*?"


class Lookup:
    """A column of a sheet by which its rows are known, for formulas on other sheets."""

    def __init__(self, sheet: Sheet, title: str) -> None:
        self.name = sheet.table.name
        letter = sheet.letters[title]
        self._place = f"#'{self.name}'!{letter}"
        self._cell = f"'{self.name}'!${letter}$"
        self._column = f"'{self.name}'!{letter}:{letter}"

    def row(self, was: int, cell: str, text: str = "") -> str:
        """The number of the row whose key equals that in `cell`, as a formula.

        was: the row it was written to, 0 where that is not known. text: what stands in `cell`, where it is a text.
        """
        found = f"MATCH({pattern(cell, text)},{self._column},0)"
        there = f"{self._cell}{was}"
        return f"IF({there}={cell},ROW({there}),{found})" if was else found

    def link(self, label: str, was: int, cell: str, text: str = "") -> Formula:
        """Leads to the row, which must be there."""
        return Formula(f'HYPERLINK("{self._place}"&{self.row(was, cell, text)},"{label}")')

    def link_if_there(self, label: str, was: int, cell: str, text: str = "") -> Formula:
        """The same; to the top of the sheet where there is no such row."""
        place = f'IFERROR("{self._place}"&{self.row(was, cell, text)},"#\'{self.name}\'!A1")'
        return Formula(f'HYPERLINK({place},"{label}")')


class RowNumbers:
    """The row of each indicator by its id, in four bytes each."""

    def __init__(self) -> None:
        self._rows = array("I")

    def note(self, indicator_id: int, row: int) -> None:
        """The first row that is noted stays."""
        missing = indicator_id + 1 - len(self._rows)
        if missing > 0:
            self._rows.extend([0] * missing)
        self._rows[indicator_id] = self._rows[indicator_id] or row

    def get(self, indicator_id: int) -> int:
        """0 where the indicator has none."""
        return self._rows[indicator_id] if indicator_id < len(self._rows) else 0


def pattern(cell: str, text: str) -> str:
    """What MATCH is to look for: the cell, or its text where a sign in it would be taken for a wildcard."""
    if not any(sign in text for sign in _WILDCARDS):
        return cell
    for sign in _WILDCARDS:
        text = text.replace(sign, f"~{sign}")
    return '"' + text.replace('"', '""') + '"'
