"""Everything that falls due: `run_due` does all of it for one instant, as often as it is called."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from sqlmodel import Session

from handlers.dialogue.book import Book
from models.consultation.offering import next_of_offers, offers_wait
from models.consultation.proposing import next_over
from models.rating.dealing import next_opening
from models.reminding.looking import Seen, by_person, look, next_to_send, write
from models.store import Database
from scheduler.absences import absences_wait, propose_absences
from scheduler.dealing import deal_papers, papers_wait
from scheduler.forecasting import project_reports, reports_wait
from scheduler.moves import hand_over, handovers_wait
from scheduler.offers import expire_offers
from scheduler.reminding import send_digests


@dataclass(frozen=True)
class Work:
    """A piece of what is due: `waits` tells whether there is any and only reads, so that nobody's turn waits for
    nothing; `do` does some of it in one transaction, and tells whether there is more."""

    waits: Callable[[Session, datetime], bool]
    do: Callable[[Session, Book, datetime], bool]


WORK = (
    Work(reports_wait, project_reports),
    Work(absences_wait, propose_absences),
    Work(offers_wait, expire_offers),
    Work(handovers_wait, hand_over),
    Work(papers_wait, deal_papers),
)
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
            yield from _all_of(work, book, now)
        except Exception as error:  # what comes after it is done all the same
            failed.append(error)
    seen: Seen = yield Do(lambda session: look(session, now), writes=False)
    for rows in by_person(seen.new, ROWS_AT_ONCE):
        yield Do(lambda session, rows=rows: write(session, rows))  # type: ignore[misc]
    yield from _all_of(Work(_anybody_waits, send_digests), book, now)
    waiting: datetime = yield Do(lambda session: _next_at(session, now), writes=False)
    if failed:
        raise ExceptionGroup("some of what is due could not be done", failed)
    return min(seen.next_at, waiting)


def _all_of(work: Work, book: Book, now: datetime) -> Generator[Do, Any, None]:
    if (yield Do(lambda session: work.waits(session, now), writes=False)):
        while (yield Do(lambda session: work.do(session, book, now))):
            pass


def _anybody_waits(session: Session, now: datetime) -> bool:
    """Whether anybody is to be reminded now."""
    return next_to_send(session) <= now


def _next_at(session: Session, now: datetime) -> datetime:
    """When the first of what waits for its time comes: reminders to be sent, offers, the end of a programme, a round
    of a rating."""
    known = (
        next_to_send(session),
        next_of_offers(session, now),
        next_over(session, now),
        next_opening(session, now),
    )
    return min(one for one in known if one is not None)


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
