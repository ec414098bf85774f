"""A sheet whose rows belong to indicators: what stands behind their points."""

from __future__ import annotations

from collections.abc import Sequence

from reports.excel import Sheet
from reports.scores.indicators import CODE, Back
from reports.scores.links import Lookup, RowNumbers
from reports.table import Cell, Formula


class Behind:
    """The sheet being written; its last column leads back to 지표별, and from there links lead to its rows."""

    def __init__(self, sheet: Sheet, back: Back) -> None:
        self._sheet = sheet
        self._back = back
        self._lookup = Lookup(sheet, CODE)
        self._first_rows = RowNumbers()

    @property
    def rows(self) -> int:
        return self._sheet.next_row - self._sheet.first_row

    def add(self, indicator_id: int | None, code: str | None, cells: Sequence[Cell]) -> None:
        """Writes a row, all of its cells but the last; it may belong to no indicator."""
        back = None
        if indicator_id is not None and code is not None:
            self._first_rows.note(indicator_id, self._sheet.next_row)
            back = self._back.link(indicator_id, f"{self._sheet.letters[CODE]}{self._sheet.next_row}", code)
        self._sheet.add([*cells, back])

    def link(self, label: str, indicator_id: int, cell: str, code: str) -> Formula | None:
        """Leads to the indicator's first row from where its code stands in `cell`; None where it has none."""
        row = self._first_rows.get(indicator_id)
        return self._lookup.link(label, row, cell, code) if row else None
