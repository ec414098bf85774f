"""The workbook in which an owner department gives every subject its value: made, taken away, handed in again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from models.numbers import read_number
from models.words import Phrase, Refusal, say
from reports.plan.cells import plain_text
from reports.plan.lines import Cell
from reports.plan.problems import PlanRejected, Problem, letters
from reports.plan.template import print_on_a4
from reports.plan.workbook import read_sheets

SHEET, GUIDE = "소관항목", "안내"
NOT_APPLICABLE = "해당없음"
_CODE, _NAME, _GROUPING, _VALUE, _NOTE = "코드", "대상", "구분", "값", "비고"
_COLUMNS = ((_CODE, 14), (_NAME, 32), (_GROUPING, 16), (_VALUE, 14), (_NOTE, 50))
_FONT = "맑은 고딕"
_VALUE_AT = 4
_TO_FILL, _GIVEN = PatternFill("solid", fgColor="FFF2CC"), PatternFill("solid", fgColor="E7E6E6")
_LONGEST_NOTE = 500
_Grid = Sequence[Sequence[Cell | Phrase]]


@dataclass(frozen=True)
class Asked:
    """A subject of the workbook with what it was given last; `value` is None where nothing was."""

    code: str
    name: str
    grouping: str
    value: Decimal | None
    not_applicable: bool
    note: str


@dataclass(frozen=True)
class Entered:
    """What a row says. `value` is None for 해당없음; `cell` is where it stands."""

    code: str
    value: Decimal | None
    note: str
    cell: str


@dataclass(frozen=True)
class Read:
    """Every row that has a value, in order, and everything that is wrong in the others, by cell."""

    rows: list[Entered]
    problems: list[Problem]


@dataclass(frozen=True)
class About:
    """What the workbook is about: told on its guide, and asked for again when it is handed in. `unit` may follow a
    value that is written as text."""

    key: str
    title: str
    lines: Sequence[str]
    unit: str = ""


def write_values(target: Path, about: About, subjects: Sequence[Asked]) -> None:
    """Writes the workbook: a row a subject, the value to be filled in or as it was given."""
    workbook = Workbook()
    page = workbook.active
    assert isinstance(page, Worksheet)
    page.title = SHEET
    page.append([title for title, _ in _COLUMNS])
    for one in subjects:
        value = NOT_APPLICABLE if one.not_applicable else one.value
        page.append([one.code, one.name, one.grouping or None, value, one.note or None])
    _lay_out(page, len(subjects) + 1)
    _guide(workbook.create_sheet(GUIDE), about)
    workbook.save(target)


def read_values(source: Path, about: About, codes: Sequence[str]) -> Read:
    """What the workbook says; a row without a value is passed over.

    Raises PlanRejected where it is not the workbook of that item. What the item's rule takes is not asked here.
    """
    sheets = read_sheets(source, (SHEET, GUIDE))
    if SHEET not in sheets:
        phrase = say("‘{sheet}’ 시트가 없습니다. 이 항목에서 받은 엑셀에 값을 적어 올려 주세요.", sheet=SHEET)
        raise PlanRejected([Problem(source.name, "", phrase)])
    if not _is_about(sheets.get(GUIDE, []), about.key):
        phrase = say("다른 항목의 엑셀입니다. ‘{title}’에서 받은 엑셀을 올려 주세요.", title=about.title)
        raise PlanRejected([Problem(GUIDE, "B1", phrase)])
    return _rows(sheets[SHEET], set(codes), about.unit)


def _rows(grid: _Grid, codes: set[str], unit: str) -> Read:
    places = _places(grid)
    read = Read([], [])
    seen: dict[str, int] = {}
    for number, cells in enumerate(grid[1:], start=2):
        row = {title: cells[at] if at < len(cells) else "" for title, at in places.items()}
        if all(isinstance(cell, str) and not cell.strip() for cell in row.values()):
            continue
        entered, wrong = _row(row, number, places, codes, seen, unit)
        read.problems.extend(wrong)
        if entered is not None:
            read.rows.append(entered)
    return read


def _row(
    row: dict[str, Cell | Phrase],
    number: int,
    places: dict[str, int],
    codes: set[str],
    seen: dict[str, int],
    unit: str,
) -> tuple[Entered | None, list[Problem]]:
    """The row's value, where it has one, and what is wrong with the row; a cell may be what is wrong with it."""
    wrong: list[Problem] = []

    def problem(title: str, phrase: Phrase) -> None:
        wrong.append(Problem(SHEET, f"{letters(places[title])}{number}", phrase))

    texts: dict[str, str] = {}
    for title in (_CODE, _VALUE, _NOTE):
        cell = row.get(title, "")
        if isinstance(cell, Phrase):
            problem(title, cell)
            continue
        try:
            texts[title] = " ".join(plain_text(cell).split())
        except Refusal as refusal:
            problem(title, refusal.phrase)
    code = texts.get(_CODE, "")
    if _CODE in texts and code not in codes:
        problem(_CODE, say("‘{code}’: 이 평가의 대상이 아닙니다. 코드를 확인해 주세요.", code=code))
    elif code in seen:
        problem(_CODE, say("{row}행에 같은 대상이 있습니다. 한 행만 남겨 주세요.", row=seen[code]))
    seen.setdefault(code, number)
    note = texts.get(_NOTE, "")
    if len(note) > _LONGEST_NOTE:
        problem(_NOTE, say("비고는 {most}자까지 적을 수 있습니다.", most=_LONGEST_NOTE))
    if not texts.get(_VALUE):
        return None, wrong
    try:
        value = _value(texts[_VALUE], unit)
    except Refusal as refusal:
        problem(_VALUE, refusal.phrase)
        return None, wrong
    return Entered(code, value, note, f"{letters(places[_VALUE])}{number}"), wrong


def _value(text: str, unit: str) -> Decimal | None:
    """The number; None for 해당없음."""
    return None if text.replace(" ", "") == NOT_APPLICABLE else read_number(text, unit)


def _places(grid: _Grid) -> dict[str, int]:
    """The columns by their titles. PlanRejected where one is missing or there twice."""
    titles = [" ".join(str(cell).split()) for cell in grid[0]] if grid else []
    problems = [
        Problem(SHEET, "A1", say("‘{title}’ 열이 하나 있어야 합니다. 받은 엑셀의 머리글을 그대로 두세요.", title=title))
        for title in (_CODE, _VALUE, _NOTE)
        if titles.count(title) != 1
    ]  # fmt: skip
    if problems:
        raise PlanRejected(problems)
    return {title: titles.index(title) for title in (_CODE, _NAME, _VALUE, _NOTE) if title in titles}


def _is_about(guide: _Grid, key: str) -> bool:
    return any([str(cell).strip() for cell in row[:2]] == ["항목", key] for row in guide)


def _lay_out(page: Worksheet, last: int) -> None:
    page.freeze_panes = "C2"
    for index, (title, width) in enumerate(_COLUMNS, start=1):
        heading = page.cell(row=1, column=index)
        heading.font = Font(name=_FONT, bold=True)
        heading.alignment = Alignment(horizontal="center", vertical="center")
        heading.fill = _TO_FILL if title in (_VALUE, _NOTE) else _GIVEN
        page.column_dimensions[letters(index - 1)].width = width
    for row in page.iter_rows(min_row=2, max_row=last):
        for cell in row:
            cell.font = Font(name=_FONT)
            # A code of digits stays a code, and a name that begins with = a name.
            if cell.column != _VALUE_AT:
                cell.number_format, cell.data_type = "@", "s" if cell.value is not None else cell.data_type
    page["D1"].comment = Comment("수로 적습니다. 해당이 없으면 목록에서 ‘해당없음’을 고릅니다.", "보고봇")
    # A list that only offers: numbers may be written as well.
    offered = DataValidation(
        type="list", formula1=f'"{NOT_APPLICABLE}"', allow_blank=True, showErrorMessage=False
    )
    offered.add(f"D2:D{max(last, 2)}")
    page.add_data_validation(offered)
    page.print_title_rows = "1:1"
    print_on_a4(page)


def _guide(page: Worksheet, about: About) -> None:
    page.append(["항목", about.key])
    page.append([about.title])
    for line in about.lines:
        page.append([line])
    for row in page.iter_rows():
        for cell in row:
            cell.font = Font(name=_FONT, bold=cell.row == 2)
            cell.data_type = "s" if cell.value is not None else cell.data_type
    page.column_dimensions["A"].width, page.column_dimensions["B"].width = 14, 40
