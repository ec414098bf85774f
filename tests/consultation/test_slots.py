"""Slots that a consultant makes, changes and cancels."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from sqlmodel import select

from models.audit import AuditRow
from models.clock import SEOUL
from models.consultation.booking import Booking, BookingState, WaitingState
from models.consultation.programme import ProgrammeKind, Slot, SlotState
from models.consultation.slots import Hours, Where, cancel_slot, change_slot, make_slots
from models.leave import Leave
from models.organization import Role, RoleHeld
from models.store import Database
from tests.consultation.place import MONDAY, Place, Verb, settle
from tests.consultation.test_reserving import books, cancels
from tests.consultation.test_waiting import full, joins

DAY = date(2019, 7, 15)
MORNING = Hours(time(9), time(11), 30, 10)
ROOM = Where("별관 3층")


@pytest.fixture
def here(database: Database) -> Place:
    return settle(database)


def makes(programme: int, *days: date, hours: Hours = MORNING, where: Where = ROOM) -> Verb[list[Slot]]:
    return lambda session, doer: make_slots(session, doer, programme, days or [DAY], hours, where)


def cancels_slot(slot: int, reason: str = "출장") -> Verb[list[Booking]]:
    return lambda session, doer: cancel_slot(session, doer, slot, reason)


def changes(
    slot: int, starts_at: datetime = MONDAY, place: str = "본관", link: str = "", revision: int = 0
) -> Verb[list[Booking]]:
    return lambda session, doer: change_slot(session, doer, slot, revision, starts_at, place, link)


def slots(place: Place) -> list[Slot]:
    with place.database.read() as session:
        return list(session.exec(select(Slot).order_by(Slot.starts_at)))  # type: ignore[arg-type]


def test_a_consultant_makes_slots_with_breaks_on_several_days(place: Place) -> None:
    programme = place.programme()

    place.does(
        "한연구",
        makes(programme, DAY, date(2019, 7, 16), where=Where("별관", office_id=place.people["정평가"])),
    )

    made = slots(place)
    spans = [
        f"{one.starts_at.astimezone(SEOUL):%d %H:%M}-{one.ends_at.astimezone(SEOUL):%H:%M}" for one in made
    ]
    assert spans[:3] == ["15 09:00-09:30", "15 09:40-10:10", "15 10:20-10:50"]
    assert len(spans) == 6 and spans[3].startswith("16 09:00")
    assert {(one.consultant_id, one.office_id, one.seats) for one in made} == {
        (place.people["한연구"], place.people["정평가"], 1)
    }
    assert len({one.code for one in made}) == 6
    place.does("한연구", makes(programme, date(2019, 7, 17)))


@pytest.mark.parametrize(
    ("hours", "where", "day", "told"),
    [
        (MORNING, ROOM, date(2019, 7, 14), "7. 14.(일)에는 일하지 않습니다."),
        (MORNING, ROOM, date(2019, 8, 15), "8. 15.(목)에는 쉽니다(광복절)."),
        (MORNING, ROOM, date(2019, 7, 5), "이미 시작한 시간입니다."),
        (Hours(time(11), time(9), 30), ROOM, DAY, "끝나는 시각이 시작하는 시각보다 뒤여야"),
        (Hours(time(9), time(11), 5), ROOM, DAY, "한 번의 길이는 10분에서 240분까지입니다."),
        (Hours(time(9), time(11), 30, -1), ROOM, DAY, "쉬는 시간은 0분에서"),
        (Hours(time(9), time(9, 20), 30), ROOM, DAY, "만들 일정이 없거나"),
        (MORNING, Where(), DAY, "장소나 접속 주소 가운데 하나는"),
        (MORNING, Where(link="javascript:x"), DAY, "접속 주소는 https://로 시작해야"),
        (MORNING, Where(link="https://a.kr\nATTENDEE:x"), DAY, "접속 주소는 https://로 시작해야"),
    ],
)
def test_slots_are_sound_or_none_is_made(
    here: Place, hours: Hours, where: Where, day: date, told: str
) -> None:
    programme = here.programme()

    assert told in here.refused("한연구", makes(programme, day, hours=hours, where=where))
    assert slots(here) == []


def test_slots_do_not_overlap_those_of_the_consultant_or_of_the_office(here: Place) -> None:
    programme, office = here.programme(), here.people["정평가"]
    here.slot(programme, 0.25)

    told = here.refused("한연구", makes(programme))
    theirs = here.refused("윤연구", makes(programme, where=Where("별관", office_id=office)))

    assert told.startswith("한연구 님의 다른 일정(컨설팅 1 7. 15.(월) 09:15~09:55)과 겹칩니다.")
    assert theirs.startswith("정평가 님의 다른 일정(컨설팅 1 7. 15.(월) 09:15~09:55)과 겹칩니다.")
    here.does("윤연구", makes(programme))


def test_who_is_on_leave_makes_no_slots_for_that_day(here: Place) -> None:
    here.add(Leave(person_id=here.people["한연구"], starts_on=DAY, ends_on=DAY))

    assert "부재입니다" in here.refused("한연구", makes(here.programme()))


def test_only_consultants_make_slots_and_only_of_consultations(here: Place) -> None:
    assert here.refused("담당1", makes(here.programme())).startswith("컨설턴트만 일정을 만들 수 있습니다.")
    assert here.refused("한연구", makes(here.programme(ProgrammeKind.TRAINING))).startswith(
        "교육과 회의 일정은"
    )


def test_new_slots_are_offered_to_who_waits(here: Place) -> None:
    programme, _, _ = full(here)
    here.does("담당1", joins(programme))

    made = here.does("한연구", makes(programme, date(2019, 7, 16)))

    assert here.bookings(made[0].id)[0].person_id == here.people["담당1"]


def test_a_cancelled_slot_takes_its_bookings_with_it(place: Place) -> None:
    programme, slot, booking = full(place)
    waiting = place.does("담당1", joins(programme, slot))

    assert place.refused("담당0", cancels_slot(slot)).startswith("이 일정을 맡은 컨설턴트와")
    assert place.refused("한연구", cancels_slot(slot, " ")).startswith("취소하는 사유를 적어 주세요.")
    gone = place.does("한연구", cancels_slot(slot))

    assert [one.id for one in gone] == [booking.id]
    assert (place.booking(booking.id).state, place.booking(booking.id).revision) == (
        BookingState.CANCELLED,
        1,
    )
    assert [one.state for one in slots(place)] == [SlotState.CANCELLED]
    assert (place.waiting(waiting.id).slot_id, place.waiting(waiting.id).state) == (
        None,
        WaitingState.WAITING,
    )
    assert place.refused("한연구", cancels_slot(slot)) == "이미 취소된 일정입니다."


def test_whose_offer_falls_with_its_slot_waits_on_in_their_place(here: Place) -> None:
    programme, slot, booking = full(here)
    first = here.does("담당1", joins(programme))
    here.does("담당2", joins(programme))
    here.does("담당0", cancels(booking))
    here.does("한연구", cancels_slot(slot))

    made = here.does("한연구", makes(programme, date(2019, 7, 16)))

    assert here.waiting(first.id).state is WaitingState.OFFERED
    assert here.bookings(made[0].id)[0].person_id == here.people["담당1"]


def test_a_slot_gets_another_time_and_place_and_its_bookings_a_new_revision(place: Place) -> None:
    _, slot, booking = full(place)
    later = MONDAY + timedelta(hours=2)

    place.does("정평가", changes(slot, later, "본관 2층"))

    [changed] = slots(place)
    assert (changed.starts_at, changed.ends_at) == (later, later + timedelta(minutes=40))
    assert (changed.place, changed.revision, place.booking(booking.id).revision) == ("본관 2층", 1, 1)
    assert place.refused("한연구", changes(slot, revision=0)).startswith("그사이 일정이 바뀌었습니다.")
    assert place.refused("담당0", changes(slot, revision=1)).startswith("이 일정을 맡은")


def test_who_stands_in_for_the_consultant_changes_the_slot_too(here: Place) -> None:
    _, slot, _ = full(here)
    absent = here.people["한연구"]
    here.add(RoleHeld(person_id=here.people["윤연구"], role=Role.DEPUTY, stands_in_for_id=absent))

    assert here.does("윤연구", changes(slot, MONDAY + timedelta(hours=2)))


def test_a_change_of_nothing_is_told_to_nobody(here: Place) -> None:
    _, slot, booking = full(here)
    here.change(Slot, slot, place="본관")
    assert here.refused("한연구", changes(slot)).startswith("바뀐 것이 없습니다.")
    assert here.booking(booking.id).revision == 0


def test_a_slot_moves_only_to_where_everybody_is_free(here: Place) -> None:
    _, slot, _ = full(here)
    other = here.slot(here.programme(), 2, consultant_id=None, office_id=None)
    here.does("최팀장", books(other))
    mine = here.slot(here.programme(), 4, office_id=None)

    clash = here.refused("한연구", changes(slot, MONDAY + timedelta(hours=2)))
    own = here.refused("한연구", changes(slot, MONDAY + timedelta(hours=4)))
    weekend = here.refused("한연구", changes(slot, MONDAY + timedelta(days=5)))

    assert clash.startswith("0번과는 그 시간에 컨설팅 2 예약")
    assert own.startswith("한연구 님의 다른 일정(컨설팅 3")
    assert "에는 일하지 않습니다" in weekend
    assert here.does("한연구", changes(slot, MONDAY + timedelta(minutes=20)))
    assert mine


def test_what_began_is_not_changed_any_more(here: Place) -> None:
    _, slot, _ = full(here)
    here.now = MONDAY

    for verb in (cancels_slot(slot), changes(slot)):
        assert here.refused("한연구", verb).startswith("이미 시작한 시간입니다.")


@pytest.mark.parametrize("absent", ["한연구", "정평가"])
def test_who_stands_in_for_one_who_runs_a_slot_runs_it_and_is_noted_as_deputy(
    here: Place, absent: str
) -> None:
    slot, stands_in = here.slot(here.programme()), here.people["문평가"]
    booking = here.does("담당0", books(slot))
    assert "맡은" in here.refused("문평가", changes(slot))
    here.add(RoleHeld(person_id=stands_in, role=Role.DEPUTY, stands_in_for_id=here.people[absent]))
    here.does("문평가", changes(slot))
    here.does("문평가", cancels(booking, "출장"))
    here.does("문평가", cancels_slot(slot))
    with here.database.read() as session:
        rows = session.exec(select(AuditRow).where(AuditRow.person_id == stands_in)).all()
    assert [row.action for row in rows] == ["slot.change", "booking.cancel", "slot.cancel"]
    assert {row.acting_for_id for row in rows} == {here.people[absent]}
