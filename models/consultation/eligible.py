"""For whom somebody may take a seat: departments they work for, or themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlmodel import Session, col, select

from models.consultation.booking import Booking
from models.consultation.programme import Programme, ProgrammeKind, Slot
from models.doer import Doer
from models.organization import Department, DepartmentKind, Person, Role
from models.plan import Indicator
from models.rights import Holding
from models.words import Refusal

_ROLES = (Role.OFFICER, Role.TEAM_LEAD)


@dataclass(frozen=True)
class Party:
    """Whose seat it is. `holding` is the right it rests on; None for who comes for themselves."""

    holder: str
    department_id: int | None
    name: str
    holding: Holding | None = None


def parties_of(session: Session, doer: Doer, programme: Programme) -> list[Party]:
    """Everybody for whom the person may take a seat, in the order of the organisation."""
    if programme.kind is not ProgrammeKind.CONSULTATION:
        person = session.get_one(Person, doer.person_id)
        return [Party(f"person:{person.id}", person.department_id, person.name)]
    held = [one.path for one in doer.standing.holdings if one.role in _ROLES]
    if not held:
        return []
    query = select(Department).where(_takes_part(programme, held), Department.kind != DepartmentKind.CITY)
    departments = session.exec(query.order_by(col(Department.path)))
    rights = ((department, _right(doer, department)) for department in departments)
    return [
        Party(f"department:{department.id}", department.id, department.name, right)
        for department, right in rights
        if right is not None
    ]


def party_of(session: Session, doer: Doer, programme: Programme, department_id: int | None) -> Party:
    """The one a seat is taken for; Refusal where the person may take none for that department, or has not said for
    which of several."""
    parties = parties_of(session, doer, programme)
    if not parties:
        raise Refusal("부서의 담당자나 팀장만 예약할 수 있습니다. 부서 담당자에게 예약을 요청해 주세요.")
    if department_id is None or programme.kind is not ProgrammeKind.CONSULTATION:
        if len(parties) > 1:
            raise Refusal("여러 부서를 맡고 계십니다. 예약할 부서를 먼저 골라 주세요.")
        return parties[0]
    for party in parties:
        if party.department_id == department_id:
            return party
    raise Refusal(
        "{department}의 담당자나 팀장만 할 수 있습니다. 그 부서의 담당자에게 요청해 주세요.",
        department=session.get_one(Department, department_id).name,
    )


def is_whose(session: Session, doer: Doer, booking: Booking) -> bool:
    """Whether the person may act for whom the booking is."""
    return (
        booking.person_id == doer.person_id
        if is_personal(session, booking)
        else bool(acting(session, doer, booking))
    )


def is_personal(session: Session, booking: Booking) -> bool:
    """Whether it is a person's own seat in a session."""
    return session.get_one(Programme, booking.programme_id).kind is not ProgrammeKind.CONSULTATION


def acting(session: Session, doer: Doer, booking: Booking) -> Holding | None:
    """The holding under which the person acts for the booking's department; None without one."""
    if booking.department_id is None or is_personal(session, booking):
        return None
    return _right(doer, session.get_one(Department, booking.department_id))


def runs(doer: Doer, slot: Slot) -> bool:
    """Whether the person runs the slot."""
    return right_to_run(doer, slot) is not None


def right_to_run(doer: Doer, slot: Slot) -> Holding | None:
    """The right of the slot's consultant, of its person of the evaluation office, of who stands in for one of them,
    or of an administrator; None for everybody else."""
    hosts = {slot.consultant_id, slot.office_id} - {None}
    if doer.person_id in hosts:
        return Holding(Role.CONSULTANT, "/")
    for absent in hosts & doer.standing.stood_in_for():
        return Holding(Role.CONSULTANT, "/", absent)
    return doer.standing.right(Role.ADMINISTRATOR)


def acts_for(doer: Doer) -> set[int]:
    """The person and those they stand in for today."""
    return {doer.person_id, *doer.standing.stood_in_for()}


def must_run(doer: Doer, slot: Slot) -> Holding:
    """The right to run the slot; Refusal without it."""
    holding = right_to_run(doer, slot)
    if holding is None:
        raise Refusal("이 일정을 맡은 컨설턴트와 평가 부서 담당자, 관리자만 바꿀 수 있습니다.")
    return holding


def _takes_part(programme: Programme, held: Sequence[str]) -> sa.ColumnElement[bool]:
    """Departments at these paths; of those below them the ones whose indicators the programme looks at."""
    path = col(Department.path)
    is_planned = sa.exists().where(
        col(Indicator.department_id) == col(Department.id), col(Indicator.cycle_id) == programme.cycle_id
    )
    below = sa.or_(*(path.startswith(one, autoescape=True) for one in held))
    return path.in_(held) | (below & is_planned)


def _right(doer: Doer, department: Department) -> Holding | None:
    found = (doer.standing.right(role, department.path) for role in _ROLES)
    return next((one for one in found if one is not None), None)
