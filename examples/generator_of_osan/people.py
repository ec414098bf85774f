"""Everybody of the example: the heads of bureaus, and the team leads and officers of each department."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count

from generator.people import Person
from generator_of_cities.crowd import Crowd
from generator_of_cities.key_people import bring

from generator_of_osan.vocabulary import VILLAGE, Department, departments, key_people

OFFICER, LEAD = "담당자", "팀장"

FIRST_NUMBER = 103
TEAMS, TEAMS_OF_A_VILLAGE, OFFICERS = 3, 2, 3
HEADS = {"보건소": "소장"}
# Team leads who are away when a half is reported: the department, which of its leads, and which stands in.
AWAY = (("D10", 0, 1, "2023-07-17", "2023-07-21"), ("D28", 1, 2, "2024-01-15", "2024-01-19"))


@dataclass
class Posts:
    """Who leads a team and who is an officer, by department."""

    crowd: Crowd
    leads: dict[str, list[Person]] = field(default_factory=dict)
    officers: dict[str, list[Person]] = field(default_factory=dict)
    numbers: count[int] = field(default_factory=lambda: count(FIRST_NUMBER))

    def fill(self, department: Department, role: str, title: str, size: int) -> list[Person]:
        """As many people in a post as the department has, those of the table first."""
        key = (department.code, role)
        people = [one for one in self.crowd.people if (one.department, one.role) == key]
        while len(people) < size:
            people.append(self.crowd.add(next(self.numbers), title, department.code, role))
        return people


def fill_posts() -> Posts:
    """The people of the table first, then others with made-up names in the order of the departments."""
    posts = Posts(Crowd("O", "osan.example"))
    bring(posts.crowd, key_people())
    for department in departments():
        if not department.is_scored:
            posts.fill(department, LEAD, HEADS.get(department.name, "국장"), 1)
            continue
        teams = TEAMS_OF_A_VILLAGE if department.grouping == VILLAGE else TEAMS
        posts.leads[department.code] = posts.fill(department, LEAD, "팀장", teams)
        posts.officers[department.code] = posts.fill(department, OFFICER, "주무관", OFFICERS)
    for code, absent, stands_in, first, last in AWAY:
        leads = posts.leads[code]
        posts.crowd.stand_in(leads[stands_in], leads[absent], first, last)
    return posts
