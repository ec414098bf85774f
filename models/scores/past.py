"""Scores as of an instant of the past, reckoned again from the history: versions of the plan, reports, decisions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from models.asking import is_asked
from models.audit import AuditRow
from models.plan import Indicator
from models.planning.table import IndicatorMove
from models.planning.versions import plan_as_of
from models.scores.figures import Targets
from models.scores.line import DepartmentLine, PlanLine, plan_lines
from models.scores.live import Rows, rows_from
from models.scores.past_confirmed import came_from_then, confirmed_then
from models.scores.past_reports import past_readings
from models.scores.reading import View
from models.scoring import Kind, Rollup

_NUMBERS = ("weight", "baseline", "low", "high", "loss_per_unit", "floor", "cap")
_AS_THEY_ARE = (
    "code", "name", "unit", "formula", "department_id", "scored", "report_periods", "steps", "digits",
)  # fmt: skip


def past_rows(
    session: Session, view: View, as_of: datetime, departments: Mapping[int, DepartmentLine]
) -> Rows:
    """The rows of every department as they stood at `as_of`.

    What was closed by then was frozen with the plan of its closing, so that is the plan that counts.
    """
    planned_at = closed_by(session, view, as_of) or as_of
    lines, targets = _plan(session, view, planned_at)
    return rows_from(view, departments, lines, targets, past_readings(session, view, as_of))


def closed_by(session: Session, view: View, as_of: datetime | None) -> datetime | None:
    """When what is scored was closed, as it stood at `as_of` (None: now); None where it was open, or open again."""
    last: dict[str, tuple[str, datetime]] = {}
    subjects = [f"period:{period.id}" for period in view.periods]
    query = (
        sa.select(col(AuditRow.subject), col(AuditRow.action), col(AuditRow.at))
        .where(col(AuditRow.subject).in_(subjects))
        .where(col(AuditRow.action).in_(("period.close", "period.reopen")))
        .order_by(col(AuditRow.id))
    )
    if as_of is not None:
        query = query.where(col(AuditRow.at) <= as_of)
    for subject, action, at in session.execute(query):
        last[subject] = action, at
    if not subjects or any(last.get(one, ("",))[0] != "period.close" for one in subjects):
        return None
    return max(at for _, at in last.values())


def _plan(session: Session, view: View, planned_at: datetime) -> tuple[list[PlanLine], dict[int, Targets]]:
    """The indicators that were in the plan, each with the department that held it on the last day."""
    of_cycle = sa.select(col(Indicator.id)).where(col(Indicator.cycle_id) == view.cycle.id)
    now = plan_lines(session, of_cycle)
    versions = plan_as_of(session, [line.id for line in now], planned_at)
    holders = _holders(session, of_cycle, view.last_day, planned_at)
    confirmed = confirmed_then(session, view, planned_at)
    came_from = {} if confirmed is None else came_from_then(session, of_cycle, planned_at)
    period = str(view.period.id) if view.period else ""
    lines, targets = [], {}
    for line in now:
        if line.id not in versions:
            continue
        plan = versions[line.id].plan
        then = _as_planned(line, plan, view.names)
        if confirmed is not None and not confirmed & {then.department_id, *came_from.get(line.id, ())}:
            continue
        then = then._replace(department_id=holders.get(line.id, then.department_id))
        if (then.ends_on is None or then.ends_on > view.last_day) and _is_asked(then, view):
            lines.append(then)
            targets[line.id] = _targets(plan["targets"], period)
    return lines, targets


def _is_asked(line: PlanLine, view: View) -> bool:
    return view.period is None or is_asked(line.report_periods, view.period.code)


def _holders(session: Session, scope: sa.Select[Any], last_day: date, planned_at: datetime) -> dict[int, int]:
    """The department that had an indicator on `last_day`, of those that were moved after it."""
    query = (
        select(IndicatorMove)
        .where(col(IndicatorMove.indicator_id).in_(scope), col(IndicatorMove.on_day) > last_day)
        .where(col(IndicatorMove.applied_at) <= planned_at)
        .order_by(col(IndicatorMove.on_day).desc())
    )
    return {move.indicator_id: move.from_department_id for move in session.exec(query)}


def _as_planned(line: PlanLine, plan: Mapping[str, Any], names: Mapping[int, str]) -> PlanLine:
    then: dict[str, Any] = {name: plan[name] for name in _AS_THEY_ARE}
    then |= {name: None if plan[name] is None else Decimal(plan[name]) for name in _NUMBERS}
    return line._replace(
        **then,
        kind=Kind(plan["kind"]),
        rollup=Rollup(plan["rollup"]),
        ends_on=None if plan["ends_on"] is None else date.fromisoformat(plan["ends_on"]),
        officer=names.get(plan["officer_id"]),
    )


def _targets(planned: Mapping[str, str | None], period: str) -> Targets:
    values = {key: None if value is None else Decimal(value) for key, value in planned.items()}
    own = bool(period) and period in values
    return Targets(values.get(""), own, values.get(period) if own else None)
