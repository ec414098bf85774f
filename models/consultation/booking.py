"""Bookings of seats, and the waiting list."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from models.store import enum_field


class BookingState(StrEnum):
    """offered (held for somebody on the waiting list) -> booked -> attended | absent; cancelled from either."""

    OFFERED = "offered"
    BOOKED = "booked"
    CANCELLED = "cancelled"
    ATTENDED = "attended"
    ABSENT = "absent"


class Booking(SQLModel, table=True):
    """A seat that is taken. The database itself keeps a seat from being taken twice, and a holder from two seats.

    seat: its number in the slot, from 1; None once it is given up. holder: `department:5` in a consultation,
    `person:9` in a session; None once it is given up. `revision` rises with every change and is the SEQUENCE of its
    calendar files.
    """

    __table_args__ = (
        sa.UniqueConstraint("slot_id", "seat"),
        sa.UniqueConstraint("programme_id", "holder"),
    )

    id: int | None = Field(default=None, primary_key=True)
    programme_id: int = Field(foreign_key="programme.id", index=True)
    slot_id: int = Field(foreign_key="slot.id", index=True)
    seat: int | None = None
    holder: str | None = Field(default=None, max_length=40)
    department_id: int | None = Field(default=None, foreign_key="department.id", index=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    """Who comes: of a department, the officer who booked."""
    uid: str = Field(max_length=80, unique=True)
    """The UID of its calendar files."""
    state: BookingState = enum_field(BookingState, "booking_state", default=BookingState.BOOKED)
    offered_until: datetime | None = None
    told_at: datetime | None = None
    """When the person was told of the offer: nobody is at night."""
    booked_at: datetime
    changed_at: datetime
    revision: int = 0


class WaitingState(StrEnum):
    """waiting -> offered -> taken; lapsed when the offer was not taken in time, left when they gave up."""

    WAITING = "waiting"
    OFFERED = "offered"
    TAKEN = "taken"
    LAPSED = "lapsed"
    LEFT = "left"


class Waiting(SQLModel, table=True):
    """A place on the waiting list of a programme, or of one slot; who lapsed may queue again, behind the others."""

    __table_args__ = (sa.UniqueConstraint("programme_id", "holder"),)

    id: int | None = Field(default=None, primary_key=True)
    programme_id: int = Field(foreign_key="programme.id", index=True)
    slot_id: int | None = Field(default=None, foreign_key="slot.id", index=True)
    """The only slot they wait for; None where any will do."""
    holder: str | None = Field(default=None, max_length=40)
    """As in Booking; None once they do not wait any more."""
    department_id: int | None = Field(default=None, foreign_key="department.id")
    person_id: int = Field(foreign_key="person.id")
    since: datetime
    state: WaitingState = enum_field(WaitingState, "waiting_state", default=WaitingState.WAITING)
    booking_id: int | None = Field(default=None, foreign_key="booking.id")
    """The seat that is held for them while it is offered."""
