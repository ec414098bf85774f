"""The people of a city whom a table names: those a demo shows, and those with roles that are not made up by rule."""

from __future__ import annotations

from collections.abc import Iterable

from generator.people import Person

from generator_of_cities.crowd import Crowd
from generator_of_cities.files import Row


def bring(crowd: Crowd, rows: Iterable[Row]) -> dict[str, Person]:
    """Adds the people whom a table names, a row for each role; the first row of each, by number."""
    found: dict[str, Person] = {}
    for row in rows:
        days = {"starts_on": row["시작일"], "ends_on": row["종료일"]}
        place = row["소속"], row["역할"], row["관할"]
        person = Person(row["번호"], row["이름"], row["직위"], *place, **days)
        crowd.people.append(person)
        found.setdefault(person.number, person)
    return found
