"""The scores of a closed period, kept as they were: nothing that happens later moves them.

The last period to close freezes the whole cycle too; those rows name no period.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, Session, SQLModel, col, select

from models.plan import Indicator, Period, PeriodState
from models.scores.figures import reach
from models.scores.line import DepartmentLine, PlanLine, department_lines, plan_lines
from models.scores.live import Rows, counts, live_rows
from models.scores.reading import View, open_view, readings, standing, taken
from models.scores.row import Figures, ScoreRow
from models.scoring import Kind, Rollup, Rule
from models.store import decimal_field, json_field

_NUMBERS = ("baseline", "low", "high", "loss_per_unit", "floor", "cap")


class FrozenScore(SQLModel, table=True):
    """One indicator's figures when its period (or, with no period, its cycle) was closed."""

    __tablename__ = "frozen_score"
    __table_args__ = (
        sa.UniqueConstraint("indicator_id", "period_id"),
        sa.Index("ix_frozen_score_period_department", "period_id", "department_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    period_id: int | None = Field(default=None, foreign_key="period.id")
    indicator_id: int = Field(foreign_key="indicator.id")
    department_id: int = Field(foreign_key="department.id")
    """Whose indicator it was then: a reorganisation doesn't carry points away."""
    target: Decimal | None = decimal_field(default=None, nullable=True)
    reported: Decimal | None = decimal_field(default=None, nullable=True)
    recognised: Decimal | None = decimal_field(default=None, nullable=True)
    not_applicable: bool = False
    achievement: Decimal | None = decimal_field(default=None, nullable=True)
    planned_weight: Decimal = decimal_field()
    weight: Decimal | None = decimal_field(default=None, nullable=True)
    points: Decimal | None = decimal_field(default=None, nullable=True)
    rule: dict[str, Any] = json_field()
    """What the plan said then of how it is scored."""
    frozen_at: datetime


_FIGURES = (
    "target", "reported", "recognised", "not_applicable", "achievement", "planned_weight", "weight", "points",
)  # fmt: skip

_AT_ONCE = 50
"""So many departments are read in one go: one by one it takes several times as long."""


def freeze(session: Session, now: datetime, period_id: int) -> None:
    """Keeps the period's scores, and the cycle's once no other of its periods is open."""
    period = session.get_one(Period, period_id)
    thaw(session, period_id)
    _keep(session, now, open_view(session, period.cycle_id, period_id))
    others_open = select(Period.id).where(
        Period.cycle_id == period.cycle_id, Period.id != period_id, Period.state == PeriodState.OPEN
    )
    if session.exec(others_open).first() is None:
        _keep(session, now, open_view(session, period.cycle_id, None))


def thaw(session: Session, period_id: int) -> None:
    """Lets the scores of the period and of its cycle move again."""
    cycle_id = sa.select(col(Period.cycle_id)).where(col(Period.id) == period_id).scalar_subquery()
    of_cycle = sa.select(col(Indicator.id)).where(col(Indicator.cycle_id) == cycle_id)
    session.execute(
        sa.delete(FrozenScore)
        .where(
            (col(FrozenScore.period_id) == period_id)
            | (col(FrozenScore.period_id).is_(None) & col(FrozenScore.indicator_id).in_(of_cycle))
        )
        .execution_options(synchronize_session=False)
    )


def frozen_counts(session: Session, view: View) -> dict[int, int]:
    """How many frozen indicators each department has in the view; empty where the view isn't frozen."""
    query = sa.select(col(FrozenScore.department_id), sa.func.count()).where(*frozen_in(view))
    return dict(session.execute(query.group_by(col(FrozenScore.department_id))).all())


def frozen_rows(
    session: Session, view: View, departments: Mapping[int, DepartmentLine], ids: Collection[int]
) -> Rows:
    """The rows of the departments `ids` with the figures as they were kept."""
    where = (*frozen_in(view), col(FrozenScore.department_id).in_(ids))
    scope = sa.select(col(FrozenScore.indicator_id)).where(*where)
    kept = {one.indicator_id: one for one in session.execute(sa.select(FrozenScore.__table__).where(*where))}  # type: ignore[attr-defined]
    reports = readings(session, view, scope)
    rows: Rows = {}
    for now in plan_lines(session, scope):
        one = kept[now.id]
        line = as_planned(now, one)
        rule, own = line.rule(one.target), reports.get(line.id, ())
        figures = _figures(one, line, rule, view.last_day, taken(view, line, own).values)
        row = ScoreRow(departments[line.department_id], line, rule, figures, standing(view, line, own))
        rows.setdefault(line.department_id, []).append(row)
    return rows


def _keep(session: Session, now: datetime, view: View) -> None:
    departments, ids = department_lines(session), list(counts(session, view))
    for at in range(0, len(ids), _AT_ONCE):
        rows = live_rows(session, view, departments, ids[at : at + _AT_ONCE])
        kept = [one for own in rows.values() for one in _kept(own, now, view.period)]
        session.execute(sa.insert(FrozenScore), kept)


def plain_figures(kept: FrozenScore) -> dict[str, Any]:
    """The figures of a kept score as plain JSON, decimals as digits without trailing zeros."""
    figures = {name: getattr(kept, name) for name in _FIGURES}
    return {
        name: f"{one.normalize():f}" if isinstance(one, Decimal) else one for name, one in figures.items()
    }


def _kept(rows: Collection[ScoreRow], now: datetime, period: Period | None) -> Iterator[dict[str, Any]]:
    for row in rows:
        yield {
            "period_id": period.id if period else None,
            "indicator_id": row.plan.id,
            "department_id": row.department.id,
            "rule": _rule(row.plan),
            "frozen_at": now,
        } | {name: getattr(row.figures, name) for name in _FIGURES}


def frozen_in(view: View) -> tuple[sa.ColumnElement[bool], ...]:
    """The condition that a FrozenScore is of the view."""
    if view.period:
        return (col(FrozenScore.period_id) == view.period.id,)
    of_cycle = sa.select(col(Indicator.id)).where(col(Indicator.cycle_id) == view.cycle.id)
    return col(FrozenScore.period_id).is_(None), col(FrozenScore.indicator_id).in_(of_cycle)


def _figures(kept: Any, line: PlanLine, rule: Rule, on: date, values: tuple[Decimal | None, ...]) -> Figures:
    numbers = {name: getattr(kept, name) for name in _FIGURES}
    reached = reach(rule, kept.recognised, on, by_itself=is_by_itself(line, kept))
    before, fault = (reached[0], None) if isinstance(reached, tuple) else (None, reached)
    return Figures(values=values, computed=before, fault=fault, **numbers)


def is_by_itself(line: PlanLine, kept: Any) -> bool:
    """Whether the score is one by itself: a sum without a target of its own period is scored in the year only."""
    lacks_target = line.rollup is Rollup.SUM and kept.period_id is not None and kept.target is None
    return kept.achievement is not None or not lacks_target


def _rule(line: PlanLine) -> dict[str, Any]:
    numbers = {name: None if (value := getattr(line, name)) is None else f"{value:f}" for name in _NUMBERS}
    others = {"kind": line.kind.value, "rollup": line.rollup.value, "steps": line.steps}
    others |= {"report_periods": line.report_periods}
    return numbers | others | {"digits": line.digits, "scored": line.scored, "unit": line.unit}


def as_planned(line: PlanLine, kept: Any) -> PlanLine:
    """The indicator as the plan had it when the score was kept."""
    rule = kept.rule
    numbers = {name: None if rule[name] is None else Decimal(rule[name]) for name in _NUMBERS}
    kinds = {"kind": Kind(rule["kind"]), "rollup": Rollup(rule["rollup"])}
    place = {"department_id": kept.department_id, "weight": kept.planned_weight}
    return line._replace(**{**rule, **numbers, **kinds, **place})
