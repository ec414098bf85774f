"""Versions of indicators: what the plan said of each, from when on, and who entered it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from models.clock import local_day
from models.plan import Cycle, Indicator, Target
from models.planning.table import IndicatorVersion
from models.scoring import Kind, Rollup

_AT_ONCE = 5000
"""So many ids in one question: both databases take no more than some ten thousands."""

PLANNED = (
    "code", "name", "department_id", "officer_id", "deputy_officer_id", "perspective_id", "strategic_goal_id",
    "performance_goal_id", "main_project_id", "unit", "formula", "evidence_hint", "evidence_required", "weight",
    "scored", "kind", "rollup", "report_periods", "baseline", "low", "high", "loss_per_unit", "steps", "floor", "cap",
    "digits", "ends_on",
)  # fmt: skip
"""The columns of an indicator that a version keeps; its place in the list follows from other rows."""
_NUMBERS = ("weight", "baseline", "low", "high", "loss_per_unit", "floor", "cap")


def record_versions(
    session: Session,
    now: datetime,
    indicator_ids: Collection[int],
    *,
    person_id: int | None,
    channel: str,
    reason: str = "",
    effective_on: date | None = None,
) -> list[int]:
    """Adds a version of each indicator that differs, with its targets, from its last version; the ids of those.

    effective_on: from which day it holds; without one the first version holds from the first day of the cycle,
    a later one from today, or from the first day of the cycle where that is still to come.
    """
    changed: list[int] = []
    entered = {"recorded_at": now, "person_id": person_id, "channel": channel, "reason": reason}
    for ids in pieces(indicator_ids):
        last = _last_versions(session, ids)
        rows = []
        for key, starts_on, plan in plans_now(session, ids):
            number, before = last.get(key, (0, None))
            if plan == before:
                continue
            holds_from = effective_on or (max(local_day(now), starts_on) if number else starts_on)
            changed.append(key)
            rows.append(
                {
                    "indicator_id": key,
                    "number": number + 1,
                    "effective_on": holds_from,
                    "plan": plan,
                    **entered,
                }
            )
        if rows:
            session.execute(sa.insert(IndicatorVersion.__table__), rows)  # type: ignore[attr-defined]
    return changed


def plan_as_of(
    session: Session, indicator_ids: Collection[int], instant: datetime
) -> dict[int, IndicatorVersion]:
    """The last version of each indicator recorded until `instant`; an indicator that had none yet is left out."""
    found: dict[int, IndicatorVersion] = {}
    of = col(IndicatorVersion.indicator_id)
    for ids in pieces(indicator_ids):
        latest = (
            sa.select(of, sa.func.max(col(IndicatorVersion.number)).label("number"))
            .where(of.in_(ids), col(IndicatorVersion.recorded_at) <= instant)
            .group_by(of)
            .subquery()
        )
        query = sa.select(IndicatorVersion).join(
            latest, (of == latest.c.indicator_id) & (col(IndicatorVersion.number) == latest.c.number)
        )
        found |= {version.indicator_id: version for version in session.scalars(query)}
    return found


def plain(value: Any) -> Any:
    """A value of a column as JSON keeps it: decimals as digits, days as `2026-03-01`."""
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, StrEnum):
        return value.value
    return value.isoformat() if isinstance(value, date) else value


def plans_now(session: Session, ids: Collection[int]) -> Iterator[tuple[int, date, dict[str, Any]]]:
    """Each indicator's id, the first day of its cycle, and what the plan says of it now."""
    targets: dict[int, dict[str, str | None]] = {}
    of_these = sa.select(col(Target.indicator_id), col(Target.period_id), col(Target.value))
    for key, period_id, value in session.execute(of_these.where(col(Target.indicator_id).in_(ids))):
        targets.setdefault(key, {})["" if period_id is None else str(period_id)] = plain(value)
    columns = [getattr(Indicator, name) for name in PLANNED]
    query = (
        sa.select(col(Indicator.id), col(Cycle.starts_on), *columns)
        .join(Cycle, col(Cycle.id) == col(Indicator.cycle_id))
        .where(col(Indicator.id).in_(ids))
        .order_by(col(Indicator.id))
    )
    for key, starts_on, *values in session.execute(query):
        plan = dict(zip(PLANNED, map(plain, values), strict=True))
        yield key, starts_on, plan | {"targets": targets.get(key, {})}


def unlike_versions(session: Session) -> Iterator[tuple[int, int, list[str]]]:
    """Indicators that differ from their last version, which the bot never leaves so: id, number of the version, and
    what differs. Those that are older than versions have none."""
    for ids in pieces(session.scalars(sa.select(col(Indicator.id)))):
        last = _last_versions(session, ids)
        for key, _, plan in plans_now(session, ids):
            number, before = last.get(key, (0, plan))
            if differing := [name for name in plan if plan[name] != before.get(name)]:
                yield key, number, differing


def columns_of(plan: dict[str, Any]) -> dict[str, Any]:
    """The columns of an indicator from what a version keeps of it; its targets are no columns."""
    columns = {name: plan[name] for name in PLANNED}
    numbers = {name: None if plan[name] is None else Decimal(plan[name]) for name in _NUMBERS}
    ends_on = None if plan["ends_on"] is None else date.fromisoformat(plan["ends_on"])
    return (
        columns | numbers | {"kind": Kind(plan["kind"]), "rollup": Rollup(plan["rollup"]), "ends_on": ends_on}
    )


def _last_versions(session: Session, ids: Collection[int]) -> dict[int, tuple[int, dict[str, Any]]]:
    query = (
        sa.select(
            col(IndicatorVersion.indicator_id), col(IndicatorVersion.number), col(IndicatorVersion.plan)
        )
        .where(col(IndicatorVersion.indicator_id).in_(ids))
        .order_by(col(IndicatorVersion.number))
    )
    return {key: (number, plan) for key, number, plan in session.execute(query)}


def pieces(ids: Iterable[int]) -> Iterator[list[int]]:
    """Of many ids as many at once as a question may have."""
    ordered = sorted(ids)
    for start in range(0, len(ordered), _AT_ONCE):
        yield ordered[start : start + _AT_ONCE]
