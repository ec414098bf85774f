"""Attendance (출석): who came to a slot, taken with one press each, corrected until a deduction is decided."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa
from sqlmodel import Session, col

from models.audit import record
from models.consultation.booking import Booking, BookingState
from models.consultation.deduction import Deduction, DeductionState
from models.consultation.deduction_file import is_of_own
from models.consultation.eligible import right_to_run
from models.consultation.programme import Programme, Slot, SlotState
from models.consultation.proposing import asks_to_come, deduction_of, let_fall, propose
from models.consultation.seats import overtaken
from models.doer import Doer
from models.organization import Department, Person, Role
from models.rights import Holding
from models.store import changed_one
from models.words import Refusal

EXPECTED = (BookingState.BOOKED, BookingState.ATTENDED, BookingState.ABSENT)
"""Who was to come, whether or not it was noted already that they did."""


@dataclass(frozen=True)
class Seat:
    """A booking with whose it is; `department` is that of the booking, or else of the person."""

    booking: Booking
    person: Person
    department: Department | None


@dataclass(frozen=True)
class Held:
    """A slot that has begun: how many were to come, and of how many it is not noted yet whether they did."""

    slot: Slot
    programme: Programme
    expected: int
    open: int


@dataclass(frozen=True)
class Marked:
    """What became of a press: the booking, and the deduction that was proposed or fell away by it."""

    booking: Booking
    proposed: int | None = None
    fallen: int | None = None


def slots_to_take(session: Session, doer: Doer, programme_id: int | None = None) -> list[Held]:
    """Slots that have begun and whose attendance this person takes: what is not taken yet first, then the newest."""
    open_ = sa.func.count().filter(col(Booking.state) == BookingState.BOOKED)
    query = (
        sa.select(Slot, Programme, sa.func.count(), open_)
        .join(Programme, col(Programme.id) == col(Slot.programme_id))
        .join(Booking, (col(Booking.slot_id) == col(Slot.id)) & col(Booking.state).in_(EXPECTED))
        .where(col(Slot.state) == SlotState.OPEN, col(Slot.starts_at) <= doer.now)
        .group_by(*Slot.__table__.columns, *Programme.__table__.columns)  # type: ignore[attr-defined]
        .order_by((open_ > 0).desc(), col(Slot.starts_at).desc(), col(Slot.id))
    )
    if programme_id is not None:
        query = query.where(col(Slot.programme_id) == programme_id)
    if not doer.standing.has(Role.ADMINISTRATOR):
        people = {doer.person_id, *doer.standing.stood_in_for()}
        query = query.where(col(Slot.consultant_id).in_(people) | col(Slot.office_id).in_(people))
    return [Held(*row) for row in session.execute(query)]


def open_slot(session: Session, slot_id: int) -> tuple[Slot, Programme]:
    """The slot as it stands now. Refusal where there is none."""
    slot = session.get(Slot, slot_id)
    if slot is None:
        raise Refusal("찾으시는 일정이 없습니다. 목록에서 다시 선택해 주세요.")
    return slot, session.get_one(Programme, slot.programme_id)


def seats_of(session: Session, slot_id: int) -> list[Seat]:
    """Who was to come: first those of whom nothing is noted, then who did not come, then who did, by name."""
    order = sa.case((col(Booking.state) == BookingState.BOOKED, 0), (_is_absent(), 1), else_=2)
    home = sa.func.coalesce(col(Booking.department_id), col(Person.department_id))
    rows = session.execute(
        sa.select(Booking, Person, Department)
        .join(Person, col(Person.id) == col(Booking.person_id))
        .join(Department, col(Department.id) == home, isouter=True)
        .where(col(Booking.slot_id) == slot_id, col(Booking.state).in_(EXPECTED))
        .order_by(order, col(Person.name), col(Booking.id))
        .execution_options(populate_existing=True)
    )
    return [Seat(*row) for row in rows]


def mark(session: Session, doer: Doer, booking_id: int, revision: int, *, came: bool) -> Marked:
    """Notes whether they came; corrects what was noted before."""
    booking = session.get_one(Booking, booking_id, populate_existing=True)
    slot, programme = open_slot(session, booking.slot_id)
    holding = _right(session, doer, slot)
    _must_not_be_own(session, doer, programme, booking)
    if booking.state not in EXPECTED:
        raise Refusal("취소된 예약입니다. 새로 고친 화면에서 다시 확인해 주세요.")
    to = BookingState.ATTENDED if came else BookingState.ABSENT
    if booking.state is to:
        return Marked(booking)
    _must_be_undecided(session, programme, booking)
    before = booking.state
    _change(session, doer, booking, revision, to)
    marked = _consequence(session, doer, holding, programme, booking)
    detail = {"before": None if before is BookingState.BOOKED else before.value}
    record(
        session, doer.now, doer.actor(holding), f"attendance.{to.value}", f"booking:{booking.id}", **detail
    )
    return marked


def mark_all(session: Session, doer: Doer, slot_id: int) -> int:
    """Notes that everybody came of whom nothing is noted yet; how many that are. Consultations of one's own
    department are left out."""
    slot, programme = open_slot(session, slot_id)
    holding = _right(session, doer, slot)
    open_ = [
        seat.booking.id
        for seat in seats_of(session, slot_id)
        if seat.booking.state is BookingState.BOOKED and not _is_own(session, doer, programme, seat.booking)
    ]
    values = {"state": BookingState.ATTENDED, "changed_at": doer.now, "revision": col(Booking.revision) + 1}
    changed = session.execute(
        sa.update(Booking)
        .where(col(Booking.id).in_(open_), col(Booking.state) == BookingState.BOOKED)
        .values(values)
        .returning(col(Booking.id), col(Booking.department_id))
        .execution_options(synchronize_session=False)
    ).all()
    if not changed:
        raise Refusal("새로 기록할 사람이 없습니다. 이미 모두 기록되었습니다.")
    if asks_to_come(programme):
        for _, department in changed:
            let_fall(session, doer.now, doer.actor(holding), slot.programme_id, department)
    # One row for all of them: a hall of 230 people is one press.
    who = ",".join(str(booking) for booking, _ in changed)
    actor, count = doer.actor(holding), len(changed)
    record(session, doer.now, actor, "attendance.all", f"slot:{slot_id}", count=count, bookings=who)
    return len(changed)


def _consequence(
    session: Session, doer: Doer, holding: Holding, programme: Programme, booking: Booking
) -> Marked:
    """What coming or not coming means for the department's points."""
    actor, department = doer.actor(holding), booking.department_id
    if department is None or not asks_to_come(programme):
        return Marked(booking)
    if booking.state is BookingState.ATTENDED:
        return Marked(booking, fallen=let_fall(session, doer.now, actor, booking.programme_id, department))
    return Marked(booking, propose(session, doer.now, actor, programme, department, booking.id))


def _right(session: Session, doer: Doer, slot: Slot) -> Holding:
    holding = right_to_run(doer, slot)
    if holding is None:
        raise Refusal("출석은 이 일정의 컨설턴트, 평가부서 담당자, 관리자만 기록할 수 있습니다.")
    if slot.state is SlotState.CANCELLED:
        raise Refusal("취소된 일정이라 출석을 기록할 수 없습니다.")
    if doer.now < slot.starts_at:
        raise Refusal("아직 시작하지 않은 일정입니다. {at}부터 출석을 기록할 수 있습니다.", at=slot.starts_at)
    return holding


def _must_not_be_own(session: Session, doer: Doer, programme: Programme, booking: Booking) -> None:
    if _is_own(session, doer, programme, booking):
        raise Refusal(
            "본인이 속한 부서의 출석은 기록할 수 없습니다. 컨설턴트나 다른 관리자에게 요청해 주세요."
        )


def _is_own(session: Session, doer: Doer, programme: Programme, booking: Booking) -> bool:
    """Whether points of the person's own department hang on it."""
    if not asks_to_come(programme) or booking.department_id is None:
        return False
    return is_of_own(session, doer, session.get_one(Department, booking.department_id))


def _must_be_undecided(session: Session, programme: Programme, booking: Booking) -> None:
    """What an administrator has decided on is not turned over by a press."""
    if booking.department_id is None or programme.id is None:
        return
    found = deduction_of(session, programme.id, booking.department_id)
    if found is not None and found.booking_id == booking.id and _is_decided(found):
        raise Refusal(
            "감점이 이미 결정되어 출석을 바꿀 수 없습니다. 이의가 있으면 부서에서 이의를 신청해 주세요."
        )


def _is_decided(deduction: Deduction) -> bool:
    return deduction.state is not DeductionState.PROPOSED and deduction.decided_by_id is not None


def _change(session: Session, doer: Doer, booking: Booking, revision: int, to: BookingState) -> None:
    """Sets the state where it is still as it was seen; else somebody was quicker."""
    changed = changed_one(
        session,
        sa.update(Booking)
        .where(col(Booking.id) == booking.id, col(Booking.revision) == revision)
        .where(col(Booking.state).in_(EXPECTED))
        .values(state=to, changed_at=doer.now, revision=revision + 1),
    )
    session.refresh(booking)
    if not changed:
        raise overtaken(session, booking)


def _is_absent() -> sa.ColumnElement[bool]:
    return col(Booking.state) == BookingState.ABSENT
