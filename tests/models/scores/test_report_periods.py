"""What is not reported in a period is not in its scores, and in the year only what is reported counts."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from models.doer import Doer
from models.period import close
from models.plan import Indicator, Period
from models.scores import ScoreSheet, department_progress, score_sheet
from models.scores.weights import weights_in
from models.store import Database
from models.submission import State
from tests.kit.city import JULY, City, small_city


@pytest.fixture
def city(any_database: Database, tmp_path: Path) -> City:
    """G1 is reported in the second half alone; G2, a mean of all periods, in both."""
    made = small_city(tmp_path, any_database)
    made.change(Indicator, made.indicators["G1"], report_periods="H2")
    return made


def sheet(city: City, period: str | None) -> ScoreSheet:
    with city.database.read() as session:
        return score_sheet(session, city.cycle_id, city.periods[period] if period else None)


def codes(city: City, period: str | None) -> set[str]:
    return {row.plan.code for row in sheet(city, period).rows if row.department.code == "GEN"}


def row(city: City, code: str, period: str | None = None):  # type: ignore[no-untyped-def]
    return next(row for row in sheet(city, period).rows if row.plan.code == code)


def ends(city: City, *periods: str) -> None:
    for code in periods:
        with city.database.write() as session:
            doer = Doer.at_work(session, city.people["administrator"], JULY, "test")
            close(session, doer, city.periods[code], session.get_one(Period, city.periods[code]).revision)


def test_it_is_in_the_sheets_of_its_periods_and_of_the_year_alone(city: City) -> None:
    assert codes(city, "H1") == {"G2", "G3"}
    assert codes(city, "H2") == codes(city, None) == {"G1", "G2", "G3"}
    (general,) = [one for one in sheet(city, "H1").departments if one.department.code == "GEN"]
    assert (general.indicators, general.missing, general.weight) == (2, 2, Decimal(60))


def test_a_department_that_reports_nothing_in_a_period_is_not_in_its_sheet(city: City) -> None:
    for code in ("F1", "F2"):
        city.change(Indicator, city.indicators[code], report_periods="H2")
    assert "FAC" not in {one.department.code for one in sheet(city, "H1").departments}
    assert "FAC" in {one.department.code for one in sheet(city, None).departments}
    with city.database.read() as session:
        found = department_progress(session, JULY, city.periods["H1"])
    assert [(one.code, one.indicators) for one in found if one.code in ("GEN", "FAC")] == [("GEN", 2)]


def test_it_weighs_nothing_where_it_is_not_reported(city: City) -> None:
    found = {}
    for code in ("H1", "H2"):
        with city.database.read() as session:
            period = session.get_one(Period, city.periods[code])
            weights = weights_in(session, period, [city.departments["GEN"]])
        found[code] = weights.get(city.indicators["G1"])
    assert found == {"H1": None, "H2": Decimal(40)}


def test_a_year_is_done_when_its_own_periods_are(city: City) -> None:
    assert row(city, "G1").standing.state is None
    city.report("G1", "H2", 95)
    city.report("G2", "H2", 8)
    assert row(city, "G1").standing.state is State.APPROVED
    assert row(city, "G2").standing.state is None
    assert row(city, "G1").figures.points == 40


def test_what_does_not_apply_in_its_only_period_does_not_apply_in_the_year(city: City) -> None:
    city.report("G1", "H2", None, not_applicable=True)
    city.report("G2", "H2", None, not_applicable=True)
    assert row(city, "G1").figures.not_applicable
    assert not row(city, "G2").figures.not_applicable


def test_what_was_reported_before_the_plan_left_the_period_out_does_not_count(city: City) -> None:
    city.change(Indicator, city.indicators["G2"], report_periods="H2")
    city.report("G2", "H1", 40)
    city.report("G2", "H2", 8)
    figures = row(city, "G2").figures
    assert (figures.values, figures.reported, figures.recognised) == ((None, 8), 8, 8)
    assert row(city, "G2").standing.state is State.APPROVED


def test_what_is_kept_at_the_end_stays_whatever_the_plan_says_later(city: City) -> None:
    city.report("G1", "H2", 95)
    city.report("G2", "H1", 8)
    city.report("G2", "H2", 10)
    ends(city, "H1", "H2")
    before = {period: sheet(city, period).rows for period in ("H1", "H2", None)}
    assert "G1" not in {row.plan.code for row in before["H1"]}
    city.change(Indicator, city.indicators["G1"], report_periods="H1")
    city.change(Indicator, city.indicators["G2"], report_periods="H1")
    assert {period: sheet(city, period).rows for period in before} == before
