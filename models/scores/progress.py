"""How far the reports of a period have come, department by department."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col

from models.organization import Department
from models.plan import Indicator, Period
from models.planning.holding import in_force
from models.scores.line import counts_in
from models.submission import State, Submission
from models.submission.table import HANDED_IN, UNDECIDED


@dataclass(frozen=True)
class Progress:
    """A department's indicators by the state of their report. Those not begun are in no state.

    missing: not handed in (not begun, draft, returned, withdrawn); late: those of them past their deadline.
    """

    department_id: int
    code: str
    name: str
    path: str
    indicators: int
    by_state: dict[State, int]
    missing: int
    late: int

    @property
    def undecided(self) -> int:
        """How many were handed in and wait for a decision."""
        return sum(self.by_state[state] for state in UNDECIDED)


def department_progress(session: Session, now: datetime, period_id: int) -> list[Progress]:
    """The progress of every department that reports for the period, in the order of the plan."""
    period = session.get_one(Period, period_id)
    state, due = col(Submission.state), sa.func.coalesce(col(Submission.due_at), period.report_due)
    missing = state.is_(None) | state.not_in(HANDED_IN)
    columns = [col(Department.id), col(Department.code), col(Department.name), col(Department.path)]
    states = [_count(state == one) for one in State]
    query = (
        sa.select(*columns, sa.func.count(), _count(missing), _count(missing & (due < now)), *states)
        .join(Indicator, col(Indicator.department_id) == col(Department.id))
        .join(
            Submission,
            (col(Submission.indicator_id) == col(Indicator.id)) & (col(Submission.period_id) == period_id),
            isouter=True,
        )
        .where(col(Indicator.cycle_id) == period.cycle_id, counts_in(period), in_force())
        .group_by(col(Department.id))
        .order_by(col(Department.position), col(Department.id))
    )
    return [
        Progress(key, code, name, path, total, dict(zip(State, counted, strict=True)), lacking, late)
        for key, code, name, path, total, lacking, late, *counted in session.execute(query)
    ]


def _count(condition: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
    return sa.func.coalesce(sa.func.sum(sa.case((condition, 1), else_=0)), 0)
