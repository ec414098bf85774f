"""What is asked at every tick goes by an index: a city of many years waits no longer than a new one."""

from __future__ import annotations

import re
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import event

from bot.delivery import deliver_web
from handlers.book import BOOK
from models.reminding.circle import Circle
from models.reminding.gathering import gather, people_to_remind
from models.reminding.looking import look, next_to_send
from models.reminding.table import DigestKind, Reminder, ReminderState, hours_of
from scheduler.due import run_due
from tests.reminding.hall import LINKS, Hall, seoul

D3, D1 = seoul("2019-07-10 09:00"), seoul("2019-07-12 09:00")
MANY = 10_000
ABOUT = re.compile(r"FROM (reminder|digest)\s")


def fill(hall: Hall) -> None:
    """Reminders of the years before, told or fallen silent."""
    day = seoul("2010-01-01 09:00")
    rows = [
        {
            "person_id": hall.people["a"], "subject": f"report:{number}.1", "kind": "report:officer:-3",
            "due_on": day.date(), "due_at": day, "made_at": day, "send_at": day, "anytime": False,
            "state": ReminderState.TOLD if number % 10 else ReminderState.SILENT,
        }
        for number in range(MANY)
    ]  # fmt: skip
    with hall.database.write() as session:
        session.connection().execute(sa.insert(Reminder), rows)
    with hall.database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("ANALYZE")


@pytest.fixture
def plans(any_hall: Hall) -> dict[str, str]:
    """How the database answers each question about reminders and digests."""
    asked: dict[str, Any] = {}

    def note(_connection: Any, _cursor: Any, sql: str, values: Any, *_: Any) -> None:
        if sql.startswith("SELECT") and ABOUT.search(sql):
            asked.setdefault(sql, values)

    any_hall.looks(D3)
    fill(any_hall)
    event.listen(any_hall.database.engine, "before_cursor_execute", note)
    with any_hall.database.write() as session:
        people = people_to_remind(session, D3, 40)
        assert len(people) == 3
        gather(session, Circle.on(session, D3.date()), hours_of(session), D3, people)
        next_to_send(session)
        look(session, D3)
    run_due(any_hall.database, BOOK, D1)
    with any_hall.database.write() as session:
        deliver_web(session, D1, BOOK, LINKS)
    event.remove(any_hall.database.engine, "before_cursor_execute", note)
    explain = "EXPLAIN QUERY PLAN" if any_hall.database.is_sqlite else "EXPLAIN"
    with any_hall.database.engine.connect() as connection:
        return {
            sql: "\n".join(str(row[-1]) for row in connection.exec_driver_sql(f"{explain} {sql}", values))
            for sql, values in asked.items()
        }


def test_every_question_about_reminders_goes_by_an_index(plans: dict[str, str]) -> None:
    assert len(plans) > 5
    for sql, plan in plans.items():
        # A look through the index on what waits is one through what waits.
        whole = [
            line for line in plan.splitlines() if "SCAN reminder" in line and "ix_reminder_todo" not in line
        ]
        assert not whole and "Seq Scan on reminder" not in plan, f"{sql}\n{plan}"
    assert any("ix_reminder_todo" in plan for plan in plans.values())
    assert any(DigestKind.DUTIES.value in sql for sql in plans)
