"""Reminders are written once, whoever looks, and again when what silenced them is undone."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from threading import Barrier

import sqlalchemy as sa
from sqlmodel import select

from handlers.book import BOOK
from models.organization import RoleHeld
from models.plan import Cycle, Period, PeriodState
from models.reminding.looking import look, write
from models.reminding.rule import Audience
from models.reminding.table import Reminder, ReminderState
from models.submission import State, SubmissionVersion
from scheduler.due import run_due
from tests.reminding.hall import DUE, REVIEW_DUE, Hall, seoul

D7, D3, D1, D0 = (seoul(f"2019-07-{day} 09:00") for day in ("04", "10", "12", "15"))
LATE = seoul("2019-07-16 09:00")


def test_looking_again_finds_nothing_new(any_hall: Hall) -> None:
    any_hall.looks(D3)
    written = any_hall.rows()
    assert {(one.kind, one.due_on) for one in written} == {("report:officer:-3", date(2019, 7, 15))}
    any_hall.looks(D3 + timedelta(minutes=5))
    assert any_hall.rows() == written


def test_two_that_look_and_write_at_once_write_each_reminder_once(any_hall: Hall) -> None:
    together = Barrier(2)

    def writes() -> None:
        with any_hall.database.read() as session:
            seen = look(session, D3)
        together.wait(10)
        with any_hall.database.write() as session:
            write(session, seen.new)

    with ThreadPoolExecutor(2) as pool:
        for one in [pool.submit(writes), pool.submit(writes)]:
            one.result()
    assert len(any_hall.rows()) == 4


def test_two_processes_that_do_what_is_due_at_once_tell_everything_once(any_hall: Hall) -> None:
    together = Barrier(2)

    def does(minute: int) -> None:
        together.wait(10)
        run_due(any_hall.database, BOOK, LATE + timedelta(minutes=minute))

    with ThreadPoolExecutor(2) as pool:
        for one in [pool.submit(does, 0), pool.submit(does, 0)]:
            one.result()
    any_hall.delivers(LATE)
    assert {who: len(any_hall.messages(who)) for who in ("a", "b", "e", "lead", "head", "administrator")} == {
        "a": 1, "b": 1, "e": 1, "lead": 1, "head": 1, "administrator": 1,
    }  # fmt: skip
    assert any_hall.told("a") == ["report:officer:+1 A1", "report:officer:+1 A2"]


def test_next_is_the_stage_that_comes_next(hall: Hall) -> None:
    assert hall.runs(seoul("2019-07-03 12:00")) == D7
    assert hall.runs(D7) == D3
    assert hall.runs(D3) == D1
    assert hall.runs(D0) == LATE


def test_a_deadline_that_is_moved_brings_its_own_reminders_and_takes_the_old_away(hall: Hall) -> None:
    hall.looks(D3)
    hall.moves_deadline(seoul("2019-07-17 18:00"))
    hall.runs(D3)
    assert hall.told("a") == ["report:officer:-7 A1", "report:officer:-7 A2"]
    assert {one.due_on for one in hall.received} == {date(2019, 7, 17)}
    old = hall.rows(Reminder.due_on == date(2019, 7, 15))
    assert {one.state for one in old} == {ReminderState.SILENT}
    # Moved back, what was not told is told after all; what was told is not told again.
    hall.moves_deadline(DUE)
    hall.runs(D3 + timedelta(hours=1))
    assert hall.told("a")[2:] == ["report:officer:-3 A1", "report:officer:-3 A2"]
    hall.moves_deadline(seoul("2019-07-17 18:00"))
    hall.runs(D3 + timedelta(hours=2))
    assert len(hall.told("a")) == 4


def test_a_deadline_moved_within_its_day_is_told_by_its_new_hour(hall: Hall) -> None:
    hall.looks(D3)
    hall.moves_deadline(seoul("2019-07-15 12:00"))
    hall.runs(D3)
    assert hall.told("a") == ["report:officer:-3 A1", "report:officer:-3 A2"]
    assert "12:00" in str(hall.messages("a")[-1]["text"])


def test_what_is_handed_over_is_told_to_whose_it_is_and_again_to_whom_it_comes_back(hall: Hall) -> None:
    hall.looks(D3)
    hall.gathers(D3)
    hall.hands_over("A1", "b")
    hall.delivers(D3)
    assert hall.told("a") == ["report:officer:-3 A2"]
    hall.runs(D3 + timedelta(minutes=5))
    assert hall.told("b") == ["report:officer:-3 B1", "report:officer:-3 A1"]
    hall.hands_over("A1", "a")
    hall.runs(D3 + timedelta(minutes=10))
    assert hall.told("a") == ["report:officer:-3 A2", "report:officer:-3 A1"]
    hall.hands_over("A1", "b")
    hall.runs(D3 + timedelta(minutes=15))
    assert len(hall.told("b")) == 2


def test_the_second_officer_does_what_the_first_would_who_has_left(hall: Hall) -> None:
    hall.hands_over("A1", "a", second="spare")
    hall.runs(D3)
    assert hall.told("spare") == []
    hall.leaves("a", date(2019, 7, 11))
    hall.runs(D1)
    assert hall.told("spare") == ["report:officer:-1 A1"]
    assert hall.told("a", D1) == []


def test_where_nobody_is_named_every_officer_of_the_department_is_told(hall: Hall) -> None:
    hall.hands_over("A1", None)
    hall.runs(D3)
    assert "report:officer:-3 A1" in hall.told("a") and "report:officer:-3 A1" in hall.told("b")
    assert hall.told("e") == ["report:officer:-3 E1"]


def _reports(hall: Hall, by: str, at: datetime) -> None:
    """A1 is handed in by somebody."""
    handed_in = {"saved_by_id": hall.people[by], "submitted_by_id": hall.people[by], "submitted_at": at}
    hall.adds(SubmissionVersion(submission_id=hall.hands_in("A1", at), number=1, saved_at=at, **handed_in))


def test_a_lead_s_own_report_waits_for_the_lead_above(any_hall: Hall) -> None:
    _reports(any_hall, "lead", D3)
    with any_hall.database.write() as session:
        session.execute(sa.update(Cycle).values(asks_confirmation=True))
    last_day = REVIEW_DUE.replace(hour=9)
    any_hall.runs(last_day)
    about = f"confirmation:team_lead:+0 confirmation:{any_hall.period}.{any_hall.places['D']}"
    assert about in any_hall.told("head") and about not in any_hall.told("lead")
    assert len(any_hall.messages("head")) == 2  # with the board


def test_who_decides_hears_of_a_report_when_it_comes_and_by_the_stages_after_that(any_hall: Hall) -> None:
    three_days_before = seoul("2019-07-26 09:00")
    _reports(any_hall, "a", three_days_before + timedelta(hours=2))
    for now in (three_days_before, seoul("2019-07-26 11:05"), seoul("2019-07-26 15:00")):
        any_hall.runs(now)
    assert any_hall.told("evaluator") == []
    any_hall.runs(seoul("2019-07-30 09:00"))
    about = f"{any_hall.period}.{any_hall.places['D']}"
    assert any_hall.told("evaluator") == [f"review:evaluator:-1 review:{about}"]


def test_who_has_lost_a_role_is_not_told(hall: Hall) -> None:
    hall.looks(D1)
    hall.gathers(D1)
    with hall.database.write() as session:
        held = select(RoleHeld).where(RoleHeld.person_id == hall.people["lead"])
        session.delete(session.exec(held).one())
    hall.delivers(D1)
    assert hall.told("lead") == [] and hall.messages("lead") == []
    hall.runs(D1 + timedelta(minutes=5))
    # Who leads above is nearest now, and has their board of the day already: it comes with tomorrow's.
    hall.runs(D0)
    assert "report:team_lead:+0 A1" in hall.told("head", D0)


def test_a_closed_period_silences_and_a_reopened_one_speaks_again(hall: Hall) -> None:
    hall.looks(D3)
    hall.gathers(D3)
    hall.changes(Period, hall.period, state=PeriodState.CLOSED)
    hall.runs(D3)
    hall.runs(D1)
    assert hall.received == []
    hall.changes(Period, hall.period, state=PeriodState.OPEN)
    hall.runs(D1 + timedelta(hours=3))
    assert hall.told("a") == ["report:officer:-1 A1", "report:officer:-1 A2"]


def test_a_report_taken_back_after_it_silenced_what_was_waiting_is_told_after_all(hall: Hall) -> None:
    hall.looks(D3)
    hall.gathers(D3)
    hall.hands_in("A1")
    hall.delivers(D3)
    hall.runs(D3 + timedelta(hours=1))
    assert hall.told("a") == ["report:officer:-3 A2"]
    hall.reports("A1", State.WITHDRAWN, submitted_at=None)
    hall.runs(D3 + timedelta(hours=2))
    assert hall.told("a") == ["report:officer:-3 A2", "report:officer:-3 A1"]


def test_a_returned_report_has_a_deadline_of_its_own_and_is_told_by_the_stages_after_it(hall: Hall) -> None:
    hall.runs(D0)
    key = hall.returns("A1", seoul("2019-07-15 10:00"), seoul("2019-07-19 18:00"))
    hall.runs(seoul("2019-07-15 10:05"))
    assert [one for one in hall.told("a") if one.startswith("return")] == []
    hall.runs(seoul("2019-07-16 09:00"))
    assert hall.told("a", seoul("2019-07-16 09:00")) == [
        "report:officer:+1 A2", f"return:officer:-3 return:{key}",
    ]  # fmt: skip
    hall.hands_in("A1")
    hall.runs(seoul("2019-07-18 09:00"))
    assert hall.told("a", seoul("2019-07-18 09:00")) == ["report:officer:+3 A2"]


def test_a_holiday_declared_between_two_ticks_moves_what_comes_and_repeats_nothing(hall: Hall) -> None:
    hall.runs(D7)
    hall.has_day_off("2019-07-12")
    following = hall.runs(seoul("2019-07-06 12:00"))
    assert following == seoul("2019-07-09 09:00")
    hall.runs(following)
    hall.runs(seoul("2019-07-11 09:00"))
    hall.runs(seoul("2019-07-12 09:00"))
    hall.runs(D0)
    own = [(one.kind.split(":")[2], one.at.strftime("%d")) for one in hall.received if one.about == "A1"]
    assert [one for one in own if one[0] != "+0"] + own[-1:] == [
        ("-7", "04"), ("-3", "09"), ("-1", "11"), ("-1", "11"), ("+0", "15"),
    ]  # fmt: skip


def test_a_plan_of_its_own_replaces_the_defaults_of_that_kind_alone(hall: Hall) -> None:
    hall.rule(Audience.OFFICER, days=-2)
    hall.runs(D3)
    assert hall.received == []
    hall.runs(seoul("2019-07-11 09:00"))
    assert hall.told("a") == ["report:officer:-2 A1", "report:officer:-2 A2"]
    hall.reports("A1", State.SUBMITTED)
    hall.runs(seoul("2019-07-30 09:00"))
    assert [one.kind for one in hall.rows() if one.kind.startswith("review")] == ["review:evaluator:-1"]
