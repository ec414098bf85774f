"""A deduction with all it belongs to, who may see it, and what it takes off a department."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col

from models.consultation.booking import Booking
from models.consultation.deduction import Deduction, DeductionState
from models.consultation.programme import Programme, Slot
from models.doer import Doer
from models.organization import Department, Person, Role
from models.rights import Holding
from models.words import Refusal

UNDECIDED = (DeductionState.PROPOSED, DeductionState.OBJECTED)
"""What waits for an administrator."""
_OF_ADMINISTRATORS = (DeductionState.PROPOSED, DeductionState.DROPPED)
"""What its department learns nothing of."""
_IN_DEPARTMENT = (Role.OFFICER, Role.TEAM_LEAD)


@dataclass(frozen=True)
class DeductionFile:
    """A deduction with all it belongs to; booking and slot are None where the department never booked."""

    deduction: Deduction
    programme: Programme
    department: Department
    booking: Booking | None
    slot: Slot | None

    @property
    def id(self) -> int:
        return self.deduction.id or 0

    @property
    def subject(self) -> str:
        return f"deduction:{self.id}"

    def may_object(self, now: datetime) -> bool:
        """Whether the department's objection is still taken at `now`."""
        due = self.deduction.objection_due
        return self.deduction.state is DeductionState.CONFIRMED and due is not None and now <= due


def open_deduction(session: Session, deduction_id: int) -> DeductionFile:
    """The deduction as it stands now. Refusal where there is none."""
    row = session.execute(_files().where(col(Deduction.id) == deduction_id)).one_or_none()
    if row is None:
        raise Refusal("찾으시는 감점이 없습니다. 목록에서 다시 선택해 주세요.")
    session.refresh(row[0])
    return DeductionFile(*row)


def deductions_seen_by(session: Session, doer: Doer) -> list[DeductionFile]:
    """Everything the person may see: what waits for a decision first, then the newest."""
    order = (col(Deduction.state).in_(UNDECIDED).desc(), col(Deduction.proposed_at).desc(), col(Deduction.id))
    opened = (DeductionFile(*row) for row in session.execute(_files().order_by(*order)))
    return [one for one in opened if may_see(doer, one)]


def may_see(doer: Doer, opened: DeductionFile) -> bool:
    """Administrators see every deduction, a department its own from when it was confirmed."""
    if doer.standing.has(Role.ADMINISTRATOR):
        return True
    told = opened.deduction.state not in _OF_ADMINISTRATORS
    return told and right_to_object(doer, opened.department) is not None


def right_to_object(doer: Doer, department: Department) -> Holding | None:
    """The right of an officer or a team lead of the department."""
    rights = (doer.standing.right(role, department.path) for role in _IN_DEPARTMENT)
    return next((holding for holding in rights if holding is not None), None)


def is_of_own(session: Session, doer: Doer, department: Department) -> bool:
    """Whether the department is where the person belongs or holds an office, city-wide offices aside."""
    if session.get_one(Person, doer.person_id).department_id == department.id:
        return True
    held = (one for one in doer.standing.holdings if one.role in _IN_DEPARTMENT and one.path != "/")
    return any(one.covers(department.path) for one in held)


def _files() -> sa.Select[Deduction, Programme, Department, Booking, Slot]:
    return (
        sa.select(Deduction, Programme, Department, Booking, Slot)
        .join(Programme, col(Programme.id) == col(Deduction.programme_id))
        .join(Department, col(Department.id) == col(Deduction.department_id))
        .join(Booking, col(Booking.id) == col(Deduction.booking_id), isouter=True)
        .join(Slot, col(Slot.id) == col(Booking.slot_id), isouter=True)
    )
