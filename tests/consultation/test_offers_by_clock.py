"""What the clock does with offers, whoever is there to be told."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlmodel import select

from handlers.book import BOOK
from models.consultation.booking import BookingState, WaitingState
from models.consultation.programme import Programme
from models.consultation.proposing import next_over
from models.messaging.account import web_account
from models.messaging.conversation import DrawnScreen
from models.store import Database
from scheduler.due import run_due
from scheduler.offers import expire_offers
from tests.consultation.held import held
from tests.consultation.place import MONDAY, NOW, Place, settle
from tests.consultation.test_reserving import cancels
from tests.consultation.test_waiting import FOUR, full, joins


@pytest.fixture
def here(database: Database) -> Place:
    return settle(database)


def ticks(place: Place) -> None:
    """The clock's work, twice: the second time there is nothing to do."""
    for _ in range(2):
        with place.database.write() as session:
            assert expire_offers(session, BOOK, place.now) is False


def told(place: Place) -> list[tuple[int, str]]:
    """Who was shown what."""
    with place.database.read() as session:
        return [(one.person_id, one.step) for one in session.exec(select(DrawnScreen))]


def comes(place: Place, person: str) -> None:
    with place.database.write() as session:
        web_account(session, NOW, place.people[person])


def test_who_is_next_is_told_once(here: Place) -> None:
    programme, slot, booking = full(here)
    for person in ("담당1", "담당2"):
        comes(here, person)
        here.does(person, joins(programme))
    here.does("담당0", cancels(booking))
    ticks(here)
    here.now = NOW + FOUR
    ticks(here)

    offers = [(here.people[name], "consultation.offer") for name in ("담당1", "담당2")]
    assert told(here) == offers
    assert here.bookings(slot)[0].offered_until == NOW + 2 * FOUR


def test_who_is_on_no_messenger_holds_nobody_up(here: Place) -> None:
    programme, slot, booking = full(here)
    first, second = (here.does(one, joins(programme)) for one in ("담당1", "담당2"))
    here.does("담당0", cancels(booking))

    ticks(here)
    here.now = NOW + FOUR
    ticks(here)

    assert here.waiting(first.id).state is WaitingState.LAPSED
    assert here.waiting(second.id).state is WaitingState.OFFERED
    assert here.bookings(slot)[0].state is BookingState.OFFERED and told(here) == []


def test_what_gets_free_by_itself_is_offered_too(here: Place) -> None:
    programme, _, _ = full(here)
    here.does("담당1", joins(programme))
    ticks(here)
    added = here.slot(programme, 5)

    ticks(here)

    assert here.bookings(added)[0].person_id == here.people["담당1"]


def test_nothing_is_offered_before_booking_opens(here: Place) -> None:
    programme, _, _ = full(here)
    here.does("담당1", joins(programme))
    here.change(Programme, programme, booking_opens=NOW + timedelta(hours=1))
    added = here.slot(programme, 5)

    ticks(here)
    assert here.bookings(added) == []
    here.now = NOW + timedelta(hours=1)
    ticks(here)
    assert len(here.bookings(added)) == 1


def runs(place: Place) -> datetime:
    """Does what is due; when to look again."""
    return run_due(place.database, BOOK, place.now)


def test_an_offer_lapses_when_its_time_is_over_and_one_made_at_night_is_told_when_the_day_begins(
    here: Place,
) -> None:
    programme, _, booking = full(here, offer_hours=2)
    for person in ("담당1", "담당2"):
        here.does(person, joins(programme))
    here.does("담당0", cancels(booking))
    assert runs(here) == NOW + timedelta(hours=2)
    here.now = NOW + timedelta(hours=2, minutes=1)
    runs(here)
    here.now = NOW + timedelta(hours=12)  # 21:00: nobody is told now
    here.does("담당1", joins(programme))
    assert runs(here) == NOW + timedelta(hours=23)


def test_a_seat_is_offered_when_booking_opens(here: Place) -> None:
    programme, _, _ = full(here)
    here.does("담당1", joins(programme))
    here.change(Programme, programme, booking_opens=NOW + timedelta(minutes=7))
    assert runs(here) == NOW + timedelta(minutes=7)


def test_who_did_not_come_is_looked_for_when_the_last_slot_is_over(here: Place) -> None:
    consultation = held(here)
    here.now = MONDAY
    over = MONDAY + timedelta(minutes=100)
    with here.database.read() as session:
        assert next_over(session, here.now) == over
        assert next_over(session, over) is None
    here.change(Programme, consultation.programme, booking_due=MONDAY + timedelta(hours=12))
    with here.database.read() as session:
        assert next_over(session, over) == MONDAY + timedelta(hours=23)  # 21:00 is no time to tell
