"""The lists people work from: an officer's own indicators, a department's board, an evaluator's queue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from models.asking import asked_in
from models.doer import Doer
from models.organization import Department, Role
from models.plan import Cycle, Indicator, Period, PeriodState, reported_now
from models.planning.holding import in_force
from models.rights import Standing
from models.submission.decide import may_decide
from models.submission.file import SubmissionFile, files
from models.submission.table import WRITABLE, State, Submission


@dataclass(frozen=True)
class Task:
    """One indicator in one period, with its report as far as there is one."""

    indicator: Indicator
    department: Department
    period: Period
    submission: Submission | None

    @property
    def state(self) -> State | None:
        """The state of the report; None when none was begun."""
        return self.submission.state if self.submission else None

    @property
    def due_at(self) -> datetime:
        own = self.submission.due_at if self.submission else None
        return own or self.period.report_due

    def is_open(self) -> bool:
        """Whether the officer still has to hand it in."""
        return self.state is None or self.state in WRITABLE

    def is_late(self, now: datetime) -> bool:
        return self.is_open() and self.due_at < now


def own_tasks(session: Session, standing: Standing, today: date) -> list[Task]:
    """What the person reports, themselves or as a deputy, in the periods open today: most urgent first."""
    people = {standing.person_id, *standing.stood_in_for()}
    mine = col(Indicator.officer_id).in_(people) | col(Indicator.deputy_officer_id).in_(people)
    paths = [held.path for held in standing.holdings if held.role is Role.OFFICER]
    if paths:
        nobody = col(Indicator.officer_id).is_(None) & col(Indicator.deputy_officer_id).is_(None)
        mine = mine | (nobody & _under(paths))
    periods = [period.id for period in reported_now(session, today)]
    return sorted(_tasks(session, mine, periods, today), key=_urgency)


def board(session: Session, paths: Sequence[str], period_id: int, today: date) -> list[Task]:
    """Every indicator of the departments under the given paths in a period, in the plan's order."""
    return _tasks(session, _under(paths), [period_id], today)


def reported_in(session: Session, paths: Sequence[str], today: date) -> list[Period]:
    """Of the periods whose actuals are asked for today those in which a department under the paths reports anything."""
    periods = {period.id: period for period in reported_now(session, today)}
    theirs = (
        sa.select(col(Indicator.id))
        .join(Department, col(Department.id) == col(Indicator.department_id))
        .where(col(Indicator.cycle_id) == col(Period.cycle_id), _under(paths), _asked())
    )
    query = sa.select(col(Period.id)).where(col(Period.id).in_(periods), theirs.exists())
    found = set(session.scalars(query))
    return [period for key, period in periods.items() if key in found]


def _asked() -> sa.ColumnElement[bool]:
    """The condition that an Indicator is to be reported for a Period of its cycle."""
    still_there = col(Indicator.ends_on).is_(None) | (col(Indicator.ends_on) > col(Period.starts_on))
    return still_there & asked_in(col(Period.code)) & in_force()


def _tasks(
    session: Session, condition: sa.ColumnElement[bool], period_ids: Sequence[int | None], today: date
) -> list[Task]:
    rows = session.exec(
        select(Indicator, Department, Period, Submission)
        .join(Department, col(Department.id) == col(Indicator.department_id))
        .join(Period, col(Period.cycle_id) == col(Indicator.cycle_id))
        .join(
            Submission,
            (col(Submission.indicator_id) == col(Indicator.id))
            & (col(Submission.period_id) == col(Period.id)),
            isouter=True,
        )
        .where(condition, col(Period.id).in_(period_ids), _asked())
        .order_by(col(Department.position), col(Indicator.position), col(Indicator.id), col(Period.position))
    ).all()
    return [Task(*row) for row in rows]


def _urgency(task: Task) -> tuple[bool, datetime, int]:
    return (not task.is_open(), task.due_at, task.indicator.position)


def _under(paths: Sequence[str]) -> sa.ColumnElement[bool]:
    return sa.or_(*(col(Department.path).startswith(path, autoescape=True) for path in paths))


def queue(
    session: Session, doer: Doer, department_id: int | None = None, period_id: int | None = None
) -> list[SubmissionFile]:
    """Reports that wait for this person's decision, oldest first; their own are not among them."""
    reviewing = [held.path for held in doer.standing.holdings if held.role is Role.EVALUATOR]
    confirming = [held.path for held in doer.standing.holdings if held.role is Role.TEAM_LEAD]
    submitted = col(Submission.state) == State.SUBMITTED
    conditions: list[sa.ColumnElement[bool]] = []
    if reviewing:
        ready = sa.or_(submitted & ~col(Cycle.asks_confirmation), col(Submission.state) == State.CONFIRMED)
        conditions.append(ready & _under(reviewing))
    if confirming:
        conditions.append(submitted & col(Cycle.asks_confirmation) & _under(confirming))
    if not conditions:
        return []
    open_and_asked = (col(Period.state) == PeriodState.OPEN) & asked_in(col(Period.code))
    query = files().where(sa.or_(*conditions), open_and_asked)
    if department_id is not None:
        query = query.where(_under([session.get_one(Department, department_id).path]))
    if period_id is not None:
        query = query.where(col(Period.id) == period_id)
    rows = session.execute(query.order_by(col(Submission.submitted_at), col(Submission.id)))
    waiting = (SubmissionFile(*row) for row in rows)
    return [opened for opened in waiting if may_decide(doer, opened)]
