"""Whom to tell of a report: who decides on it next, and who handed it in."""

from __future__ import annotations

from sqlmodel import col, select

from handlers.dialogue.screens import Go
from handlers.dialogue.talk import Talk
from models.organization import Department, Person, Role, RoleHeld, in_force, is_here, people_with
from models.submission import State, SubmissionFile, decisions_on


def tell_who_decides(talk: Talk, opened: SubmissionFile) -> None:
    """Puts the report before whoever has to look at it next, and before their deputies."""
    confirming = opened.submission.state is State.SUBMITTED and opened.cycle.asks_confirmation
    people = _deciders(talk, Role.TEAM_LEAD if confirming else Role.EVALUATOR, opened)
    for person_id in dict.fromkeys([*people, *_deputies(talk, people)]):
        talk.tell(person_id, Go("review.card", {"submission": opened.id}))


def tell_author(talk: Talk, opened: SubmissionFile) -> None:
    """Tells whoever handed the report in, and whom they stood in for, what became of it."""
    decision = decisions_on(talk.session, opened.id)[-1]
    told = Go("review.told", {"submission": opened.id, "decision": decision.id})
    for person_id in (opened.version.submitted_by_id, opened.version.submitted_for_id):
        if person_id is not None:
            talk.tell(person_id, told)


def _deciders(talk: Talk, role: Role, opened: SubmissionFile) -> list[int]:
    """Those nearest to the department; where it is their own report, those above them."""
    place: Department | None = opened.department
    while place is not None:
        nearest = [person.id for person in people_with(talk.session, role, place, talk.today)]
        if found := [one for one in nearest if one is not None and one not in opened.authors]:
            return found
        place = talk.session.get(Department, place.parent_id) if place.parent_id else None
    return []


def _deputies(talk: Talk, absent: list[int]) -> list[int]:
    query = (
        select(RoleHeld.person_id)
        .join(Person, col(Person.id) == col(RoleHeld.person_id))
        .where(RoleHeld.role == Role.DEPUTY, col(RoleHeld.stands_in_for_id).in_(absent))
        .where(in_force(talk.today), is_here(talk.today))
        .order_by(col(RoleHeld.id))
    )
    return list(talk.session.exec(query))
