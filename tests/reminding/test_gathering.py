"""One digest of everything; put off over the night, a day off, a leave, but never past the deadline."""

from __future__ import annotations

from datetime import date, time, timedelta

from models.leave import Leave
from models.reminding.rule import Audience
from models.reminding.table import DigestKind, Reminder, ReminderState
from models.submission import State
from tests.reminding.hall import DUE, Hall, hours, seoul

D3, D1, D0 = (seoul(f"2019-07-{day} 09:00") for day in ("10", "12", "15"))


def times(hall: Hall, person: str) -> list[str]:
    """When a person was told something."""
    return list(
        dict.fromkeys(one.at.strftime("%m-%d %H:%M") for one in hall.received if one.person == person)
    )


def test_everything_that_is_due_comes_in_one_message(hall: Hall) -> None:
    hall.runs(D3)
    assert len(hall.digests("a")) == len(hall.messages("a")) == 1
    assert len(hall.told("a")) == 2


def test_after_three_days_of_darkness_comes_one_digest_with_everything_once(hall: Hall) -> None:
    hall.runs(D3)
    hall.runs(seoul("2019-07-19 11:00"))
    for person in ("a", "lead", "administrator"):
        told = hall.told(person, seoul("2019-07-19 11:00"))
        assert len(told) == len(set(told)) and {one.split()[0][-3:] for one in told} == {":+4"}
    assert {one.split()[1] for one in hall.told("administrator")} == {"A1", "A2", "B1", "E1"}
    assert hall.digests("a")[1:] == hall.digests("a")[-1:]


def test_what_is_found_at_night_waits_for_the_hour_of_what_comes_next(hall: Hall) -> None:
    """Dark from Thursday's stage until Friday night: on Monday at nine everything is one message, not two."""
    hall.runs(D0)
    for now in hours(seoul("2019-07-19 22:00"), seoul("2019-07-22 12:00")):
        hall.runs(now)
    assert times(hall, "a") == ["07-15 09:00", "07-22 09:00"]
    assert hall.told("a", seoul("2019-07-22 09:00")) == [
        "report:officer:+4 A1", "report:officer:+4 A2", "report:officer:+5 A1", "report:officer:+5 A2",
    ]  # fmt: skip
    assert len(hall.digests("a")) == 2


def test_nothing_waits_past_its_deadline(hall: Hall) -> None:
    hall.rule(Audience.OFFICER, days=0, at=time(6, 0))
    hall.moves_deadline(seoul("2019-07-16 07:30"))
    hall.runs(seoul("2019-07-16 02:00"))  # it should have been said at 19:59; now there is no better moment
    assert len(hall.told("a")) == 2


def test_on_a_leave_it_waits_for_the_return(hall: Hall) -> None:
    hall.is_away("a", "2019-07-09", "2019-07-11")
    for now in hours(seoul("2019-07-10 08:00"), seoul("2019-07-12 10:00")):
        hall.runs(now)
    assert times(hall, "a") == ["07-12 09:00"]
    assert len(hall.digests("a")) == 1


def test_on_a_leave_beyond_the_deadline_it_comes_at_once_and_in_the_day(hall: Hall) -> None:
    hall.is_away("a", "2019-07-09", "2019-07-31")
    hall.runs(D3)
    assert len(hall.told("a")) == 2
    # Found in the night, it waits for the morning, though the leave goes on.
    for now in hours(seoul("2019-07-15 02:00"), seoul("2019-07-15 10:00")):
        hall.runs(now)
    assert times(hall, "a") == ["07-10 09:00", "07-15 09:00"]


def test_what_is_late_waits_for_the_return_day_by_day_and_is_one_digest_then(hall: Hall) -> None:
    hall.is_away("a", "2019-07-15", "2019-07-18")
    for now in hours(seoul("2019-07-16 09:00"), seoul("2019-07-19 10:00")):
        hall.runs(now)
    assert times(hall, "a") == ["07-19 09:00"]
    assert len(hall.messages("a")) == 1


def test_a_leave_that_is_cancelled_ends_the_waiting_the_next_morning(hall: Hall) -> None:
    leave = hall.is_away("a", "2019-07-09", "2019-07-12")
    hall.moves_deadline(seoul("2019-07-16 18:00"))
    hall.runs(seoul("2019-07-09 09:00"))
    hall.changes(Leave, leave, is_cancelled=True)
    for now in hours(seoul("2019-07-10 07:00"), seoul("2019-07-10 12:00")):
        hall.runs(now)
    assert times(hall, "a") == ["07-10 09:00"]


def test_a_stage_reached_on_a_leave_is_told_to_who_stands_in_and_on_the_return(hall: Hall) -> None:
    hall.stands_in("spare", "a", "2019-07-09", "2019-07-11")
    hall.is_away("a", "2019-07-09", "2019-07-11")
    for now in hours(seoul("2019-07-10 09:00"), seoul("2019-07-12 10:00")):
        hall.runs(now)
    assert times(hall, "spare") == ["07-10 09:00"]
    assert times(hall, "a") == ["07-12 09:00"]


def test_a_board_comes_once_a_day_and_what_comes_after_it_waits_for_the_next(hall: Hall) -> None:
    hall.hands_in("B1")
    hall.runs(D1)
    hall.reports("B1", State.WITHDRAWN, submitted_at=None)
    hall.runs(D1 + timedelta(hours=3))
    assert len(hall.messages("lead")) == 1
    assert [one.about for one in hall.received if one.person == "lead"] == ["A1", "A2"]
    hall.runs(D0)
    assert len(hall.messages("lead")) == 2
    assert {one.about for one in hall.received if one.person == "lead" and one.at == D0} == {"A1", "A2", "B1"}


def test_a_board_that_came_to_nothing_leaves_the_day_free(hall: Hall) -> None:
    for code in ("A2", "B1"):
        hall.hands_in(code)
    hall.looks(D1)
    hall.gathers(D1)
    hall.hands_in("A1")
    hall.delivers(D1)
    assert hall.messages("lead") == []
    hall.reports("A1", State.WITHDRAWN, submitted_at=None)
    hall.runs(D1 + timedelta(hours=1))
    assert [one.about for one in hall.received if one.person == "lead"] == ["A1"]


def test_whoever_is_on_no_messenger_is_told_the_next_stage_when_they_are(hall: Hall) -> None:
    hall.has_no_messenger("b")
    hall.runs(D3)
    assert [one.state for one in hall.rows(Reminder.person_id == hall.people["b"])] == [ReminderState.NOWHERE]
    hall.has_messenger("b")
    hall.runs(D3 + timedelta(hours=1))
    assert hall.told("b") == []
    hall.runs(D1)
    assert hall.told("b") == ["report:officer:-1 B1"]


def test_a_pile_that_does_not_suit_at_all_makes_no_digest(hall: Hall) -> None:
    hall.has_day_off("2019-07-10")
    hall.looks(D3 - timedelta(days=1))
    for row in hall.rows():
        hall.changes(Reminder, row.id or 0, send_at=D3)
    hall.runs(D3)
    assert hall.received == []
    assert {row.send_at for row in hall.rows()} == {seoul("2019-07-11 09:00")}


def test_what_may_come_at_any_time_comes_at_night(hall: Hall) -> None:
    hall.rule(Audience.OFFICER, days=-1, at=time(23, 0), anytime=True)
    hall.is_away("b", "2019-07-12", "2019-07-12")
    hall.runs(seoul("2019-07-12 23:00"))
    assert hall.told("a") == ["report:officer:-1 A1", "report:officer:-1 A2"]
    assert hall.told("b") == ["report:officer:-1 B1"]


def test_what_others_did_not_do_is_on_the_board_and_what_is_late_in_the_view_of_the_city(hall: Hall) -> None:
    hall.runs(DUE + timedelta(hours=15))
    kinds = {one.person: one.digest_kind for one in hall.received}
    assert kinds == {
        "a": DigestKind.DUTIES, "b": DigestKind.DUTIES, "e": DigestKind.DUTIES,
        "lead": DigestKind.BOARD, "head": DigestKind.BOARD, "administrator": DigestKind.CITY,
    }  # fmt: skip


def test_forty_people_at_a_time_are_all_of_them(hall: Hall, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr("scheduler.reminding.AT_ONCE", 2)
    monkeypatch.setattr("models.reminding.gathering._ROWS_EACH", 1)
    hall.runs(D0)
    assert {one.person for one in hall.received} == {"a", "b", "e", "lead", "head"}
    assert all(len(hall.messages(person)) == 1 for person in ("a", "b", "e", "lead", "head"))


def test_a_person_who_left_between_the_tick_and_the_sending_is_told_nothing(hall: Hall) -> None:
    hall.looks(D3)
    hall.gathers(D3)
    hall.leaves("a", date(2019, 7, 10))
    hall.delivers(D3)
    assert hall.messages("a") == []
