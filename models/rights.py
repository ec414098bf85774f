"""Who may do what, today. Asked when a thing is done, and again when a message leaves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import sqlalchemy as sa
from sqlmodel import Session, col, select

from models.organization import Department, Role, RoleHeld, in_force
from models.plan import Indicator


@dataclass(frozen=True)
class Holding:
    """A role in force: where (a path of departments, "/" for the city), and for whom a deputy holds it."""

    role: Role
    path: str
    acting_for_id: int | None = None

    def covers(self, department_path: str) -> bool:
        return department_path.startswith(self.path)


@dataclass(frozen=True)
class Standing:
    """What a person is on one day; `right` answers a question with the holding it rests on, or None."""

    person_id: int
    holdings: tuple[Holding, ...]

    def rights(self, role: Role, department_path: str = "/") -> list[Holding]:
        """The holdings that give `role` over the department; one's own before a deputy's."""
        fitting = [held for held in self.holdings if held.role is role and held.covers(department_path)]
        return sorted(fitting, key=lambda held: held.acting_for_id is not None)

    def right(self, role: Role, department_path: str = "/") -> Holding | None:
        """The first of `rights`, or None."""
        return next(iter(self.rights(role, department_path)), None)

    def has(self, role: Role) -> bool:
        """Whether the person holds `role` anywhere."""
        return any(held.role is role for held in self.holdings)

    def stood_in_for(self) -> set[int]:
        """People whose work this person does today as their deputy."""
        return {held.acting_for_id for held in self.holdings if held.acting_for_id is not None}


def standing_of(session: Session, person_id: int, on: date) -> Standing:
    """The roles a person holds on that day, those of people they stand in for included."""
    rows = session.execute(_held_on(on), {"person": person_id}).all()
    holdings: list[Holding] = []
    for held, path in rows:
        if held.role is not Role.DEPUTY:
            holdings.append(Holding(held.role, path or "/"))
        elif held.stands_in_for_id is not None:
            holdings += _roles_stood_in_for(session, held.stands_in_for_id, on)
    return Standing(person_id, tuple(holdings))


@lru_cache(maxsize=2)
def _held_on(day: date) -> sa.Select[RoleHeld, str]:
    """What a person holds on that day: asked in every turn, so it is put together once a day."""
    return (
        sa.select(RoleHeld, col(Department.path))
        .join(Department, col(Department.id) == col(RoleHeld.department_id), isouter=True)
        .where(col(RoleHeld.person_id) == sa.bindparam("person"), in_force(day))
        .order_by(col(RoleHeld.id))
    )


def _roles_stood_in_for(session: Session, person_id: int, on: date) -> list[Holding]:
    rows = session.exec(
        select(RoleHeld, Department.path)
        .join(Department, col(Department.id) == col(RoleHeld.department_id), isouter=True)
        .where(RoleHeld.person_id == person_id, RoleHeld.role != Role.DEPUTY, in_force(on))
    ).all()
    # Being a deputy is not handed on, nor is the administrator's office.
    given = [(held.role, path or "/") for held, path in rows if held.role is not Role.ADMINISTRATOR]
    return [Holding(role, path, person_id) for role, path in given]


def may_report(standing: Standing, indicator: Indicator, department_path: str) -> Holding | None:
    """The officers named by the indicator and their deputies; where none is named, any officer there."""
    named = {indicator.officer_id, indicator.deputy_officer_id} - {None}
    if standing.person_id in named:
        return Holding(Role.OFFICER, department_path)
    for absent in standing.stood_in_for() & named:
        return Holding(Role.OFFICER, department_path, absent)
    return None if named else standing.right(Role.OFFICER, department_path)


def may_see(standing: Standing, indicator: Indicator, department_path: str) -> bool:
    """Whether a person may see an indicator's reports and evidence: by reporting, confirming, deciding."""
    if may_report(standing, indicator, department_path):
        return True
    roles = (Role.TEAM_LEAD, Role.EVALUATOR)
    return any(standing.right(role, department_path) for role in roles) or standing.has(Role.ADMINISTRATOR)
