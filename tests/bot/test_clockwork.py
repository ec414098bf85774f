"""The clock in the running house: two processes at once, work that fails, days of darkness."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlmodel import Session, select

from bot.clockwork import Clockwork
from bot.parts import Deliveries
from bot.wakeful import Wakeful
from bot.workers import Workers
from handlers.book import BOOK
from models.clock import MovableClock
from models.messaging.account import web_account
from models.messaging.conversation import DrawnScreen
from models.messaging.outbox import Outbox
from models.organization import Person
from models.reminding.looking import LOOK_EVERY
from models.reminding.table import Digest, DigestKind, Reminder, ReminderState
from models.store import Database
from scheduler import due, reminding
from tests.dialogues import city

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock(city.MONDAY, ticking=False)


@pytest.fixture
def filled(any_hanbit: Database) -> Database:
    """한빛시 on Monday 8 July 2019, 09:00, everybody on the web messenger."""
    with any_hanbit.write() as session:
        for person in session.exec(select(Person.id)).all():
            web_account(session, city.MONDAY, person or 0)
    return any_hanbit


@pytest.fixture
def works(filled: Database, clock: MovableClock) -> Iterator[list[Clockwork]]:
    """Two processes' over one database."""
    pools = [Workers(Database(filled.engine.url.render_as_string(hide_password=False))) for _ in range(2)]
    with closing(pools[0]), closing(pools[1]):
        yield [Clockwork(one, clock, BOOK, Deliveries(), Wakeful("errands", _nothing)) for one in pools]


async def _nothing() -> None:
    pass


def rows(database: Database, kind: Any) -> list[Any]:
    with database.read() as session:
        return list(session.exec(select(kind)))


def told(database: Database) -> Counter[tuple[int, DigestKind, datetime]]:
    return Counter((one.person_id, one.kind, one.made_at) for one in rows(database, Digest))


async def test_two_processes_that_tick_at_once_do_nothing_twice(
    filled: Database, works: list[Clockwork], clock: MovableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(due, "ROWS_AT_ONCE", 7)  # many small pieces, so that they come between each other
    monkeypatch.setattr(reminding, "AT_ONCE", 2)
    for _ in range(36):
        await asyncio.gather(*(one() for one in works))
        clock.move(6 * HOUR)
    digests, screens, sent = rows(filled, Digest), rows(filled, DrawnScreen), rows(filled, Outbox)
    assert len(digests) > 50
    assert set(told(filled).values()) == {1}, "one message at a time"
    assert sorted(one.data["digest"] for one in screens) == sorted(one.id for one in digests)
    assert len(sent) == len(digests)
    assert {one.state for one in rows(filled, Reminder)} == {ReminderState.TOLD}


async def test_work_that_fails_holds_nothing_back_and_is_tried_again(
    filled: Database, works: list[Clockwork], clock: MovableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[datetime] = []
    broken = True

    def fails(_session: Session, _book: object, _now: datetime) -> bool:
        if broken:
            raise LookupError
        return False

    def counts(_session: Session, _book: object, now: datetime) -> bool:
        done.append(now)
        return False

    monkeypatch.setattr(
        due, "WORK", [due.Work(lambda _session, _now: True, work) for work in (fails, counts)]
    )
    for _ in range(2):
        with pytest.raises(ExceptionGroup):
            await works[0]()
    assert (len(done), rows(filled, Reminder) != []) == (2, True)
    broken = False
    await works[0]()
    await works[0]()  # nothing is due so soon
    assert len(done) == 3
    clock.move(LOOK_EVERY)
    await works[0]()
    assert len(done) == 4


async def test_three_dark_days_end_in_one_digest(
    filled: Database, works: list[Clockwork], clock: MovableClock
) -> None:
    await works[0]()
    before = told(filled)
    clock.move(8 * DAY)  # Tuesday 16 July: stages of Friday, Monday and the days between were missed
    await works[1]()
    new = told(filled) - before
    with filled.read() as session:
        officer = session.exec(select(Person.id).where(Person.code == city.OFFICER)).one() or 0
    assert new[officer, DigestKind.DUTIES, clock.now()] == 1
    assert len([key for key in new if key[0] == officer]) == 1
    await works[0]()
    assert told(filled) - before == new


async def test_a_clock_that_was_set_back_is_looked_at_anew(
    works: list[Clockwork], clock: MovableClock
) -> None:
    await works[0]()
    clock._set(clock.now() - DAY)
    await works[0]()
    assert works[0].looked_at == clock.now()
