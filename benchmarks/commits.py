"""What a committed turn costs, against bare sqlite3 making the same writes in the same transactions.

    python -m benchmarks.commits [rounds]

Seoul's people talk in this process, without a network: `take_turn` and its commit, then the delivery and its
commit. Every INSERT, UPDATE and DELETE is noted; after each round a plain loop over sqlite3 makes the same ones
in a copy of the database that stood where ours did, on the same disk, at synchronous=FULL. That is the floor:
nothing is read, decided or drawn in it.
"""

from __future__ import annotations

import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Any

from sqlalchemy import event

from benchmarks.town import Answerer, Town, seoul
from bot.delivery import deliver_web
from bot.turn import Incoming, take_turn
from bot.web.draw import FileLinks
from handlers.book import BOOK
from handlers.dialogue.answers import Arrived, FromMessenger
from models.messaging.account import Messenger
from models.store import Database

_PEOPLE = 60
_TURNS = 120
_WRITES = ("INSERT", "UPDATE", "DELETE")

Writes = list[tuple[str, Any]]


@dataclass
class Spent:
    """Seconds, by the clock and of the processor, summed over some transactions."""

    seconds: float = 0.0
    processor: float = 0.0

    @contextmanager
    def one(self) -> Iterator[None]:
        started, used = perf_counter(), process_time()
        yield
        self.seconds += perf_counter() - started
        self.processor += process_time() - used


@dataclass
class Round:
    """One round on both sides."""

    turns: Spent = field(default_factory=Spent)
    deliveries: Spent = field(default_factory=Spent)
    bare_turns: Spent = field(default_factory=Spent)
    bare_deliveries: Spent = field(default_factory=Spent)
    noted: list[tuple[bool, Writes]] = field(default_factory=list)
    """Each transaction: whether it was a delivery, and what it wrote."""


class Talks:
    """The people of a town, taken through their dialogues."""

    def __init__(self, town: Town) -> None:
        self._clock = town.clock.clock
        self._answerers = {one.account_id: one for one in town.answerers}
        self._next = 0
        self._links = FileLinks("a key of thirty-two characters or so")
        self.database = Database(town.settings.database)
        self._writes: Writes = []
        event.listen(self.database.engine, "before_cursor_execute", self._note)

    def begin(self) -> None:
        """Everybody opens their chat."""
        for one in self._answerers.values():
            self._turn(Round(), one, Arrived())

    def go_on(self, turns: int) -> Round:
        """So many answers, by one person after the other."""
        done, people = Round(), list(self._answerers.values())
        for _ in range(turns):
            answerer = people[self._next % len(people)]
            self._turn(done, answerer, answerer.answer())
        return done

    def _turn(self, done: Round, answerer: Answerer, answer: FromMessenger) -> None:
        self._next += 1
        incoming = Incoming(Messenger.WEB, str(answerer.person_id), f"key-{self._next}", answer)
        with done.turns.one(), self.database.write() as session:
            take_turn(session, self._clock.now(), BOOK, incoming)
        done.noted.append((False, self._take_writes()))
        with done.deliveries.one(), self.database.write() as session:
            delivered = deliver_web(session, self._clock.now(), BOOK, self._links)[1]
        done.noted.append((True, self._take_writes()))
        for one in delivered:
            if one.account_id in self._answerers:
                self._answerers[one.account_id].see(one.event)

    def _note(self, _connection: Any, _cursor: Any, sql: str, values: Any, *_: Any) -> None:
        if sql.startswith(_WRITES):
            self._writes += [(sql, one) for one in (values if isinstance(values, list) else [values])]

    def _take_writes(self) -> Writes:
        taken, self._writes = self._writes, []
        return taken


def repeat(connection: sqlite3.Connection, done: Round) -> None:
    """The same writes in the same transactions, by sqlite3 alone."""
    for is_delivery, writes in done.noted:
        with (done.bare_deliveries if is_delivery else done.bare_turns).one():
            connection.execute("BEGIN IMMEDIATE")
            for sql, values in writes:
                connection.execute(sql, values).fetchall()
            connection.execute("COMMIT")


def bare(path: Path, database: Database) -> sqlite3.Connection:
    """A copy of the database as it stands, set as ours is."""
    connection = sqlite3.connect(path, isolation_level=None)
    with sqlite3.connect(str(database.engine.url.database)) as ours:
        ours.backup(connection)
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def report(rounds: list[Round]) -> None:
    """The median of the rounds."""

    def per_turn(*parts: str, of: str) -> float:
        sums: list[float] = [sum(getattr(getattr(one, part), of) for part in parts) for one in rounds]
        return median(sums) / _TURNS

    print(f"{len(rounds)} rounds of {_TURNS} turns, medians; ms a turn:")
    print(f"{'':24}{'clock':>8}{'bare':>8}{'ratio':>8}{'CPU':>10}{'bare':>8}{'ratio':>8}")
    for title, *parts in (("turn", "turns"), ("turn and delivery", "turns", "deliveries")):
        line = f"{title:24}"
        for of, width in (("seconds", 8), ("processor", 10)):
            ours = per_turn(*parts, of=of) * 1000
            floor = per_turn(*(f"bare_{part}" for part in parts), of=of) * 1000
            line += f"{ours:{width}.2f}{floor:8.2f}{ours / floor:8.1f}"
        print(line)
    seconds = per_turn("turns", of="seconds"), per_turn("turns", "deliveries", of="seconds")
    print(f"committed turns a second: {1 / seconds[0]:.0f}, delivered as well: {1 / seconds[1]:.0f}")


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    with tempfile.TemporaryDirectory(dir=".") as folder:
        talks = Talks(seoul(Path(folder), _PEOPLE))
        talks.begin()
        talks.go_on(_TURNS)  # what is done for the first time only is not measured
        connection, rounds = bare(Path(folder) / "copy.db", talks.database), []
        for _ in range(count):
            done = talks.go_on(_TURNS)
            repeat(connection, done)
            rounds.append(done)
        connection.close()
        talks.database.close()
    report(rounds)


if __name__ == "__main__":
    main()
