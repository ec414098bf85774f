"""The rows of 사람: the offices, heads of bureaus and divisions, the experts, and everybody who travelled."""

from __future__ import annotations

from dataclasses import dataclass

from generator.people import Person
from generator_of_cities.crowd import WHOLE_CITY, Crowd

from generator_of_hanam.words import EXPERTS, INNOVATION, bureaus, divisions, teams

OFFICER, LEAD, RATER = "담당자", "팀장", "평가위원"
ON_THE_PANEL = ("D0102", "D0202", "D0302", "D0502")
"""Divisions whose heads judge the cases."""
EXPERTS_ON_THE_PANEL = 3
FROM_ANOTHER_DIVISION = {"D0301-1": "D0302", "D0401-2": "D0402", "D0503-1": "D0501"}
"""Teams whose last member works in another division."""


@dataclass(frozen=True)
class Posts:
    """Who holds which post: heads by division, members by team, the first of them its officer in charge."""

    crowd: Crowd
    office: list[Person]
    heads: dict[str, Person]
    experts: list[Person]
    members: dict[str, list[Person]]


def fill_posts() -> Posts:
    """Everybody of the example."""
    crowd = Crowd("HN", "hanam.example")
    office = [
        crowd.add(1, "주무관", INNOVATION, "평가자;평가위원", WHOLE_CITY, "윤심사"),
        crowd.add(2, "주무관", INNOVATION, "평가자;평가위원", WHOLE_CITY, "조확인"),
    ]
    crowd.add(3, "주무관", INNOVATION, "관리자", WHOLE_CITY, "한관리")
    experts = [
        crowd.add(10 + number, "위원", EXPERTS, RATER, WHOLE_CITY)
        for number in range(1, EXPERTS_ON_THE_PANEL + 1)
    ]
    for number, bureau in enumerate(bureaus(), 1):
        crowd.add(100 + number, bureau["부서장"], bureau["코드"], LEAD)
    posts = Posts(crowd, office, {}, experts, {})
    for number, division in enumerate(divisions(), 1):
        code = division["코드"]
        posts.heads[code] = crowd.add(200 + number, division["부서장"], code, LEAD)
    for code in ON_THE_PANEL:
        crowd.also(posts.heads[code], RATER, WHOLE_CITY)
    _travel(posts)
    for code in posts.heads:
        crowd.also(posts.members[f"{code}-1"][0], OFFICER, code)
    return posts


def _travel(posts: Posts) -> None:
    number = 1000
    for team in teams():
        posts.members[team.code] = []
        for place in range(1, team.members + 1):
            number += 1
            last = place == team.members
            home = FROM_ANOTHER_DIVISION.get(team.code, team.division) if last else team.division
            title = "팀장" if place == 1 else "주무관"
            posts.members[team.code].append(posts.crowd.add(number, title, home, OFFICER, team.code))
