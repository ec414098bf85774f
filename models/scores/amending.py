"""Kept scores reckoned anew for one indicator, whose recognised value an appeal has changed. Nothing else moves.

The rule, the target and the planned weights are those that were kept. Other indicators of the department move only
where the weight of what is not applicable is shared out anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from models.plan import Indicator, Period
from models.scores.figures import Taken, Targets, department_figures
from models.scores.frozen import FrozenScore, as_planned, frozen_in, is_by_itself, plain_figures
from models.scores.line import PlanLine, plan_lines
from models.scores.reading import View, open_view, readings, taken
from models.scores.row import Figures
from models.scoring import Rule, points


@dataclass(frozen=True)
class Amended:
    """A kept score that has moved: its figures, as plain JSON. `period_id` is None for the whole cycle."""

    indicator_id: int
    period_id: int | None
    before: dict[str, Any]
    after: dict[str, Any]


def amend(session: Session, indicator_id: int, period_id: int) -> list[Amended]:
    """Reckons the indicator's score of a closed period anew from what is recognised now, and that of the cycle where
    it is kept too; says which scores moved, the period's first."""
    cycle_id = session.get_one(Period, period_id).cycle_id
    views = (open_view(session, cycle_id, period_id), open_view(session, cycle_id, None))
    return [one for view in views for one in _amend(session, view, indicator_id)]


def _amend(session: Session, view: View, indicator_id: int) -> list[Amended]:
    kept = _kept_beside(session, view, indicator_id)
    before = [plain_figures(one) for one in kept]
    own = next((one for one in kept if one.indicator_id == indicator_id), None)
    if own is None:
        return []
    reckoned = _reckoned(session, view, kept, own)
    now_own = next(figures for one, (_, figures) in zip(kept, reckoned, strict=True) if one is own)
    shared_anew = now_own.not_applicable != own.not_applicable
    _set_own(own, now_own)
    for one, (rule, figures) in zip(kept, reckoned, strict=True):
        if shared_anew:
            one.weight = figures.weight
        if shared_anew or one is own:
            _set_points(one, rule)
            session.add(one)
    session.flush()
    return [
        Amended(one.indicator_id, one.period_id, figures, now)
        for one, figures in zip(kept, before, strict=True)
        if (now := plain_figures(one)) != figures
    ]


def _kept_beside(session: Session, view: View, indicator_id: int) -> Sequence[FrozenScore]:
    """The kept scores of the department the indicator belonged to then, in the plan's order, locked."""
    department = (
        sa.select(col(FrozenScore.department_id))
        .where(col(FrozenScore.indicator_id) == indicator_id, *frozen_in(view))
        .scalar_subquery()
    )
    query = (
        select(FrozenScore)
        .join(Indicator, col(Indicator.id) == col(FrozenScore.indicator_id))
        .where(*frozen_in(view), col(FrozenScore.department_id) == department)
        .order_by(col(Indicator.position), col(Indicator.id))
        .with_for_update(of=FrozenScore)
        .execution_options(populate_existing=True)
    )
    return session.exec(query).all()


def _reckoned(
    session: Session, view: View, kept: Sequence[FrozenScore], own: FrozenScore
) -> list[tuple[Rule, Figures]]:
    """The rules and figures of the department as they come out now, in the order of `kept`."""
    scope = sa.select(col(Indicator.id)).where(col(Indicator.id).in_([one.indicator_id for one in kept]))
    today = {line.id: line for line in plan_lines(session, scope)}
    lines = [as_planned(today[one.indicator_id], one) for one in kept]
    reports = readings(session, view, sa.select(sa.literal(own.indicator_id)))
    counted: dict[int, Taken] = {}
    for one, line in zip(kept, lines, strict=True):
        counted[line.id] = (
            taken(view, line, reports.get(line.id, ()))
            if one is own
            else Taken((), one.reported, one.recognised, one.not_applicable)
        )
    targets = {one.indicator_id: _targets(one, line) for one, line in zip(kept, lines, strict=True)}
    return list(department_figures(lines, counted, targets, view.last_day, year=view.period is None))


def _targets(kept: FrozenScore, line: PlanLine) -> Targets:
    """The kept target, whether it was the period's own or the cycle's."""
    return Targets(cycle=kept.target, own=is_by_itself(line, kept), period=kept.target)


def _set_own(kept: FrozenScore, figures: Figures) -> None:
    kept.recognised, kept.not_applicable = figures.recognised, figures.not_applicable
    kept.achievement = figures.achievement


def _set_points(kept: FrozenScore, rule: Rule) -> None:
    earned: Decimal | None = None
    if kept.weight is not None and kept.achievement is not None:
        earned = points(kept.weight, kept.achievement, rule.points_digits)
    kept.points = earned
