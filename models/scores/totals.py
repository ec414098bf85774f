"""From rows to the total of a department, from totals to ranks. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from models.scores.line import DepartmentLine
from models.scores.row import CycleTotal, DepartmentTotal, ScoreRow
from models.submission import State

_WAITING = (State.SUBMITTED, State.CONFIRMED)
_HUNDREDTH = Decimal("0.01")


def department_total(department: DepartmentLine, rows: Sequence[ScoreRow]) -> DepartmentTotal:
    """The total of one department; indicators on trial (not scored) only count as indicators."""
    scored = [row for row in rows if row.plan.scored]
    states = [row.standing.state for row in scored]
    approved = states.count(State.APPROVED)
    waiting = sum(map(states.count, _WAITING))
    return DepartmentTotal(
        department=department,
        indicators=len(rows),
        scored=len(scored),
        approved=approved,
        waiting=waiting,
        missing=len(scored) - approved - waiting,
        not_applicable=sum(row.figures.not_applicable for row in scored),
        weight=sum((row.figures.weight or Decimal(0) for row in scored), Decimal(0)),
        points=sum((row.figures.points or Decimal(0) for row in scored), Decimal(0)),
    )


def ranked(totals: Iterable[DepartmentTotal]) -> list[DepartmentTotal]:
    """The totals with their ranks, best first; equals share a rank, and the next one is skipped."""
    in_order = sorted(totals, key=lambda total: (total.weight == 0, -total.points))
    result: list[DepartmentTotal] = []
    for place, total in enumerate(in_order, start=1):
        if total.weight == 0:
            result.append(total)
        elif result and result[-1].points == total.points:
            result.append(replace(total, rank=result[-1].rank))
        else:
            result.append(replace(total, rank=place))
    return result


def cycle_total(totals: Sequence[DepartmentTotal]) -> CycleTotal:
    """The sums over all departments."""
    points = [total.points for total in totals if total.weight]
    mean = (sum(points, Decimal(0)) / len(points)).quantize(_HUNDREDTH, ROUND_HALF_UP) if points else None
    return CycleTotal(
        departments=len(totals),
        indicators=sum(total.indicators for total in totals),
        scored=sum(total.scored for total in totals),
        approved=sum(total.approved for total in totals),
        waiting=sum(total.waiting for total in totals),
        missing=sum(total.missing for total in totals),
        not_applicable=sum(total.not_applicable for total in totals),
        mean=mean,
    )
