"""Whom to tell in a written review: the department's people, its consultants, an indicator's officer."""

from __future__ import annotations

from collections.abc import Iterable

from handlers.dialogue.screens import Go
from handlers.dialogue.talk import Talk
from models.organization import Department, Role
from models.plan import Indicator
from models.reminding.circle import Circle


def tell_department(talk: Talk, department: Department, to: Go, more: Iterable[int] = ()) -> None:
    """Officers and team lead of the department, who stands in for them, and those given."""
    circle, key = Circle.on(talk.session, talk.today), department.id or 0
    near = (*circle.nearest(Role.OFFICER, key), *circle.nearest(Role.TEAM_LEAD, key))
    _tell(talk, (*circle.receivers(near), *more), to)


def tell_consultants(talk: Talk, department: Department, to: Go, wrote: Iterable[int] = ()) -> None:
    """Of the department's consultants those who wrote, where they are named and still are; else the nearest."""
    circle, key = Circle.on(talk.session, talk.today), department.id or 0
    still = set(circle.over(Role.CONSULTANT, key)) & set(wrote)
    _tell(talk, circle.receivers(sorted(still) or circle.nearest(Role.CONSULTANT, key)), to)


def officers_of(talk: Talk, indicators: Iterable[Indicator]) -> list[int]:
    """Who is told about those indicators: the officer each names, or all of its department, and who stands in."""
    circle = Circle.on(talk.session, talk.today)
    people: dict[int, None] = {}
    for one in indicators:
        named = one.officer_id or one.deputy_officer_id
        whose = (named,) if named else circle.over(Role.OFFICER, one.department_id)
        people |= dict.fromkeys(circle.receivers(whose))
    return list(people)


def tell_officers(talk: Talk, indicators: Iterable[Indicator], to: Go) -> None:
    """The officers of those indicators."""
    _tell(talk, officers_of(talk, indicators), to)


def _tell(talk: Talk, people: Iterable[int], to: Go) -> None:
    for person_id in dict.fromkeys(people):
        talk.tell(person_id, to)
