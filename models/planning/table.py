"""States of a department's plan, versions of indicators, and moves between departments."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from models.store import enum_field, json_field


class PlanState(StrEnum):
    """draft -> consultation -> review -> confirmed; review -> draft (returned), confirmed -> draft (to be adjusted)."""

    DRAFT = "draft"
    CONSULTATION = "consultation"
    REVIEW = "review"
    CONFIRMED = "confirmed"


class DepartmentPlan(SQLModel, table=True):
    """Where the plan of a department stands, in a cycle that asks for confirmation; without a row it is a draft."""

    __tablename__ = "department_plan"
    __table_args__ = (sa.UniqueConstraint("cycle_id", "department_id"),)

    id: int | None = Field(default=None, primary_key=True)
    cycle_id: int = Field(foreign_key="cycle.id")
    department_id: int = Field(foreign_key="department.id", index=True)
    state: PlanState = enum_field(PlanState, "plan_state", default=PlanState.DRAFT)
    changed_by_id: int | None = Field(default=None, foreign_key="person.id")
    changed_at: datetime
    reason: str = Field(default="", max_length=1000)
    """Why it was returned or is adjusted."""
    confirmed_by_id: int | None = Field(default=None, foreign_key="person.id")
    confirmed_at: datetime | None = None
    revision: int = 0
    proposed: dict[str, Any] = json_field(default_factory=dict)
    """By code of the indicator what is to hold from the next confirmation on, as in IndicatorVersion.plan: of what
    was confirmed before nothing changes until then."""


class IndicatorVersion(SQLModel, table=True):
    """What the plan said of an indicator from an instant on; rows are added, never changed."""

    __tablename__ = "indicator_version"
    __table_args__ = (sa.UniqueConstraint("indicator_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    indicator_id: int = Field(foreign_key="indicator.id", index=True)
    number: int
    recorded_at: datetime
    """When it was entered: as of an instant, the last version recorded until then holds."""
    effective_on: date
    """From which day it holds in the plan's own words: the weight and its date."""
    person_id: int | None = Field(default=None, foreign_key="person.id")
    """Who entered it; None for an import from the command line."""
    channel: str = Field(default="", max_length=20)
    reason: str = Field(default="", max_length=1000)
    plan: dict[str, Any] = json_field()
    """Every column of the indicator that scoring or a reader needs, and `targets` by period id ("" for the cycle)."""


class IndicatorMove(SQLModel, table=True):
    """An indicator goes from one department to another on a day: until the day before it is the first one's."""

    __tablename__ = "indicator_move"
    __table_args__ = (sa.UniqueConstraint("indicator_id", "on_day"),)

    id: int | None = Field(default=None, primary_key=True)
    indicator_id: int = Field(foreign_key="indicator.id", index=True)
    from_department_id: int = Field(foreign_key="department.id", index=True)
    to_department_id: int = Field(foreign_key="department.id", index=True)
    officer_id: int | None = Field(default=None, foreign_key="person.id")
    """Who reports it from then on."""
    on_day: date
    reason: str = Field(max_length=1000)
    ordered_by_id: int | None = Field(default=None, foreign_key="person.id")
    ordered_at: datetime
    applied_at: datetime | None = None
    """When the indicator was handed over; None while the day lies ahead."""
