"""Whether no department has more people with a role in it, at any one time, than its capacity allows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from models.words import say
from reports.plan.columns import DEPARTMENTS, PEOPLE
from reports.plan.existing import Existing
from reports.plan.lines import PersonLine, Plan
from reports.plan.problems import Findings


@dataclass(frozen=True)
class _Seat:
    """A person's time in a department; their line where the file names them."""

    person: str
    starts_on: date
    ends_on: date
    line: PersonLine | None = None


def check_capacity(plan: Plan, existing: Existing, findings: Findings) -> None:
    """People of the file as the file says, with those who hold a role already; from day to day."""
    lines = {line.code: line for line in plan.departments}
    most: dict[str, int | None] = {code: row["capacity"] for code, row in existing.departments.items()}
    most |= {code: line.capacity for code, line in lines.items()}
    seats: dict[str, list[_Seat]] = defaultdict(list)
    for department, seat in (*_in_the_file(plan), *_in_the_database(plan, existing)):
        if most.get(department):
            seats[department].append(seat)
    for department, theirs in seats.items():
        allowed = most[department] or 0
        crowd = max((_there(theirs, seat.starts_on) for seat in theirs), key=len)
        if len(crowd) > allowed:
            phrase = say(
                "{department}의 정원은 {most}명인데 {count}명이 역할을 맡습니다. 사람을 줄이거나 정원을 늘려 주세요.",
                department=department,
                most=allowed,
                count=len(crowd),
            )
            named = sorted((seat.line for seat in crowd.values() if seat.line), key=lambda line: line.number)
            if named:
                findings.at(PEOPLE, named[-1].number, "place", phrase)
            elif department in lines:
                findings.at(DEPARTMENTS, lines[department].number, "capacity", phrase)


def _there(seats: list[_Seat], on: date) -> dict[str, _Seat]:
    """Who is in the department on a day."""
    return {seat.person: seat for seat in seats if seat.starts_on <= on <= seat.ends_on}


def _in_the_file(plan: Plan) -> Iterator[tuple[str, _Seat]]:
    for line in plan.people:
        if line.has("code", "roles", "place", "department", "starts_on", "ends_on"):
            seat = _Seat(line.code, line.starts_on or date.min, line.ends_on or date.max, line)
            yield from ((place, seat) for place in {place for _, place, _ in line.holdings()})


def _in_the_database(plan: Plan, existing: Existing) -> Iterator[tuple[str, _Seat]]:
    named = {line.code for line in plan.people}
    for (person, _, department, _), row in existing.roles.items():
        if person not in named:
            yield department, _Seat(person, row["starts_on"] or date.min, row["ends_on"] or date.max)
