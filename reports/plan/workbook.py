"""A plan as an Excel workbook that somebody else made: nothing of it is trusted until it was looked at.

What is checked is also what is opened: every part is unpacked under a cap by Python and packed anew for
calamine, so that a zip whose headers lie, or that two readers would understand differently, gains nothing.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from python_calamine import CalamineError, CalamineWorkbook

from models.words import Phrase, Refusal, say
from reports.plan.columns import GUIDE, SHEETS
from reports.plan.folder import MOST_BYTES, check_size
from reports.plan.lines import Cell, Grid, RawPlan
from reports.plan.misread import misread_cells
from reports.plan.problems import PlanRejected, Problem, letters

MOST_ENTRIES = 1_000
MOST_UNPACKED = 128 * 1024 * 1024
MOST_RATIO = 200
SMALL = 1024 * 1024
"""Below this a high ratio is harmless."""

_OLE = b"\xd0\xcf\x11\xe0"
_MACROS = re.compile(r"vbaProject|xl/macrosheets/", re.IGNORECASE)
# calamine makes room for the whole rectangle up to the farthest cell, so a single cell at XFD1048576 takes
# all memory. Near is up to column CZ and row 49999; an empty cell is never kept, so it may stand anywhere.
_FAR_CELL = re.compile(
    rb"""(?<![\w:.-])r\s*=\s*["'](?![A-C]?[A-Z][1-4]?[0-9]{1,4}["'])[A-Za-z]+[0-9]+["']"""
    rb"""(?!(?:\s+s="[0-9]+")?\s*/>)"""
)


def read_workbook(source: Path) -> RawPlan:
    """The sheets of an .xlsx file, the guide left out.

    Raises PlanRejected where the file cannot be read, or with every cell that would be taken for another value.
    """
    with _rejecting(source):
        packed = _repacked(source)
        if problems := _misread(packed, [sheet.name for sheet in SHEETS]):
            raise PlanRejected(problems)
        return _read(packed)


def read_sheets(source: Path, names: Collection[str]) -> dict[str, list[list[Cell | Phrase]]]:
    """Of these sheets of an .xlsx file those that it has; a cell that would be taken for another value than it shows
    holds what is wrong with it. Raises PlanRejected where the file cannot be read.
    """
    with _rejecting(source):
        packed = _repacked(source)
        misread = _misread(packed, names)
        sheets = _read_some(packed, names)
    if lost := [one for one in misread if not 0 < _row_of(one) <= len(sheets[one.sheet])]:
        raise PlanRejected(lost)
    wrong = {(one.sheet, one.cell): one.phrase for one in misread}
    return {
        name: [
            [wrong.get((name, f"{letters(at)}{number}"), cell) for at, cell in enumerate(cells)]
            for number, cells in enumerate(grid, start=1)
        ]
        for name, grid in sheets.items()
    }


def _row_of(problem: Problem) -> int:
    """The row of its cell; 0 where a program has not written down which cell it is."""
    return int("".join(filter(str.isdigit, problem.cell)) or 0)


def _read_some(packed: BytesIO, names: Collection[str]) -> dict[str, Grid]:
    with CalamineWorkbook.from_filelike(packed) as workbook:
        titles = {unicodedata.normalize("NFC", title).strip(): title for title in workbook.sheet_names}
        sheets = {name: workbook.get_sheet_by_name(titles[name]) for name in names if name in titles}
        return {
            name: check_size(name, sheet.to_python(skip_empty_area=False)) for name, sheet in sheets.items()
        }


@contextmanager
def _rejecting(source: Path) -> Iterator[None]:
    """Whatever is wrong with the file as such is said in words."""
    try:
        yield
    except Refusal as refusal:
        raise _rejected(source, refusal.phrase) from None
    except (BadZipFile, CalamineError, EOFError, NotImplementedError, OSError, ValueError, zlib.error):
        phrase = say("엑셀 파일(.xlsx)로 읽지 못했습니다. 엑셀에서 열어 다시 저장해 주세요.")
        raise _rejected(source, phrase) from None


def _rejected(source: Path, phrase: Phrase) -> PlanRejected:
    return PlanRejected([Problem(source.name, "", phrase)])


def _read(packed: BytesIO) -> RawPlan:
    known = {sheet.name for sheet in SHEETS}
    sheets: dict[str, Grid] = {}
    with CalamineWorkbook.from_filelike(packed) as workbook:
        for title in workbook.sheet_names:
            name = unicodedata.normalize("NFC", title).strip()
            if name in sheets:
                sheets[title] = []  # two titles that differ in a space: the second is one we do not know
            elif name != GUIDE:
                sheet = workbook.get_sheet_by_name(title) if name in known else None
                sheets[name] = check_size(name, sheet.to_python(skip_empty_area=False)) if sheet else []
    return RawPlan(sheets)


def _repacked(source: Path) -> BytesIO:
    """The XML parts of the workbook in a fresh zip, once they are known to be harmless."""
    if source.stat().st_size > MOST_BYTES:
        raise Refusal("파일이 너무 큽니다. {most}MB까지 읽을 수 있습니다.", most=MOST_BYTES // 1024**2)
    with source.open("rb") as file:
        if file.read(4) == _OLE:
            raise Refusal("암호가 걸렸거나 옛 형식(.xls)인 파일입니다. 암호 없이 .xlsx로 저장해 주세요.")
    fresh = BytesIO()
    with ZipFile(source) as packed, ZipFile(fresh, "w", ZIP_STORED) as plain:
        left = MOST_UNPACKED
        for entry in _parts(packed):
            with packed.open(entry) as part:
                content = part.read(left + 1)
            left -= len(content)
            _check_part(entry, content, left)
            plain.writestr(entry.filename, content)
    fresh.seek(0)
    return fresh


def _misread(packed: BytesIO, names: Collection[str]) -> list[Problem]:
    packed.seek(0)
    with ZipFile(packed) as parts:
        problems = misread_cells(parts, names)
    packed.seek(0)
    return problems


def _parts(packed: ZipFile) -> list[ZipInfo]:
    entries = packed.infolist()
    names = [entry.filename for entry in entries]
    if any(_MACROS.search(name) for name in names):
        raise Refusal("매크로가 든 파일은 받지 않습니다. ‘Excel 통합 문서(.xlsx)’로 저장해 주세요.")
    if len(entries) > MOST_ENTRIES or len(set(names)) < len(names):
        raise BadZipFile("too many entries, or one name twice")
    parts = [entry for entry in entries if entry.filename.endswith((".xml", ".rels"))]
    if any(entry.flag_bits & 1 or entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for entry in parts):
        raise BadZipFile("encrypted, or compressed as no workbook is")
    return parts


def _check_part(entry: ZipInfo, content: bytes, left: int) -> None:
    too_dense = len(content) > max(SMALL, entry.compress_size * MOST_RATIO)
    if left < 0 or too_dense:
        raise Refusal("압축을 풀면 지나치게 커지는 파일입니다. 새 서식에 값만 붙여 넣어 저장해 주세요.")
    if b"macroEnabled" in content and entry.filename == "[Content_Types].xml":
        raise Refusal("매크로가 든 파일은 받지 않습니다. ‘Excel 통합 문서(.xlsx)’로 저장해 주세요.")
    if _FAR_CELL.search(content):
        raise Refusal("표에서 멀리 떨어진 칸에 값이 있습니다. 새 서식에 값만 붙여 넣어 저장해 주세요.")
