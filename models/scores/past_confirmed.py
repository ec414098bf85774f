"""Which plans had been confirmed at an instant of the past, and where an indicator had come from by then."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from models.audit import AuditRow
from models.planning.file import subject_of
from models.planning.table import DepartmentPlan, IndicatorMove, PlanState
from models.scores.reading import View


def confirmed_then(session: Session, view: View, planned_at: datetime) -> set[int] | None:
    """The departments whose plan had been confirmed once; None where the cycle asks for no confirmation."""
    if not view.cycle.asks_plan_confirmation:
        return None
    plans = sa.select(col(DepartmentPlan.department_id), col(DepartmentPlan.confirmed_at)).where(
        col(DepartmentPlan.cycle_id) == view.cycle.id, col(DepartmentPlan.confirmed_at).is_not(None)
    )
    rows = session.execute(plans).all()
    subjects = {subject_of(view.cycle.id or 0, department): department for department, _ in rows}
    # A plan that was confirmed once more since then was confirmed before, too.
    before = sa.select(col(AuditRow.subject)).where(
        col(AuditRow.subject).in_(subjects),
        col(AuditRow.action) == f"plan.{PlanState.CONFIRMED.value}",
        col(AuditRow.at) <= planned_at,
    )
    found = {subjects[subject] for subject in session.scalars(before)}
    return found | {department for department, at in rows if at <= planned_at}


def came_from_then(session: Session, scope: sa.Select[Any], planned_at: datetime) -> dict[int, set[int]]:
    """The departments that an indicator had been moved away from."""
    query = sa.select(col(IndicatorMove.indicator_id), col(IndicatorMove.from_department_id)).where(
        col(IndicatorMove.indicator_id).in_(scope), col(IndicatorMove.applied_at) <= planned_at
    )
    found: defaultdict[int, set[int]] = defaultdict(set)
    for indicator, department in session.execute(query):
        found[indicator].add(department)
    return found
