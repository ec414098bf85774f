"""Deductions (감점) for who did not come: proposed, confirmed or dropped, objected to."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from enum import StrEnum

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from models.store import decimal_field, enum_field


class DeductionState(StrEnum):
    """proposed -> confirmed | dropped; confirmed -> objected -> upheld (it stands) | withdrawn."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    DROPPED = "dropped"
    OBJECTED = "objected"
    UPHELD = "upheld"
    WITHDRAWN = "withdrawn"


COUNTS = (DeductionState.CONFIRMED, DeductionState.OBJECTED, DeductionState.UPHELD)
"""The states in which the points are taken off."""


class Deduction(SQLModel, table=True):
    """Points to be taken off a department's score, with everybody's reasons."""

    __table_args__ = (sa.UniqueConstraint("programme_id", "department_id"),)

    id: int | None = Field(default=None, primary_key=True)
    programme_id: int = Field(foreign_key="programme.id", index=True)
    department_id: int = Field(foreign_key="department.id", index=True)
    booking_id: int | None = Field(default=None, foreign_key="booking.id")
    """The booking they did not come to; None where they never booked."""
    points: Decimal = decimal_field()
    state: DeductionState = enum_field(DeductionState, "deduction_state", default=DeductionState.PROPOSED)
    proposed_at: datetime
    decided_by_id: int | None = Field(default=None, foreign_key="person.id")
    decided_at: datetime | None = None
    reason: str = Field(default="", max_length=1000)
    objection_due: datetime | None = None
    objected_by_id: int | None = Field(default=None, foreign_key="person.id")
    objected_at: datetime | None = None
    objection: str = Field(default="", max_length=2000)
    settled_by_id: int | None = Field(default=None, foreign_key="person.id")
    """Who decided on the objection: somebody else than who confirmed the deduction."""
    settled_at: datetime | None = None
    settlement: str = Field(default="", max_length=1000)
    revision: int = 0
