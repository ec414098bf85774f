"""Programmes and their slots, as the plan or a consultant sets them."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from enum import StrEnum

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from models.store import decimal_field, enum_field


class ProgrammeKind(StrEnum):
    """A consultation is booked by departments, one slot each; training and meetings by people, with many seats."""

    CONSULTATION = "consultation"
    TRAINING = "training"
    MEETING = "meeting"


class Programme(SQLModel, table=True):
    """One round of consultation, training or meetings."""

    __table_args__ = (sa.UniqueConstraint("cycle_id", "code"),)

    id: int | None = Field(default=None, primary_key=True)
    cycle_id: int = Field(foreign_key="cycle.id", index=True)
    code: str = Field(max_length=40)
    name: str = Field(max_length=120)
    kind: ProgrammeKind = enum_field(ProgrammeKind, "programme_kind")
    written_due: datetime | None = None
    """Until when departments hand in what is reviewed in writing (서면 검토); None where there is no such review."""
    views_due: datetime | None = None
    """Until when the consultant has written a view on every indicator."""
    booking_opens: datetime | None = None
    booking_due: datetime | None = None
    notes_due: datetime | None = None
    cut_off_hours: int = 24
    """How long before its slot a booking may still be moved or cancelled."""
    offer_hours: int = 4
    """How long a freed seat is held for who is next on the waiting list."""
    absence_points: Decimal | None = decimal_field(default=None, nullable=True)
    """The deduction (미참여 감점) proposed for who did not come; None where there is none."""
    objection_days: int = 7
    """Calendar days in which a department may object to a confirmed deduction."""
    note: str = Field(default="", max_length=500)


class SlotState(StrEnum):
    OPEN = "open"
    CANCELLED = "cancelled"


class Slot(SQLModel, table=True):
    """A time at a place: of a consultation with one seat, of a training session or a meeting with many.

    `revision` rises with every change and is the SEQUENCE of its calendar files.
    """

    __table_args__ = (sa.UniqueConstraint("programme_id", "code"),)

    id: int | None = Field(default=None, primary_key=True)
    programme_id: int = Field(foreign_key="programme.id", index=True)
    code: str = Field(max_length=40)
    title: str = Field(default="", max_length=120)
    starts_at: datetime = Field(index=True)
    ends_at: datetime
    place: str = Field(default="", max_length=120)
    link: str = Field(default="", max_length=300)
    seats: int = 1
    consultant_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    office_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    """Who takes part for the evaluation office (평가협업담당관)."""
    state: SlotState = enum_field(SlotState, "slot_state", default=SlotState.OPEN)
    revision: int = 0
