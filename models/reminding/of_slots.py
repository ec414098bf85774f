"""Duties of slots, of consultations and events alike: to be there, and to note who came."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time

import sqlalchemy as sa
from sqlmodel import Session, col

from models.clock import SEOUL, local_day
from models.consultation.booking import Booking, BookingState
from models.consultation.programme import Programme, ProgrammeKind, Slot, SlotState
from models.organization import Role
from models.reminding.circle import Circle
from models.reminding.duty import Duty, People, Source
from models.reminding.of_consultation import Keys, cycles
from models.reminding.rule import Audience, DeadlineKind
from models.special_days import working_days

_OFFICE_ENDS = time(18, 0)


def _slots(session: Session, circle: Circle, now: datetime, keys: Keys) -> list[Duty]:
    """By slot and its time of day: to be there for those who booked it."""
    query = (
        sa.select(Slot, col(Programme.kind), sa.func.min(col(Booking.changed_at)))
        .join(Programme, col(Programme.id) == col(Slot.programme_id))
        .join(Booking, col(Booking.slot_id) == col(Slot.id))
        .where(*_to_come(now))
        .group_by(*Slot.__table__.columns, col(Programme.kind))  # type: ignore[attr-defined]
    )
    if keys is not None:
        query = query.where(col(Slot.id).in_({key[0] for key in keys}))
    found = []
    for slot, kind, since in session.execute(query):
        hosts = _there((slot.consultant_id, slot.office_id))
        found.append(Duty(_kind(kind), "slot", _at(slot.id, slot.starts_at), slot.starts_at, hosts, since))
    return _wanted(found, keys)


def _seats(session: Session, _circle: Circle, now: datetime, keys: Keys) -> list[Duty]:
    """By booking and its time of day: to come."""
    query = (
        sa.select(
            col(Booking.id),
            col(Booking.person_id),
            col(Slot.starts_at),
            col(Programme.kind),
            col(Booking.changed_at),
        )
        .join(Slot, col(Slot.id) == col(Booking.slot_id))
        .join(Programme, col(Programme.id) == col(Booking.programme_id))
        .where(*_to_come(now))
    )
    if keys is not None:
        query = query.where(col(Booking.id).in_({key[0] for key in keys}))
    found = [
        Duty(_kind(kind), "seat", _at(key, starts_at), starts_at, _there((person,)), since)
        for key, person, starts_at, kind, since in session.execute(query)
    ]
    return _wanted(found, keys)


def _attendance(session: Session, circle: Circle, now: datetime, keys: Keys) -> list[Duty]:
    """By slot: attendance to be noted, from its end until the end of the next working day."""
    query = (
        sa.select(col(Slot.id), col(Slot.ends_at), col(Slot.consultant_id), col(Slot.office_id))
        .join(Booking, col(Booking.slot_id) == col(Slot.id))
        .join(Programme, col(Programme.id) == col(Slot.programme_id))
        .where(col(Slot.ends_at) <= now, col(Slot.state) == SlotState.OPEN)
        .where(col(Booking.state) == BookingState.BOOKED, col(Programme.cycle_id).in_(cycles(now)))
        .distinct()
    )
    if keys is not None:
        query = query.where(col(Slot.id).in_({key[0] for key in keys}))
    days = working_days(session)
    duties = []
    for slot, ends_at, *hosts in session.execute(query):
        due = datetime.combine(days.add(local_day(ends_at), 1), _OFFICE_ENDS, SEOUL)
        duties.append(Duty(DeadlineKind.CONSULTATION, "attendance", (slot,), due, _taking(circle, hosts)))
    return duties


def _to_come(now: datetime) -> Iterable[sa.ColumnElement[bool]]:
    """Booked, and not over yet: who is late still wants to know where it is."""
    booked = col(Booking.state) == BookingState.BOOKED
    return booked, col(Slot.state) == SlotState.OPEN, col(Slot.ends_at) > now


def _at(key: int | None, starts_at: datetime) -> tuple[int, int]:
    """The key of something at its time of day: what was to be said of it at another is not said any more."""
    local = starts_at.astimezone(SEOUL)
    return key or 0, local.hour * 60 + local.minute


def _wanted(duties: list[Duty], keys: Keys) -> list[Duty]:
    return [duty for duty in duties if keys is None or duty.key in keys]


def _kind(kind: ProgrammeKind) -> DeadlineKind:
    return DeadlineKind.CONSULTATION if kind is ProgrammeKind.CONSULTATION else DeadlineKind.EVENT


def _there(hosts: Iterable[int | None]) -> People:
    """Those who are to be there."""
    named = tuple(hosts)
    return lambda audience: named if audience is Audience.PARTICIPANT else ()


def _taking(circle: Circle, hosts: Iterable[int | None]) -> People:
    """Who takes attendance, and administrators when it is not taken."""
    named = tuple(hosts)
    of_office = circle.everywhere(Role.ADMINISTRATOR)
    to = {Audience.CONSULTANT: named, Audience.ADMINISTRATOR: of_office}
    return lambda audience: to.get(audience, ())


OF_SLOTS = (Source("slot", _slots), Source("seat", _seats), Source("attendance", _attendance))
