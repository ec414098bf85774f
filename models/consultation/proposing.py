"""Who did not take part in a consultation, and the deduction that is proposed for it."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import sqlalchemy as sa
from sqlmodel import Session, col, select

from models.audit import Actor, record
from models.clock import local_day
from models.consultation.booking import Booking, BookingState
from models.consultation.deduction import Deduction, DeductionState
from models.consultation.papers import departments_of
from models.consultation.programme import Programme, ProgrammeKind, Slot, SlotState
from models.organization import Department, DepartmentKind
from models.reminding.table import hours_of
from models.store import insert_if_absent

TOOK_A_SEAT = (BookingState.BOOKED, BookingState.ATTENDED, BookingState.ABSENT)


def asks_to_come(programme: Programme) -> bool:
    """Whether not coming costs points."""
    return programme.kind is ProgrammeKind.CONSULTATION and bool(programme.absence_points)


def propose(
    session: Session,
    now: datetime,
    actor: Actor,
    programme: Programme,
    department_id: int,
    booking_id: int | None = None,
) -> int | None:
    """Proposes the deduction once; its id, None where there is one already. One that fell away by itself is proposed
    again."""
    points: Decimal = programme.absence_points or Decimal(0)
    of = {"programme_id": programme.id, "department_id": department_id}
    state = {"state": DeductionState.PROPOSED, "points": points, "booking_id": booking_id}
    state |= {"proposed_at": now, "decided_at": None}
    empty = dict.fromkeys(("reason", "objection", "settlement"), "")
    found: int | None = insert_if_absent(session, Deduction, **of, **state, **empty, revision=0)
    if found is None:
        fell_away = (col(Deduction.state) == DeductionState.DROPPED) & col(Deduction.decided_by_id).is_(None)
        found = _change(session, programme.id or 0, department_id, fell_away, state)
    if found is not None:
        detail = {"points": f"{points:f}", "booking": booking_id}
        record(session, now, actor, "deduction.propose", f"deduction:{found}", **detail)
    return found


def let_fall(
    session: Session, now: datetime, actor: Actor, programme_id: int, department_id: int
) -> int | None:
    """Drops what is only proposed, since they came after all; its id, None where there was nothing."""
    proposed = col(Deduction.state) == DeductionState.PROPOSED
    state = {"state": DeductionState.DROPPED, "decided_at": now}
    found = _change(session, programme_id, department_id, proposed, state)
    if found is not None:
        record(session, now, actor, "deduction.drop", f"deduction:{found}", reason="attended")
    return found


def deduction_of(session: Session, programme_id: int, department_id: int) -> Deduction | None:
    """The deduction of a department in a programme, locked until the transaction ends."""
    query = select(Deduction).where(
        Deduction.programme_id == programme_id, Deduction.department_id == department_id
    )
    return session.exec(query.with_for_update().execution_options(populate_existing=True)).one_or_none()


def programmes_over(session: Session, now: datetime) -> list[tuple[Programme, datetime]]:
    """Consultations that cost points and are over, with the end of their last slot: nothing can be booked any more,
    and somebody did book, or it was not held with our help."""
    return [(programme, ended) for programme, ended in _held(session) if _over_at(programme, ended) <= now]


def next_over(session: Session, now: datetime) -> datetime | None:
    """When after `now` the next of them is over and people may be told of it; None where none is to come."""
    hours = hours_of(session)
    moments = (hours.after(_over_at(programme, ended)) for programme, ended in _held(session))
    return min((one for one in moments if one > now), default=None)


def _over_at(programme: Programme, ended: datetime) -> datetime:
    return ended if programme.booking_due is None else max(ended, programme.booking_due)


def _held(session: Session) -> list[tuple[Programme, datetime]]:
    """Consultations that cost points and that somebody has booked, with the end of their last slot."""
    last = sa.func.max(col(Slot.ends_at))
    booked = sa.exists().where(col(Booking.programme_id) == col(Programme.id))
    rows = session.execute(
        sa.select(Programme, last)
        .join(Slot, (col(Slot.programme_id) == col(Programme.id)) & (col(Slot.state) == SlotState.OPEN))
        .where(col(Programme.kind) == ProgrammeKind.CONSULTATION, col(Programme.absence_points) > Decimal(0))
        .where(booked)
        .group_by(*Programme.__table__.columns)  # type: ignore[attr-defined]
        .order_by(col(Programme.id))
    )
    return [(programme, ended) for programme, ended in rows]


def never_booked(session: Session, programme: Programme, ended: datetime) -> list[Department]:
    """Departments that were to take part, and neither took a seat nor are to lose points for it already."""
    came = select(Booking.department_id).where(
        Booking.programme_id == programme.id, col(Booking.state).in_(TOOK_A_SEAT)
    )
    known = select(Deduction.department_id).where(Deduction.programme_id == programme.id)
    settled = {*session.exec(came), *session.exec(known)}
    return [one for one in taking_part(session, programme, ended) if one.id not in settled]


def cancelled_bookings(session: Session, programme_id: int) -> dict[int | None, int]:
    """By department the last booking it had and gave up, or that was called off."""
    query = select(Booking).where(
        Booking.programme_id == programme_id, Booking.state == BookingState.CANCELLED
    )
    found = session.exec(query.order_by(col(Booking.changed_at), col(Booking.id)))
    return {one.department_id: one.id for one in found if one.id is not None}


def taking_part(session: Session, programme: Programme, at: datetime) -> list[Department]:
    """The departments that are to take part: those with indicators, the city as a whole aside."""
    day = local_day(at)
    return [
        one
        for one in departments_of(session, programme)
        if one.kind is not DepartmentKind.CITY and (one.ends_on is None or one.ends_on > day)
    ]


def _change(
    session: Session,
    programme_id: int,
    department_id: int,
    condition: sa.ColumnElement[bool],
    values: dict[str, object],
) -> int | None:
    changed = session.execute(
        sa.update(Deduction)
        .where(col(Deduction.programme_id) == programme_id, col(Deduction.department_id) == department_id)
        .where(condition)
        .values(revision=col(Deduction.revision) + 1, **values)
        .returning(col(Deduction.id))
        .execution_options(synchronize_session=False)
    )
    found: int | None = changed.scalar_one_or_none()
    return found
