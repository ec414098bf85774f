"""Whose an indicator was on a day, and whether what the plan says of it was ever confirmed: conditions of a query."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from models.plan import Cycle, Indicator
from models.planning.file import PlanFile
from models.planning.table import DepartmentPlan, IndicatorMove


def held_on(day: date) -> sa.ColumnElement[int]:
    """The id of the department that held an Indicator on that day: what is moved later was still the first one's.

    A move that is only planned moves nothing yet.
    """
    move = aliased(IndicatorMove)
    first = (
        sa.select(col(move.from_department_id))
        .where(col(move.indicator_id) == col(Indicator.id), *_later(move, day))
        .order_by(col(move.on_day))
        .limit(1)
        .scalar_subquery()
    )
    return sa.func.coalesce(first, col(Indicator.department_id))


def held_by(department_ids: Collection[int], day: date) -> sa.ColumnElement[bool]:
    """The condition that one of these departments held an Indicator on that day; goes by indexes, unlike held_on."""
    move = aliased(IndicatorMove)
    moved = sa.exists().where(col(move.indicator_id) == col(Indicator.id), *_later(move, day))
    still_here = col(Indicator.department_id).in_(department_ids) & ~moved
    went_away = sa.select(col(move.indicator_id)).where(
        col(move.from_department_id).in_(department_ids), *_later(move, day)
    )
    return still_here | (col(Indicator.id).in_(went_away) & held_on(day).in_(department_ids))


def holders(session: Session, indicator_ids: Collection[int], day: date) -> set[int]:
    """The departments that held these indicators on that day."""
    query = sa.select(held_on(day)).where(col(Indicator.id).in_(indicator_ids))
    return set(session.scalars(query))


def is_in_force(session: Session, indicator_id: int) -> bool:
    """Whether what the plan says of the indicator counts."""
    query = sa.select(col(Indicator.id)).where(col(Indicator.id) == indicator_id, in_force())
    return session.scalars(query).first() is not None


def moved_since_confirmed(session: Session, opened: PlanFile) -> bool:
    """Whether indicators came or went after the department's plan was confirmed."""
    here = opened.department_id
    confirmed_at = opened.plan.confirmed_at if opened.plan else None
    query = (
        sa.select(col(IndicatorMove.id))
        .join(Indicator, col(Indicator.id) == col(IndicatorMove.indicator_id))
        .where(col(Indicator.cycle_id) == opened.cycle_id)
        .where(
            (col(IndicatorMove.from_department_id) == here) | (col(IndicatorMove.to_department_id) == here)
        )
        .where(col(IndicatorMove.applied_at).is_not(None))
    )
    if confirmed_at is not None:
        query = query.where(col(IndicatorMove.applied_at) > confirmed_at)
    return session.scalars(query).first() is not None


def in_force() -> sa.ColumnElement[bool]:
    """The condition that what the plan says of an Indicator counts: its cycle asks for no confirmation, or the plan
    of its department, or of one that it came from, has been confirmed. While a confirmed plan is adjusted, it does."""
    free = sa.select(col(Cycle.id)).where(~col(Cycle.asks_plan_confirmation))
    came_from = (
        sa.select(col(IndicatorMove.from_department_id))
        .where(col(IndicatorMove.indicator_id) == col(Indicator.id))
        .where(col(IndicatorMove.applied_at).is_not(None))
        .correlate(Indicator)
    )
    own = col(DepartmentPlan.department_id) == col(Indicator.department_id)
    confirmed = (
        sa.exists()
        .where(col(DepartmentPlan.cycle_id) == col(Indicator.cycle_id))
        .where(col(DepartmentPlan.confirmed_at).is_not(None))
        .where(own | col(DepartmentPlan.department_id).in_(came_from))
        .correlate(Indicator)
    )
    return col(Indicator.cycle_id).in_(free) | confirmed


def _later(move: Any, day: date) -> tuple[sa.ColumnElement[bool], ...]:
    return col(move.applied_at).is_not(None), col(move.on_day) > day
