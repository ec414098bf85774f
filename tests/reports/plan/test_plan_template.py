"""The empty workbook: it lacks nothing but what people write into it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from reports.plan import PlanRejected, check_plan, read_plan, write_template
from reports.plan.columns import SHEETS
from tests.kit.plans import HEADINGS, full_plan


@pytest.fixture
def template(tmp_path: Path) -> Path:
    write_template(tmp_path / "template.xlsx")
    return tmp_path / "template.xlsx"


@pytest.fixture
def opened(template: Path) -> Workbook:
    return load_workbook(template)


def test_the_empty_template_is_refused_only_for_being_empty(template: Path) -> None:
    with pytest.raises(PlanRejected) as caught:
        check_plan(read_plan(template))
    assert [(problem.sheet, problem.cell) for problem in caught.value.problems] == [
        ("조직", "A2"),
        ("사람", "A2"),
        ("기간", "A2"),
    ]


def test_a_template_that_was_filled_in_can_be_imported(template: Path, opened: Workbook) -> None:
    for name, rows in full_plan().items():
        page = opened[name]
        for column, heading in enumerate(rows[0], start=1):
            page.cell(row=1, column=column, value=str(heading))
        for number, row in enumerate(rows[1:], start=2):
            for column, value in enumerate(row, start=1):
                if value != "":
                    page.cell(row=number, column=column).value = value  # type: ignore[assignment]
    opened.save(template)
    plan = check_plan(read_plan(template))
    assert (len(plan.indicators), len(plan.slots), len(plan.reminders)) == (7, 3, 6)


def test_it_has_a_guide_and_every_sheet_with_its_headings(opened: Workbook) -> None:
    assert opened.sheetnames == ["안내", *HEADINGS]
    for name, headings in HEADINGS.items():
        expected = [heading for heading in headings.split() if not heading.endswith("실적")]
        assert [cell.value for cell in opened[name][1]] == expected
        assert opened[name].freeze_panes == "A2"


def test_every_heading_has_a_note_and_the_korean_font(opened: Workbook) -> None:
    for sheet in SHEETS:
        for cell, column in zip(opened[sheet.name][1], sheet.columns, strict=True):
            assert cell.comment is not None and column.note in cell.comment.text
            assert cell.font.name == "맑은 고딕"
            required = "꼭 적습니다" in cell.comment.text
            assert required is column.required


def test_words_to_choose_from_are_offered_as_a_list(opened: Workbook) -> None:
    lists = {
        (name, str(offered.sqref).split("2:")[0]): str(offered.formula1)
        for name in HEADINGS
        for offered in opened[name].data_validations.dataValidation
    }
    assert lists["조직", "C"] == '"시,실국,과,팀,기관"'
    assert lists["지표", "N"] == '"예,아니오"'
    assert lists["지표", "Q"].startswith('"상향,하향A')
    assert all(len(words) <= 257 for words in lists.values()), "Excel takes 255 characters"
    choices = {(sheet.name, column.name) for sheet in SHEETS for column in sheet.columns if column.choices}
    assert len(lists) == len(choices)


def test_codes_are_kept_as_text_and_days_as_days(opened: Workbook) -> None:
    formats = {
        column.name: opened["기간"].column_dimensions[letter].number_format
        for letter, column in zip("ABCDEFGHIJKLM", SHEETS[2].columns, strict=True)
    }
    assert formats["성과주기"] == "@"
    assert formats["시작일"] == "yyyy-mm-dd"
    assert formats["보고기한"] == "yyyy-mm-dd hh:mm"


def test_printed_every_column_is_on_the_page_under_its_heading(opened: Workbook) -> None:
    for sheet in SHEETS:
        page = opened[sheet.name]
        assert page.print_title_rows == "$1:$1"
        assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 9)
        assert page.sheet_properties.pageSetUpPr.fitToPage
        assert page.page_setup.fitToHeight == 0


def test_the_guide_explains_every_column(opened: Workbook) -> None:
    text = [str(cell.value) for row in opened["안내"].iter_rows() for cell in row if cell.value]
    for sheet in SHEETS:
        assert sheet.note in text
        assert all(column.note in text for column in sheet.columns)


def test_reading_a_plan_does_not_wait_for_the_library_that_writes_workbooks() -> None:
    check = "import sys, reports.plan; sys.exit('openpyxl' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", check], check=False).returncode == 0
