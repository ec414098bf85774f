"""Which department lay below which on the last day of what is scored: a reorganisation carries nothing away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import sqlalchemy as sa
from sqlmodel import Session, col

from models.clock import local_day
from models.organization import Department, DepartmentTerm
from models.scores.line import DepartmentLine, department_lines
from models.scores.reading import View


def places_in(session: Session, view: View) -> dict[int, DepartmentLine]:
    """Every department by its id, with the path it had on the last day of the view, as far as was known by then."""
    day = view.last_day if view.as_of is None else min(view.last_day, local_day(view.as_of))
    places = department_lines(session)
    before = _parents_before(session, day)
    if not before:
        return places
    columns = (col(Department.id), col(Department.parent_id))
    parents = {key: before.get(key, parent) for key, parent in session.execute(sa.select(*columns))}
    return {key: replace(line, path=_path(key, parents, places)) for key, line in places.items()}


def covered(places: Mapping[int, DepartmentLine], department_id: int, *, below: bool) -> set[int]:
    """The department, and with `below` all departments below it."""
    path = places[department_id].path
    return {key for key, line in places.items() if below and line.path.startswith(path)} | {department_id}


def _parents_before(session: Session, day: date) -> dict[int, int | None]:
    """The parent on `day` of each department that has moved, or was renamed, since."""
    query = (
        sa.select(col(DepartmentTerm.department_id), col(DepartmentTerm.parent_id))
        .where(col(DepartmentTerm.until_day) >= day)
        .order_by(col(DepartmentTerm.from_day).desc())
    )
    # The earliest of them comes last, and stays.
    return dict(session.execute(query).all())


def _path(key: int, parents: Mapping[int, int | None], places: Mapping[int, DepartmentLine]) -> str:
    codes: list[str] = []
    place: int | None = key
    # What stood above another once may stand below it now: with the terms of one day there is no ring, but a term
    # that was put in late must not hang the result.
    while place is not None and len(codes) <= len(places):
        codes.append(places[place].code)
        place = parents[place]
    return "/" + "".join(f"{code}/" for code in reversed(codes))
