"""From a point to where it comes from: links that hold after an official has sorted every sheet."""

from __future__ import annotations

import re
from pathlib import Path
from random import Random

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.formula.translate import Translator
from openpyxl.worksheet.worksheet import Worksheet

from models.plan import Indicator
from models.submission import State
from reports.scores import export_scores
from reports.scores.links import RowNumbers
from tests.kit.city import JULY, City, small_city
from tests.kit.libreoffice import recalculated
from tests.reports.scores.test_recalculation import differences

SHEETS = ("종합", "지표별", "증빙목록", "이력", "검산", "부서 검산")
PROBES = "어디로"
LINK = re.compile(r"=HYPERLINK\((?P<place>.+),\"(?P<label>[^\"]+)\"\)")
OWN_CELL = re.compile(r"(?<==|\()([A-Z]+[0-9]+),")


@pytest.fixture
def city(tmp_path: Path) -> City:
    made = small_city(tmp_path)
    # What MATCH takes for a wildcard, and would find in the row of another indicator.
    for code, odd in (("G2", "G*"), ("C1", 'c?~"1'), ("C2", "cxy1")):
        made.change(Indicator, made.indicators[code], code=odd)
    made.report("G1", "H1", "97.3", evidence=["실적.pdf", "붙임.pdf"])
    made.report("G2", "H1", 10, evidence=["둘째.pdf"])
    made.report("C1", "H1", 9, State.RETURNED, evidence=["셋째.pdf"])
    made.report("F1", "H1", 30, State.SUBMITTED)
    return made


@pytest.fixture
def target(city: City, tmp_path: Path) -> Path:
    with city.database.read() as session:
        export_scores(session, tmp_path / "scores.xlsx", city.cycle_id, city.periods["H1"], JULY)
    return tmp_path / "scores.xlsx"


def heading(sheet: Worksheet) -> int:
    return int(str(sheet.freeze_panes)[1:]) - 1


def letters(sheet: Worksheet) -> dict[str, str]:
    return {str(cell.value): cell.column_letter for cell in sheet[heading(sheet)]}


def links(sheet: Worksheet) -> list[tuple[int, str, str]]:
    """Row, label and the formula of the place of every link."""
    found = []
    for row in sheet.iter_rows(min_row=heading(sheet) + 1):
        for cell in row:
            if match := LINK.fullmatch(str(cell.value)):
                found.append((cell.row, match["label"], match["place"]))
    return found


def sort_somehow(sheet: Worksheet) -> None:
    """Each sheet in another order. As a program sorts: a formula keeps to the row it is in."""
    first, last = heading(sheet) + 1, sheet.max_row
    order = list(range(first, last + 1))
    Random(sheet.title).shuffle(order)
    rows = {row: [cell.value for cell in sheet[row]] for row in order}
    for to, row in enumerate(order, start=first):
        for column, value in enumerate(rows[row], start=1):
            cell, origin = sheet.cell(to, column), sheet.cell(row, column).coordinate
            is_formula = isinstance(value, str) and value.startswith("=")
            cell.value = Translator(value, origin).translate_formula(cell.coordinate) if is_formula else value


def ask_where_they_lead(workbook: Workbook) -> list[tuple[str, int, str]]:
    """Adds a sheet of the places that the links give; sheet, row and label of each."""
    asked = []
    probes = workbook.create_sheet(PROBES)
    for name in SHEETS:
        for row, label, place in links(workbook[name]):
            asked.append((name, row, label))
            probes.append(["=" + OWN_CELL.sub(rf"'{name}'!\1,", place)])
    return asked


def test_only_what_is_there_is_linked(target: Path) -> None:
    sheet = load_workbook(target)["지표별"]
    code = letters(sheet)["지표코드"]
    by_code: dict[str, list[str]] = {}
    for row, label, _ in links(sheet):
        by_code.setdefault(str(sheet[f"{code}{row}"].value), []).append(label)
    assert by_code["G1"] == ["검산", "이력", "증빙"]
    assert by_code["F1"] == ["검산", "이력"]
    assert by_code["G3"] == ["검산"]
    assert len(by_code) == 12


@pytest.mark.libreoffice
@pytest.mark.parametrize("is_sorted", [False, True])
def test_every_link_and_every_check_holds_when_all_sheets_were_sorted(target: Path, is_sorted: bool) -> None:
    workbook = load_workbook(target)
    for name in SHEETS if is_sorted else ():
        sort_somehow(workbook[name])
    asked = ask_where_they_lead(workbook)
    code_of = {name: letters(workbook[name]).get("지표코드") for name in SHEETS}
    workbook.save(target)
    made = recalculated(target)
    total, count = differences(made)
    assert (total, count) == (0, 2 * 2 + 2 * 4)
    places = [str(row[0]) for row in made[PROBES].iter_rows(values_only=True)]
    assert len(places) == len(asked) == 12 + 4 + 3 + 7 + 4
    for (name, row, label), place in zip(asked, places, strict=True):
        there = re.fullmatch(r"#'(.+)'!([A-Z]+)([0-9]+)", place)
        assert there is not None, (name, row, label, place)
        letter, number = code_of[there[1]], int(there[3])
        codes = [str(cell.value) for cell in made[there[1]][letter]]
        code = made[name][f"{code_of[name]}{row}"].value
        assert there[1].startswith(label)
        assert codes[number - 1] == code, (name, row, label, place)
        assert is_sorted or number == codes.index(str(code)) + 1, (name, row, label, place)


def test_the_first_row_that_is_noted_stays() -> None:
    rows = RowNumbers()
    for key, row in ((7, 12), (2, 5), (7, 13)):
        rows.note(key, row)
    assert [rows.get(key) for key in (2, 7, 3, 99)] == [5, 12, 0, 0]
