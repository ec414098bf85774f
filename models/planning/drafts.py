"""What is drafted: each indicator of a plan as it is to be, with what is found about it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from types import SimpleNamespace
from typing import Any, cast

import sqlalchemy as sa
from sqlmodel import Session, col, select

from models.asking import read_report_periods
from models.plan import Cycle, Indicator, PastActual, Target, periods_of, rule_of
from models.planning.alike import Other, Others
from models.planning.file import PlanFile
from models.planning.holding import in_force
from models.planning.lint import Drafted, Finding, lint
from models.planning.table import DepartmentPlan
from models.planning.versions import columns_of, pieces, plans_now
from models.scoring import Rollup, Rule

Plan = Mapping[str, Any]
"""What the plan says of an indicator, as in IndicatorVersion.plan."""


@dataclass(frozen=True)
class Draft:
    """An indicator as it is to be. `before`: what holds until the next confirmation; None where nothing does."""

    code: str
    indicator_id: int | None
    plan: Plan
    before: Plan | None

    @property
    def is_new(self) -> bool:
        return self.before is None

    @property
    def is_changed(self) -> bool:
        return self.before is not None and self.plan != self.before

    @property
    def is_ended(self) -> bool:
        return self.plan["ends_on"] is not None

    @property
    def weight(self) -> Decimal:
        """What it weighs in the department's hundred; 0 where it does not count any more or not yet."""
        counts = self.plan["scored"] and not self.is_ended
        return Decimal(self.plan["weight"]) if counts else Decimal(0)

    @property
    def target(self) -> Decimal | None:
        """The target of the whole cycle."""
        return number(self.plan["targets"].get(""))

    @property
    def rule(self) -> Rule:
        return rule_of(cast(Indicator, SimpleNamespace(**columns_of(dict(self.plan)))), self.target)


def number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def drafts_of(session: Session, opened: PlanFile) -> list[Draft]:
    """The indicators of a department's plan as they are to be, in the plan's order, new ones last."""
    query = (
        sa.select(col(Indicator.id), col(Indicator.code), in_force())
        .where(col(Indicator.cycle_id) == opened.cycle_id)
        .where(col(Indicator.department_id) == opened.department_id)
        .order_by(col(Indicator.position), col(Indicator.id))
    )
    rows = session.execute(query).all()
    now = {key: plan for key, _, plan in plans_now(session, [key for key, _, _ in rows])}
    proposed = opened.proposed
    drafts = [
        Draft(code, key, {**now[key], **proposed.get(code, {})}, now[key] if holds else None)
        for key, code, holds in rows
    ]
    there = {code for _, code, _ in rows}
    return drafts + [Draft(code, None, plan, None) for code, plan in proposed.items() if code not in there]


def total_weight(drafts: Iterable[Draft]) -> Decimal:
    """The sum of what counts."""
    return sum((draft.weight for draft in drafts), Decimal(0))


def findings_of(session: Session, cycle: Cycle, drafts: Sequence[Draft]) -> dict[str, list[Finding]]:
    """What is found about each of these drafts that has not ended, by code."""
    others = Others.of(_others(session, cycle))
    asked = [draft for draft in drafts if not draft.is_ended]
    return {one.code: lint(one, others) for one in drafted(session, cycle, asked)}


def drafted(session: Session, cycle: Cycle, drafts: Sequence[Draft]) -> list[Drafted]:
    """The drafts with what is known of the years before."""
    past = _past(session, cycle, {draft.plan["department_id"] for draft in drafts})
    last = _last_targets(session, cycle)
    periods = [one.code for one in periods_of(session, cycle.id or 0)]
    return [
        Drafted(
            code=draft.code,
            name=draft.plan["name"],
            department_id=draft.plan["department_id"],
            unit=draft.plan["unit"],
            formula=draft.plan["formula"],
            weight=Decimal(draft.plan["weight"]),
            scored=draft.plan["scored"],
            rule=draft.rule,
            year=cycle.starts_on.year,
            past=past.get(draft.indicator_id or 0, ()),
            last_target=last.get(draft.code, last.get((draft.plan["name"], draft.plan["department_id"]))),
            period_targets=[number(one) for key, one in draft.plan["targets"].items() if key],
            counts_mileage=cycle.counts_mileage,
            rollup=_rollup(draft.plan, periods),
        )
        for draft in drafts
    ]


def _rollup(plan: Plan, periods: Sequence[str]) -> Rollup | None:
    asked = read_report_periods(plan["report_periods"]) or periods
    return Rollup(plan["rollup"]) if len(asked) > 1 else None


def _past(
    session: Session, cycle: Cycle, departments: Collection[int]
) -> dict[int, list[tuple[int, Decimal]]]:
    """What the indicators of these departments came to, by indicator and in order of time."""
    query = (
        sa.select(col(PastActual.indicator_id), col(PastActual.year), col(PastActual.value))
        .join(Indicator, col(Indicator.id) == col(PastActual.indicator_id))
        .where(col(Indicator.cycle_id) == cycle.id, col(Indicator.department_id).in_(departments))
        .order_by(col(PastActual.year))
    )
    past: dict[int, list[tuple[int, Decimal]]] = {}
    for key, year, value in session.execute(query):
        past.setdefault(key, []).append((year, value))
    return past


def _last_targets(session: Session, cycle: Cycle) -> dict[Any, Decimal]:
    """The targets of the cycle before, by code of the indicator, and by its name and department."""
    before = select(Cycle.id).where(col(Cycle.ends_on) < cycle.starts_on).order_by(col(Cycle.ends_on).desc())
    last = session.exec(before.limit(1)).first()
    columns = (Indicator.code, Indicator.name, Indicator.department_id, Target.value)
    rows = session.execute(
        sa.select(*map(col, columns))
        .join(Target, col(Target.indicator_id) == col(Indicator.id))
        .where(col(Indicator.cycle_id) == last)
        .where(col(Target.period_id).is_(None), col(Target.value).is_not(None))
    ).all()
    found: dict[Any, Decimal] = {(name, place): value for _, name, place, value in rows}
    return found | {code: value for code, _, _, value in rows}


def _others(session: Session, cycle: Cycle) -> list[Other]:
    """All indicators of the cycle as they are to be."""
    plans = session.exec(select(DepartmentPlan.proposed).where(DepartmentPlan.cycle_id == cycle.id))
    proposed = {code: plan for one in plans for code, plan in one.items()}
    columns = (Indicator.code, Indicator.name, Indicator.formula, Indicator.department_id, Indicator.ends_on)
    rows = session.execute(sa.select(*map(col, columns)).where(col(Indicator.cycle_id) == cycle.id))
    found: dict[str, Any] = {
        code: {"name": name, "formula": formula, "department_id": place, "ends_on": ends_on}
        for code, name, formula, place, ends_on in rows
    }
    for code, plan in proposed.items():
        found[code] = found.get(code, {}) | plan
    return [
        Other(code, one["name"], one["formula"], one["department_id"])
        for code, one in found.items()
        if one["ends_on"] is None
    ]


def findings_of_cycle(session: Session, cycle: Cycle) -> dict[int, list[tuple[Draft, list[Finding]]]]:
    """What is found about the indicators of the whole city, by department; only those of which anything is."""
    plans = session.exec(select(DepartmentPlan.proposed).where(DepartmentPlan.cycle_id == cycle.id))
    proposed = {code: plan for one in plans for code, plan in one.items()}
    query = sa.select(col(Indicator.id), col(Indicator.code)).where(col(Indicator.cycle_id) == cycle.id)
    codes: dict[int, str] = dict(session.execute(query.order_by(col(Indicator.position))).all())
    now: dict[int, Plan] = {}
    for ids in pieces(codes):
        now |= {key: plan for key, _, plan in plans_now(session, ids)}
    drafts = [Draft(codes[key], key, {**now[key], **proposed.pop(codes[key], {})}, None) for key in codes]
    drafts += [Draft(code, None, plan, None) for code, plan in proposed.items()]
    found = findings_of(session, cycle, drafts)
    by_department: dict[int, list[tuple[Draft, list[Finding]]]] = {}
    for draft in drafts:
        if found.get(draft.code):
            by_department.setdefault(draft.plan["department_id"], []).append((draft, found[draft.code]))
    return by_department
