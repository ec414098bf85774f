"""What a tick costs, among few reminders and among very many, beside bare queries of the same rows.

    python -m benchmarks.ticks [few] [many]

A city in which 250 people have four reports each due tomorrow, with so many reminders and so many reports of the years
before. Measured in a process of its own each: a tick between two looks, which asks nobody; a look that finds nothing;
the tick at which 1,000 reminders fall due, that writes them and gathers 250 digests; taking 500 that wait. Beside it
the driver alone (sqlite3, psycopg) asks for the same rows by the same index, and notes the same. PostgreSQL is measured
where its server programs are installed.

The same with APScheduler 3 and a job a reminder in its SQLAlchemyJobStore: 10,000 jobs, of which 1,000 fell due on a
day on which nothing ran.
"""

from __future__ import annotations

import asyncio
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

import sqlalchemy as sa
from sqlmodel import Session

from models.clock import MovableClock, local_day
from models.messaging.account import web_account
from models.organization import Department, DepartmentKind, Person
from models.plan import Cycle, Indicator, Period
from models.scoring import Kind
from models.store import Database
from models.store.schema import upgrade
from tests.kit.databases import postgres_binaries, postgres_running

NOW = datetime(2019, 7, 9, 0, tzinfo=UTC)
"""A Tuesday, nine o'clock in Seoul."""
PEOPLE, REPORTS_EACH, TAKEN = 250, 4, 500
_PAST_CYCLES = range(10)
_JOBS, _DUE_JOBS = 10_000, 1_000

Figures = dict[str, float]


def main(few: int, many: int) -> None:
    with tempfile.TemporaryDirectory(dir=".") as folder:
        for name, opened in (("SQLite", _sqlite(Path(folder))), ("PostgreSQL", _postgres())):
            for url in opened:
                _report(name, {rows: _measured(url(rows), rows) for rows in (few, many)})
        ran, size = _of_child("jobs", str(Path(folder) / "jobs.db"))
        print(
            f"APScheduler 3, {_JOBS} jobs, {_DUE_JOBS} due after a dark day: {ran:.1f} s until all ran, "
            f"{size:.0f} MiB"
        )


def _report(name: str, measured: dict[int, Figures]) -> None:
    few, many = measured.values()
    print(f"{name:44}" + "".join(f"{rows:>14,}" for rows in measured) + f"{'ratio':>8}")
    for figure in few:
        print(f"  {figure:42}{few[figure]:14.3f}{many[figure]:14.3f}{many[figure] / few[figure]:8.2f}")


def _measured(url: str, rows: int) -> Figures:
    database = Database(url)
    upgrade(database)
    with database.write() as session:
        _city(session)
    _past(database, rows)
    database.close()
    return cast(Figures, _of_child("ours", url))


def _of_child(what: str, argument: str) -> Any:
    command = [sys.executable, "-m", "benchmarks.ticks", f"--{what}", argument]
    return json.loads(subprocess.run(command, check=True, capture_output=True).stdout)


def _sqlite(folder: Path) -> Iterator[Callable[[int], str]]:
    yield lambda rows: f"sqlite:///{folder / f'{rows}.db'}"


def _postgres() -> Iterator[Callable[[int], str]]:
    binaries = postgres_binaries()
    if binaries is None:
        return
    with postgres_running(binaries) as server:

        def made(rows: int) -> str:
            server.run(f"CREATE DATABASE of_{rows}")
            return server.url(f"of_{rows}")

        yield made


def _city(session: Session) -> None:
    """People with reports that are due tomorrow."""
    place = Department(code="A", name="총무과", kind=DepartmentKind.DIVISION, path="/A/")
    cycle = Cycle(code="2019", name="2019년", starts_on=date(2019, 1, 1), ends_on=date(2019, 12, 31))
    people = [Person(code=str(number), name=f"사람 {number}") for number in range(PEOPLE)]
    session.add_all([place, cycle, *people])
    session.flush()
    assert place.id is not None and cycle.id is not None
    period = Period(
        cycle_id=cycle.id, code="H1", name="상반기", starts_on=cycle.starts_on, ends_on=date(2019, 6, 30),
        report_due=NOW + timedelta(days=1), review_due=NOW + timedelta(days=30),
    )  # fmt: skip
    session.add(period)
    for person in people:
        web_account(session, NOW, person.id or 0)
    for number in range(PEOPLE * REPORTS_EACH):
        session.add(
            Indicator(
                cycle_id=cycle.id,
                code=str(number),
                name=f"민원처리율 {number}",
                department_id=place.id,
                officer_id=people[number % PEOPLE].id,
                kind=Kind.HIGHER,
                weight=Decimal(25),
            )
        )


def _past(database: Database, rows: int) -> None:
    """So many reminders and so many reports of ten years, in closed periods."""
    lite = database.is_sqlite
    day = "date('2009-01-01', '+'||(i % 3500)||' days')" if lite else "(date '2009-01-01' + (i % 3500))"
    at = f"strftime('%Y-%m-%d 09:00:00.000000', {day})" if lite else f"{day}::timestamptz"
    no, numbers = "0" if lite else "false", _numbers(lite)
    states = "'report:officer:-3', 'told'"
    with database.engine.begin() as connection:

        def run(statement: str) -> None:
            connection.exec_driver_sql(statement if lite else statement.replace("%", "%%"))

        for number in _PAST_CYCLES:
            _past_cycle(connection, 1000 + number, 2009 + number)
        fields = (
            "name, department_id, officer_id, kind, rollup, unit, formula, evidence_hint, evidence_required"
        )
        fields += ", weight, scored, steps, floor, cap, digits, position"
        run(
            f"INSERT INTO indicator (id, cycle_id, code, {fields}) SELECT 100000 + i, 1000 + i % 10, '' || i, {fields} "
            f"FROM {numbers(rows // 2)}, (SELECT {fields} FROM indicator LIMIT 1) AS one"
        )
        run(
            "INSERT INTO submission (indicator_id, period_id, state, revision, version_number, "
            "recognised_not_applicable) SELECT 100000 + i / 2, 10000 + 2 * ((i / 2) % 10) + i % 2, "
            f"CASE i % 50 WHEN 0 THEN 'draft' WHEN 1 THEN 'submitted' ELSE 'approved' END, 1, 1, {no} "
            f"FROM {numbers(rows)}"
        )
        run(
            "INSERT INTO reminder (person_id, subject, due_on, due_at, made_at, send_at, anytime, kind, state) "
            f"SELECT 1 + i % {PEOPLE}, 'report:' || (100000 + i) || '.1', {day}, {at}, {at}, {at}, {no}, {states} "
            f"FROM {numbers(rows)}"
        )
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("ANALYZE")


def _past_cycle(connection: sa.Connection, key: int, year: int) -> None:
    cycle = sa.insert(Cycle).values(
        id=key, code=f"{year}", name="지난해", starts_on=date(year, 1, 1), ends_on=date(year, 12, 31),
        asks_confirmation=False, note="",
    )  # fmt: skip
    connection.execute(cycle)
    due = datetime(year, 7, 15, 9, tzinfo=UTC)
    for half in range(2):
        period = sa.insert(Period).values(
            id=10_000 + 2 * (key - 1000) + half, cycle_id=key, code=f"H{half}", name="반기", position=half,
            starts_on=date(year, 1, 1), ends_on=date(year, 6, 30), report_due=due, review_due=due, state="closed",
            revision=0,
        )  # fmt: skip
        connection.execute(period)


def _numbers(lite: bool) -> Callable[[int], str]:
    def numbers(count: int) -> str:
        if not lite:
            return f"generate_series(0, {count - 1}) AS g (i)"
        steps = f"SELECT 0 AS i UNION ALL SELECT i + 1 FROM g WHERE i + 1 < {count}"
        return f"(WITH RECURSIVE g (i) AS ({steps}) SELECT i FROM g) AS g"

    return numbers


def ours(url: str) -> Figures:
    """In a process of its own: what a tick takes, in milliseconds, and the memory of the process."""
    from handlers.book import BOOK
    from models.reminding.circle import Circle
    from models.reminding.gathering import gather, people_to_remind
    from models.reminding.table import hours_of
    from scheduler.due import run_due

    database = Database(url)
    figures = {"tick between two looks, ms": _between_looks()}
    run_due(
        database, BOOK, NOW - timedelta(minutes=5)
    )  # what is done for the first time only is not measured
    figures["look, none due, ms"] = _best(lambda: run_due(database, BOOK, NOW - timedelta(minutes=5)))
    figures["bare: look for one that is due, ms"] = _bare_none_due(database)
    figures["tick, 1,000 fall due, ms"] = _once(lambda: run_due(database, BOOK, NOW))
    figures["look, none due any more, ms"] = _best(lambda: run_due(database, BOOK, NOW))

    def take() -> None:
        with database.write() as session:
            people = people_to_remind(session, NOW, PEOPLE)
            circle = Circle.on(session, local_day(NOW))
            gather(session, circle, hours_of(session), NOW, people)

    _wait_again(database)
    figures["taking 500, ms"] = _best(take, lambda: _wait_again(database))
    figures["bare: taking 500, ms"] = _best(lambda: _bare_take(database), lambda: _wait_again(database))
    figures["peak memory, MiB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    database.close()
    return figures


def _between_looks() -> float:
    from bot.clockwork import Clockwork

    clockwork = Clockwork(*[cast(Any, None)] * 5)
    clockwork.clock = MovableClock(NOW, ticking=False)
    clockwork.looked_at, clockwork.next_at = NOW, NOW + timedelta(minutes=5)

    async def ticks() -> float:
        began = time.perf_counter()
        for _ in range(1000):
            await clockwork()
        return time.perf_counter() - began

    return asyncio.run(ticks())


def _once(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def _best(work: Callable[[], object], before: Callable[[], object] = lambda: None) -> float:
    """The quickest of seven: what the machine does beside it only makes it slower."""
    taken = []
    for _ in range(7):
        before()
        taken.append(_once(work))
    return min(taken)


def _wait_again(database: Database) -> None:
    """The first 500 of today's wait again."""
    with database.engine.begin() as connection:
        connection.exec_driver_sql(
            "UPDATE reminder SET state = 'todo' WHERE id IN "
            f"(SELECT id FROM reminder WHERE due_on = '2019-07-10' ORDER BY id LIMIT {TAKEN})"
        )


_WAITS = "FROM reminder WHERE state = 'todo' AND send_at <= "


@contextmanager
def _driver(database: Database) -> Iterator[tuple[Any, str, Any]]:
    """The driver's own cursor, what stands for a value in it, and the moment as it is stored."""
    connection = database.engine.raw_connection()
    try:
        lite = database.is_sqlite
        yield (
            connection.cursor(),
            "?" if lite else "%s",
            NOW.strftime("%Y-%m-%d %H:%M:%S.%f") if lite else NOW,
        )
        connection.rollback()
    finally:
        connection.close()


def _bare_none_due(database: Database) -> float:
    with _driver(database) as (cursor, value, now):
        question = f"SELECT person_id {_WAITS}{value} LIMIT 40"
        return min(_once(lambda: cursor.execute(question, (now,)).fetchall()) for _ in range(1000))


def _bare_take(database: Database) -> None:
    """Reads the same rows and notes the same of them, in one transaction."""
    with _driver(database) as (cursor, value, now):
        if database.is_sqlite:
            cursor.execute("BEGIN IMMEDIATE")
        cursor.execute(f"SELECT * {_WAITS}{value} ORDER BY id LIMIT {TAKEN}", (now,))
        ids = [(row[0],) for row in cursor.fetchall()]
        assert len(ids) == TAKEN
        cursor.executemany(f"UPDATE reminder SET state = 'told', digest_id = 1 WHERE id = {value}", ids)
        cursor.execute("COMMIT")


ran: list[int] = []


def jobs(path: str) -> tuple[float, float]:
    """Seconds until all jobs ran that fell due yesterday, and the memory of the process."""
    from apscheduler.schedulers.background import BackgroundScheduler

    subprocess.run([sys.executable, "-m", "benchmarks.ticks", "--fill", path], check=True)
    scheduler = BackgroundScheduler()
    scheduler.add_jobstore("sqlalchemy", url=f"sqlite:///{path}")
    began = time.perf_counter()
    scheduler.start()
    while len(ran) < _DUE_JOBS:
        time.sleep(0.01)
    seconds = time.perf_counter() - began
    scheduler.shutdown()
    return seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def fill(path: str) -> None:
    """Writes a job for each reminder, in a process of its own."""
    from apscheduler.schedulers.background import BackgroundScheduler

    scheduler = BackgroundScheduler()
    scheduler.add_jobstore("sqlalchemy", url=f"sqlite:///{path}")
    store = scheduler._lookup_jobstore
    scheduler.start(paused=True)
    engine = store("default").engine
    sa.event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA synchronous=OFF"))
    engine.dispose()
    today = datetime.now(UTC)
    for number in range(_JOBS):
        ahead = (
            timedelta(days=1, seconds=number) if number >= _DUE_JOBS else timedelta(days=-1, seconds=number)
        )
        scheduler.add_job(remind, "date", [number], run_date=today + ahead, misfire_grace_time=None)
    scheduler.shutdown()


def remind(number: int) -> None:
    """What a job does: as little as can be."""
    ran.append(number)


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["--ours", url]:
            print(json.dumps(ours(url)))
        case ["--jobs", path]:
            from benchmarks import ticks  # a job finds its function by the name of its module

            print(json.dumps(ticks.jobs(path)))
        case ["--fill", path]:
            from benchmarks import ticks

            ticks.fill(path)
        case sizes:
            few, many = (*map(int, sizes), *(10_000, 1_000_000)[len(sizes) :])
            main(few, many)
