"""Plans checked and brought in, and what is said of them."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from sqlmodel import Session

from models.audit import Actor
from models.store import Database
from models.words import translator
from reports.plan import Changes, PlanRejected, check_plan, import_plan, read_plan
from tests.kit.plans import Sheets, write_csv

NOW = datetime(2019, 3, 4, 1, tzinfo=UTC)
CLERK = Actor(None, "cli")

Found = dict[tuple[str, str], str]
"""What is said, by sheet and cell."""

Change = tuple[str, str, object]
"""A sheet, a cell, and what is written there."""


def problems(sheets: Sheets, folder: Path, session: Session | None = None) -> Found:
    """Everything that is wrong with the plan; nothing twice in one cell."""
    try:
        check_plan(read_plan(write_csv(sheets, folder / "plan")), session)
    except PlanRejected as rejected:
        return said(rejected)
    return {}


def said(rejected: PlanRejected) -> Found:
    speak = translator("ko")
    found = {(problem.sheet, problem.cell): speak(problem.phrase) for problem in rejected.problems}
    assert len(found) == len(rejected.problems)
    return found


def bring(database: Database, sheets: Sheets, folder: Path, now: datetime = NOW) -> Changes:
    with database.write() as session:
        return import_plan(session, now, CLERK, write_csv(sheets, folder / "plan"))


def told(changes: Changes) -> list[str]:
    return [translator("ko")(line) for line in changes.lines]
