"""Which values a projection starts from: what was recognised or handed in, and which periods count."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from models.forecast.goal import Goal
from models.forecast.reading import YearSoFar, year_so_far
from models.plan import Indicator, PastActual, Period, PeriodState
from models.submission import State
from tests.kit.city import City, small_city


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> City:
    folder: Path = tmp_path_factory.mktemp("city")
    return small_city(folder)


def read(city: City, code: str) -> YearSoFar:
    with city.database.read() as session:
        return year_so_far(session, session.get_one(Indicator, city.indicators[code]))


def new_indicator(city: City, **more: Any) -> str:
    code = f"N{len(city.indicators)}"
    city.add_indicator(code, "새 지표", "GEN", 10, **{"kind": "higher", "target": 95, **more})
    return code


@pytest.mark.parametrize(
    ("state", "more", "actuals"),
    [
        (State.SUBMITTED, {}, [90, None]),
        (State.CONFIRMED, {}, [90, None]),
        (State.APPROVED, {}, [90, None]),
        (State.APPROVED, {"recognised": 80}, [80, None]),
        (State.RETURNED, {}, [None, None]),
        (State.WITHDRAWN, {}, [None, None]),
        (State.DRAFT, {}, [None, None]),
    ],
)
def test_what_was_handed_in_counts_and_what_was_recognised_before_it(
    city: City, state: State, more: dict[str, int], actuals: list[int | None]
) -> None:
    code = new_indicator(city)
    city.report(code, "H1", 90, state, **more)
    assert list(read(city, code).actuals) == actuals


@pytest.mark.parametrize("state", [State.SUBMITTED, State.APPROVED])
def test_a_period_that_does_not_apply_is_left_out(city: City, state: State) -> None:
    code = new_indicator(city)
    city.report(code, "H1", None, state, not_applicable=True)
    assert [period.code for period in read(city, code).periods] == ["H2"]


def test_an_indicator_that_ends_is_not_asked_for_later_periods(city: City) -> None:
    code = new_indicator(city, ends_on=date(2019, 10, 1))
    assert [period.code for period in read(city, code).periods] == ["H1"]


def test_goal_and_past_years_are_read(city: City) -> None:
    code = new_indicator(city)
    with city.database.write() as session:
        for year in (2018, 2016, 2017):
            row = PastActual(indicator_id=city.indicators[code], year=year, value=Decimal(year))
            session.add(row)
    year = read(city, code)
    assert year.goal == Goal(at_least=Decimal(95))
    assert [at for at, _ in year.past] == [2016, 2017, 2018]


def test_a_closed_period_counts_only_with_its_value(city: City) -> None:
    missed, reported = new_indicator(city), new_indicator(city)
    city.report(reported, "H1", 90)
    city.change(Period, city.periods["H1"], state=PeriodState.CLOSED)
    assert list(read(city, missed).actuals) == [None]
    assert list(read(city, reported).actuals) == [90, None]
    city.change(Period, city.periods["H1"], state=PeriodState.OPEN)


def test_periods_in_which_an_indicator_is_not_reported_are_no_part_of_its_year(city: City) -> None:
    code = new_indicator(city, report_periods="H2")
    city.report(code, "H1", 90)
    assert [period.code for period in read(city, code).periods] == ["H2"]
    assert read(city, code).actuals == (None,)


@pytest.mark.parametrize(
    ("actual", "rollup", "warns"), [(45, "last", False), (39, "last", True), (45, "sum", False)]
)
def test_a_year_that_keeps_to_the_plans_own_schedule_is_not_warned_of(
    city: City, actual: int, rollup: str, warns: bool
) -> None:
    """Most of the work is planned for the second half: 40 by the summer, 100 by the year's end."""
    code = new_indicator(city, target=100, rollup=rollup)
    with city.database.write() as session:
        years = [
            PastActual(indicator_id=city.indicators[code], year=year, value=Decimal(60))
            for year in (2016, 2017, 2018)
        ]
        session.add_all(years)
    city.report(code, "H1", actual)
    without_schedule = read(city, code).outlook
    assert without_schedule is not None and without_schedule.is_warning
    city.set_target(code, "H1", 40)
    city.set_target(code, "H2", 60 if rollup == "sum" else 100)
    outlook = read(city, code).outlook
    assert outlook is not None and outlook.is_warning is warns
