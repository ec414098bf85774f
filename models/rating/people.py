"""Who is rated, who rates, and who may not rate whom (이해충돌)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from models.organization import Department, Person, is_here
from models.rating.table import Group, Rater, Rating
from models.scheme.table import Subject


@dataclass(frozen=True)
class Rated:
    """A subject: a department, or a person. `department_id` and `path` are of the department itself, or of the one the
    person belongs to."""

    id: int
    code: str
    name: str
    person_id: int | None
    department_id: int
    path: str


@dataclass(frozen=True)
class Judge:
    """A named rater; `path` is of the department they belong to, "" where they belong to none."""

    id: int
    code: str
    path: str


def is_barred(judge: Judge, rated: Rated) -> bool:
    """Whether there is a conflict of interest: nobody rates themselves, nor the department they belong to or one on the
    way above or below it, nor the people in these."""
    if judge.id == rated.person_id:
        return True
    return bool(judge.path) and (rated.path.startswith(judge.path) or judge.path.startswith(rated.path))


def has_stake(session: Session, person_id: int, subject_id: int) -> bool:
    """Whether a named rater has a conflict of interest as things stand now: people change departments."""
    person = session.get_one(Person, person_id)
    place = session.get(Department, person.department_id or 0)
    return is_barred(
        Judge(person_id, person.code, place.path if place else ""), rated_one(session, subject_id)
    )


def rated_in(session: Session, rating: Rating) -> list[Rated]:
    """The subjects of the scheme a round rates, in the order of the plan."""
    return _rated(session, col(Subject.cycle_id) == rating.cycle_id, col(Subject.scheme) == rating.scheme)


def rated_one(session: Session, subject_id: int) -> Rated:
    """One subject."""
    return _rated(session, col(Subject.id) == subject_id)[0]


def judges_of(session: Session, group: Group, on: date) -> list[Judge]:
    """The named raters of a group who have not left, in the order of the plan."""
    query = (
        sa.select(col(Person.id), col(Person.code), col(Department.path))
        .join(Rater, col(Rater.person_id) == col(Person.id))
        .join(Department, col(Department.id) == col(Person.department_id), isouter=True)
        .where(col(Rater.group_id) == group.id, is_here(on))
        .order_by(col(Rater.id))
    )
    return [Judge(key or 0, code, path or "") for key, code, path in session.execute(query)]


def _rated(session: Session, *conditions: sa.ColumnElement[bool]) -> list[Rated]:
    own, named = aliased(Department), aliased(Department)
    columns: tuple[Any, ...] = (
        Subject.id,
        Subject.code,
        sa.func.coalesce(col(Person.name), named.name),
        Subject.person_id,
        sa.func.coalesce(own.id, named.id),
        sa.func.coalesce(own.path, named.path),
    )
    query = (
        sa.select(*columns)
        .join(named, named.id == col(Subject.department_id))  # type: ignore[arg-type]
        .join(Person, col(Person.id) == col(Subject.person_id), isouter=True)
        .join(own, own.id == col(Person.department_id), isouter=True)  # type: ignore[arg-type]
        .where(*conditions)
        .order_by(col(Subject.position), col(Subject.id))
    )
    return [Rated(*row) for row in session.execute(query)]
