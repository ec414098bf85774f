"""The waiting list: who is offered a seat that gets free, for how long, and what comes after."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import select

from models.audit import AuditRow
from models.consultation.booking import Booking, BookingState, Waiting, WaitingState
from models.consultation.offering import lapse_offers, offer_seats, offers_to_tell
from models.consultation.programme import Programme, Slot
from models.consultation.waiting import accept, decline, join, leave
from models.leave import Leave
from models.organization import Person
from models.store import Database
from tests.consultation.place import MONDAY, NOW, Place, Verb, settle
from tests.consultation.test_reserving import books, cancels, moves

FOUR = timedelta(hours=4)


@pytest.fixture
def here(database: Database) -> Place:
    return settle(database)


def joins(programme_id: int, slot_id: int | None = None) -> Verb[Waiting]:
    return lambda session, doer: join(session, doer, programme_id, slot_id)


def leaves(waiting: Waiting) -> Verb[Waiting]:
    return lambda session, doer: leave(session, doer, waiting.id or 0)


def accepts(booking: Booking) -> Verb[Booking]:
    return lambda session, doer: accept(session, doer, booking.id or 0)


def declines(booking: Booking) -> Verb[Booking]:
    return lambda session, doer: decline(session, doer, booking.id or 0)


def lapses(place: Place) -> list[Booking]:
    with place.database.write() as session:
        return lapse_offers(session, place.now)


def full(place: Place, **more: object) -> tuple[int, int, Booking]:
    """A programme with one slot, which 담당0 has."""
    programme = place.programme(**more)
    slot = place.slot(programme)
    return programme, slot, place.does("담당0", books(slot))


def test_a_cancelled_seat_is_held_for_who_waits_first(place: Place) -> None:
    programme, slot, booking = full(place)
    first, second = (place.does(one, joins(programme)) for one in ("담당1", "담당2"))

    place.does("담당0", cancels(booking))

    [offer] = place.bookings(slot)
    assert (offer.person_id, offer.state) == (place.people["담당1"], BookingState.OFFERED)
    assert offer.offered_until == NOW + FOUR
    assert place.waiting(first.id).state is WaitingState.OFFERED
    assert place.waiting(second.id).state is WaitingState.WAITING
    assert place.refused("담당3", books(slot)).startswith("그 시간은 담당1 님이 먼저 예약했습니다.")


def test_an_offer_taken_is_a_booking(place: Place) -> None:
    programme, slot, booking = full(place)
    waiting = place.does("담당1", joins(programme))
    place.does("담당0", cancels(booking))
    [offer] = place.bookings(slot)

    taken = place.does("담당1", accepts(offer))

    assert (taken.id, taken.state, taken.revision) == (offer.id, BookingState.BOOKED, 1)
    assert place.waiting(waiting.id).state is WaitingState.TAKEN
    assert place.refused("담당1", accepts(offer)) == "이미 수락하여 예약되어 있습니다."
    place.now = NOW + FOUR
    assert lapses(place) == []


def test_an_offer_declined_goes_to_the_next(here: Place) -> None:
    programme, slot, booking = full(here)
    first = here.does("담당1", joins(programme))
    here.does("담당2", joins(programme))
    here.does("담당0", cancels(booking))

    here.does("담당1", declines(here.bookings(slot)[0]))

    [offer] = here.bookings(slot)
    assert offer.person_id == here.people["담당2"]
    assert here.waiting(first.id).state is WaitingState.LEFT
    with here.database.read() as session:
        assert "booking.decline" in set(session.exec(select(AuditRow.action)))


def test_an_offer_not_taken_in_time_lapses_and_goes_to_the_next(place: Place) -> None:
    programme, slot, booking = full(place)
    first = place.does("담당1", joins(programme))
    place.does("담당2", joins(programme))
    place.does("담당0", cancels(booking))
    [offer] = place.bookings(slot)

    place.now = NOW + FOUR - timedelta(seconds=1)
    assert lapses(place) == []
    place.now = NOW + FOUR
    late = place.refused("담당1", accepts(offer))
    assert [one.id for one in lapses(place)] == [offer.id]

    assert late.startswith("수락 기한(7. 8.(월) 13:00)이 지났습니다.")
    assert place.refused("담당1", accepts(offer)).startswith("수락 기한이 지나 다음 분에게 넘어갔습니다.")
    assert place.waiting(first.id).state is WaitingState.LAPSED
    [next_] = place.bookings(slot)
    assert (next_.person_id, next_.offered_until) == (place.people["담당2"], NOW + 2 * FOUR)
    assert place.does("담당1", joins(programme)).since == place.now


def test_a_move_frees_the_old_seat_for_who_waits_for_it(here: Place) -> None:
    programme, slot, booking = full(here)
    here.does("담당1", joins(programme))
    other = here.slot(programme, 2)

    here.does("담당0", moves(booking, other))

    assert here.bookings(slot)[0].person_id == here.people["담당1"]


def test_who_waits_for_one_slot_is_offered_no_other(here: Place) -> None:
    programme, slot, booking = full(here)
    other = here.slot(programme, 2)
    second = here.does("담당1", books(other))
    here.does("담당2", joins(programme, slot))

    here.does("담당1", cancels(second))
    assert here.bookings(other) == []
    here.does("담당0", cancels(booking))
    assert here.bookings(slot)[0].person_id == here.people["담당2"]


def test_who_is_not_free_then_is_passed_over_and_keeps_the_place(here: Place) -> None:
    programme, slot, booking = full(here)
    first = here.does("담당1", joins(programme))
    here.does("담당2", joins(programme))
    day = date(2019, 7, 15)
    here.add(Leave(person_id=here.people["담당1"], starts_on=day, ends_on=day))

    here.does("담당0", cancels(booking))

    assert here.bookings(slot)[0].person_id == here.people["담당2"]
    assert here.waiting(first.id).state is WaitingState.WAITING


def test_who_has_left_is_offered_nothing(here: Place) -> None:
    programme, slot, booking = full(here)
    here.does("담당1", joins(programme))
    here.change(Person, here.people["담당1"], left_on=date(2019, 7, 8))

    here.does("담당0", cancels(booking))

    assert here.bookings(slot) == []


def test_a_slot_added_later_is_offered_too(here: Place) -> None:
    programme, _, _ = full(here)
    here.does("담당1", joins(programme))
    added = here.slot(programme, 5)

    with here.database.write() as session:
        offer_seats(session, here.now, programme)

    assert here.bookings(added)[0].person_id == here.people["담당1"]


@pytest.mark.parametrize(
    ("values", "until"),
    [
        ({"offer_hours": 1000}, MONDAY - timedelta(hours=24)),
        ({"offer_hours": 1000, "cut_off_hours": 0}, MONDAY),
        ({"booking_due": NOW + timedelta(hours=1)}, NOW + timedelta(hours=1)),
    ],
)
def test_an_offer_never_goes_past_the_moment_of_the_last_booking(
    here: Place, values: dict[str, object], until: datetime
) -> None:
    programme, slot, booking = full(here)
    here.change(Programme, programme, **values)
    here.does("담당1", joins(programme))

    here.does("담당0", cancels(booking))

    assert here.bookings(slot)[0].offered_until == until


def test_a_seat_freed_after_the_cut_off_is_offered_to_nobody(here: Place) -> None:
    programme, slot, booking = full(here)
    here.does("담당1", joins(programme))
    here.now = MONDAY - timedelta(hours=24)

    here.does("한연구", cancels(booking, "병가"))

    assert here.bookings(slot) == []


def test_what_could_be_told_only_after_the_cut_off_is_offered_to_nobody(here: Place) -> None:
    programme, slot, booking = full(here)
    here.does("담당1", joins(programme))
    here.now = MONDAY - timedelta(hours=25)  # a Sunday; people can be told on Monday again

    here.does("담당0", cancels(booking))

    assert here.bookings(slot) == []
    here.does("담당2", books(slot))


def test_who_books_another_slot_waits_no_longer(here: Place) -> None:
    programme, slot, _ = full(here)
    waiting = here.does("담당1", joins(programme, slot))
    here.does("담당1", books(here.slot(programme, 3)))

    assert here.waiting(waiting.id).state is WaitingState.TAKEN


def test_an_offer_made_at_night_is_held_from_the_morning_on(place: Place) -> None:
    programme, slot, booking = full(place)
    place.does("담당1", joins(programme))
    place.now = datetime(2019, 7, 8, 13, tzinfo=UTC)  # 22:00 in Seoul
    place.does("담당0", cancels(booking))

    with place.database.write() as session:
        assert offers_to_tell(session, place.now) == []
    morning = datetime(2019, 7, 8, 23, tzinfo=UTC)
    with place.database.write() as session:
        told = [one.id for one in offers_to_tell(session, morning)]
    with place.database.write() as session:
        again = offers_to_tell(session, morning)

    [offer] = place.bookings(slot)
    assert offer.offered_until == morning + FOUR
    assert told == [offer.id] and again == []


def test_a_weekend_does_not_use_an_offer_up(here: Place) -> None:
    programme, slot, booking = full(here)
    here.change(Slot, slot, starts_at=MONDAY + timedelta(days=3), ends_at=MONDAY + timedelta(days=3, hours=1))
    here.does("담당1", joins(programme))
    here.now = datetime(2019, 7, 13, 3, tzinfo=UTC)

    here.does("담당0", cancels(booking))

    assert here.bookings(slot)[0].offered_until == datetime(2019, 7, 15, 3, tzinfo=UTC)


def test_where_a_seat_is_free_nobody_queues(here: Place) -> None:
    programme = here.programme()
    slot = here.slot(programme)

    told = here.refused("담당1", joins(programme))

    assert told == "7. 15.(월) 09:00~09:40에 빈 자리가 있습니다. 바로 예약해 주세요."
    booking = here.does("담당1", books(slot))
    assert here.refused("담당1", joins(programme)).startswith("이미 7. 15.(월) 09:00~09:40에 자리가 있어")
    here.does("담당1", cancels(booking))


def test_nobody_queues_twice_and_who_leaves_is_offered_nothing(here: Place) -> None:
    programme, slot, booking = full(here)
    waiting = here.does("담당1", joins(programme))

    assert here.refused("담당1", joins(programme)).startswith("이미 대기하고 계십니다.")
    assert here.refused("담당2", leaves(waiting)).startswith("1번과의 담당자나 팀장만")
    here.does("담당1", leaves(waiting))
    assert here.refused("담당1", leaves(waiting)).startswith("이미 끝난 대기입니다.")
    here.does("담당0", cancels(booking))
    assert here.bookings(slot) == []


def test_only_who_was_offered_answers(here: Place) -> None:
    programme, slot, booking = full(here)
    here.does("담당1", joins(programme))
    here.does("담당0", cancels(booking))
    [offer] = here.bookings(slot)

    for verb in (accepts(offer), declines(offer)):
        assert here.refused("담당2", verb).startswith("제안을 받은 부서의 담당자나 팀장만")
    assert here.refused("담당1", books(here.slot(programme, 4))).startswith(
        "7. 15.(월) 09:00~09:40 자리를 제안받으셨습니다."
    )


def test_an_offer_is_not_accepted_by_who_is_not_free_any_more(here: Place) -> None:
    programme, slot, booking = full(here)
    here.does("담당1", joins(programme))
    here.does("담당0", cancels(booking))
    day = date(2019, 7, 15)
    here.add(Leave(person_id=here.people["담당1"], starts_on=day, ends_on=day))

    assert "부재입니다" in here.refused("담당1", accepts(here.bookings(slot)[0]))
