"""What the plan says of the indicators of some departments, read at once and kept as plain tuples."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple, cast

import sqlalchemy as sa
from sqlmodel import Session, col

from models.asking import asked_in
from models.organization import Department, DepartmentKind, Person
from models.plan import Indicator, MainProject, PerformanceGoal, Period, Perspective, StrategicGoal, rule_of
from models.planning.holding import held_on
from models.scoring import Kind, Rollup, Rule


@dataclass(frozen=True, slots=True)
class DepartmentLine:
    """A department as a line of a report: `bureau` is the name of the bureau (or body) it belongs to."""

    id: int
    code: str
    name: str
    path: str
    bureau: str


class PlanLine(NamedTuple):
    """One indicator as planned. The names from `kind` on are those of Indicator, so rule_of reads it."""

    id: int
    code: str
    name: str
    unit: str
    formula: str
    department_id: int
    ends_on: date | None
    officer: str | None
    perspective: str | None
    strategic_goal: str | None
    performance_goal: str | None
    main_project: str | None
    weight: Decimal
    scored: bool
    kind: Kind
    rollup: Rollup
    report_periods: str
    baseline: Decimal | None
    low: Decimal | None
    high: Decimal | None
    loss_per_unit: Decimal | None
    steps: str
    floor: Decimal
    cap: Decimal
    digits: int

    def rule(self, target: Decimal | None) -> Rule:
        """The scoring rule with the target of what is scored."""
        return rule_of(cast(Indicator, self), target)


_DEPARTMENT: Any = Indicator.department_id
_COLUMNS: tuple[Any, ...] = (
    Indicator.id, Indicator.code, Indicator.name, Indicator.unit, Indicator.formula, _DEPARTMENT,
    Indicator.ends_on, Person.name, Perspective.name, StrategicGoal.name, PerformanceGoal.name,
    MainProject.name, Indicator.weight, Indicator.scored, Indicator.kind, Indicator.rollup,
    Indicator.report_periods, Indicator.baseline, Indicator.low, Indicator.high, Indicator.loss_per_unit,
    Indicator.steps, Indicator.floor, Indicator.cap, Indicator.digits,
)  # fmt: skip


def plan_lines(session: Session, scope: sa.Select[Any], on: date | None = None) -> list[PlanLine]:
    """The indicators whose ids `scope` selects, in the order of the plan; each of the department that held it `on`
    that day, without one of the department it belongs to now."""
    columns = _COLUMNS if on is None else [held_on(on) if one is _DEPARTMENT else one for one in _COLUMNS]
    query = (
        sa.select(*columns)
        .join(Person, col(Person.id) == col(Indicator.officer_id), isouter=True)
        .join(Perspective, col(Perspective.id) == col(Indicator.perspective_id), isouter=True)
        .join(StrategicGoal, col(StrategicGoal.id) == col(Indicator.strategic_goal_id), isouter=True)
        .join(PerformanceGoal, col(PerformanceGoal.id) == col(Indicator.performance_goal_id), isouter=True)
        .join(MainProject, col(MainProject.id) == col(Indicator.main_project_id), isouter=True)
        .where(col(Indicator.id).in_(scope))
        .order_by(col(Indicator.position), col(Indicator.id))
    )
    return [PlanLine(*row) for row in session.execute(query)]


def counts_through(last_day: date) -> sa.ColumnElement[bool]:
    """The condition that an Indicator is in the plan until `last_day`: one that ended before isn't scored."""
    return col(Indicator.ends_on).is_(None) | (col(Indicator.ends_on) > last_day)


def counts_in(period: Period) -> sa.ColumnElement[bool]:
    """The condition that an Indicator is scored in the period: in the plan until its end, and reported for it."""
    return counts_through(period.ends_on) & asked_in(period.code)


def department_lines(session: Session) -> dict[int, DepartmentLine]:
    """Every department by its id, in the order of the plan."""
    columns = (
        Department.id, Department.code, Department.name, Department.path, Department.kind, Department.parent_id,
    )  # fmt: skip
    query = sa.select(*map(col, columns)).order_by(col(Department.position), col(Department.id))
    by_id = {department.id: department for department in session.execute(query)}
    return {
        key: DepartmentLine(key, one.code, one.name, one.path, _bureau(one, by_id))
        for key, one in by_id.items()
    }


def _bureau(department: sa.Row[Any], by_id: Mapping[int, sa.Row[Any]]) -> str:
    """The nearest bureau, the department itself included; else the top of its tree below the city."""
    place = department
    while place.kind is not DepartmentKind.BUREAU and place.parent_id is not None:
        above = by_id[place.parent_id]
        if above.kind is DepartmentKind.CITY:
            break
        place = above
    name: str = place.name
    return name
