"""When people may be written to."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.reminding.hours import Hours
from models.working_days import WorkingDays
from tests.reminding.hall import seoul

PLAIN = Hours(WorkingDays())
EVENING = Hours(WorkingDays({date(2019, 7, 10): "개청기념일"}), time(18, 30), time(7, 15))
_MINUTE = timedelta(minutes=1)
instants = st.integers(0, 10 * 365 * 24 * 60).map(lambda minute: seoul("2019-01-01") + _MINUTE * minute)
calendars = st.sampled_from([PLAIN, EVENING])


@pytest.mark.parametrize(
    ("at", "after", "before"),
    [
        ("2019-07-12 09:00", "2019-07-12 09:00", "2019-07-12 09:00"),
        ("2019-07-12 20:00", "2019-07-15 08:00", "2019-07-12 19:59"),
        ("2019-07-12 07:59", "2019-07-12 08:00", "2019-07-11 19:59"),
        ("2019-07-13 09:00", "2019-07-15 08:00", "2019-07-12 09:00"),
        ("2019-07-14 23:00", "2019-07-15 08:00", "2019-07-12 19:59"),
        ("2019-07-14 03:00", "2019-07-15 08:00", "2019-07-12 08:00"),
        ("2019-02-05 09:00", "2019-02-07 08:00", "2019-02-01 09:00"),  # 설날
        ("2019-09-13 09:00", "2019-09-16 08:00", "2019-09-11 09:00"),  # 추석
        ("2019-05-06 09:00", "2019-05-07 08:00", "2019-05-03 09:00"),  # a substitute
        ("2020-02-29 09:00", "2020-03-02 08:00", "2020-02-28 09:00"),  # a leap day on a Saturday
        ("2024-02-29 09:00", "2024-02-29 09:00", "2024-02-29 09:00"),  # one on a Thursday
        ("2019-12-31 21:00", "2020-01-02 08:00", "2019-12-31 19:59"),
    ],
)
def test_what_does_not_suit_is_said_later_or_before(at: str, after: str, before: str) -> None:
    assert PLAIN.after(seoul(at)) == seoul(after)
    assert PLAIN.before(seoul(at)) == seoul(before)


def test_a_citys_own_hours_and_days_hold() -> None:
    assert EVENING.after(seoul("2019-07-09 18:30")) == seoul("2019-07-11 07:15")
    assert EVENING.before(seoul("2019-07-11 07:00")) == seoul("2019-07-09 18:29")


@given(calendars, instants)
def test_later_is_the_first_and_before_the_last_that_suits(hours: Hours, at: datetime) -> None:
    after, before = hours.after(at), hours.before(at)
    assert hours.suit(after) and hours.suit(before)
    assert before <= at <= after
    assert after == at or not hours.suit(after - _MINUTE)
    assert (before == at) == (after == at) == hours.suit(at)


@given(calendars, instants, st.timedeltas(timedelta(hours=-60), timedelta(hours=60)))
def test_nothing_is_moved_past_its_deadline(hours: Hours, at: datetime, ahead: timedelta) -> None:
    deadline = at + ahead
    fitted = hours.fit(at, deadline)
    assert hours.suit(fitted)
    if at < deadline:
        assert fitted < deadline
    else:
        assert fitted >= at
