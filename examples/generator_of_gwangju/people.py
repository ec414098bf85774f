"""Everybody of the example: the officers and the head of each institution, and who evaluates it for its supervisor."""

from __future__ import annotations

from dataclasses import dataclass, field

from generator.people import Person
from generator_of_cities.crowd import Crowd
from generator_of_cities.key_people import bring

from generator_of_gwangju.vocabulary import Institution, institutions, key_people

OFFICER, LEAD, EVALUATOR = "담당자", "팀장", "평가자"

FIRST_NUMBER = 103
TITLES_OF_OFFICERS = ("주임", "대리", "과장")
# Who is away when the year is reported and reviewed, and the colleague who stands in.
HEAD_AWAY = ("G05", "2020-01-06", "2020-01-10")
EVALUATORS_AWAY = ("G-0002", "G-0001", "2020-01-28", "2020-01-31")


@dataclass(frozen=True)
class Posts:
    """Who holds which post: heads and officers by institution, evaluators by supervising division."""

    crowd: Crowd
    heads: dict[str, Person] = field(default_factory=dict)
    officers: dict[str, list[Person]] = field(default_factory=dict)
    supervisors: dict[str, Person] = field(default_factory=dict)


def fill_posts() -> Posts:
    """The people of the table first, then others with made-up names in the order of the institutions."""
    posts = Posts(Crowd("G", "gwangju.example"))
    key = bring(posts.crowd, key_people())
    number = FIRST_NUMBER
    for institution in institutions():
        number = _fill(posts, institution, number)
    for institution in institutions():
        if institution.supervisor in posts.supervisors:
            posts.crowd.also(posts.supervisors[institution.supervisor], EVALUATOR, institution.code)
        else:
            posts.supervisors[institution.supervisor] = posts.crowd.add(
                number, "주무관", institution.supervisor, EVALUATOR, institution.code
            )
            number += 1
    place, first, last = HEAD_AWAY
    posts.crowd.stand_in(posts.officers[place][-1], posts.heads[place], first, last)
    absent, stands_in, first, last = EVALUATORS_AWAY
    posts.crowd.stand_in(key[stands_in], key[absent], first, last)
    return posts


def _fill(posts: Posts, institution: Institution, number: int) -> int:
    """Adds the officers and the head whom the table does not name; the next number that is free."""
    code = institution.code
    here = [one for one in posts.crowd.people if one.department == code]
    officers = posts.officers[code] = [one for one in here if one.role == OFFICER]
    for title in TITLES_OF_OFFICERS[len(officers) : institution.officers]:
        officers.append(posts.crowd.add(number, title, code, OFFICER))
        number += 1
    head = next((one for one in here if one.role == LEAD), None)
    if head is None:
        head = posts.crowd.add(number, "성과관리팀장", code, LEAD)
        number += 1
    posts.heads[code] = head
    return number
