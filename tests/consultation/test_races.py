"""Many at once: no seat twice, nobody at two places, and everybody is told what became of their press."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from sqlmodel import select

from models.audit import verify
from models.consultation import seats as seats_module
from models.consultation.booking import BookingState
from models.consultation.offering import lapse_offers
from models.consultation.programme import ProgrammeKind
from models.consultation.waiting import accept, join
from models.doer import Doer
from models.messaging.errand import Errand
from models.organization import Role, RoleHeld
from models.store import Database
from models.words import Refusal, translator
from tests.consultation.place import MONDAY, NOW, Place, settle
from tests.consultation.test_reserving import books, cancels, moves
from tests.consultation.test_slots import cancels_slot, changes

AT_ONCE = 5


def all_at_once(place: Place, presses: Sequence[tuple[str, Any]]) -> list[str]:
    """Everybody's press, five at a time from one barrier; what each was told, `booked` where it was done."""
    start = Barrier(AT_ONCE, timeout=30)

    def press(one: tuple[str, Any]) -> str:
        start.wait()
        try:
            place.does(*one)
        except Refusal as refusal:
            return translator("ko")(refusal.phrase)
        return "booked"

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(press, presses))


def test_fifty_people_book_ten_slots(any_database: Database) -> None:
    place = settle(any_database, departments=50)
    programme = place.programme()
    slots = [place.slot(programme, hours) for hours in range(10)]
    presses = [(place.officer(number), books(slots[number % 10])) for number in range(50)]

    told = all_at_once(place, presses)

    assert told.count("booked") == 10
    assert all("먼저 예약했습니다." in one for one in told if one != "booked")
    taken = place.bookings()
    assert sorted(one.slot_id for one in taken) == slots
    assert {one.seat for one in taken} == {1} and len({one.holder for one in taken}) == 10
    with place.database.read() as session:
        assert verify(session) == []


def test_ten_want_the_five_seats_of_a_session(any_database: Database) -> None:
    place = settle(any_database, departments=10)
    slot = place.slot(place.programme(ProgrammeKind.TRAINING), seats=5)

    told = all_at_once(place, [(place.officer(number), books(slot)) for number in range(10)])

    assert told.count("booked") == 5
    assert [one.seat for one in place.bookings(slot)] == [1, 2, 3, 4, 5]


def test_a_department_books_overlapping_slots_of_five_programmes(place: Place) -> None:
    for name in ("윤연구", "문평가"):
        place.add(
            RoleHeld(person_id=place.people[name], role=Role.TEAM_LEAD, department_id=place.departments[0])
        )
    slots = [
        place.slot(place.programme(), hours / 10, consultant_id=None, office_id=None) for hours in range(5)
    ]
    who = ["담당0", "최팀장", "윤연구", "문평가", "담당0"]

    told = all_at_once(place, [(who[number], books(slots[number])) for number in range(5)])

    assert told.count("booked") == 1
    assert len(place.bookings()) == 1


def test_one_consultant_is_wanted_in_five_overlapping_slots(place: Place) -> None:
    slots = [place.slot(place.programme(), hours / 10, office_id=None) for hours in range(5)]

    told = all_at_once(place, [(place.officer(number), books(slots[number])) for number in range(5)])

    assert told.count("booked") == 1
    assert sum("한연구 님은 그 시간에" in one for one in told) == 4


def test_five_move_to_one_slot_and_four_keep_theirs(place: Place) -> None:
    programme = place.programme()
    slots = [place.slot(programme, hours) for hours in range(6)]
    bookings = [place.does(place.officer(number), books(slots[number])) for number in range(5)]

    told = all_at_once(place, [(place.officer(n), moves(bookings[n], slots[5])) for n in range(5)])

    assert told.count("booked") == 1
    now_at = [place.booking(one.id).slot_id for one in bookings]
    assert now_at.count(slots[5]) == 1 and len(set(now_at)) == 5


def test_two_who_want_each_other_s_slots_both_keep_theirs(place: Place) -> None:
    programme = place.programme()
    slots = [place.slot(programme, hours) for hours in range(AT_ONCE)]
    bookings = [place.does(place.officer(n), books(slots[n])) for n in range(AT_ONCE)]

    told = all_at_once(place, [(place.officer(n), moves(bookings[n], slots[n - 1])) for n in range(AT_ONCE)])

    assert all("먼저 예약했습니다." in one for one in told)
    assert [place.booking(one.id).slot_id for one in bookings] == slots


def test_a_slot_that_is_moved_or_taken_away_while_it_is_booked_leaves_nobody_in_it_unaware(
    place: Place,
) -> None:
    programme = place.programme()
    moved, gone = place.slot(programme), place.slot(programme, 4)
    presses: list[tuple[str, Any]] = [
        ("한연구", changes(moved, MONDAY + timedelta(hours=1))),
        ("정평가", cancels_slot(gone)),
        *[(place.officer(n), books(slot)) for n, slot in enumerate((moved, gone, moved))],
    ]

    told = all_at_once(place, presses)

    assert told[:2] == ["booked", "booked"] and (told[2], told[4]).count("booked") == 1
    assert place.bookings(gone) == []
    [seat] = place.bookings(moved)
    with place.database.read() as session:
        sent = [one.data["what"] for one in session.exec(select(Errand)) if one.data["booking"] == seat.id]
    assert set(sent) <= {"changed"} and len(sent) in (0, 3) and seat.revision == len(sent) // 3


def test_a_freed_seat_goes_to_who_waits_and_not_to_who_presses_just_then(place: Place) -> None:
    programme = place.programme()
    slot = place.slot(programme)
    booking = place.does("담당0", books(slot))
    place.does("담당1", lambda session, doer: join(session, doer, programme))
    others = [(place.officer(number), books(slot)) for number in range(2, 6)]

    told = all_at_once(place, [("담당0", cancels(booking)), *others])

    assert told[0] == "booked" and told.count("booked") == 1
    [held] = place.bookings(slot)
    assert (held.state, held.person_id) == (BookingState.OFFERED, place.people["담당1"])


def test_an_offer_is_accepted_or_lapses(place: Place) -> None:
    programme = place.programme(offer_hours=4)
    slot = place.slot(programme)
    booking = place.does("담당0", books(slot))
    place.does("담당1", lambda session, doer: join(session, doer, programme))
    place.does("담당2", lambda session, doer: join(session, doer, programme))
    place.does("담당0", cancels(booking))
    [offer] = place.bookings(slot)
    end = NOW + timedelta(hours=4)

    def lapses(session: Any, _doer: Doer) -> None:
        if not lapse_offers(session, end):
            raise Refusal("없음")

    def accepts(session: Any, doer: Doer) -> None:
        accept(
            session, Doer.at_work(session, doer.person_id, end - timedelta(seconds=1), "test"), offer.id or 0
        )

    told = all_at_once(place, [("담당1", accepts), *[("강관리", lapses)] * 4])

    assert told.count("booked") == 1
    [held] = place.bookings(slot)
    expected = ("담당1", BookingState.BOOKED) if told[0] == "booked" else ("담당2", BookingState.OFFERED)
    assert (held.person_id, held.state) == (place.people[expected[0]], expected[1])


def _nobody_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Takes the lock away, so that the database's own keys are all there is."""
    for module in ("reserving", "waiting"):
        monkeypatch.setattr(f"models.consultation.{module}.one_at_a_time", lambda session: None)


@pytest.mark.postgres
def test_without_the_lock_the_keys_are_the_last_word(
    postgres_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = settle(postgres_database, departments=10)
    _nobody_waits(monkeypatch)
    programme = place.programme()
    slots = [place.slot(programme, hours) for hours in range(2)]
    _after_checks(monkeypatch)

    told = all_at_once(place, [(place.officer(number), books(slots[number % 2])) for number in range(10)])

    assert told.count("booked") == 2
    assert all("먼저 예약했습니다." in one for one in told if one != "booked")


@pytest.mark.postgres
def test_without_the_lock_a_lost_move_keeps_the_old_seat(
    postgres_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = settle(postgres_database)
    _nobody_waits(monkeypatch)
    programme = place.programme()
    slots = [place.slot(programme, hours) for hours in range(6)]
    bookings = [place.does(place.officer(number), books(slots[number])) for number in range(5)]
    _after_checks(monkeypatch)

    told = all_at_once(place, [(place.officer(n), moves(bookings[n], slots[5])) for n in range(5)])

    assert told.count("booked") == 1
    assert all("자리가 모두 찼습니다" in one or "먼저 예약" in one for one in told if one != "booked")
    assert sum(place.booking(one.id).slot_id == slots[5] for one in bookings) == 1


@pytest.mark.postgres
def test_without_the_lock_a_booking_is_changed_once_as_it_was_seen(
    postgres_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = settle(postgres_database)
    _nobody_waits(monkeypatch)
    programme = place.programme()
    slots = [place.slot(programme, hours) for hours in range(6)]
    booking = place.does("담당0", books(slots[0]))
    _after_checks(monkeypatch)

    told = all_at_once(place, [("담당0", moves(booking, slot)) for slot in slots[1:]])

    assert told.count("booked") == 1
    assert sum("담당0 님이 7. 8.(월) 09:00에 먼저 바꿨습니다." in one for one in told) == 4
    assert place.booking(booking.id).revision == 1


def _after_checks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Has everybody find a free seat before anybody takes one."""
    together, real = Barrier(AT_ONCE, timeout=30), seats_module.free_seat

    def found(*args: Any) -> int | None:
        seat = real(*args)
        together.wait()
        return seat

    for module in ("seats", "reserving"):
        monkeypatch.setattr(f"models.consultation.{module}.free_seat", found)
