"""Everything that falls due: `run_due` does all of it for one instant, as often as it is called."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from sqlmodel import Session

from handlers.dialogue.book import Book
from models.reminding.looking import Seen, look, next_to_send, write
from models.store import Database
from scheduler.absences import propose_absences
from scheduler.forecasting import project_reports
from scheduler.offers import expire_offers
from scheduler.reminding import send_digests

Work = Callable[[Session, Book, datetime], bool]
"""A piece of what is due, in one transaction; whether there is more of it."""

WORK: tuple[Work, ...] = (project_reports, propose_absences, expire_offers)
"""What comes before reminders, which may tell of it."""

ROWS_AT_ONCE = 500


@dataclass(frozen=True)
class Do:
    """One transaction of a course."""

    function: Callable[[Session], Any]
    writes: bool = True


Course = Generator[Do, Any, datetime]


def course(book: Book, now: datetime) -> Course:
    """The transactions that do what is due at `now`, one after the other, each given the result of its own; in the
    end, when the next of what is known now is due. What fails is thrown in; it is raised in the end."""
    failed: list[Exception] = []
    for work in WORK:
        try:
            while (yield Do(lambda session, work=work: work(session, book, now))):  # type: ignore[misc]
                pass
        except Exception as error:  # what comes after it is done all the same
            failed.append(error)
    seen: Seen = yield Do(lambda session: look(session, now), writes=False)
    for start in range(0, len(seen.new), ROWS_AT_ONCE):
        rows = seen.new[start : start + ROWS_AT_ONCE]
        yield Do(lambda session, rows=rows: write(session, rows))  # type: ignore[misc]
    while (yield Do(lambda session: send_digests(session, book, now))):
        pass
    waiting: datetime = yield Do(next_to_send, writes=False)
    if failed:
        raise ExceptionGroup("some of what is due could not be done", failed)
    return min(seen.next_at, waiting)


def run_due(database: Database, book: Book, now: datetime) -> datetime:
    """Does what is due at `now` and has not been done; returns when the next of what is known now is due.

    Called twice, or by two processes at once, it does nothing twice. A process that waits for others meanwhile
    goes through the `course` itself.
    """
    steps = course(book, now)
    go_on: Callable[[], Do] = partial(next, steps)
    try:
        while True:
            do = go_on()
            try:
                with database.write() if do.writes else database.read() as session:
                    go_on = partial(steps.send, do.function(session))
            except Exception as error:
                go_on = partial(steps.throw, error)
    except StopIteration as end:
        next_at: datetime = end.value
        return next_at
