"""How far a round has come, by group and rater."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa
from sqlmodel import Session, col

from models.organization import Person
from models.rating.papers import is_of_last_turn
from models.rating.said import groups_of
from models.rating.table import Group, GroupKind, Paper, PaperState, Rating


@dataclass(frozen=True)
class RaterProgress:
    """One rater's papers of a group: how many there are, without those they stepped back from, and were handed in."""

    person_id: int
    name: str
    papers: int
    submitted: int
    recused: int

    @property
    def missing(self) -> int:
        return self.papers - self.submitted


@dataclass(frozen=True)
class GroupProgress:
    """A group with its raters; of a survey, how many answers came."""

    group: Group
    raters: tuple[RaterProgress, ...]
    answers: int = 0

    @property
    def papers(self) -> int:
        return self.answers + sum(one.papers for one in self.raters)

    @property
    def submitted(self) -> int:
        return self.answers + sum(one.submitted for one in self.raters)


def progress_of(session: Session, rating: Rating) -> list[GroupProgress]:
    """Every group of the round, with its raters in order of their names."""
    query = (
        sa.select(
            col(Paper.group_id), col(Paper.rater_id), col(Person.name), col(Paper.state), sa.func.count()
        )
        .join(Person, col(Person.id) == col(Paper.rater_id), isouter=True)
        .where(col(Paper.rating_id) == rating.id, is_of_last_turn())
        .group_by(col(Paper.group_id), col(Paper.rater_id), col(Person.name), col(Paper.state))
        .order_by(col(Person.name), col(Paper.rater_id))
    )
    counts: dict[int, dict[tuple[int, str], dict[PaperState, int]]] = {}
    for group_id, rater, name, state, count in session.execute(query):
        counts.setdefault(group_id, {}).setdefault((rater or 0, name or ""), {})[state] = count
    groups = groups_of(session, rating.cycle_id, rating.code)
    return [_group(group, counts.get(group.id or 0, {})) for group in groups]


def _group(group: Group, counts: dict[tuple[int, str], dict[PaperState, int]]) -> GroupProgress:
    if group.kind is GroupKind.SURVEY:
        return GroupProgress(group, (), sum(sum(states.values()) for states in counts.values()))
    raters = [_rater(person, name, states) for (person, name), states in counts.items()]
    return GroupProgress(group, tuple(raters))


def _rater(person: int, name: str, states: dict[PaperState, int]) -> RaterProgress:
    submitted = states.get(PaperState.SUBMITTED, 0)
    papers = submitted + states.get(PaperState.OPEN, 0)
    return RaterProgress(person, name, papers, submitted, states.get(PaperState.RECUSED, 0))
