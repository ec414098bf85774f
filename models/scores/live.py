"""Scores worked out from the plan and the reports as they are now."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from models.plan import Indicator, Target
from models.planning.holding import held_by, held_on, in_force
from models.scores.figures import Targets, department_figures
from models.scores.line import DepartmentLine, PlanLine, plan_lines
from models.scores.reading import Reading, View, readings, standing, taken
from models.scores.row import ScoreRow

Rows = dict[int, list[ScoreRow]]
"""Rows by the id of their department."""


def counts(session: Session, view: View) -> dict[int, int]:
    """How many indicators each department has in the view."""
    department = held_on(view.last_day).label("department")
    query = sa.select(department, sa.func.count()).where(*_in_view(view)).group_by(department)
    return dict(session.execute(query).all())


def live_rows(
    session: Session, view: View, departments: Mapping[int, DepartmentLine], ids: Collection[int]
) -> Rows:
    """The rows of the departments `ids`; each comes whole, since weights are shared out within it."""
    scope: sa.Select[Any] = sa.select(Indicator.id).where(  # type: ignore[call-overload]
        *_in_view(view), held_by(ids, view.last_day)
    )
    reports = readings(session, view, scope)
    targets = _targets(session, view, scope)
    return rows_from(view, departments, plan_lines(session, scope, view.last_day), targets, reports)


def rows_from(
    view: View,
    departments: Mapping[int, DepartmentLine],
    lines: Iterable[PlanLine],
    targets: Mapping[int, Targets],
    reports: Mapping[int, Sequence[Reading]],
) -> Rows:
    """The rows of these indicators, which are all that their departments have in the view."""
    rows: Rows = {}
    in_order = sorted(lines, key=lambda line: line.department_id)
    for key, group in groupby(in_order, key=lambda line: line.department_id):
        own = list(group)
        counted = {line.id: taken(view, line, reports.get(line.id, ())) for line in own}
        figures = department_figures(own, counted, targets, view.last_day, year=view.period is None)
        rows[key] = [
            ScoreRow(departments[key], line, rule, numbers, standing(view, line, reports.get(line.id, ())))
            for line, (rule, numbers) in zip(own, figures, strict=True)
        ]
    return rows


def _in_view(view: View) -> tuple[sa.ColumnElement[bool], ...]:
    asks = view.cycle.asks_plan_confirmation
    here = col(Indicator.cycle_id) == view.cycle.id, view.counts()
    return (*here, in_force()) if asks else here


def _targets(session: Session, view: View, scope: sa.Select[Any]) -> dict[int, Targets]:
    period_id = view.period.id if view.period else None
    rows = session.execute(
        sa.select(col(Target.indicator_id), col(Target.period_id), col(Target.value))
        .where(col(Target.indicator_id).in_(scope))
        .where(col(Target.period_id).is_(None) | (col(Target.period_id) == period_id))
    )
    cycle: dict[int, Decimal | None] = {}
    own: dict[int, Decimal | None] = {}
    for indicator_id, of_period, value in rows:
        (cycle if of_period is None else own)[indicator_id] = value
    return {key: Targets(cycle.get(key), key in own, own.get(key)) for key in cycle.keys() | own.keys()}
