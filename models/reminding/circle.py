"""Who is who today, read once for many questions: whose duty something is, who stands in, who is away."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from models.leave import Leave
from models.organization import Department, Person, Role, RoleHeld, in_force, is_here
from models.store.kept import kept

_CITY = "/"
_STANDING = (Department, Leave, Person, RoleHeld)


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
        """Everybody's standing on that day: read once in a session, and again when somebody's changes in it."""
        return kept(session, ("circle", day), _STANDING, lambda: cls._read(session, day))

    @classmethod
    def _read(cls, session: Session, day: date) -> Circle:
        """Four queries, however many people."""
        departments = session.execute(sa.select(col(Department.id), col(Department.path)))
        paths = {key: path for key, path in departments if key is not None}
        here = frozenset(session.execute(sa.select(col(Person.id)).where(is_here(day))).scalars())
        holders: dict[tuple[Role, str], list[int]] = defaultdict(list)
        deputies: dict[int, list[int]] = defaultdict(list)
        columns = (RoleHeld.person_id, RoleHeld.role, RoleHeld.department_id, RoleHeld.stands_in_for_id)
        held = sa.select(*map(col, columns)).where(in_force(day)).order_by(col(RoleHeld.id))
        for person, role, department, stands_in_for in session.execute(held):
            if person not in here:
                continue
            if role is not Role.DEPUTY:
                holders[role, paths.get(department, _CITY)].append(person)
            elif stands_in_for is not None:
                deputies[stands_in_for].append(person)
        today = (col(Leave.starts_on) <= day, col(Leave.ends_on) >= day, ~col(Leave.is_cancelled))
        leaves = sa.select(col(Leave.person_id), sa.func.max(col(Leave.ends_on))).where(*today)
        away = {row[0]: row[1] for row in session.execute(leaves.group_by(col(Leave.person_id)))}
        return cls(
            frozenset(one for one in here if one is not None),
            paths,
            _frozen(holders),
            _frozen(deputies),
            away,
        )

    def nearest(
        self, role: Role, department_id: int, other_than: Collection[int | None] = ()
    ) -> tuple[int, ...]:
        """Those who hold `role` nearest to the department: in it, above it, or for the whole city. Of a level where
        there is nobody `other_than` these, the next above counts."""
        levels = self._levels(role, department_id)
        others = (tuple(person for person in level if person not in other_than) for level in levels)
        return next((level for level in others if level), ())

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
        return self._everywhere.get(role, ())

    @cached_property
    def _everywhere(self) -> dict[Role, tuple[int, ...]]:
        """Put together once: administrators are asked for with every duty."""
        found: dict[Role, list[int]] = defaultdict(list)
        for (role, _), people in self.holders.items():
            found[role] += people
        return _frozen(found)

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


def _frozen(lists: dict[Any, list[int]]) -> dict[Any, tuple[int, ...]]:
    return {key: tuple(dict.fromkeys(people)) for key, people in lists.items()}
