"""A city with programmes: departments with an officer each, two consultants, people of the evaluation office.

Rows are put in directly. It is Monday 8 July 2019, 09:00; slots lie a week ahead.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeVar

import pytest
from sqlmodel import Session, SQLModel, col, select

from models.consultation.booking import Booking, Waiting
from models.consultation.programme import Programme, ProgrammeKind, Slot
from models.doer import Doer
from models.organization import Department, DepartmentKind, Person, Role, RoleHeld
from models.plan import Cycle
from models.store import Database
from models.words import Refusal, translator

NOW = datetime(2019, 7, 8, 0, 0, tzinfo=UTC)
"""Monday, 09:00 in Seoul."""
MONDAY = datetime(2019, 7, 15, 0, 0, tzinfo=UTC)
"""The Monday after, 09:00."""

Made = TypeVar("Made")
Verb = Callable[[Session, Doer], Made]


@dataclass
class Place:
    """The city and the ids of what is in it. Everybody acts at `now`, which a test sets."""

    database: Database
    departments: list[int] = field(default_factory=list)
    people: dict[str, int] = field(default_factory=dict)
    cycle_id: int = 0
    now: datetime = NOW

    def programme(self, kind: ProgrammeKind = ProgrammeKind.CONSULTATION, **more: Any) -> int:
        with self.database.write() as session:
            number = len(session.exec(select(Programme)).all()) + 1
            about = {
                "name": f"컨설팅 {number}",
                "code": f"P{number}",
                "cycle_id": self.cycle_id,
                "kind": kind,
            }
            return self._id(session, Programme(**about | more))

    def slot(self, programme_id: int, hours: float = 0, minutes: int = 40, **more: Any) -> int:
        """A slot so many hours after Monday 09:00, run by 한연구 and 정평가 unless `more` says otherwise."""
        starts_at = MONDAY + timedelta(hours=hours)
        about: dict[str, Any] = {"consultant_id": self.people["한연구"], "office_id": self.people["정평가"]}
        with self.database.write() as session:
            number = len(session.exec(select(Slot)).all()) + 1
            about |= {"starts_at": starts_at, "ends_at": starts_at + timedelta(minutes=minutes)}
            return self._id(session, Slot(programme_id=programme_id, code=f"S{number}", **about | more))

    def officer(self, number: int) -> str:
        """The officer of a department by its number, from 0."""
        return f"담당{number}"

    def does(self, person: str, verb: Verb[Made]) -> Made:
        """What the verb returns when the person does it, in a transaction of its own."""
        with self.database.write() as session:
            return verb(session, Doer.at_work(session, self.people[person], self.now, "test"))

    def refused(self, person: str, verb: Verb[Any]) -> str:
        """What the person is told instead."""
        with pytest.raises(Refusal) as refusal:
            self.does(person, verb)
        return translator("ko")(refusal.value.phrase)

    def change(self, table: type[SQLModel], key: int, **values: Any) -> None:
        with self.database.write() as session:
            row = session.get_one(table, key)
            for name, value in values.items():
                setattr(row, name, value)

    def add(self, row: SQLModel) -> int:
        with self.database.write() as session:
            return self._id(session, row)

    def bookings(self, slot_id: int | None = None) -> list[Booking]:
        """Bookings that hold a seat, in order of their seats."""
        query = select(Booking).where(col(Booking.seat).is_not(None)).order_by(col(Booking.seat))
        with self.database.read() as session:
            return [one for one in session.exec(query) if slot_id in (None, one.slot_id)]

    def booking(self, booking_id: int | None) -> Booking:
        with self.database.read() as session:
            return session.get_one(Booking, booking_id)

    def waiting(self, waiting_id: int | None) -> Waiting:
        with self.database.read() as session:
            return session.get_one(Waiting, waiting_id)

    def _id(self, session: Session, row: Any) -> int:
        session.add(row)
        session.flush()
        return int(row.id)


def settle(database: Database, departments: int = 6) -> Place:
    """The city in that database."""
    place = Place(database)
    with database.write() as session:
        cycle = Cycle(code="2019", name="2019년", starts_on=date(2019, 1, 1), ends_on=date(2019, 12, 31))
        place.cycle_id = place._id(session, cycle)
        kind, path = DepartmentKind.CITY, "/HB/"
        city = place._id(session, Department(code="HB", name="한빛시", kind=kind, path=path))
        for number in range(departments):
            code, name = f"D{number}", f"{number}번과"
            row = Department(
                code=code, name=name, kind=DepartmentKind.DIVISION, path=f"/HB/{code}/", parent_id=city
            )
            place.departments.append(place._id(session, row))
            _person(place, session, f"담당{number}", Role.OFFICER, place.departments[-1])
        _person(place, session, "최팀장", Role.TEAM_LEAD, place.departments[0])
        for name in ("한연구", "윤연구"):
            _person(place, session, name, Role.CONSULTANT, None)
        for name in ("정평가", "문평가"):
            _person(place, session, name, Role.EVALUATOR, None)
        _person(place, session, "강관리", Role.ADMINISTRATOR, None)
    return place


def _person(place: Place, session: Session, name: str, role: Role, department_id: int | None) -> None:
    code = f"{len(place.people) + 1000}"
    place.people[name] = place._id(session, Person(code=code, name=name, department_id=department_id))
    session.add(RoleHeld(person_id=place.people[name], role=role, department_id=department_id))
