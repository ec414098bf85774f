"""The sheet 검산: LibreOffice works every score out again, and gets what was recorded."""

import random
from decimal import Decimal
from pathlib import Path

import pytest
import sqlalchemy as sa
from openpyxl import Workbook, load_workbook

from models.period import close
from models.scores import FrozenScore
from models.scoring import Kind, Rollup
from models.submission import State
from reports.scores import export_scores
from tests.kit.city import JULY, City, small_city
from tests.kit.libreoffice import recalculated

pytestmark = pytest.mark.libreoffice

# What each kind needs, beside values chosen so that many results stand half way between two roundings.
KINDS = {
    Kind.HIGHER: ({"target": 80}, (0, 120)),
    Kind.LOWER_RATIO: ({"target": 16}, (0, 40)),
    Kind.LOWER_MIRROR: ({"target": 40}, (0, 100)),
    Kind.FROM_BASELINE: ({"target": 0, "baseline": 16}, (-20, 20)),
    Kind.ZERO: ({"steps": "0:100; 0.5:80; 3:50.05"}, (0, 5)),
    Kind.RANGE: ({"low": 20, "high": 24, "loss_per_unit": "12.5"}, (0, 40)),
    Kind.STEPS: ({"steps": "-5:20; 0.3:60; 8:80.25; 9.9:100"}, (-10, 12)),
    Kind.MILESTONE: ({"steps": "2019-03-31:32; 2019-09-30:64; 2019-12-31:100"}, (0, 30)),
    Kind.YES_NO: ({}, (0, 1)),
    Kind.GRADED_TARGET: ({"low": 64, "high": 0}, (-10, 80)),
}


def export(city: City, target: Path, period: str | None) -> Workbook:
    with city.database.read() as session:
        export_scores(session, target, city.cycle_id, city.periods[period] if period else None, JULY)
    return recalculated(target)


def differences(workbook: Workbook) -> tuple[float, int]:
    """The total on top of 검산, and how many differences it is the total of."""
    count = 0
    for sheet in workbook:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "e", (sheet.title, cell.coordinate, cell.value)
    for sheet in (workbook["검산"], workbook["부서 검산"]):
        for cells in sheet.iter_cols():
            values = [cell.value for cell in cells]
            title = next((index for index, value in enumerate(values) if str(value).endswith("차이")), None)
            if title is not None:
                numbers = [value for value in values[title + 1 :] if value is not None]
                assert all(isinstance(number, int | float) for number in numbers)
                count += len(numbers)
    total = workbook["검산"]["D2"].value
    assert isinstance(total, int | float)
    return total, count


def full_city(folder: Path) -> City:
    """Every kind with every number of digits, halves with random values, some N/A, some not approved."""
    city, chance = small_city(folder), random.Random(7)
    for kind, (more, (least, most)) in KINDS.items():
        for number in range(12):
            code = f"{kind.value}{number}"
            whole = kind is Kind.YES_NO
            rollup = Rollup.LAST if whole or kind is Kind.MILESTONE else list(Rollup)[number % 4]
            city.add_indicator(
                code, code, ("GEN", "CIV", "CARE", "FAC")[number % 4], Decimal(number * 7 % 23) / 8, kind,
                rollup=rollup, digits=number % 5, cap=(100, 110, 120)[number % 3], floor=(0, 25)[number % 2], **more,
            )  # fmt: skip
            if "target" in more and number % 3 == 0:
                city.set_target(code, "H1", more["target"] + 8)
            for period in ("H1", "H2"):
                value = Decimal(chance.randint(least * 40, most * 40)) / 40
                city.report(
                    code, period, round(value) if whole else value,
                    State.SUBMITTED if chance.random() < 0.1 else State.APPROVED,
                    not_applicable=chance.random() < 0.1,
                )  # fmt: skip
    return city


@pytest.fixture(scope="module")
def city(tmp_path_factory) -> City:
    return full_city(tmp_path_factory.mktemp("city"))


@pytest.mark.parametrize("period", ["H1", "H2", None])
def test_every_score_of_every_kind_is_worked_out_again(city, tmp_path, period):
    total, count = differences(export(city, tmp_path / "scores.xlsx", period))
    assert total == 0
    assert count > 150


def test_tables_of_steps_are_found_wherever_they_were_sorted_to(city, tmp_path):
    with city.database.read() as session:
        export_scores(session, tmp_path / "scores.xlsx", city.cycle_id, None, JULY)
    workbook = load_workbook(tmp_path / "scores.xlsx")
    page = workbook["단계표"]
    rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=5)]
    rows.sort(key=lambda row: row[-1])
    for number, row in enumerate(rows, start=5):
        for column, value in enumerate(row, start=1):
            page.cell(number, column).value = value
    workbook.save(tmp_path / "scores.xlsx")
    total, count = differences(recalculated(tmp_path / "scores.xlsx"))
    assert total == 0
    assert count > 150


def test_a_score_that_was_tampered_with_is_found(tmp_path):
    city = small_city(tmp_path)
    for code in ("G1", "C1", "W3"):
        city.report(code, "H1", 2)
    with city.database.write() as session:
        close(session, city.at_work(session, "administrator", JULY), city.periods["H1"], 0)
        session.execute(
            sa.update(FrozenScore)
            .where(FrozenScore.indicator_id == city.indicators["C1"])
            .values(points=FrozenScore.points + Decimal("0.01"))
        )
    total, _ = differences(export(city, tmp_path / "scores.xlsx", "H1"))
    assert total == pytest.approx(0.02)  # once for the indicator, once for its department
