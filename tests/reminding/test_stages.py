"""Which stage of a deadline has been reached, in working days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.clock import SEOUL, local_day
from models.reminding.hours import Hours
from models.reminding.rule import DEFAULTS, Audience, DeadlineKind, Rule
from models.reminding.stages import next_stage_at, offset, stage_now
from models.working_days import WorkingDays
from tests.reminding.hall import seoul

DAYS = WorkingDays()
PLAIN = Hours(DAYS)
OWN = DEFAULTS[DeadlineKind.REPORT][Audience.OFFICER]
_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)


def all_stages(
    due: datetime, until: datetime, rules: Sequence[Rule] = OWN, hours: Hours = PLAIN
) -> list[tuple[str, str]]:
    """Every stage of a deadline by going from one to the next."""
    now, found = due - timedelta(days=40), []
    while (following := next_stage_at(rules, due, hours, now)) is not None and following <= until:
        now = following
        stage = stage_now(rules, due, hours, now)
        assert stage is not None and stage.at == now
        found.append((stage.name, now.astimezone(SEOUL).strftime("%m-%d %H:%M")))
    return found


def test_seven_three_and_one_working_days_before_then_the_day_itself_then_daily() -> None:
    assert all_stages(seoul("2019-07-15 18:00"), seoul("2019-07-19 00:00")) == [
        ("-7", "07-04 09:00"), ("-3", "07-10 09:00"), ("-1", "07-12 09:00"), ("+0", "07-15 09:00"),
        ("+1", "07-16 09:00"), ("+2", "07-17 09:00"), ("+3", "07-18 09:00"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("due", "until", "stages"),
    [
        # On a Sunday: what would be said on the day itself is said with the last working day's.
        ("2019-07-14 18:00", "2019-07-16 12:00", ["07-04", "07-10", "07-12", "07-15", "07-16"]),
        # On 설날; 4 to 6 February are off.
        ("2019-02-05 18:00", "2019-02-08 12:00", ["01-24", "01-30", "02-01", "02-07", "02-08"]),
        # After 추석, 12 to 14 September 2019.
        ("2019-09-16 18:00", "2019-09-17 12:00", ["09-03", "09-09", "09-11", "09-16", "09-17"]),
        # The year's end: 1 January is off.
        ("2020-01-02 18:00", "2020-01-03 12:00", ["12-20", "12-27", "12-31", "01-02", "01-03"]),
        # A leap day.
        ("2024-02-29 18:00", "2024-03-05 12:00", ["02-20", "02-26", "02-28", "02-29", "03-04", "03-05"]),
        # 어린이날 of 2019 was a Sunday, so 6 May is off.
        ("2019-05-07 18:00", "2019-05-08 12:00", ["04-25", "05-01", "05-03", "05-07", "05-08"]),
    ],
)
def test_stages_fall_on_working_days(due: str, until: str, stages: list[str]) -> None:
    found = all_stages(seoul(due), seoul(until))
    assert [at for _, at in found] == [f"{day} 09:00" for day in stages]


def test_a_holiday_declared_six_days_ahead_brings_what_is_counted_from_the_deadline_forward() -> None:
    declared = Hours(WorkingDays({date(2019, 7, 12): "임시공휴일"}))
    due = seoul("2019-07-15 18:00")
    assert [at for _, at in all_stages(due, due, hours=declared)] == [
        "07-03 09:00", "07-09 09:00", "07-11 09:00", "07-15 09:00",
    ]  # fmt: skip
    # It was told on the 4th that seven working days are left; six days before, the next is a day sooner.
    assert next_stage_at(OWN, due, declared, seoul("2019-07-06 12:00")) == seoul("2019-07-09 09:00")


def test_what_is_said_on_a_day_off_is_moved_unless_the_plan_says_so() -> None:
    due = seoul("2019-07-14 18:00")
    on_the_day, at_any_time = (Rule(days=0),), (Rule(days=0, anytime=True),)
    assert all_stages(due, due, on_the_day) == [("+0", "07-12 09:00")]
    assert all_stages(due, due, at_any_time) == [("+0", "07-14 09:00")]


def test_what_is_said_in_quiet_hours_is_moved_but_not_past_what_it_is_about() -> None:
    at_night = (Rule(days=-1, at=time(22, 0)), Rule(days=0, at=time(6, 0)))
    assert all_stages(seoul("2019-07-16 18:00"), seoul("2019-07-16 18:00"), at_night) == [
        ("-1", "07-16 08:00")
    ]
    # Before seven in the morning there is no time left: both are said the evening before.
    assert all_stages(seoul("2019-07-16 07:00"), seoul("2019-07-16 18:00"), at_night) == [
        ("-1", "07-15 19:59")
    ]


def test_minutes_before_go_by_the_hour_and_by_a_new_name_when_it_is_moved() -> None:
    soon = (Rule(minutes=30, anytime=True),)
    assert all_stages(seoul("2019-07-16 14:00"), seoul("2019-07-16 18:00"), soon) == [
        ("14:00-30m", "07-16 13:30")
    ]
    assert all_stages(seoul("2019-07-16 15:30"), seoul("2019-07-16 18:00"), soon) == [
        ("15:30-30m", "07-16 15:00")
    ]
    proper = (Rule(minutes=30),)
    assert all_stages(seoul("2019-07-16 08:20"), seoul("2019-07-16 18:00"), proper) == [
        ("08:20-30m", "07-16 08:00")
    ]


def test_what_lay_before_a_deadline_was_set_is_not_said() -> None:
    due, set_at = seoul("2019-07-19 18:00"), seoul("2019-07-16 11:00")
    assert stage_now(OWN, due, PLAIN, seoul("2019-07-16 12:00"), set_at) is None
    assert stage_now(OWN, due, PLAIN, seoul("2019-07-16 12:00")) is not None
    stage = stage_now(OWN, due, PLAIN, seoul("2019-07-18 09:00"), set_at)
    assert stage is not None and stage.name == "-1"


def test_after_days_of_darkness_only_the_last_stage_counts() -> None:
    stage = stage_now(OWN, seoul("2019-07-15 18:00"), PLAIN, seoul("2019-07-18 10:00"))
    assert stage is not None and stage.name == "+3"


def test_the_host_s_zone_does_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    import time as machine

    due, until = seoul("2019-07-15 18:00"), seoul("2019-07-19 00:00")
    in_seoul = all_stages(due, until)
    monkeypatch.setenv("TZ", "America/New_York")
    machine.tzset()
    try:
        assert all_stages(due, until) == in_seoul
    finally:
        monkeypatch.undo()
        machine.tzset()


rules = st.builds(
    Rule,
    days=st.integers(-8, 4),
    at=st.times().map(lambda at: at.replace(second=0, microsecond=0)),
    minutes=st.none() | st.integers(1, 2000),
    repeated=st.booleans(),
    anytime=st.booleans(),
)
deadlines = st.integers(0, 9 * 365 * 24 * 12).map(lambda five: seoul("2019-01-20") + _HOUR / 12 * five)
calendars = st.sets(st.integers(-20, 20), max_size=6)


@given(st.lists(rules, min_size=1, max_size=4), deadlines, calendars, st.integers(-30 * 24, 15 * 24))
def test_going_from_stage_to_stage_passes_none_over(
    given_rules: list[Rule], due: datetime, off: set[int], hour: int
) -> None:
    """What holds at an instant is what held at the last stage before it, and is reached at a time that suits."""
    hours = Hours(WorkingDays({local_day(due) + _DAY * day: "휴무" for day in off}))
    now = due + _HOUR * hour
    stage = stage_now(given_rules, due, hours, now)
    following = next_stage_at(given_rules, due, hours, now)
    assert following is None or following > now
    if stage is not None:
        assert stage.at <= now and (stage.anytime or hours.suit(stage.at))
        assert stage_now(given_rules, due, hours, stage.at) == stage
    if following is not None:
        arrived = stage_now(given_rules, due, hours, following)
        assert arrived is not None and arrived.at == following
        assert stage_now(given_rules, due, hours, following - timedelta(seconds=1)) == stage


@given(st.dates(date(2019, 1, 1), date(2028, 12, 31)), st.integers(-40, 40))
def test_the_offset_of_a_day_leads_back_to_it(due: date, distance: int) -> None:
    day = DAYS.next_working(due + _DAY * distance)
    assert DAYS.add(due, offset(day, due, DAYS)) == day
