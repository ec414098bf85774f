"""Work in transactions of its own: committed or undone, and done again where the database asks for it."""

import asyncio
import threading
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import OperationalError
from sqlmodel import Session, col, select

from bot.workers import Workers
from models.messaging.inbox import Inbox, first_time
from models.store import Database

NOW = datetime(2019, 7, 15, tzinfo=UTC)


@pytest.fixture
async def workers(any_database: Database) -> AsyncIterator[Workers]:
    workers = Workers(any_database)
    yield workers
    workers.close()


def write_down(session: Session, key: str) -> None:
    first_time(session, key, NOW)


def keys(session: Session) -> list[str]:
    return list(session.exec(select(Inbox.key)))


async def test_what_was_written_is_committed_when_it_returns(workers: Workers) -> None:
    await workers.write(write_down, "a")
    assert await workers.read(keys) == ["a"]


async def test_work_that_fails_leaves_nothing(workers: Workers) -> None:
    def fails(session: Session) -> None:
        write_down(session, "a")
        raise LookupError

    with pytest.raises(LookupError):
        await workers.write(fails)
    assert await workers.read(keys) == []


async def test_work_is_done_again_after_the_connection_was_lost_at_commit(
    workers: Workers, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was committed, though nobody could say so: the key tells."""
    taken: list[bool] = []
    transaction = workers._transaction

    def loses_its_answer(work: object, args: tuple[object, ...]) -> object:
        monkeypatch.setattr(workers, "_transaction", transaction)
        transaction(work, args)  # type: ignore[arg-type]
        raise OperationalError("COMMIT", {}, Exception("gone"), connection_invalidated=True)

    monkeypatch.setattr(workers, "_transaction", loses_its_answer)
    await workers.write(lambda session: taken.append(first_time(session, "a", NOW)))
    assert taken == [True, False]


async def test_an_error_of_the_works_own_is_not_tried_again(workers: Workers) -> None:
    tried = 0

    def broken(session: Session) -> None:
        nonlocal tried
        tried += 1
        session.execute(sa.text("SELECT nothing FROM nowhere"))

    with pytest.raises(sa.exc.DBAPIError):
        await workers.write(broken)
    assert tried == 1


@pytest.mark.postgres
async def test_two_that_wait_for_each_other_both_come_to_their_end(postgres_database: Database) -> None:
    workers = Workers(postgres_database)
    for key in ("a", "b"):
        await workers.write(write_down, key)
    both_hold_one = threading.Barrier(2)
    tried: list[str] = []

    def takes_both(session: Session, first: str, second: str) -> None:
        tried.append(first)
        lock(session, first)
        if tried.count(first) == 1:
            both_hold_one.wait(5)
        lock(session, second)

    await asyncio.gather(workers.write(takes_both, "a", "b"), workers.write(takes_both, "b", "a"))
    # One of them is ended and done again; on a busy machine each may be, in turn.
    assert set(tried) == {"a", "b"} and 3 <= len(tried) <= 4
    workers.close()


def lock(session: Session, key: str) -> None:
    session.execute(sa.update(Inbox).where(col(Inbox.key) == key).values(received_at=NOW))
