"""What people are told by the clock of consultations and events, and what not, since it is done, moved or over."""

from __future__ import annotations

from datetime import timedelta

import pytest

from handlers.book import BOOK
from handlers.dialogue.talk import Talk
from handlers.reminders.lines import items_of
from models.consultation.booking import Booking, BookingState, Waiting, WaitingState
from models.consultation.deduction import Deduction, DeductionState
from models.consultation.programme import Programme, ProgrammeKind, Slot, SlotState
from models.consultation.review import Paper, PaperState, ReviewTask, TaskState, View
from models.messaging.account import web_account
from models.organization import Person
from models.plan import Cycle, Indicator
from models.reminding.circle import Circle
from models.reminding.gathering import reminders_of, still_due
from models.reminding.rule import Audience, DeadlineKind
from models.store import Database
from tests.reminding.consulted import BEFORE, EARLIER, ENDS, HALF_AN_HOUR, STARTS, Consulted
from tests.reminding.hall import Hall, seoul


@pytest.fixture
def consulted(hall: Hall) -> Consulted:
    return Consulted(hall)


def text(hall: Hall, person: str) -> str:
    """The last message a person gets of what is to be told, and what its first button says."""
    last = max(one.made_at for one in hall.rows())
    hall.gathers(last)
    hall.delivers(last)
    body = hall.messages(person)[-1]
    spans = [span for line in body["text"] for span in line]
    said = "".join(next(iter(span.values())) + str(span.get("href", "")) for span in spans)
    return f"{said}[{body['buttons'][0]['label']}]"


def reached(hall: Hall, person: str) -> list[str]:
    """The steps to which the buttons of what a person is told lead, each of which can be shown to them."""
    with hall.database.write() as session:
        last = max(one.made_at for one in hall.rows())
        reader = session.get_one(Person, hall.people[person])
        talk = Talk(session, last, reader, web_account(session, last, reader.id or 0), is_reader=True)
        own = reminders_of(session, reader.id or 0, EARLIER.date())
        items = items_of(talk, still_due(session, Circle.on(session, talk.today), last, own))
        for item in items:
            assert BOOK[item.to.step].show(talk, dict(item.to.data)), item
        return [item.to.step for item in items]


def test_every_button_leads_to_where_it_can_be_done(consulted: Consulted) -> None:
    consulted.asks_for(
        written_due=seoul("2019-07-25 18:00"), views_due=seoul("2019-07-25 18:00"),
        booking_due=seoul("2019-07-24 15:00"), notes_due=seoul("2019-07-25 18:00"),
    )  # fmt: skip
    consulted.has_slot("late", starts_at=seoul("2019-07-25 10:00"), ends_at=seoul("2019-07-25 11:00"))
    consulted.came(consulted.books("a"))
    consulted.hands_in("E")
    consulted.task("B1", seoul("2019-07-25 18:00"))
    consulted.deduction(seoul("2019-07-25 18:00"))
    second = consulted.has_slot("second", starts_at=STARTS, ends_at=ENDS)
    consulted.books("e", "E", slot_id=second)
    consulted.day("07-24 09:00")
    assert sorted(reached(consulted.hall, "b")) == [
        "deductions.card", "written_review.paper", "written_review.task"
    ]  # fmt: skip
    assert sorted(reached(consulted.hall, "consultant")) == [
        "consultation.slot", "written_review.department", "written_review.notes"
    ]  # fmt: skip
    assert reached(consulted.hall, "e") == ["consultation.slot"]
    consulted.cancels(2)
    consulted.day("07-24 14:45")
    assert reached(consulted.hall, "e") == ["consultation.slots"]
    consulted.hall.changes(Booking, 2, state=BookingState.BOOKED)
    consulted.day("07-24 14:50")
    assert "attendance.slot" in reached(consulted.hall, "consultant")


def test_who_only_looks_after_it_is_told_in_the_view_of_the_city_or_with_their_own_duties(
    consulted: Consulted,
) -> None:
    consulted.asks_for(written_due=seoul("2019-07-10 18:00"))
    consulted.hall.rule(Audience.TEAM_LEAD, kind=DeadlineKind.CONSULTATION, days=1)
    consulted.hall.rule(Audience.ADMINISTRATOR, kind=DeadlineKind.CONSULTATION, days=1)
    consulted.day("07-11 09:00")
    assert "서면검토 자료 · D (지표 컨설팅)" in text(consulted.hall, "lead")
    assert reached(consulted.hall, "lead") == ["written_review.paper"]
    assert "기한이 지난 일이 2건 있습니다." in text(consulted.hall, "administrator")


# Papers for the written review.


def test_officers_hand_in_their_department_s_paper_until_it_is_due(consulted: Consulted) -> None:
    consulted.asks_for(written_due=seoul("2019-07-10 18:00"))
    consulted.day("07-05 09:00", "07-09 09:00", "07-10 09:00", "07-11 09:00")
    own = [f"consultation:officer:{stage} paper" for stage in ("-3", "-1", "+0", "+1")]
    assert consulted.told("a") == consulted.told("b") == consulted.told("e") == own
    assert consulted.told("consultant") == consulted.told("lead") == []
    assert consulted.told("administrator") == ["consultation:administrator:+1 paper"] * 2
    assert "서면검토 자료 · D (지표 컨설팅)" in text(consulted.hall, "a")


def test_a_draft_is_not_handed_in_and_what_is_handed_in_is_silent_at_once(consulted: Consulted) -> None:
    consulted.asks_for(written_due=seoul("2019-07-10 18:00"))
    paper = consulted.hands_in("D", PaperState.DRAFT)
    consulted.hall.runs(seoul("2019-07-09 09:00"))
    assert consulted.told("a") == ["consultation:officer:-1 paper"]
    consulted.hall.looks(seoul("2019-07-10 09:00"))
    consulted.hall.changes(Paper, paper, state=PaperState.HANDED_IN)
    consulted.hall.runs(seoul("2019-07-10 09:00"))
    consulted.hall.runs(seoul("2019-07-11 09:00"))
    assert len(consulted.told("a")) == 1 and len(consulted.told("e")) == 3


def test_a_paper_is_not_asked_for_when_the_consultation_is_over_nor_where_none_is(
    consulted: Consulted,
) -> None:
    consulted.asks_for(written_due=seoul("2019-07-10 18:00"))
    consulted.day("07-24 14:30")
    assert consulted.told("a") == ["consultation:officer:+10 paper"]
    consulted.day("07-25 09:00")
    assert len(consulted.told("a")) == 1
    consulted.hall.changes(Slot, consulted.slot, state=SlotState.CANCELLED)
    consulted.day("07-26 09:00")
    assert consulted.told("a")[1:] == ["consultation:officer:+12 paper"]
    consulted.asks_for()
    consulted.day("07-29 09:00")
    assert len(consulted.told("a")) == 2


def test_who_has_left_hears_nothing_and_who_stands_in_for_who_is_away_does(consulted: Consulted) -> None:
    consulted.asks_for(written_due=seoul("2019-07-10 18:00"))
    consulted.hall.leaves("b", seoul("2019-07-09 09:00").date())
    consulted.hall.is_away("a", "2019-07-08", "2019-07-12")
    consulted.hall.stands_in("spare", "a")
    consulted.day("07-09 09:00")
    own = ["consultation:officer:-1 paper"]
    assert [consulted.told(who) for who in ("a", "b", "spare", "e")] == [[], [], own, own]


def test_a_moved_deadline_is_another_one(consulted: Consulted) -> None:
    consulted.asks_for(written_due=seoul("2019-07-10 18:00"))
    consulted.day("07-09 09:00")
    consulted.asks_for(written_due=seoul("2019-07-12 18:00"))
    consulted.day("07-11 09:00")
    assert consulted.told("a") == ["consultation:officer:-1 paper"] * 2


# Views.


def test_the_consultants_write_their_views_on_what_was_handed_in(consulted: Consulted) -> None:
    consulted.asks_for(views_due=seoul("2019-07-17 18:00"))
    consulted.hands_in("E", PaperState.DRAFT)
    paper = consulted.hands_in("D")
    consulted.day("07-16 09:00")
    own = ["consultation:consultant:-1 view"]
    assert consulted.told("consultant") == consulted.told("other_consultant") == own
    consulted.hall.changes(Paper, paper, consultant_id=consulted.hall.people["consultant"])
    consulted.day("07-17 09:00")
    assert (len(consulted.told("consultant")), len(consulted.told("other_consultant"))) == (2, 1)
    assert "서면검토 의견 · D (지표 컨설팅)" in text(consulted.hall, "consultant")
    consulted.hall.leaves("consultant", seoul("2019-07-18 00:00").date())
    consulted.day("07-18 09:00")
    assert len(consulted.told("consultant")) == 2
    assert consulted.told("other_consultant")[-1] == "consultation:consultant:+1 view"
    consulted.hall.changes(Paper, paper, state=PaperState.VIEWED)
    consulted.day("07-19 09:00")
    assert consulted.told("other_consultant")[-1] == "consultation:consultant:+1 view"
    assert not any("view" in one for who in ("a", "b", "e") for one in consulted.told(who))


# Booking.


def test_who_has_not_booked_is_told_while_it_can_be_booked(consulted: Consulted) -> None:
    consulted.asks_for(booking_due=seoul("2019-07-19 18:00"))
    booking = consulted.books("a")
    for state in (BookingState.BOOKED, BookingState.OFFERED, BookingState.ATTENDED, BookingState.ABSENT):
        consulted.hall.changes(Booking, booking, state=state)
        consulted.day("07-18 09:00")
        assert consulted.told("e") == ["consultation:officer:-1 booking"] and consulted.told("b") == []
    consulted.cancels(booking)
    consulted.day("07-18 09:00")
    assert consulted.told("b") == ["consultation:officer:-1 booking"]


def test_who_waits_for_a_place_has_done_what_they_can(consulted: Consulted) -> None:
    consulted.asks_for(booking_due=seoul("2019-07-19 18:00"))
    where = consulted.hall.places["D"]
    waiting = consulted.hall.adds(
        Waiting(
            programme_id=consulted.programme, department_id=where, holder=f"department:{where}",
            person_id=consulted.hall.people["a"], since=EARLIER,
        )
    )  # fmt: skip
    consulted.day("07-18 09:00")
    assert consulted.told("a") == []
    consulted.hall.changes(Waiting, waiting, state=WaitingState.LAPSED, holder=None)
    consulted.day("07-19 09:00")
    assert consulted.told("a") == ["consultation:officer:+0 booking"]


def test_nobody_is_asked_to_book_before_it_opens_or_after_it_is_too_late(consulted: Consulted) -> None:
    consulted.asks_for(booking_due=seoul("2019-07-19 18:00"), booking_opens=seoul("2019-07-19 08:30"))
    consulted.day("07-18 09:00")
    assert consulted.told("e") == []
    consulted.day("07-19 09:00", "07-22 09:00", "07-23 09:00")
    assert consulted.told("e") == ["consultation:officer:+0 booking"]
    assert (
        consulted.told("administrator", seoul("2019-07-22 09:00"))
        == ["consultation:administrator:+1 booking"] * 2
    )
    consulted.day("07-25 09:00")
    assert consulted.told("administrator", seoul("2019-07-25 09:00")) == []


# To be there.


def test_everybody_who_comes_is_told_the_day_before_and_half_an_hour_before(any_hall: Hall) -> None:
    consulted = Consulted(any_hall)
    consulted.asks_for()
    consulted.books("a")
    for instant in (BEFORE, HALF_AN_HOUR, HALF_AN_HOUR + timedelta(minutes=5)):
        any_hall.runs(instant)
    stages = ("-1", "14:00-30m")
    assert consulted.told("a") == [f"consultation:participant:{one} seat" for one in stages]
    for host in ("consultant", "evaluator"):
        assert consulted.told(host) == [f"consultation:participant:{one} slot" for one in stages]
    assert consulted.told("b") == consulted.told("other_consultant") == []
    assert text(any_hall, "a").endswith(
        "지표 컨설팅 (7. 24.(수) 14:00~14:40) — 소회의실 · 접속 링크https://meet.example/7[일정 보기]"
    )
    assert "지표 컨설팅 (7. 24.(수) 14:00~14:40) — D a · 소회의실" in text(any_hall, "consultant")


def test_a_slot_nobody_booked_is_nobody_s_to_come_to(consulted: Consulted) -> None:
    consulted.asks_for()
    booking = consulted.books("a")
    consulted.cancels(booking)
    consulted.hall.runs(BEFORE)
    assert consulted.told("consultant") == consulted.told("a") == []


def test_a_session_is_an_event_with_many_people_and_its_host_is_told_once(consulted: Consulted) -> None:
    consulted.asks_for()
    consulted.hall.changes(Programme, consulted.programme, kind=ProgrammeKind.TRAINING)
    consulted.hall.changes(Slot, consulted.slot, seats=230, title="지표 교육 1회차")
    for seat, person in enumerate(("a", "b", "e"), start=1):
        consulted.books(person, seat=seat, holder=f"person:{person}")
    consulted.hall.runs(BEFORE)
    for person in ("a", "b", "e"):
        assert consulted.told(person) == ["event:participant:-1 seat"]
    assert consulted.told("consultant") == ["event:participant:-1 slot"]
    assert "지표 컨설팅 · 지표 교육 1회차 (7. 24.(수) 14:00~14:40) — 3명 참석 예정" in text(
        consulted.hall, "consultant"
    )


@pytest.mark.parametrize(("minutes", "told"), [(20, []), (40, ["consultation:participant:14:00-30m seat"])])
def test_what_was_booked_just_before_is_not_reminded_of_at_once(
    consulted: Consulted, minutes: int, told: list[str]
) -> None:
    consulted.asks_for()
    at = STARTS - timedelta(minutes=minutes)
    consulted.books("a", at=at)
    for later in (0, 5, 15):
        consulted.hall.runs(at + timedelta(minutes=later))
    assert consulted.told("a") == told


def test_half_an_hour_before_is_said_even_at_night_and_on_a_day_off(consulted: Consulted) -> None:
    consulted.asks_for()
    consulted.books("a")
    consulted.moves(seoul("2019-07-27 07:00"))  # a Saturday
    consulted.day("07-27 06:30")
    assert consulted.told("a") == ["consultation:participant:07:00-30m seat"]


def test_what_is_cancelled_or_called_off_between_the_tick_and_the_sending_is_not_said(
    consulted: Consulted,
) -> None:
    consulted.asks_for()
    booking = consulted.books("a")
    consulted.hall.looks(BEFORE)
    consulted.hall.gathers(BEFORE)
    consulted.cancels(booking)
    consulted.hall.delivers(BEFORE)
    assert consulted.hall.messages("a") == [] and consulted.hall.messages("consultant") == []
    consulted.books("b", at=EARLIER)
    consulted.hall.looks(HALF_AN_HOUR)
    consulted.hall.gathers(HALF_AN_HOUR)
    consulted.hall.changes(Slot, consulted.slot, state=SlotState.CANCELLED)
    consulted.hall.delivers(HALF_AN_HOUR)
    assert consulted.hall.messages("b") == []


def test_a_slot_moved_between_the_tick_and_the_sending_is_told_for_its_new_time_only(
    consulted: Consulted,
) -> None:
    consulted.asks_for()
    consulted.books("a")
    consulted.hall.looks(HALF_AN_HOUR)
    consulted.hall.gathers(HALF_AN_HOUR)
    consulted.moves(seoul("2019-07-24 16:00"))
    consulted.hall.delivers(HALF_AN_HOUR)
    assert consulted.hall.messages("a") == []
    consulted.day("07-24 15:30")
    assert "16:00~16:40" in text(consulted.hall, "a")


def test_who_stands_in_for_who_booked_is_told_whose_booking_it_is(consulted: Consulted) -> None:
    consulted.asks_for()
    consulted.books("a")
    consulted.hall.is_away("a", "2019-07-22", "2019-07-26")
    consulted.hall.stands_in("spare", "a")
    consulted.hall.runs(HALF_AN_HOUR)
    assert consulted.told("a") == [] and len(consulted.told("spare")) == 1
    assert "a 님 예약" in text(consulted.hall, "spare")


def test_who_is_late_is_still_told_where_it_is_and_nobody_once_it_is_over(consulted: Consulted) -> None:
    consulted.asks_for()
    consulted.books("a")
    consulted.hall.runs(STARTS + timedelta(minutes=10))
    assert consulted.told("a") == ["consultation:participant:14:00-30m seat"]
    assert "기한" not in text(consulted.hall, "a")


def test_after_the_slot_is_over_nobody_is_told_to_come(consulted: Consulted) -> None:
    consulted.asks_for()
    consulted.books("a")
    consulted.hall.runs(ENDS)
    assert consulted.told("a") == []


# Attendance.


def test_attendance_is_asked_for_when_the_slot_is_over_and_until_it_is_taken(consulted: Consulted) -> None:
    consulted.asks_for()
    booking = consulted.books("a")
    consulted.hall.runs(ENDS - timedelta(minutes=1))
    assert not any("attendance" in one for one in consulted.told("consultant"))
    consulted.hall.runs(ENDS)
    consulted.day("07-25 09:00", "07-26 09:00")
    for host in ("consultant", "evaluator"):
        stages = [one for one in consulted.told(host) if one.endswith("attendance")]
        assert stages == [f"consultation:consultant:{one} attendance" for one in ("-1", "+0", "+1")]
    assert consulted.told("administrator") == ["consultation:administrator:+1 attendance"]
    assert text(consulted.hall, "consultant").endswith("[출석 기록]")
    consulted.came(booking)
    consulted.day("07-29 09:00")
    assert consulted.told("consultant", seoul("2019-07-29 09:00")) == []


def test_attendance_of_a_session_is_asked_for_while_one_person_is_not_noted(consulted: Consulted) -> None:
    consulted.asks_for()
    consulted.hall.changes(Programme, consulted.programme, kind=ProgrammeKind.TRAINING)
    first = consulted.books("a", holder="person:1")
    second = consulted.books("b", holder="person:2", seat=2)
    consulted.came(first)
    consulted.hall.runs(ENDS)
    assert consulted.told("consultant") == ["consultation:consultant:-1 attendance"]
    consulted.hall.changes(Booking, second, state=BookingState.ABSENT)
    consulted.day("07-25 09:00")
    assert len(consulted.told("consultant")) == 1


def test_what_was_never_noted_in_a_cycle_long_past_is_let_be(consulted: Consulted) -> None:
    consulted.asks_for()
    consulted.books("a")
    consulted.hall.changes(Cycle, 1, ends_on=seoul("2019-04-01 00:00").date())
    consulted.hall.runs(ENDS)
    assert consulted.told("consultant") == []


# Notes and tasks.


def test_the_consultant_writes_a_note_on_every_indicator_of_who_came(consulted: Consulted) -> None:
    consulted.asks_for(notes_due=seoul("2019-07-31 18:00"))
    booking = consulted.books("a")
    consulted.hall.changes(Booking, booking, state=BookingState.ABSENT)
    consulted.day("07-29 09:00")
    assert consulted.told("consultant") == []
    consulted.came(booking)
    for code in ("A1", "A2"):
        consulted.notes(code, STARTS)
    last = consulted.notes("B1", None)
    consulted.day("07-30 09:00")
    assert consulted.told("consultant") == ["consultation:consultant:-1 note"]
    assert consulted.told("other_consultant") == []
    consulted.hall.changes(View, last, sent_at=STARTS)
    consulted.day("07-31 09:00")
    assert len(consulted.told("consultant")) == 1


def test_a_task_is_its_indicator_s_officer_s_until_it_is_answered(consulted: Consulted) -> None:
    consulted.asks_for()
    task = consulted.task("B1", seoul("2019-08-07 18:00"))
    consulted.day("08-06 09:00")
    assert consulted.told("b") == ["consultation:officer:-1 task"] and consulted.told("a") == []
    assert "B1: 목표치 적합성 고칠 점" in text(consulted.hall, "b")
    consulted.hall.changes(Indicator, consulted.hall.indicators["B1"], officer_id=None)
    consulted.day("08-07 09:00")
    assert consulted.told("a") == ["consultation:officer:+0 task"]
    consulted.hall.changes(ReviewTask, task, state=TaskState.DONE)
    consulted.day("08-08 09:00")
    assert len(consulted.told("a")) == 1


def test_the_second_officer_does_a_task_whose_first_has_left(consulted: Consulted) -> None:
    consulted.asks_for()
    consulted.task("B1", seoul("2019-08-07 18:00"))
    consulted.hall.hands_over("B1", "b", "e")
    consulted.hall.leaves("b", seoul("2019-08-01 00:00").date())
    consulted.day("08-06 09:00")
    assert consulted.told("e") == ["consultation:officer:-1 task"]


# Objections.


def test_a_department_may_object_to_what_is_confirmed_only(consulted: Consulted) -> None:
    consulted.asks_for()
    deduction = consulted.deduction(seoul("2019-08-07 18:00"))
    for state in [one for one in DeductionState if one is not DeductionState.CONFIRMED]:
        consulted.hall.changes(Deduction, deduction, state=state)
        consulted.day("08-06 09:00")
        assert consulted.told("a") == []
    consulted.hall.changes(Deduction, deduction, state=DeductionState.CONFIRMED)
    consulted.day("08-07 09:00", "08-08 09:00")
    assert consulted.told("a") == consulted.told("b") == ["objection:officer:+0 deduction"]
    consulted.hall.changes(Deduction, deduction, objection_due=seoul("2019-08-09 18:00"))
    consulted.day("08-09 09:00")
    assert "미참여 감점 2점 이의신청 · D" in text(consulted.hall, "a")


def test_a_lead_is_told_of_an_objection_where_the_plan_says_so(consulted: Consulted) -> None:
    consulted.asks_for()
    consulted.hall.rule(Audience.TEAM_LEAD, kind=DeadlineKind.OBJECTION, days=-1)
    consulted.deduction(seoul("2019-08-07 18:00"))
    consulted.day("08-06 09:00")
    assert consulted.told("lead") == ["objection:team_lead:-1 deduction"] and consulted.told("a") == []
    assert text(consulted.hall, "lead").endswith("[감점 보기]")


def test_a_plan_without_consultations_has_no_such_duties(database: Database) -> None:
    hall = Hall(database)
    hall.runs(seoul("2019-07-09 09:00"))
    every = [one.kind for one in hall.received]
    assert every and all(one.startswith("report") for one in every)
