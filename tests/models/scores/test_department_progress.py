"""How far the reports of a period have come."""

from datetime import date, timedelta

import pytest

from models.plan import Indicator
from models.scores import department_progress
from models.submission import State, Submission
from tests.kit.city import H1_DUE, City, small_city

BEFORE, AFTER = H1_DUE - timedelta(seconds=1), H1_DUE + timedelta(seconds=1)


@pytest.fixture
def city(tmp_path, any_database) -> City:
    return small_city(tmp_path, any_database)


def progress_of(city: City, department: str, now=AFTER):
    with city.database.read() as session:
        lines = department_progress(session, now, city.periods["H1"])
    return next(line for line in lines if line.code == department)


def test_reports_are_counted_by_their_state(city):
    city.report("G1", "H1", 95)
    city.report("G2", "H1", 8, State.RETURNED)
    city.report("G3", "H2", 1)
    line = progress_of(city, "GEN")
    assert (line.name, line.path, line.indicators) == ("총무과", "/CITY/ADM/GEN/", 3)
    assert {state: count for state, count in line.by_state.items() if count} == {
        State.APPROVED: 1,
        State.RETURNED: 1,
    }
    assert line.missing == 2


def test_what_is_not_handed_in_is_late_once_the_deadline_has_passed(city):
    city.report("G1", "H1", 95, State.SUBMITTED)
    city.report("G2", "H1", 8, State.DRAFT)
    assert [progress_of(city, "GEN", now).late for now in (BEFORE, AFTER)] == [0, 2]
    assert [progress_of(city, "GEN", now).missing for now in (BEFORE, AFTER)] == [2, 2]


def test_a_deadline_of_its_own_goes_before_that_of_the_period(city):
    returned = city.report("G1", "H1", 95, State.RETURNED)
    city.change(Submission, returned, due_at=H1_DUE + timedelta(days=7))
    assert progress_of(city, "GEN", AFTER).late == 2
    assert progress_of(city, "GEN", H1_DUE + timedelta(days=8)).late == 3


def test_departments_come_in_the_order_of_the_plan_without_those_that_report_nothing(city):
    with city.database.read() as session:
        lines = department_progress(session, AFTER, city.periods["H1"])
    assert [line.code for line in lines] == ["GEN", "CIV", "CARE", "FAC"]


def test_an_ended_indicator_is_not_waited_for(city):
    city.change(Indicator, city.indicators["G3"], ends_on=date(2019, 5, 1))
    assert progress_of(city, "GEN").indicators == 2
