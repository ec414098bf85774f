"""Attendance: one press a department or person, corrected until points hang on it, taken by who was there."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from sqlmodel import Session, select

from models.audit import AuditRow, verify
from models.consultation.attendance import mark, mark_all, seats_of, slots_to_take
from models.consultation.booking import Booking, BookingState
from models.consultation.deducting import confirm
from models.consultation.deduction import DeductionState
from models.consultation.programme import Programme, Slot, SlotState
from models.doer import Doer
from models.organization import Role, RoleHeld
from models.store import Database
from models.words import Refusal
from tests.consultation.held import AFTER, POINTS, another_administrator, hall, held, states
from tests.consultation.place import MONDAY, Place, settle

ATTENDED, ABSENT, BOOKED = BookingState.ATTENDED, BookingState.ABSENT, BookingState.BOOKED


@pytest.fixture
def one_place(database: Database) -> Place:
    """The city on SQLite alone."""
    return settle(database)


@pytest.mark.parametrize("who", ["한연구", "정평가", "강관리"])
def test_the_consultant_the_office_and_an_administrator_take_attendance(one_place: Place, who: str) -> None:
    consultation = held(one_place)
    one_place.does(who, consultation.marking(0, came=True))
    assert consultation.booking(0).state is ATTENDED


@pytest.mark.parametrize("who", ["윤연구", "문평가", "담당0", "최팀장"])
def test_nobody_else_does(one_place: Place, who: str) -> None:
    consultation = held(one_place)
    told = one_place.refused(who, consultation.marking(0, came=True))
    assert told == "출석은 이 일정의 컨설턴트, 평가부서 담당자, 관리자만 기록할 수 있습니다."


def test_who_stands_in_for_the_consultant_does_and_is_noted_as_deputy(one_place: Place) -> None:
    consultation, absent = held(one_place), one_place.people["한연구"]
    stands_in = one_place.people["윤연구"]
    one_place.add(RoleHeld(person_id=stands_in, role=Role.DEPUTY, stands_in_for_id=absent))
    one_place.does("윤연구", consultation.marking(0, came=True))
    with one_place.database.read() as session:
        row = session.exec(select(AuditRow).where(AuditRow.action == "attendance.attended")).one()
    assert (row.person_id, row.acting_for_id) == (stands_in, absent)


def test_attendance_is_taken_from_the_start_of_the_slot_on(one_place: Place) -> None:
    consultation = held(one_place)
    one_place.now = MONDAY - timedelta(minutes=1)
    press = consultation.marking(0, came=True)
    told = one_place.refused("한연구", press)
    assert told == "아직 시작하지 않은 일정입니다. 7. 15.(월) 09:00부터 출석을 기록할 수 있습니다."
    one_place.now = MONDAY
    one_place.does("한연구", press)


def test_a_slot_that_was_called_off_and_a_booking_that_was_given_up_have_no_attendance(
    one_place: Place,
) -> None:
    consultation = held(one_place)
    one_place.change(Booking, consultation.bookings[0], state=BookingState.CANCELLED, seat=None, holder=None)
    assert "취소된 예약입니다." in one_place.refused("한연구", consultation.marking(0, came=True))
    one_place.change(Slot, consultation.slots[0], state=SlotState.CANCELLED)
    assert "취소된 일정이라" in one_place.refused("한연구", consultation.marking(0, came=True))


def test_who_did_not_come_gets_a_deduction_proposed_once(place: Place) -> None:
    consultation = held(place)
    marked = place.does("한연구", consultation.marking(0, came=False))
    again = place.does("한연구", consultation.marking(0, came=False))
    found = consultation.deduction(0)
    assert (marked.proposed, again.proposed) == (found.id, None)
    assert (found.state, found.points, found.booking_id) == (
        DeductionState.PROPOSED,
        POINTS,
        consultation.bookings[0],
    )
    assert list(consultation.deductions()) == [place.departments[0]]


def test_corrected_to_came_the_proposal_falls_away_and_back_again_it_is_proposed_anew(place: Place) -> None:
    consultation = held(place)
    first = place.does("한연구", consultation.marking(0, came=False))
    came = place.does("한연구", consultation.marking(0, came=True))
    assert came.fallen == first.proposed
    assert consultation.deduction(0).state is DeductionState.DROPPED
    assert consultation.deduction(0).decided_by_id is None
    again = place.does("정평가", consultation.marking(0, came=False))
    assert again.proposed == first.proposed
    assert (consultation.deduction(0).state, consultation.deduction(0).decided_at) == (
        DeductionState.PROPOSED,
        None,
    )


def test_attendance_stands_once_the_deduction_is_decided(one_place: Place) -> None:
    consultation = held(one_place)
    proposed = one_place.does("한연구", consultation.marking(0, came=False)).proposed
    one_place.does("강관리", lambda session, doer: confirm(session, doer, proposed or 0, 0, "통보 없이 불참"))
    told = one_place.refused("한연구", consultation.marking(0, came=True))
    assert "감점이 이미 결정되어 출석을 바꿀 수 없습니다." in told
    assert consultation.booking(0).state is ABSENT


def test_where_not_coming_costs_nothing_nothing_is_proposed_and_it_stays_to_be_corrected(
    one_place: Place,
) -> None:
    consultation = held(one_place, absence_points=None)
    for came in (False, True, False):
        one_place.does("한연구", consultation.marking(0, came=came))
    assert consultation.booking(0).state is ABSENT and consultation.deductions() == {}


def test_nobody_notes_what_their_own_department_s_points_hang_on(one_place: Place) -> None:
    consultation = held(one_place)
    own = RoleHeld(
        person_id=one_place.people["정평가"], role=Role.TEAM_LEAD, department_id=one_place.departments[0]
    )
    one_place.add(own)
    told = one_place.refused("정평가", consultation.marking(0, came=True))
    assert "본인이 속한 부서의 출석은 기록할 수 없습니다." in told
    one_place.now = AFTER
    one_place.does("정평가", consultation.marking(1, came=True))


def test_of_two_who_press_at_once_one_is_told_who_was_quicker(place: Place) -> None:
    consultation, start = held(place), Barrier(2, timeout=30)

    def press(who: str, came: bool) -> str:
        start.wait()
        try:
            place.does(who, consultation.marking(0, came=came, revision=0))
        except Refusal as refusal:
            return str(refusal)
        return "done"

    with ThreadPoolExecutor(2) as pool:
        told = list(pool.map(press, ("한연구", "정평가"), (True, False)))
    assert told.count("done") == 1
    assert next(one for one in told if one != "done").endswith(
        "먼저 바꿨습니다. 새로 고친 화면에서 확인해 주세요."
    )
    proposed = {one.state for one in consultation.deductions().values()}
    assert proposed <= ({DeductionState.PROPOSED} if told[1] == "done" else set())


def test_confirming_and_correcting_at_once_cannot_both_happen(place: Place) -> None:
    consultation, start = held(place), Barrier(2, timeout=30)
    proposed = place.does("한연구", consultation.marking(0, came=False)).proposed or 0
    correct = consultation.marking(0, came=True)

    def press(who: str) -> str:
        start.wait()
        try:
            place.does(who, correct if who == "한연구" else _confirming(proposed))
        except Refusal as refusal:
            return str(refusal)
        return "done"

    with ThreadPoolExecutor(2) as pool:
        told = list(pool.map(press, ("한연구", "강관리")))
    state = consultation.deduction(0).state
    assert (told[0] == "done", told[1] == "done") in ((True, False), (False, True))
    came = consultation.booking(0).state is ATTENDED
    assert state is (DeductionState.DROPPED if came else DeductionState.CONFIRMED)
    with place.database.read() as session:
        assert verify(session) == []


def test_everybody_in_a_hall_came_but_for_those_noted_otherwise(one_place: Place) -> None:
    slot, bookings = hall(one_place)
    one_place.does("한연구", lambda session, doer: mark(session, doer, bookings[1], 0, came=False))
    count = one_place.does("한연구", lambda session, doer: mark_all(session, doer, slot))
    assert count == 2 and states(one_place, bookings) == [ATTENDED, ABSENT, ATTENDED]
    assert "이미 모두 기록되었습니다." in one_place.refused(
        "한연구", lambda session, doer: mark_all(session, doer, slot)
    )
    with one_place.database.read() as session:
        row = session.exec(select(AuditRow).where(AuditRow.action == "attendance.all")).one()
    assert row.detail == {"count": 2, "bookings": f"{bookings[0]},{bookings[2]}"}


def test_not_coming_to_a_training_costs_no_department_points(one_place: Place) -> None:
    _, bookings = hall(one_place)
    marked = one_place.does("한연구", lambda session, doer: mark(session, doer, bookings[0], 0, came=False))
    assert marked.proposed is None


def test_who_is_not_noted_yet_comes_first_in_the_list_then_who_did_not_come(one_place: Place) -> None:
    slot, bookings = hall(one_place)
    one_place.does("한연구", lambda session, doer: mark(session, doer, bookings[0], 0, came=True))
    one_place.does("한연구", lambda session, doer: mark(session, doer, bookings[1], 0, came=False))
    with one_place.database.read() as session:
        seen = [seat.booking.id for seat in seats_of(session, slot)]
    assert seen == [bookings[2], bookings[1], bookings[0]]


def test_a_person_is_shown_their_own_slots_that_have_begun_and_an_administrator_all(one_place: Place) -> None:
    consultation = held(one_place)
    one_place.change(Slot, consultation.slots[1], consultant_id=one_place.people["윤연구"])

    def shown(who: str) -> list[tuple[int | None, int]]:
        def look(session: Session, doer: Doer) -> list[tuple[int | None, int]]:
            return [(one.slot.id, one.open) for one in slots_to_take(session, doer)]

        return one_place.does(who, look)

    first, second = consultation.slots
    assert shown("윤연구") == []
    one_place.now = AFTER
    assert shown("윤연구") == [(second, 1)] and shown("한연구") == [(first, 1)] and shown("담당0") == []
    assert shown("강관리") == [(second, 1), (first, 1)]
    one_place.does("강관리", consultation.marking(1, came=True))
    assert shown("강관리") == [(first, 1), (second, 0)]
    assert shown(another_administrator(one_place)) == shown("강관리")
    one_place.change(Programme, consultation.programme, name="다른 이름")
    one_place.change(Slot, first, state=SlotState.CANCELLED)
    assert shown("강관리") == [(second, 0)]


def _confirming(deduction: int):  # type: ignore[no-untyped-def]
    return lambda session, doer: confirm(session, doer, deduction, 0, "통보 없이 불참")
