"""The empty plan workbook: every sheet with its headings, notes and lists to choose from, and a guide."""

from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from reports.plan.column import Column, Reads, Sheet
from reports.plan.columns import GUIDE, SHEETS
from reports.plan.template_examples import EXAMPLES

_FONT = "맑은 고딕"
_REQUIRED = PatternFill("solid", fgColor="FFF2CC")
_OPTIONAL = PatternFill("solid", fgColor="E7E6E6")
_LAST_ROW = 50_000
_NARROW, _WIDE = 12, 32
_FORMATS = {
    Reads.NUMBER: "#,##0.####",
    Reads.WHOLE: "0",
    Reads.DAY: "yyyy-mm-dd",
    Reads.INSTANT: "yyyy-mm-dd hh:mm",
    Reads.OPENING: "yyyy-mm-dd hh:mm",
    Reads.MOMENT: "yyyy-mm-dd hh:mm",
    Reads.TIME: "hh:mm",
}
_STEPS = (
    "노란 머리글의 칸은 꼭 적습니다. 머리글의 이름은 바꾸지 마세요. 열의 순서는 바꿔도 됩니다.",
    "조직, 사람, 기간, 지표, 목표 시트의 차례로 적습니다. 머리글에 마우스를 대면 설명이 나옵니다.",
    "나머지 시트는 쓸 것이 있을 때만 적습니다. 컨설팅을 먼저, 그 날짜와 시각을 일정에 적습니다.",
    "결과를 내려면 평가체계, 배점, 평가대상을 적고, 사람이 평가하는 것이 있으면 평가, 평가항목, 평가단을 적습니다.",
    "다른 시트의 조직, 사람, 기간, 지표는 이름이 아니라 코드(번호)로 적습니다.",
    "수는 단위 없이 적습니다. 97.3 %는 97.3으로 적고, 칸을 백분율 서식으로 바꾸지 마세요.",
    "부서마다 평가에 반영하는 지표의 가중치 합이 100이 되게 합니다.",
    "파일을 저장해 관리자에게 보내거나 bogobot import 명령으로 올립니다.",
    "잘못된 칸이 있으면 시트와 칸을 모두 알려 드리고 아무것도 바꾸지 않습니다. 고쳐서 다시 올려 주세요.",
    "여러 번 올려도 됩니다. 달라진 것만 바뀝니다. 파일에서 뺀 지표와 사람은 그대로 남습니다.",
    "배점, 등급, 포상, 평가대상, 평가항목, 평가단은 다릅니다. 체계나 평가의 줄을 적으면 적은 줄만 남습니다.",
    "알림 시트도 다릅니다. 한 줄이라도 적어 올리면 알림은 그 시트에 적은 대로만 남습니다.",
    "신청을 받은 일정의 날짜, 시각, 장소는 파일로 바꾸지 않습니다. 채팅에서 바꾸면 신청한 사람에게 알려 드립니다.",
)


def write(target: Path) -> None:
    """Writes the workbook; filled in, it can be imported."""
    workbook = Workbook()
    guide = workbook.active
    assert isinstance(guide, Worksheet)
    _write_guide(guide)
    for sheet in SHEETS:
        _write_sheet(workbook.create_sheet(sheet.name), sheet)
    workbook.save(target)


def _write_guide(page: Worksheet) -> None:
    page.title = GUIDE
    page.sheet_view.showGridLines = False
    page.append(["성과관리계획 서식"])
    page["A1"].font = Font(name=_FONT, size=16, bold=True)
    page.row_dimensions[1].height = 28
    for number, step in enumerate(_STEPS, start=1):
        page.append([f"{number}. {step}"])
    for sheet in SHEETS:
        page.append([])
        page.append([sheet.name, sheet.note])
        _embolden(page, page.max_row)
        page.append(["머리글", "설명", "꼭 적는 칸", "쓸 수 있는 말", "보기"])
        _embolden(page, page.max_row)
        for column in sheet.columns:
            required = "예" if column.required else ""
            example = EXAMPLES[sheet.name].get(column.name, "")
            page.append([column.name, column.note, required, ", ".join(column.words()), example])
    for row in page.iter_rows(min_row=2):
        for cell in row:
            cell.font = Font(name=_FONT, bold=cell.font.bold)
    print_on_a4(page)
    for letter, width in zip("ABCDE", (14, 70, 12, 60, 24), strict=True):
        page.column_dimensions[letter].width = width


def print_on_a4(page: Worksheet) -> None:
    """Printed, it is as wide as the paper and as long as it has to be."""
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = page.PAPERSIZE_A4
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _embolden(page: Worksheet, number: int) -> None:
    for cell in page[number]:
        cell.font = Font(name=_FONT, bold=True)


def _write_sheet(page: Worksheet, sheet: Sheet) -> None:
    page.freeze_panes, page.print_title_rows = "A2", "1:1"
    print_on_a4(page)
    for index, column in enumerate(sheet.columns, start=1):
        letter = get_column_letter(index)
        heading = page.cell(row=1, column=index, value=column.name)
        heading.font = Font(name=_FONT, bold=True)
        heading.fill = _REQUIRED if column.required else _OPTIONAL
        heading.alignment = Alignment(horizontal="center", vertical="center")
        heading.comment = Comment(_note(column), "보고봇", height=110, width=280)
        whole = page.column_dimensions[letter]
        whole.width = _WIDE if column.length > 80 else max(_NARROW, 2 * len(column.name) + 4)
        whole.font = Font(name=_FONT)
        # Text cells keep Excel from making dates and numbers of codes.
        whole.number_format = _FORMATS.get(column.reads, "@")
        if column.choices:
            _offer_choices(page, column, letter)


def _note(column: Column) -> str:
    return f"{'꼭 적습니다' if column.required else '비워도 됩니다'}\n{column.note}"


def _offer_choices(page: Worksheet, column: Column, letter: str) -> None:
    several = column.reads is Reads.CHOICES
    offered = DataValidation(
        type="list",
        formula1='"' + ",".join(column.words()) + '"',
        allow_blank=True,
        # Several words in one cell are none of the list.
        showErrorMessage=not several,
        errorTitle=column.name,
        error="목록에 있는 말을 골라 주세요.",
    )
    offered.add(f"{letter}2:{letter}{_LAST_ROW}")
    page.add_data_validation(offered)
