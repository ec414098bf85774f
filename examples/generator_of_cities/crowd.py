"""Made-up people of a city: a number and a name that nobody else has, and the rows of 사람 about them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from generator.chance import pick
from generator.people import Person
from generator.vocabulary import FOLDER, read

from generator_of_cities.files import Row

WHOLE_CITY = "전체"


@dataclass
class Crowd:
    """Everybody of one city in the order in which they were made up. `prefix`: how their numbers begin."""

    prefix: str
    mail: str
    people: list[Person] = field(default_factory=list)

    def add(
        self, number: int, title: str, department: str, role: str, scope: str = "", name: str = ""
    ) -> Person:
        """One more person in a role, with a name made up unless given."""
        code = f"{self.prefix}-{number:04}"
        person = Person(code, name or self._new_name(code), title, department, role, scope)
        self.people.append(person)
        return person

    def also(self, person: Person, role: str, scope: str = "") -> None:
        """Another role of somebody who is there."""
        self.people.append(replace(person, role=role, scope=scope))

    def stand_in(self, deputy: Person, absent: Person, first: str, last: str) -> None:
        """`deputy` does the work of `absent` from one day to another."""
        place = absent.scope or absent.department
        days = {"starts_on": first, "ends_on": last}
        self.people.append(replace(deputy, role="대결", scope=place, stands_in_for=absent.number, **days))

    def rows(self) -> list[Row]:
        """The rows of the sheet, ordered by number; one person's stay together."""
        in_order = sorted(self.people, key=lambda one: one.number)
        return [one.row() | {"이메일": f"{_plain(one.number)}@{self.mail}"} for one in in_order]

    def _new_name(self, code: str) -> str:
        taken = {one.name for one in self.people}
        families = [row["성"] for row in read("family_names.csv") for _ in range(int(row["비중"]))]
        given = (FOLDER / "given_names.txt").read_text(encoding="utf-8").split()
        attempt = 0
        while True:
            about = (code, str(attempt))
            name = pick(families, "성", *about) + pick(given, "이름", *about)
            if name not in taken:
                return name
            attempt += 1


def _plain(number: str) -> str:
    return number.replace("-", "").lower()
