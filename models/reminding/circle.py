"""Who is who today, read once for many questions: whose duty something is, who stands in, who is away."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from models.leave import Leave
from models.organization import Department, Person, Role, RoleHeld, in_force, is_here

_CITY = "/"


@dataclass(frozen=True)
class Circle:
    """The people of the city on one day."""

    here: frozenset[int]
    paths: dict[int, str]
    """The path of each department."""
    holders: dict[tuple[Role, str], tuple[int, ...]]
    """Who holds a role at a path; "/" is the whole city."""
    deputies: dict[int, tuple[int, ...]]
    """Who stands in for whom (대결)."""
    away: dict[int, date]
    """Who is on leave, and through which day."""

    @classmethod
    def on(cls, session: Session, day: date) -> Circle:
        """Reads everybody's standing on that day: four queries, however many people."""
        paths = {key: path for key, path in session.exec(select(Department.id, Department.path)) if key}
        here = frozenset(key for key in session.exec(select(Person.id).where(is_here(day))) if key)
        holders: dict[tuple[Role, str], list[int]] = defaultdict(list)
        deputies: dict[int, list[int]] = defaultdict(list)
        for held in session.exec(select(RoleHeld).where(in_force(day)).order_by(col(RoleHeld.id))):
            if held.person_id not in here:
                continue
            if held.role is Role.DEPUTY and held.stands_in_for_id is not None:
                deputies[held.stands_in_for_id].append(held.person_id)
            elif held.role is not Role.DEPUTY:
                path = paths.get(held.department_id, _CITY) if held.department_id else _CITY
                holders[held.role, path].append(held.person_id)
        leaves = select(Leave).where(Leave.starts_on <= day, Leave.ends_on >= day, ~col(Leave.is_cancelled))
        away: dict[int, date] = {}
        for leave in session.exec(leaves):
            away[leave.person_id] = max(leave.ends_on, away.get(leave.person_id, leave.ends_on))
        return cls(here, paths, _frozen(holders), _frozen(deputies), away)

    def nearest(self, role: Role, department_id: int) -> tuple[int, ...]:
        """Those who hold `role` nearest to the department: in it, above it, or for the whole city."""
        return next(iter(self._levels(role, department_id)), ())

    def above(self, role: Role, department_id: int) -> tuple[int, ...]:
        """Those who hold it next above the nearest."""
        levels = self._levels(role, department_id)
        return levels[1] if len(levels) > 1 else ()

    def over(self, role: Role, department_id: int) -> tuple[int, ...]:
        """Those who hold `role` over the department: in it, above it and for the whole city, each once."""
        levels = self._levels(role, department_id)
        return tuple(dict.fromkeys(person for level in levels for person in level))

    def everywhere(self, role: Role) -> tuple[int, ...]:
        """Everybody who holds `role`, wherever."""
        found = (people for (held, _), people in self.holders.items() if held is role)
        return tuple(dict.fromkeys(person for people in found for person in people))

    def receivers(self, people: Iterable[int | None]) -> tuple[int, ...]:
        """Whom to write to for these people: they themselves and who stands in for them; for who is away, only who
        stands in, where anybody does. Who has left hears nothing."""
        found: dict[int, None] = {}
        for person in people:
            if person is None or person not in self.here:
                continue
            standing_in = [one for one in self.deputies.get(person, ()) if one not in self.away]
            if person not in self.away or not standing_in:
                found[person] = None
            found |= dict.fromkeys(standing_in)
        return tuple(found)

    def _levels(self, role: Role, department_id: int) -> list[tuple[int, ...]]:
        path = self.paths.get(department_id, _CITY)
        above = []
        while path != _CITY:
            above.append(path)
            path = path.rstrip("/").rpartition("/")[0] + "/"
        at = (self.holders.get((role, place), ()) for place in (*above, _CITY))
        return [people for people in at if people]


def _frozen(lists: dict) -> dict:  # type: ignore[type-arg]
    return {key: tuple(dict.fromkeys(people)) for key, people in lists.items()}
