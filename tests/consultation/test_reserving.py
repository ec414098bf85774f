"""Booking a slot, moving to another, cancelling: who may, until when, and who has to be free."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlmodel import select

from models.audit import AuditRow
from models.consultation.booking import Booking, BookingState
from models.consultation.programme import Programme, ProgrammeKind, Slot, SlotState
from models.consultation.reserving import book, cancel, move
from models.leave import Leave
from models.organization import Department, Role, RoleHeld
from models.store import Database
from tests.consultation.place import MONDAY, NOW, Place, Verb, settle


def books(slot_id: int, department_id: int | None = None) -> Verb[Booking]:
    return lambda session, doer: book(session, doer, slot_id, department_id)


def moves(booking: Booking, slot_id: int, revision: int | None = None) -> Verb[Booking]:
    return lambda session, doer: move(session, doer, booking.id or 0, slot_id, revision=revision)


def cancels(booking: Booking, reason: str = "", revision: int | None = None) -> Verb[Booking]:
    return lambda session, doer: cancel(session, doer, booking.id or 0, reason, revision=revision)


@pytest.fixture
def here(database: Database) -> Place:
    """The city on SQLite alone, for rules that no database plays a part in."""
    return settle(database)


def test_an_officer_books_a_slot_for_the_department(place: Place) -> None:
    slot = place.slot(place.programme())

    booking = place.does("담당1", books(slot))

    department = place.departments[1]
    assert (booking.state, booking.seat, booking.revision) == (BookingState.BOOKED, 1, 0)
    assert (booking.holder, booking.department_id) == (f"department:{department}", department)
    assert booking.person_id == place.people["담당1"]
    with place.database.read() as session:
        assert [row.action for row in session.exec(select(AuditRow))] == ["booking.book"]


def test_a_seat_is_not_booked_twice(place: Place) -> None:
    programme = place.programme()
    slot, other = place.slot(programme), place.slot(programme, 1)
    place.does("담당1", books(slot))

    told = place.refused("담당2", books(slot))

    assert told == "그 시간은 담당1 님이 먼저 예약했습니다. 아직 빈 시간: 7. 15.(월) 10:00~10:40"
    assert [one.slot_id for one in place.bookings()] == [slot]
    place.does("담당2", books(other))
    assert place.refused("담당3", books(slot)).endswith("지금은 빈 시간이 없으니 대기를 신청해 주세요.")


def test_a_department_has_one_slot_of_a_programme(here: Place) -> None:
    programme = here.programme()
    slot, other = here.slot(programme), here.slot(programme, 1)
    here.does("담당0", books(slot))

    told = here.refused("최팀장", books(other))

    assert told.startswith("이미 7. 15.(월) 09:00~09:40에 예약되어 있습니다.")


def test_a_team_lead_and_a_deputy_book_too_and_nobody_else(here: Place) -> None:
    first, second, third = (here.slot(here.programme()) for _ in range(3))
    here.change(Slot, second, starts_at=MONDAY + timedelta(hours=1), ends_at=MONDAY + timedelta(hours=2))
    here.change(Slot, third, starts_at=MONDAY + timedelta(hours=3), ends_at=MONDAY + timedelta(hours=4))
    here.add(
        RoleHeld(person_id=here.people["문평가"], role=Role.DEPUTY, stands_in_for_id=here.people["담당0"])
    )

    here.does("최팀장", books(first))
    here.does("문평가", books(second))
    told = here.refused("정평가", books(third))

    assert told == "부서의 담당자나 팀장만 예약할 수 있습니다. 부서 담당자에게 예약을 요청해 주세요."
    with here.database.read() as session:
        last = session.exec(select(AuditRow)).all()[-1]
    assert last.acting_for_id == here.people["담당0"]


def test_who_works_for_several_departments_says_for_which(here: Place) -> None:
    slot = here.slot(here.programme())
    here.add(RoleHeld(person_id=here.people["담당0"], role=Role.OFFICER, department_id=here.departments[1]))

    assert here.refused("담당0", books(slot)) == "여러 부서를 맡고 계십니다. 예약할 부서를 먼저 골라 주세요."
    foreign = here.refused("담당0", books(slot, here.departments[2]))
    booking = here.does("담당0", books(slot, here.departments[1]))

    assert foreign.startswith("2번과의 담당자나 팀장만")
    assert booking.department_id == here.departments[1]


def test_the_city_itself_is_no_department_to_book_for(here: Place) -> None:
    slot = here.slot(here.programme())
    with here.database.read() as session:
        city = session.exec(select(Department.id).where(Department.code == "HB")).one()
    here.add(RoleHeld(person_id=here.people["문평가"], role=Role.TEAM_LEAD, department_id=city))

    assert here.refused("문평가", books(slot)).startswith("부서의 담당자나 팀장만")


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"booking_opens": NOW + timedelta(hours=1)}, "예약은 7. 8.(월) 10:00부터 받습니다."),
        ({"booking_due": NOW}, "예약 기한(7. 8.(월) 09:00)이 지났습니다."),
        ({"cut_off_hours": 7 * 24}, "시작 168시간 전까지만 예약할 수 있습니다."),
    ],
)
def test_a_slot_is_booked_while_booking_is_open(here: Place, values: dict[str, object], told: str) -> None:
    programme = here.programme()
    slot = here.slot(programme)
    here.change(Programme, programme, **values)

    assert told in here.refused("담당1", books(slot))

    here.change(
        Programme, programme, booking_opens=NOW, booking_due=NOW + timedelta(seconds=1), cut_off_hours=167
    )
    here.does("담당1", books(slot))


def test_a_cancelled_slot_and_one_that_began_are_not_booked(here: Place) -> None:
    programme = here.programme(cut_off_hours=0)
    gone, begun = here.slot(programme, state=SlotState.CANCELLED), here.slot(programme, 1)

    assert here.refused("담당1", books(gone)).startswith("취소된 시간입니다.")
    here.now = MONDAY + timedelta(hours=1)
    assert here.refused("담당1", books(begun)).startswith("이미 시작한 시간입니다.")


def test_a_department_cannot_be_at_two_places(here: Place) -> None:
    first = here.slot(here.programme())
    clash = here.slot(here.programme(), 0.5, consultant_id=here.people["윤연구"], office_id=None)
    after = here.slot(here.programme(), 40 / 60, consultant_id=here.people["윤연구"], office_id=None)
    here.does("담당0", books(first))

    told = here.refused("최팀장", books(clash))

    assert (
        told == "0번과는 그 시간에 컨설팅 1 예약(7. 15.(월) 09:00~09:40)이 있습니다. 다른 시간을 골라 주세요."
    )
    here.does("담당0", books(after))


def test_a_person_cannot_be_at_two_places(here: Place) -> None:
    training = here.programme(ProgrammeKind.TRAINING, name="교육")
    here.does("담당1", books(here.slot(training, seats=3, consultant_id=None, office_id=None)))
    clash = here.slot(here.programme(), 0.5)

    assert here.refused("담당1", books(clash)).startswith(
        "담당1 님은 그 시간에 교육 예약(7. 15.(월) 09:00~09:40)이"
    )


def test_a_seat_in_a_session_does_not_hold_the_whole_department(here: Place) -> None:
    training = here.programme(ProgrammeKind.TRAINING)
    here.does("최팀장", books(here.slot(training, seats=3, consultant_id=None, office_id=None)))

    here.does("담당0", books(here.slot(here.programme())))


@pytest.mark.parametrize("person", ["담당1", "한연구", "정평가"])
def test_who_is_on_leave_that_day_is_not_free(here: Place, person: str) -> None:
    slot = here.slot(here.programme())
    day = date(2019, 7, 15)
    leave = here.add(Leave(person_id=here.people[person], starts_on=day, ends_on=day))

    told = here.refused("담당1", books(slot))

    assert told == f"{person} 님은 7. 15.(월)부터 7. 15.(월)까지 부재입니다. 다른 시간을 골라 주세요."
    here.change(Leave, leave, is_cancelled=True)
    here.does("담당1", books(slot))


@pytest.mark.parametrize("busy", ["consultant_id", "office_id"])
def test_who_runs_another_slot_then_is_not_free(here: Place, busy: str) -> None:
    others = {"consultant_id": here.people["윤연구"], "office_id": here.people["문평가"]}
    mine = {"consultant_id": here.people["한연구"], "office_id": here.people["정평가"]}
    first = here.slot(here.programme(), **mine)
    second = here.slot(here.programme(), 0.5, **(others | {busy: mine[busy]}))
    name = {"consultant_id": "한연구", "office_id": "정평가"}[busy]
    booking = here.does("담당1", books(first))

    told = here.refused("담당2", books(second))

    assert told.startswith(f"{name} 님은 그 시간에 컨설팅 1 일정(7. 15.(월) 09:00~09:40)을 맡고 있습니다.")
    here.does("담당1", cancels(booking))
    here.does("담당2", books(second))


def test_a_booking_moves_in_one_step(place: Place) -> None:
    programme = place.programme()
    slot, other, third = (place.slot(programme, hours) for hours in (0, 1, 2))
    booking = place.does("담당1", books(slot))
    place.does("담당2", books(other))

    told = place.refused("담당1", moves(booking, other))
    assert told.startswith("그 시간은 담당2 님이 먼저 예약했습니다.")
    assert place.booking(booking.id).slot_id == slot

    moved = place.does("담당1", moves(booking, third))
    assert (moved.id, moved.uid, moved.slot_id, moved.revision) == (booking.id, booking.uid, third, 1)
    place.does("담당3", books(slot))


def test_a_booking_moves_to_a_time_that_overlaps_its_own(here: Place) -> None:
    programme = here.programme()
    booking = here.does("담당1", books(here.slot(programme)))
    near = here.slot(programme, 0.5, consultant_id=here.people["윤연구"], office_id=here.people["문평가"])

    assert here.does("담당1", moves(booking, near)).slot_id == near


def test_a_booking_moves_only_to_where_everybody_is_free_and_while_booking_is_open(here: Place) -> None:
    programme = here.programme()
    booking, clash = here.does("담당1", books(here.slot(programme))), here.slot(programme, 3, office_id=None)
    training = here.programme(ProgrammeKind.TRAINING, name="교육")
    here.does("담당1", books(here.slot(training, 3, seats=2, consultant_id=None, office_id=None)))

    assert "교육 예약" in here.refused("담당1", moves(booking, clash))
    here.change(Programme, programme, booking_due=NOW)
    assert here.refused("담당1", moves(booking, here.slot(programme, 6))).startswith("예약 기한")


def test_a_booking_moves_within_its_programme(here: Place) -> None:
    booking = here.does("담당1", books(here.slot(here.programme())))

    told = here.refused("담당1", moves(booking, here.slot(here.programme(), 3)))

    assert told.startswith("같은 프로그램의 다른 시간으로만")


def test_after_the_cut_off_nothing_is_moved_or_cancelled(here: Place) -> None:
    programme = here.programme()
    booking, later = here.does("담당1", books(here.slot(programme))), here.slot(programme, 48)
    here.now = MONDAY - timedelta(hours=24)

    for verb in (moves(booking, later), cancels(booking)):
        assert here.refused("담당1", verb).startswith("시작 24시간 전까지만 바꾸거나 취소할 수 있습니다.")
    here.now -= timedelta(seconds=1)
    here.does("담당1", moves(booking, later))


def test_a_cancelled_seat_is_free_and_the_department_may_book_again(place: Place) -> None:
    slot = place.slot(place.programme())
    booking = place.does("담당1", books(slot))

    cancelled = place.does("담당1", cancels(booking))
    again = place.does("담당1", books(slot))

    assert (cancelled.state, cancelled.seat, cancelled.revision) == (BookingState.CANCELLED, None, 1)
    assert again.id != booking.id and again.uid != booking.uid


def test_who_runs_the_slot_may_cancel_after_the_cut_off_with_a_reason(here: Place) -> None:
    booking = here.does("담당1", books(here.slot(here.programme())))
    here.now = MONDAY - timedelta(hours=1)

    assert here.refused("한연구", cancels(booking)).startswith("취소하는 사유를 적어 주세요.")
    assert here.refused("담당2", cancels(booking, "사유")).startswith("예약한 부서나 이 일정을 맡은 분만")
    assert here.does("한연구", cancels(booking, "병가")).state is BookingState.CANCELLED
    here.now = MONDAY
    assert here.refused("강관리", cancels(booking, "사유")).startswith(
        "한연구 님이 7. 15.(월) 08:00에 먼저 취소"
    )


def test_what_began_is_not_cancelled(here: Place) -> None:
    booking = here.does("담당1", books(here.slot(here.programme())))
    here.now = MONDAY

    assert here.refused("한연구", cancels(booking, "병가")) == "이미 시작한 일정이라 취소할 수 없습니다."


def test_who_decides_by_what_is_not_so_any_more_is_told_who_changed_it(here: Place) -> None:
    programme = here.programme()
    booking, other = here.does("담당0", books(here.slot(programme))), here.slot(programme, 1)
    here.does("최팀장", moves(booking, other))

    told = here.refused("담당0", cancels(booking, revision=0))

    assert told == "최팀장 님이 7. 8.(월) 09:00에 먼저 바꿨습니다. 새로 고친 화면에서 확인해 주세요."
    assert here.booking(booking.id).state is BookingState.BOOKED
    assert here.refused("담당1", moves(booking, other)).startswith("예약한 부서의 담당자나 팀장만")


def test_what_was_attended_is_neither_moved_nor_cancelled(here: Place) -> None:
    programme = here.programme()
    booking = here.does("담당1", books(here.slot(programme)))
    here.change(Booking, booking.id or 0, state=BookingState.ATTENDED)

    for verb in (moves(booking, here.slot(programme, 3)), cancels(booking)):
        assert here.refused("담당1", verb) == "출석이 확인된 예약이라 바꿀 수 없습니다."


def test_a_session_has_many_seats_and_everybody_signs_up_for_themselves(here: Place) -> None:
    slot = here.slot(here.programme(ProgrammeKind.TRAINING), seats=3)
    for number in range(3):
        here.does(here.officer(number), books(slot))

    told = here.refused("문평가", books(slot))

    assert told == "그 시간은 자리가 모두 찼습니다. 지금은 빈 시간이 없으니 대기를 신청해 주세요."
    taken = here.bookings(slot)
    assert [one.seat for one in taken] == [1, 2, 3]
    assert taken[0].holder == f"person:{here.people['담당0']}"
    assert taken[0].department_id == here.departments[0]
    assert here.refused("담당0", books(slot)).startswith("이미 7. 15.(월) 09:00~09:40에 예약")
    here.does("담당1", cancels(taken[1]))
    assert here.does("문평가", books(slot)).seat == 2


def test_nobody_cancels_the_seat_of_a_colleague_in_a_session(here: Place) -> None:
    booking = here.does("담당0", books(here.slot(here.programme(ProgrammeKind.MEETING), seats=3)))

    assert here.refused("최팀장", cancels(booking)).startswith("예약한 부서나 이 일정을 맡은 분만")
