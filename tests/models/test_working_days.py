from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.working_days import WorkingDays

PLAIN = WorkingDays()
days = st.dates(date(2017, 1, 1), date(2027, 12, 31))


def off(year: int, month: int) -> dict[int, str | None]:
    """Days of the month that are off, with their names."""
    first = date(year, month, 1)
    days_of_month = [first + timedelta(n) for n in range(31) if (first + timedelta(n)).month == month]
    return {day.day: PLAIN.name_of(day) for day in days_of_month if not PLAIN.is_working(day)}


def test_the_lunar_new_year_of_2019_is_off_for_three_days() -> None:
    assert off(2019, 2) == {
        2: None, 3: None, 4: "설날 전날", 5: "설날", 6: "설날 다음날",
        9: None, 10: None, 16: None, 17: None, 23: None, 24: None,
    }  # fmt: skip


def test_chuseok_of_2019_ended_on_a_saturday_and_got_no_substitute() -> None:
    september = off(2019, 9)
    assert [september[day] for day in (12, 13, 14)] == ["추석 전날", "추석", "추석 다음날"]
    assert PLAIN.is_working(date(2019, 9, 16))


def test_childrens_day_of_2019_was_a_sunday_and_got_a_substitute() -> None:
    assert PLAIN.name_of(date(2019, 5, 6)) == "어린이날 대체 휴일"
    assert not PLAIN.is_working(date(2019, 5, 6))


def test_before_2026_neither_labour_day_nor_constitution_day_is_off_at_a_city_hall() -> None:
    assert PLAIN.is_working(date(2019, 5, 1)) and PLAIN.is_working(date(2019, 7, 17))
    assert PLAIN.is_working(date(2025, 5, 1)) and PLAIN.is_working(date(2025, 7, 17))


def test_since_2026_both_are_off() -> None:
    assert PLAIN.name_of(date(2026, 5, 1)) == "노동절" and not PLAIN.is_working(date(2026, 5, 1))
    assert PLAIN.name_of(date(2026, 7, 17)) == "제헌절" and not PLAIN.is_working(date(2026, 7, 17))


def test_both_get_substitutes_when_they_fall_on_a_weekend() -> None:
    assert PLAIN.name_of(date(2027, 5, 3)) == "노동절 대체 휴일"
    assert PLAIN.name_of(date(2027, 7, 19)) == "제헌절 대체 휴일"


def test_names_are_korean_whatever_the_machines_language(monkeypatch: pytest.MonkeyPatch) -> None:
    from models import working_days

    monkeypatch.setenv("LANGUAGE", "en_US")
    working_days._public_holidays.cache_clear()
    assert PLAIN.name_of(date(2019, 9, 13)) == "추석"


def test_a_holiday_declared_six_days_ahead_moves_what_is_left() -> None:
    today, due = date(2026, 8, 21), date(2026, 8, 31)
    declared = WorkingDays(extra_off={date(2026, 8, 27): "임시공휴일"})
    assert PLAIN.between(today, due) == 6 and declared.between(today, due) == 5
    assert declared.name_of(date(2026, 8, 27)) == "임시공휴일"
    assert declared.next_working(date(2026, 8, 27)) == date(2026, 8, 28)
    assert PLAIN.is_working(date(2026, 8, 27))


def test_the_administrator_can_make_a_day_off_a_working_day() -> None:
    opened = WorkingDays(extra_on=[date(2026, 7, 17), date(2026, 7, 18)])
    assert opened.is_working(date(2026, 7, 17)) and opened.name_of(date(2026, 7, 17)) is None
    assert opened.is_working(date(2026, 7, 18))
    assert opened.between(date(2026, 7, 16), date(2026, 7, 20)) == 3


def test_a_day_named_both_on_and_off_is_off() -> None:
    both = WorkingDays(extra_off={date(2026, 7, 15): "개청 기념일"}, extra_on=[date(2026, 7, 15)])
    assert not both.is_working(date(2026, 7, 15)) and both.name_of(date(2026, 7, 15)) == "개청 기념일"


def test_a_calendar_does_not_change_with_what_it_was_made_from() -> None:
    declared = {date(2026, 7, 15): "개청 기념일"}
    calendar = WorkingDays(declared)
    declared.clear()
    assert not calendar.is_working(date(2026, 7, 15))


def test_the_next_working_day_goes_over_the_end_of_the_year() -> None:
    assert PLAIN.next_working(date(2019, 12, 31)) == date(2019, 12, 31)
    assert PLAIN.next_working(date(2020, 1, 1)) == date(2020, 1, 2)
    assert PLAIN.add(date(2019, 12, 31), 1) == date(2020, 1, 2)
    assert PLAIN.add(date(2020, 1, 2), -1) == date(2019, 12, 31)
    assert PLAIN.between(date(2019, 12, 30), date(2020, 1, 3)) == 3


def test_a_leap_day_counts_like_any_other() -> None:
    assert PLAIN.is_working(date(2024, 2, 29))
    assert PLAIN.add(date(2024, 2, 28), 1) == date(2024, 2, 29)
    assert PLAIN.add(date(2024, 2, 29), 1) == date(2024, 3, 4)
    assert PLAIN.between(date(2024, 2, 28), date(2024, 3, 4)) == 2


@pytest.mark.parametrize(
    ("today", "due", "left"),
    [
        (date(2026, 7, 15), date(2026, 7, 15), 0),  # due today
        (date(2026, 7, 15), date(2026, 7, 16), 1),  # tomorrow
        (date(2026, 7, 16), date(2026, 7, 20), 1),  # over 제헌절 and the weekend
        (date(2026, 7, 16), date(2026, 7, 19), 0),  # only days off lie ahead
        (date(2026, 7, 18), date(2026, 7, 20), 1),  # asked on a Saturday
        (date(2026, 7, 16), date(2026, 7, 15), -1),  # a day late
        (date(2026, 7, 19), date(2026, 7, 16), 0),  # late, but only days off have passed
        (date(2026, 7, 21), date(2026, 7, 16), -2),  # 20 and 21 July
    ],
)
def test_working_days_left_count_the_due_day_and_not_today(today: date, due: date, left: int) -> None:
    assert PLAIN.between(today, due) == left


def test_adding_nothing_stays_even_on_a_day_off() -> None:
    assert PLAIN.add(date(2026, 7, 18), 0) == date(2026, 7, 18)
    assert PLAIN.add(date(2026, 7, 18), 1) == date(2026, 7, 20)
    assert PLAIN.add(date(2026, 7, 18), -1) == date(2026, 7, 16)


@given(days, st.integers(-60, 60))
def test_what_was_added_is_what_lies_between(day: date, n: int) -> None:
    reached = PLAIN.add(day, n)
    assert n == 0 or n < 0 or PLAIN.between(day, reached) == n
    assert n == 0 or PLAIN.is_working(reached)
    if PLAIN.is_working(day):
        assert PLAIN.between(day, reached) == n and PLAIN.add(reached, -n) == day


@given(days, st.integers(0, 90), st.integers(0, 90))
def test_days_left_add_up_along_the_way(day: date, to_middle: int, to_end: int) -> None:
    middle = day + timedelta(to_middle)
    end = middle + timedelta(to_end)
    assert PLAIN.between(day, middle) + PLAIN.between(middle, end) == PLAIN.between(day, end)
    assert PLAIN.between(end, day) == -PLAIN.between(day, end)


@given(days)
def test_the_next_working_day_is_the_first(day: date) -> None:
    following = PLAIN.next_working(day)
    assert PLAIN.is_working(following)
    assert not any(PLAIN.is_working(day + timedelta(n)) for n in range((following - day).days))
