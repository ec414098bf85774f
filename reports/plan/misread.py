"""Cells of a workbook whose value is not what people see in them: percentages, errors, formulas without a result.

They are looked for in the XML itself, since a reader of values knows neither formats nor formulas: 95 % is kept as
0.95, and a formula that no spreadsheet has worked out yet reads like an empty cell.
"""

from __future__ import annotations

import html
import posixpath
import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from zipfile import ZipFile

from models.words import Phrase, say
from reports.plan.problems import Problem

_WORKBOOK, _STYLES = "xl/workbook.xml", "xl/styles.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"
# Every pattern stops at the next bracket and begins at a word's beginning: a hostile file is read once, not again and
# again from each of its letters.
_ATTRIBUTE = re.compile(r"""(?<![\w:])([\w:]+)\s*=\s*(["'])(.*?)\2""", re.DOTALL)
_ELEMENT = r"<(?:\w+:)?{}\b([^<>]*)>"
_CELL = re.compile(rb"<(?:\w+:)?c(?=[\s/>])([^<>]*)>")
_VALUE = re.compile(rb"<(?:\w+:)?v\b[^<>]*>([^<]+)<")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_FORMATS_OF_CELLS = re.compile(r"<(?:\w+:)?cellXfs\b")
_LONGEST_FORMAT = 255
_PERCENT_FORMATS = ("9", "10")
"""Those that every workbook has: 0% and 0.00%."""
_LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
"""What a number format writes as it stands."""


def misread_cells(packed: ZipFile, names: Collection[str]) -> list[Problem]:
    """The cells of these sheets that would be taken for something else than they show, in order of the file."""
    percents = _percent_styles(_text(packed, _STYLES))
    found = []
    for title, part in _parts_of_sheets(packed).items():
        name = unicodedata.normalize("NFC", title).strip()
        if name in names:
            found += [Problem(name, cell, phrase) for cell, phrase in _misread(packed.read(part), percents)]
    return found


def _misread(content: bytes, percents: Collection[str]) -> Iterator[tuple[str, Phrase]]:
    # Most sheets have nothing of the kind, and are not looked through cell by cell.
    if not (percents or b't="e"' in content or b"t='e'" in content or _FORMULA.search(content)):
        return
    cells = [*_CELL.finditer(content)]
    ends = [*(cell.start() for cell in cells[1:]), len(content)]
    for cell, end in zip(cells, ends, strict=True):
        about = _attributes(cell[1].decode(errors="replace"))
        inside = content[cell.end() : end]
        value = _VALUE.search(inside)
        kind = about.get("t", "n")
        place = about.get("r", "")
        if kind == "e":
            shown = html.unescape(value[1].decode(errors="replace")) if value else ""
            yield place, say("‘{error}’ 오류가 난 칸입니다. 수식을 고치거나 값으로 적어 주세요.", error=shown)
        elif value is None and kind != "str" and _FORMULA.search(inside):
            yield (
                place,
                say("수식의 결과가 파일에 없습니다. 엑셀에서 열어 다시 저장하거나 값으로 적어 주세요."),
            )
        elif value is not None and kind == "n" and about.get("s") in percents:
            yield place, say("백분율 서식인 칸입니다. 서식을 ‘일반’으로 바꾸고, 95%는 95로 적어 주세요.")


def _parts_of_sheets(packed: ZipFile) -> dict[str, str]:
    """By title of a sheet the name of its part."""
    relations = [_attributes(found) for found in _elements("Relationship", _text(packed, _RELATIONS))]
    targets = {one.get("Id", ""): one.get("Target", "") for one in relations}
    parts = {}
    for about in (_attributes(found) for found in _elements("sheet", _text(packed, _WORKBOOK))):
        relation = next((value for name, value in about.items() if name.endswith(":id")), "")
        # A target stands relative to the workbook, or from the root of the zip.
        part = posixpath.normpath(posixpath.join("/xl", targets.get(relation, ""))).lstrip("/")
        if part in packed.namelist():
            parts[about.get("name", "")] = part
    return parts


def _percent_styles(styles: str) -> set[str]:
    """The numbers of the cell formats that show a percentage."""
    own = {
        about.get("numFmtId", "")
        for about in map(_attributes, _elements("numFmt", styles))
        if "%" in _LITERAL.sub("", about.get("formatCode", "")[:_LONGEST_FORMAT])
    }
    begins = _FORMATS_OF_CELLS.search(styles)
    formats, _, _ = styles[begins.end() :].partition("cellXfs>") if begins else ("", "", "")
    used = [_attributes(found).get("numFmtId") for found in _elements("xf", formats)]
    return {str(at) for at, number in enumerate(used) if number in own or number in _PERCENT_FORMATS}


def _elements(name: str, text: str) -> list[str]:
    """The attributes of all elements of that name, as they are written."""
    return re.findall(_ELEMENT.format(name), text)


def _attributes(written: str) -> Mapping[str, str]:
    return {name: html.unescape(value) for name, _, value in _ATTRIBUTE.findall(written)}


def _text(packed: ZipFile, part: str) -> str:
    return packed.read(part).decode(errors="replace") if part in packed.namelist() else ""
