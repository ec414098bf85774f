"""The sheet 평가결과: where its picture stands, what it draws, and that it is only there where there is a result."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from models.organization import Department, DepartmentKind
from models.scheme.table import Combine, Source
from reports.scores import export_scores
from tests.kit.city import JULY, City, small_city
from tests.kit.schemes import PEOPLE, add_scheme

OF_THE_YEAR = [{"code": "COMM", "name": "소통", "source": Source.OWNER, "points": 100, "owner": "CIV"}]
BY_PERIOD = [
    {"code": "ACH", "name": "달성도", "source": Source.INDICATORS, "points": 80, "combine": Combine.MEAN},
    {
        "code": "INST", "name": "기관", "source": Source.SCHEME, "points": 20, "combine": Combine.MEAN,
        "basis": "INST",
    },
]  # fmt: skip


@pytest.fixture
def city(tmp_path: Path) -> City:
    return small_city(tmp_path)


def exported(city: City, folder: Path, period: str | None) -> Workbook:
    with city.database.read() as session:
        key = city.periods[period] if period else None
        export_scores(session, folder / "scores.xlsx", city.cycle_id, key, JULY)
    return load_workbook(folder / "scores.xlsx")


def test_a_period_that_gives_a_scheme_no_points_has_no_result_of_it(city: City, tmp_path: Path) -> None:
    add_scheme(city.database, OF_THE_YEAR, [{"place": "GEN"}, {"place": "CIV"}])
    add_scheme(city.database, BY_PERIOD, [{"person": "officer"}], **PEOPLE)
    half, year = exported(city, tmp_path, "H1"), exported(city, tmp_path, None)
    assert [name for name in half.sheetnames if name.startswith("평가결과")] == ["평가결과"]
    assert half["평가결과"]["A1"].value == "2019년 성과관리 상반기 개인평가 결과"
    assert {"평가결과 INST", "평가결과 PERS"} <= set(year.sheetnames)


def test_the_picture_stands_on_a_page_of_its_own_below_the_table(city: City, tmp_path: Path) -> None:
    for number in range(30):
        city.add_department(f"X{number}", f"{number}과", DepartmentKind.DIVISION, "ADM")
    subjects = [{"place": f"X{number}"} for number in range(30)]
    add_scheme(city.database, OF_THE_YEAR, subjects)
    sheet = exported(city, tmp_path, None)["평가결과"]
    # openpyxl has no public way to a sheet's charts.
    (chart,) = sheet._charts  # type: ignore[attr-defined]
    assert chart.anchor._from.row > sheet.max_row - 1
    assert [one.id for one in sheet.row_breaks.brk] == [sheet.max_row]
    assert chart.title.tx.rich.p[0].r[0].t == "총점(표의 처음 24)"


@pytest.mark.parametrize("codes", [("INST", "inst"), ("A" * 39 + "1", "A" * 39 + "2")])
def test_every_formula_finds_its_sheet_whatever_the_schemes_are_called(
    city: City, tmp_path: Path, codes: tuple[str, str]
) -> None:
    for code in codes:
        add_scheme(city.database, OF_THE_YEAR, [{"place": "GEN"}], code=code)
    workbook = exported(city, tmp_path, None)
    assert all(len(name) <= 31 for name in workbook.sheetnames)
    named = {
        name
        for sheet in workbook
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
        for name in re.findall("'([^']+)'!", str(cell.value))
    }
    assert named <= set(workbook.sheetnames)
    assert len([name for name in named if name.startswith("평가결과")]) == 2


def test_a_department_is_found_by_its_code_though_a_spreadsheet_would_take_it_for_a_pattern(
    city: City, tmp_path: Path
) -> None:
    city.change(Department, city.departments["CIV"], code="C*")
    add_scheme(city.database, BY_PERIOD[:1], [{"place": "GEN"}, {"place": "C*"}])
    pages = exported(city, tmp_path, "H1")
    rows = {row[3].value: str(row[6].value) for row in pages["부서점수"].iter_rows()}
    assert 'MATCH("C~*",' in rows["C*"]
    assert "MATCH(D" in rows["GEN"]
