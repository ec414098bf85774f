"""A consultation that was held: two departments had booked, a third never did, and not coming costs two points."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from sqlmodel import Session, select

from models.consultation.attendance import Marked, mark
from models.consultation.booking import Booking, BookingState
from models.consultation.deduction import Deduction
from models.consultation.programme import ProgrammeKind
from models.doer import Doer
from models.organization import Person, Role, RoleHeld
from models.plan import Indicator
from models.scoring import Kind
from tests.consultation.place import MONDAY, NOW, Place

DURING, AFTER = MONDAY + timedelta(minutes=10), MONDAY + timedelta(hours=8)
POINTS = Decimal("2")


@dataclass
class Held:
    """The programme with its slots and bookings, by the number of the department; the third has none."""

    place: Place
    programme: int
    slots: list[int]
    bookings: list[int]

    def booking(self, number: int) -> Booking:
        return self.place.booking(self.bookings[number])

    def marking(self, number: int, *, came: bool, revision: int | None = None) -> Callable[..., Marked]:
        """The press on a booking as it stands now."""
        seen = self.booking(number).revision if revision is None else revision

        def press(session: Session, doer: Doer) -> Marked:
            return mark(session, doer, self.bookings[number], seen, came=came)

        return press

    def deductions(self) -> dict[int, Deduction]:
        """By department."""
        with self.place.database.read() as session:
            return {one.department_id: one for one in session.exec(select(Deduction))}

    def deduction(self, number: int) -> Deduction:
        return self.deductions()[self.place.departments[number]]


def held(place: Place, booked: int = 2, **more: Any) -> Held:
    """The first departments have booked of the three that have indicators; it is Monday, ten past nine."""
    for number, department in enumerate(place.departments[:3]):
        indicator = Indicator(
            cycle_id=place.cycle_id, code=f"I{number}", name=f"지표 {number}", department_id=department,
            weight=Decimal(100), kind=Kind.HIGHER,
        )  # fmt: skip
        place.add(indicator)
    programme = place.programme(**{"absence_points": POINTS, **more})
    slots = [place.slot(programme, number) for number in range(2)]
    bookings = [books(place, programme, slots[number], number) for number in range(booked)]
    place.now = DURING
    return Held(place, programme, slots, bookings)


def books(place: Place, programme: int, slot: int, number: int, seat: int = 1) -> int:
    """A booking of a department by its officer, made the week before."""
    department = place.departments[number]
    return place.add(
        Booking(
            programme_id=programme, slot_id=slot, seat=seat, holder=f"department:{department}",
            department_id=department, person_id=place.people[place.officer(number)],
            uid=f"{programme}-{slot}-{number}@test", booked_at=NOW, changed_at=NOW,
        )
    )  # fmt: skip


def hall(place: Place, people: int = 3) -> tuple[int, list[int]]:
    """A training session that people signed up for; its slot, and their bookings."""
    programme = place.programme(ProgrammeKind.TRAINING, absence_points=POINTS)
    slot = place.slot(programme, seats=people)
    rows = [
        Booking(
            programme_id=programme, slot_id=slot, seat=number + 1, department_id=place.departments[number],
            holder=f"person:{place.people[place.officer(number)]}", uid=f"hall-{number}@test",
            person_id=place.people[place.officer(number)], booked_at=NOW, changed_at=NOW,
        )
        for number in range(people)
    ]  # fmt: skip
    place.now = DURING
    return slot, [place.add(row) for row in rows]


def another_administrator(place: Place, name: str = "배관리") -> str:
    """A second administrator of the city."""
    place.people[name] = place.add(Person(code=name, name=name))
    place.add(RoleHeld(person_id=place.people[name], role=Role.ADMINISTRATOR))
    return name


def states(place: Place, bookings: list[int]) -> list[BookingState]:
    return [place.booking(one).state for one in bookings]
