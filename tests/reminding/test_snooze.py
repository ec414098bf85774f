"""A digest put off comes back once, with what is still to be done, and never past a deadline."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from models.reminding.snooze import snooze
from models.reminding.table import Digest
from models.words import Refusal
from tests.reminding.hall import Hall, hours, seoul

D3, D0 = seoul("2019-07-10 09:00"), seoul("2019-07-15 09:00")
_HOUR = timedelta(hours=1)


def puts_off(hall: Hall, now: datetime, until: datetime, person: str = "a", by: str = "") -> datetime:
    with hall.database.write() as session:
        return snooze(session, now, hall.people[by or person], hall.digests(person)[-1], until)


def test_it_comes_back_once(hall: Hall) -> None:
    hall.runs(D3)
    assert puts_off(hall, D3, D3 + _HOUR) == D3 + _HOUR
    assert hall.runs(D3 + _HOUR / 2) == D3 + _HOUR
    for now in hours(D3 + _HOUR, D3 + 5 * _HOUR):
        hall.runs(now)
    assert [one.at for one in hall.received if one.person == "a"] == [D3, D3, D3 + _HOUR, D3 + _HOUR]


def test_what_was_done_meanwhile_does_not_come_back(hall: Hall) -> None:
    hall.runs(D3)
    puts_off(hall, D3, D3 + _HOUR)
    hall.hands_in("A1")
    hall.runs(D3 + _HOUR)
    assert hall.told("a", D3 + _HOUR) == ["report:officer:-3 A2"]
    puts_off(hall, D3 + _HOUR, D3 + 2 * _HOUR)
    hall.hands_in("A2")
    hall.runs(D3 + 2 * _HOUR)
    assert len(hall.messages("a")) == 2


def test_it_is_not_put_off_past_the_deadline_whatever_was_offered(hall: Hall) -> None:
    hall.runs(D3)
    with pytest.raises(Refusal):
        puts_off(hall, D3, seoul("2019-07-15 18:00"))
    assert puts_off(hall, D3, seoul("2019-07-15 17:59")) == seoul("2019-07-15 17:59")
    # The button stays on the screen; meanwhile the deadline was moved forward.
    hall.moves_deadline(seoul("2019-07-15 11:00"))
    with pytest.raises(Refusal):
        puts_off(hall, D0, seoul("2019-07-15 12:00"))


def test_what_is_done_is_no_reason_not_to_put_off_the_rest(hall: Hall) -> None:
    hall.returns("A1", seoul("2019-07-05 10:00"), seoul("2019-07-10 18:00"))
    hall.runs(D3)
    with pytest.raises(Refusal):
        puts_off(hall, D3, seoul("2019-07-11 09:00"))
    hall.hands_in("A1")
    assert puts_off(hall, D3, seoul("2019-07-11 09:00")) == seoul("2019-07-11 09:00")


def test_what_is_late_already_can_be_put_off(hall: Hall) -> None:
    late = seoul("2019-07-16 09:00")
    hall.runs(late)
    puts_off(hall, late, seoul("2019-07-17 09:00"))
    hall.runs(seoul("2019-07-17 09:00"))
    assert len(hall.messages("a")) == 2  # one message, with that day's own


def test_it_comes_back_when_people_are_written_to(hall: Hall) -> None:
    friday = seoul("2019-07-12 09:00")
    hall.runs(friday)
    assert puts_off(hall, friday, seoul("2019-07-12 20:30")) == seoul("2019-07-15 09:00")
    # Where that would be past the deadline, it is as they asked.
    hall.moves_deadline(seoul("2019-07-14 18:00"))
    hall.runs(friday + _HOUR)
    assert puts_off(hall, friday + _HOUR, seoul("2019-07-13 09:00")) == seoul("2019-07-13 09:00")
    hall.runs(seoul("2019-07-13 09:00"))
    assert "report:officer:-1 A2" in hall.told("a", seoul("2019-07-13 09:00"))


def test_over_a_weekend_it_comes_back_with_what_is_told_then(hall: Hall) -> None:
    friday, monday = seoul("2019-07-12 09:00"), seoul("2019-07-15 09:00")
    hall.runs(friday)
    assert puts_off(hall, friday, seoul("2019-07-13 09:00")) == monday
    for now in hours(seoul("2019-07-15 08:00"), seoul("2019-07-15 12:00")):
        hall.runs(now)
    assert len(hall.messages("a")) == 2


def test_the_stage_that_comes_meanwhile_comes_along_with_it(any_hall: Hall) -> None:
    any_hall.runs(seoul("2019-07-12 09:00"))
    early = seoul("2019-07-15 08:30")
    puts_off(any_hall, early, early + _HOUR)
    any_hall.runs(D0)
    assert any_hall.told("a", D0) == [] and any_hall.told("b", D0) == ["report:officer:+0 B1"]
    any_hall.runs(early + _HOUR)
    assert {one.split()[0] for one in any_hall.told("a", early + _HOUR)} == {
        "report:officer:-1",
        "report:officer:+0",
    }
    assert len(any_hall.messages("a")) == 2


def test_a_digest_that_came_back_is_not_put_off_by_its_old_button(hall: Hall) -> None:
    hall.runs(D3)
    first = hall.digests("a")[-1]
    puts_off(hall, D3, D3 + _HOUR)
    hall.runs(D3 + _HOUR)
    with hall.database.write() as session, pytest.raises(Refusal):
        snooze(session, D3 + _HOUR, hall.people["a"], first, D3 + 3 * _HOUR)
    with hall.database.read() as session:
        assert session.get_one(Digest, first).snoozed_until == D3 + _HOUR


def test_nobody_puts_off_what_was_said_to_somebody_else(hall: Hall) -> None:
    hall.runs(D3)
    with pytest.raises(Refusal):
        puts_off(hall, D3, D3 + _HOUR, by="b")
