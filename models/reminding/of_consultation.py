"""Duties of consultations: papers, views, bookings, notes, tasks, objections to a deduction."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col, select

from models.clock import local_day
from models.consultation.booking import Booking, BookingState, Waiting, WaitingState
from models.consultation.deduction import Deduction, DeductionState
from models.consultation.papers import papers_missing
from models.consultation.programme import Programme, ProgrammeKind, Slot, SlotState
from models.consultation.proposing import taking_part
from models.consultation.review import Paper, PaperState, ReviewTask, TaskState, View, ViewStage
from models.organization import Role
from models.plan import Cycle, Indicator
from models.reminding.circle import Circle
from models.reminding.duty import Duty, People, Source
from models.reminding.of_reports import named_officers, of_department
from models.reminding.rule import Audience, DeadlineKind

Keys = Collection[tuple[int, ...]] | None

_LASTS_ON = timedelta(days=90)
"""The first months of the next year still belong to the evaluated one; what is older is not asked for any more."""


def _papers(session: Session, circle: Circle, now: datetime, keys: Keys) -> list[Duty]:
    """By programme and department: papers for the written review that were not handed in, while there is still
    somebody to read them."""
    return [
        Duty(
            DeadlineKind.CONSULTATION,
            "paper",
            (one.id, place.id),
            one.written_due,
            _officers(circle, place.id),
        )
        for one in _programmes(session, now, keys)
        if one.written_due is not None and not _is_over(session, one, now)
        for place in papers_missing(session, one)
        if one.id and place.id and (keys is None or (one.id, place.id) in keys)
    ]


def _views(session: Session, circle: Circle, now: datetime, keys: Keys) -> list[Duty]:
    """By programme and department: papers handed in that wait for the consultant's views."""
    query = (
        sa.select(
            col(Programme.id), col(Paper.department_id), col(Programme.views_due), col(Paper.consultant_id)
        )
        .join(Paper, col(Paper.programme_id) == col(Programme.id))
        .where(col(Paper.state) == PaperState.HANDED_IN, col(Programme.views_due).is_not(None))
        .where(col(Programme.cycle_id).in_(cycles(now)))
    )
    return [
        Duty(
            DeadlineKind.CONSULTATION, "view", (programme, place), due, _consultant(circle, place, consultant)
        )
        for programme, place, due, consultant in session.execute(query)
        if keys is None or (programme, place) in keys
    ]


def _bookings(session: Session, circle: Circle, now: datetime, keys: Keys) -> list[Duty]:
    """By programme and department: consultations that are open for booking and not booked. Once it is too late
    to book, only those who look after it hear of it, until the last slot is over."""
    duties: list[Duty] = []
    for one in _programmes(session, now, keys):
        opens, due = one.booking_opens, one.booking_due
        if due is None or (opens is not None and opens > now) or _is_over(session, one, now):
            continue
        busy = _with_a_place(session, one)
        for place in taking_part(session, one, now):
            key = (one.id or 0, place.id or 0)
            if place.id not in busy and (keys is None or key in keys):
                people = _officers(circle, key[1]) if now < due else of_department(circle, key[1], {})
                duties.append(Duty(DeadlineKind.CONSULTATION, "booking", key, due, people))
    return duties


def _notes(session: Session, circle: Circle, now: datetime, keys: Keys) -> list[Duty]:
    """By programme and department: notes on the indicators of who came, not all of them sent yet."""
    lives = col(Indicator.ends_on).is_(None) | (col(Indicator.ends_on) > col(Cycle.ends_on))
    of_programme = (col(Indicator.cycle_id) == col(Programme.cycle_id)) & lives
    sent = sa.exists().where(
        col(View.programme_id) == col(Programme.id),
        col(View.indicator_id) == col(Indicator.id),
        col(View.stage) == ViewStage.NOTE,
        col(View.sent_at).is_not(None),
    )
    query = (
        sa.select(
            col(Programme.id), col(Booking.department_id), col(Programme.notes_due), col(Slot.consultant_id)
        )
        .join(Booking, col(Booking.programme_id) == col(Programme.id))
        .join(Slot, col(Slot.id) == col(Booking.slot_id))
        .join(Cycle, col(Cycle.id) == col(Programme.cycle_id))
        .join(Indicator, (col(Indicator.department_id) == col(Booking.department_id)) & of_programme)
        .where(col(Booking.state) == BookingState.ATTENDED, col(Programme.notes_due).is_not(None))
        .where(col(Programme.kind) == ProgrammeKind.CONSULTATION, ~sent)
        .where(col(Programme.cycle_id).in_(cycles(now)))
        .distinct()
    )
    return [
        Duty(
            DeadlineKind.CONSULTATION, "note", (programme, place), due, _consultant(circle, place, consultant)
        )
        for programme, place, due, consultant in session.execute(query)
        if keys is None or (programme, place) in keys
    ]


def _tasks(session: Session, circle: Circle, now: datetime, keys: Keys) -> list[Duty]:
    """By task: what a note asks of an indicator's officers."""
    query = (
        sa.select(
            col(ReviewTask.id),
            col(ReviewTask.due_at),
            col(Indicator.officer_id),
            col(Indicator.deputy_officer_id),
            col(Indicator.department_id),
        )
        .join(Indicator, col(Indicator.id) == col(ReviewTask.indicator_id))
        .where(col(ReviewTask.state) == TaskState.OPEN, col(ReviewTask.due_at).is_not(None))
        .where(col(Indicator.cycle_id).in_(cycles(now)))
    )
    if keys is not None:
        query = query.where(col(ReviewTask.id).in_({key[0] for key in keys}))
    duties = []
    for key, due, officer, deputy, place in session.execute(query):
        people = _officers(circle, place)
        if officer or deputy:
            people = of_department(circle, place, named_officers(circle, officer, deputy))
        duties.append(Duty(DeadlineKind.CONSULTATION, "task", (key,), due, people))
    return duties


def _objections(session: Session, circle: Circle, now: datetime, keys: Keys) -> list[Duty]:
    """By deduction: that the department may still object to it."""
    query = (
        sa.select(
            col(Deduction.id),
            col(Deduction.objection_due),
            col(Deduction.department_id),
            col(Deduction.decided_at),
        )
        .where(col(Deduction.state) == DeductionState.CONFIRMED, col(Deduction.objection_due) > now)
        .order_by(col(Deduction.id))
    )
    if keys is not None:
        query = query.where(col(Deduction.id).in_({key[0] for key in keys}))
    return [
        Duty(DeadlineKind.OBJECTION, "deduction", (key,), due, _objecting(circle, place), since)
        for key, due, place, since in session.execute(query)
    ]


def cycles(now: datetime) -> sa.Select[int]:
    lasting = col(Cycle.ends_on) >= local_day(now) - _LASTS_ON
    return sa.select(col(Cycle.id)).where(lasting)  # type: ignore[return-value]


def _programmes(session: Session, now: datetime, keys: Keys) -> list[Programme]:
    query = select(Programme).where(
        Programme.kind == ProgrammeKind.CONSULTATION, col(Programme.cycle_id).in_(cycles(now))
    )
    if keys is not None:
        query = query.where(col(Programme.id).in_({key[0] for key in keys}))
    return list(session.exec(query.order_by(col(Programme.id))))


def _is_over(session: Session, programme: Programme, now: datetime) -> bool:
    """Whether the last slot is over; without any slot it goes on."""
    query = select(sa.func.max(Slot.ends_at)).where(
        Slot.programme_id == programme.id, Slot.state == SlotState.OPEN
    )
    last: datetime | None = session.exec(query).one()
    return last is not None and last <= now


def _with_a_place(session: Session, programme: Programme) -> set[int | None]:
    """Departments that have a seat, are offered one, or wait for one."""
    seats = select(Booking.department_id).where(
        Booking.programme_id == programme.id, Booking.state != BookingState.CANCELLED
    )
    waiting = select(Waiting.department_id).where(
        Waiting.programme_id == programme.id,
        col(Waiting.state).in_((WaitingState.WAITING, WaitingState.OFFERED)),
    )
    return {*session.exec(seats), *session.exec(waiting)}


def _officers(circle: Circle, department: int) -> People:
    """It is the department's officers'."""
    return of_department(circle, department, {Audience.OFFICER: circle.nearest(Role.OFFICER, department)})


def _objecting(circle: Circle, department: int) -> People:
    """It is the department's officers'; evaluators, who decide on appeals, have nothing to do with deductions."""
    own = {Audience.OFFICER: circle.nearest(Role.OFFICER, department), Audience.EVALUATOR: ()}
    return of_department(circle, department, own)


def _consultant(circle: Circle, department: int, consultant: int | None) -> People:
    """It is the consultant's, as long as they are here; else that of all the department has."""
    named = (consultant,) if consultant in circle.here else circle.over(Role.CONSULTANT, department)
    return of_department(circle, department, {Audience.CONSULTANT: named})


OF_CONSULTATION = (
    Source("paper", _papers),
    Source("view", _views),
    Source("booking", _bookings),
    Source("note", _notes),
    Source("task", _tasks),
    Source("deduction", _objections),
)
