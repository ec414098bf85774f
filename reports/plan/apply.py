"""A checked plan into the database, in the caller's transaction: only what differs is written."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from sqlmodel import Session

from models.audit import Actor, record
from models.planning.versions import record_versions
from reports.plan.changes import Changes
from reports.plan.check import check_plan
from reports.plan.existing import read_existing
from reports.plan.lines import Plan
from reports.plan.source import read_plan
from reports.plan.write_consultation import write_programmes, write_slots
from reports.plan.write_goals import write_goals
from reports.plan.write_indicators import write_indicators, write_past_actuals, write_targets
from reports.plan.write_organization import write_departments, write_people
from reports.plan.write_periods import write_cycles, write_periods, write_special_days
from reports.plan.write_ratings import write_ratings
from reports.plan.write_reminders import write_reminders
from reports.plan.write_schemes import write_schemes
from reports.plan.writing import Writing


def import_plan(session: Session, now: datetime, actor: Actor, source: Path) -> Changes:
    """Reads, checks and applies a plan. Raises PlanRejected, and has then written nothing."""
    return apply_plan(session, now, actor, check_plan(read_plan(source), session))


def apply_plan(session: Session, now: datetime, actor: Actor, plan: Plan) -> Changes:
    """Brings the database to what the plan says, which check_plan found fit for this very database.

    What the file does not name is left as it is, except roles: the roles of a person who is in the file are
    those that the file names; others end the day before, but for deputies, who are also named in chat. And the
    rules of reminders, where the file has any, are those of the file, as are the parts, grades and prizes of a
    scheme and the criteria and raters of a rating.
    """
    writing = Writing(session, now, actor, read_existing(session, plan.cycles()))
    departments = write_departments(writing, plan)
    people = write_people(writing, plan, departments)
    cycles = write_cycles(writing, plan)
    periods = write_periods(writing, plan, cycles)
    goals = write_goals(writing, plan, cycles, departments)
    indicators = write_indicators(writing, plan, cycles, departments, people, goals)
    write_targets(writing, plan, indicators, periods)
    write_past_actuals(writing, plan, indicators)
    programmes = write_programmes(writing, plan, cycles)
    write_slots(writing, plan, programmes, people)
    write_schemes(writing, plan, cycles, departments, people)
    write_ratings(writing, plan, cycles, periods, people)
    write_reminders(writing, plan)
    write_special_days(writing, plan)
    record_versions(session, now, writing.indicators, person_id=actor.person_id, channel=actor.channel)
    _record(writing, plan)
    return writing.changes


def _record(writing: Writing, plan: Plan) -> None:
    counts = {
        f"{name}_{what}": count
        for name, table in writing.changes.tables.items()
        for what, count in (
            ("added", table.added),
            ("changed", table.changed),
            ("absent", table.absent),
            ("removed", table.removed),
        )
        if count
    }
    cycles = ", ".join(sorted(plan.cycles()))
    record(writing.session, writing.now, writing.actor, "plan.import", "plan", cycles=cycles, **counts)
