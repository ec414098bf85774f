"""Departments, people, and the roles people hold in departments."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

import sqlalchemy as sa
from sqlmodel import Field, Session, SQLModel, col, select

from models.store import enum_field


class DepartmentKind(StrEnum):
    """What a department is: a city holds bureaus, a bureau divisions; institutions stand outside."""

    CITY = "city"
    BUREAU = "bureau"
    DIVISION = "division"
    INSTITUTION = "institution"


class Role(StrEnum):
    """What a person does in a department, or in the whole city where no department is named."""

    OFFICER = "officer"
    DEPUTY = "deputy"
    TEAM_LEAD = "team_lead"
    EVALUATOR = "evaluator"
    CONSULTANT = "consultant"
    RATER = "rater"
    ADMINISTRATOR = "administrator"


class Department(SQLModel, table=True):
    """A department as it stands today; what it was before is in DepartmentTerm."""

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(max_length=40, unique=True)
    name: str = Field(max_length=120)
    kind: DepartmentKind = enum_field(DepartmentKind, "department_kind")
    parent_id: int | None = Field(default=None, foreign_key="department.id")
    supervisor_id: int | None = Field(default=None, foreign_key="department.id")
    path: str = Field(default="/", max_length=400, index=True)
    """Codes from the root down to this department, `/CITY/BUREAU/DIVISION/`: a subtree is a prefix."""
    position: int = 0
    starts_on: date | None = None
    ends_on: date | None = None
    capacity: int | None = None
    """Most people who may hold a role in it, as a team of four; None for any number."""


class DepartmentTerm(SQLModel, table=True):
    """What a department was called and where it stood from one day until the day before another."""

    __tablename__ = "department_term"

    id: int | None = Field(default=None, primary_key=True)
    department_id: int = Field(foreign_key="department.id", index=True)
    name: str = Field(max_length=120)
    parent_id: int | None = Field(default=None, foreign_key="department.id")
    supervisor_id: int | None = Field(default=None, foreign_key="department.id")
    from_day: date
    until_day: date | None = None


class Person(SQLModel, table=True):
    """Somebody who works for the city, or for it: known by the number of the personnel office."""

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(max_length=40, unique=True)
    name: str = Field(max_length=80)
    title: str = Field(default="", max_length=80)
    email: str = Field(default="", max_length=200)
    locale: str = Field(default="ko", max_length=5)
    """Language of everything said to them; a plan sets it once, after that it is theirs to change."""
    department_id: int | None = Field(default=None, foreign_key="department.id")
    left_on: date | None = None


class RoleHeld(SQLModel, table=True):
    """A role of a person. A deputy (대결) holds the role of the person stood in for, between two days."""

    __tablename__ = "role_held"
    __table_args__ = (sa.UniqueConstraint("person_id", "role", "department_id", "stands_in_for_id"),)

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    role: Role = enum_field(Role, "role")
    department_id: int | None = Field(default=None, foreign_key="department.id", index=True)
    stands_in_for_id: int | None = Field(default=None, foreign_key="person.id")
    starts_on: date | None = None
    ends_on: date | None = None


def in_force(on: date) -> sa.ColumnElement[bool]:
    """The condition that a RoleHeld holds on that day."""
    started = col(RoleHeld.starts_on).is_(None) | (col(RoleHeld.starts_on) <= on)
    not_ended = col(RoleHeld.ends_on).is_(None) | (col(RoleHeld.ends_on) >= on)
    return started & not_ended


def people_with(session: Session, role: Role, department: Department, on: date) -> list[Person]:
    """Whom to tell: those who hold `role` nearest to the department, in it, above it, or for the whole city."""
    above = select(Department.id).where(col(Department.code).in_(_codes_on(department.path)))
    rows = session.exec(
        select(Person, Department)
        .join(RoleHeld, col(RoleHeld.person_id) == col(Person.id))
        .join(Department, col(Department.id) == col(RoleHeld.department_id), isouter=True)
        .where(RoleHeld.role == role, in_force(on), is_here(on))
        .where(col(RoleHeld.department_id).is_(None) | col(RoleHeld.department_id).in_(above))
        .order_by(col(Person.id))
    ).all()
    depths = {person.id: len(place.path) if place else 0 for person, place in rows}
    nearest = max(depths.values(), default=0)
    return list({person.id: person for person, _ in rows if depths[person.id] == nearest}.values())


def is_here(on: date) -> sa.ColumnElement[bool]:
    """The condition that a Person has not left by that day."""
    return col(Person.left_on).is_(None) | (col(Person.left_on) > on)


def _codes_on(path: str) -> list[str]:
    return [code for code in path.split("/") if code]
