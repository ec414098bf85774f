"""Tables written into an .xlsx file, made for officials: A4 landscape, frozen headings, 맑은 고딕.

openpyxl makes all of the file but the rows. Those are written as they come, straight as XML, and put in place
when the file is saved: a sheet of any length takes no memory and a fifth of the time of openpyxl's own
write-only mode. The same tables give the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryFile
from types import TracebackType
from typing import IO, Self
from xml.sax.saxutils import quoteattr
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from reports.excel.bars import Bars, bar_chart
from reports.excel.cells import cell_xml, clean
from reports.excel.looks import Looks, highlight, lay_out
from reports.table import Cell, Column, Formula, Look, Table, column_letters

_EMPTY_ROWS = re.compile(rb"<sheetData\s*/>|<sheetData></sheetData>")
_DIMENSION = re.compile(rb"<dimension ref=\"[^\"]*\"\s*/>")
_SAME_DATE = (1980, 1, 1, 0, 0, 0)
_MOST_ROWS = 1_048_576
_PAUSE = 256
_CHARACTERS_A_UNIT = 1.1
"""Widths are counted in digits of 11 points, and rows are written in 10."""
_LINE_HEIGHT = 14
_SPACE = 5
_MOST_LINES = 20


class Sheet:
    """One sheet being written: rows go in by `add`, in order."""

    def __init__(self, worksheet: Worksheet, table: Table, looks: Looks, rows: IO[bytes]) -> None:
        self.worksheet = worksheet
        self.table = table
        self.rows = rows
        self.letters = column_letters(table.columns)
        """The letters of the columns by their titles."""
        self._letters = list(self.letters.values())
        self._styles = [looks.of(column.look) for column in table.columns]
        self._room = [_room(column) for column in table.columns]
        self._waiting: list[str] = []
        self._row = 0
        self._write_heading(looks)
        self.first_row = self._row + 1

    @property
    def next_row(self) -> int:
        """The number of the row that `add` will write."""
        return self._row + 1

    def add(self, values: Sequence[Cell]) -> None:
        """Writes the next row: a value a column."""
        if self._row >= _MOST_ROWS:
            raise ValueError(f"{self.table.name} is longer than a sheet can be")
        self._row += 1
        row = str(self._row)
        cells = [
            cell_xml(letter + row, value, style)
            for letter, value, style in zip(self._letters, values, self._styles, strict=True)
        ]
        height = self._lines(values) * _LINE_HEIGHT + _SPACE
        self._write(f'<row r="{row}" ht="{height}" customHeight="1">{"".join(cells)}</row>')

    def _lines(self, values: Sequence[Cell]) -> int:
        """How many lines the row's longest text takes in its column; programs don't agree on working it out."""
        most = 1
        for value, room in zip(values, self._room, strict=True):
            if room and isinstance(value, str) and len(value) * 2 > room:
                # Hangul takes two bytes in this encoding, and twice the room of a Latin letter.
                widths = [len(line.encode("cp949", "replace")) for line in value.split("\n")]
                most = max(most, sum(max(1, -(-width // room)) for width in widths))
        return min(most, _MOST_LINES)

    def draw(self, bars: Bars, anchor: str) -> None:
        """Puts a chart of some of the rows at a cell."""
        self.worksheet.add_chart(bar_chart(self.worksheet, bars), anchor)

    def draw_below(self, bars: Bars) -> None:
        """Puts it below the table, which must be whole; in print on a page of its own.

        Beside a wide table it would make all of what is printed on one page's width too small to be read.
        """
        self.worksheet.row_breaks.append(Break(id=self._row))
        self.draw(bars, f"A{self.next_row + 1}")

    def finish(self) -> None:
        """Sets what depends on how many rows there are."""
        self._write_out()
        last = max(self._row, self.first_row)
        self.worksheet.auto_filter.ref = f"A{self.first_row - 1}:{self._letters[-1]}{last}"
        highlight(self.worksheet, self.table, self.first_row, last)

    @property
    def dimension(self) -> str:
        return f"A1:{self._letters[-1]}{self._row}"

    def _write_heading(self, looks: Looks) -> None:
        lines: list[Sequence[Cell]] = [(self.table.title,), *self.table.lines, ()]
        for number, line in enumerate(lines):
            self._row += 1
            style = looks.note if number else looks.title
            cells = [
                cell_xml(
                    f"{get_column_letter(place)}{self._row}",
                    value,
                    looks.figure if isinstance(value, Formula) else style,
                )
                for place, value in enumerate(line, start=1)
            ]
            height = ' ht="30" customHeight="1"' if number == 0 else ""
            self._write(f'<row r="{self._row}"{height}>{"".join(cells)}</row>')
        self._row += 1
        cells = [
            cell_xml(f"{letter}{self._row}", column.title, looks.header)
            for letter, column in zip(self._letters, self.table.columns, strict=True)
        ]
        self._write(f'<row r="{self._row}" ht="33" customHeight="1">{"".join(cells)}</row>')

    def _write(self, row: str) -> None:
        self._waiting.append(row)
        if len(self._waiting) >= _PAUSE:
            self._write_out()

    def _write_out(self) -> None:
        self.rows.write("".join(self._waiting).encode())
        self._waiting.clear()


class Book:
    """A workbook being written; `with` takes care of what it keeps on disk meanwhile."""

    def __init__(self, title: str, made_at: datetime) -> None:
        self._workbook = Workbook()
        self._workbook.remove(self._workbook.worksheets[0])
        self._sheets: list[Sheet] = []
        properties = self._workbook.properties
        properties.title, properties.creator = clean(title), "보고봇"
        properties.created = properties.modified = made_at.astimezone(UTC).replace(tzinfo=None)
        self._looks: Looks | None = None
        self._files = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._files.close()

    def sheet(self, table: Table, position: int | None = None) -> Sheet:
        """Adds a sheet, behind the others unless a position (from 0) is named, and writes its heading."""
        worksheet = self._workbook.create_sheet(table.name, position)
        if self._looks is None:
            self._looks = Looks(worksheet)
        rows = self._files.enter_context(TemporaryFile())  # noqa: SIM115 - closed with the book
        sheet = Sheet(worksheet, table, self._looks, rows)
        lay_out(worksheet, table, sheet.first_row)
        self._sheets.append(sheet)
        return sheet

    def save(self, target: Path) -> None:
        """Writes the file; nothing can be added afterwards."""
        for sheet in self._sheets:
            sheet.finish()
        frame = BytesIO()
        ExcelWriter(self._workbook, ZipFile(frame, "w", ZIP_DEFLATED)).save()
        by_path = {sheet.worksheet.path.lstrip("/"): sheet for sheet in self._sheets}
        with ZipFile(frame) as made, ZipFile(target, "w") as archive:
            for name in made.namelist():
                entry = ZipInfo(name, _SAME_DATE)
                entry.compress_type = ZIP_DEFLATED
                with archive.open(entry, "w") as file:
                    _write_part(file, made.read(name), by_path.get(name))


def _room(column: Column) -> int:
    """How many characters a line of broken text holds; 0 where text isn't broken or isn't seen."""
    seen = column.look in (Look.TEXT, Look.CENTRED) and not column.folded
    return int(column.width * _CHARACTERS_A_UNIT) - 1 if seen else 0


def _write_part(file: IO[bytes], frame: bytes, sheet: Sheet | None) -> None:
    """One file of the package; a sheet's frame gets its rows."""
    if sheet is None:
        file.write(frame)
        return
    dimension = f"<dimension ref={quoteattr(sheet.dimension)}/>".encode()
    before, after = _EMPTY_ROWS.split(_DIMENSION.sub(dimension, frame, count=1))
    file.write(before + b"<sheetData>")
    sheet.rows.seek(0)
    copyfileobj(sheet.rows, file)
    file.write(b"</sheetData>" + after)
