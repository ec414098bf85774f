"""Papers as their raters find them: with the round, the group and the name of the subject."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache, cached_property
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from models.organization import Department, Person
from models.rating.said import criteria_of
from models.rating.table import Criterion, Entry, Group, Paper, PaperState, Rating
from models.scheme.table import Subject
from models.words import Refusal

_SHOWN_ON = timedelta(days=90)
"""For so long after its end a round is still there to be looked at."""


@dataclass(frozen=True)
class PaperFile:
    """A paper with what it belongs to."""

    paper: Paper
    rating: Rating
    group: Group
    subject: Subject
    name: str
    """The subject's: of the department or the person."""
    was_handed_in: bool
    """Whether there is an answer that counts, be it one that is being corrected."""

    @property
    def id(self) -> int:
        assert self.paper.id is not None
        return self.paper.id

    @property
    def key(self) -> str:
        """What the audit and cards call it."""
        return f"rating_paper:{self.id}"

    @cached_property
    def due_at(self) -> datetime:
        """Until when it can be handed in."""
        return due_of(self.rating, self.paper.turn, self.paper.dealt_at)

    def is_open(self, now: datetime) -> bool:
        """Whether it can still be answered, corrected or stepped back from."""
        return self.rating.opens_at <= now < self.due_at and self.paper.state is not PaperState.RECUSED


@dataclass(frozen=True)
class Round:
    """A round with the papers of one rater, in the order of the plan; those they stepped back from apart."""

    rating: Rating
    criteria: Sequence[Criterion]
    papers: Sequence[PaperFile]
    recused: Sequence[PaperFile]

    def due_at(self, now: datetime) -> datetime:
        """When the first of the papers that can still be handed in has to be; where it is too late for all that were
        not, the last moment there was; of none, when the round ends."""
        waiting = [one.due_at for one in self.papers if one.paper.state is PaperState.OPEN]
        ahead = [one for one in waiting if one > now]
        return min(ahead) if ahead else max(waiting, default=self.rating.closes_at)

    def left(self, now: datetime) -> int:
        """How many can still be handed in and were not."""
        return sum(one.paper.state is PaperState.OPEN and one.is_open(now) for one in self.papers)

    def answered(self) -> list[PaperFile]:
        """Those with an answer to everything, handed in or not."""
        return [one for one in self.papers if is_answered(self.criteria, one.paper)]

    def to_hand_in(self, now: datetime) -> list[PaperFile]:
        """Those answered and not handed in, while they can be."""
        return [one for one in self.answered() if one.paper.state is PaperState.OPEN and one.is_open(now)]

    def submitted(self) -> int:
        """How many were handed in and are not being corrected."""
        return sum(one.paper.state is PaperState.SUBMITTED for one in self.papers)

    def next_after(self, paper_id: int | None, now: datetime) -> PaperFile | None:
        """The next without all answers that can still be given, after this one and then from the beginning."""
        places = [one.id for one in self.papers]
        start = places.index(paper_id) + 1 if paper_id in places else 0
        ahead = [*self.papers[start:], *self.papers[:start]]
        done = {one.id for one in self.answered()}
        return next(
            (one for one in ahead if one.is_open(now) and one.id not in done and one.id != paper_id), None
        )


def due_of(rating: Rating, turn: int, dealt_at: datetime) -> datetime:
    """When the round closes; of a paper that was dealt because the plan changed, at the earliest after as much time as
    the round itself gives."""
    if turn == 1:
        return rating.closes_at
    return max(rating.closes_at, dealt_at + (rating.closes_at - rating.opens_at))


def is_answered(criteria: Sequence[Criterion], paper: Paper) -> bool:
    """Whether the draft answers everything that is asked."""
    return all(one.code in paper.answers for one in criteria)


# Kept: an alias of a table takes longer to make than the query with it takes to run.
@cache
def is_of_last_turn() -> sa.ColumnElement[bool]:
    """The condition that the subject was not dealt anew to the Paper's group."""
    later = aliased(Paper)
    return ~sa.exists(
        sa.select(col(later.id)).where(
            col(later.subject_id) == col(Paper.subject_id),
            col(later.rating_id) == col(Paper.rating_id),
            col(later.group_id) == col(Paper.group_id),
            col(later.turn) > col(Paper.turn),
        )
    )


def open_paper(session: Session, paper_id: int) -> PaperFile:
    """The paper with what it belongs to."""
    for one in _files(session, [col(Paper.id) == paper_id]):
        return one
    raise Refusal("찾으시는 평가가 없습니다. ‘평가’를 입력해 목록에서 다시 선택해 주세요.")


def round_of(session: Session, person_id: int, rating_id: int) -> Round:
    """What a round wants of a person. Refusal where it wants nothing."""
    found = _rounds(session, [col(Paper.rating_id) == rating_id, col(Paper.rater_id) == person_id])
    if not found:
        raise Refusal("이 평가에 배정된 대상이 없습니다. ‘평가’를 입력해 목록에서 다시 선택해 주세요.")
    return found[0]


def rounds_of(session: Session, person_id: int, now: datetime) -> list[Round]:
    """The rounds a person has papers of, those that end first in front; those long over left out."""
    lately = col(Rating.closes_at) > now - _SHOWN_ON
    found = _rounds(session, [col(Paper.rater_id) == person_id, lately])
    return sorted(found, key=lambda one: (one.due_at(now) <= now, one.due_at(now)))


def last_entry(session: Session, paper_id: int) -> Entry | None:
    """The paper as it was handed in last."""
    query = select(Entry).where(Entry.paper_id == paper_id).order_by(col(Entry.number).desc())
    return session.exec(query).first()


def _rounds(session: Session, conditions: Sequence[sa.ColumnElement[bool]]) -> list[Round]:
    piles: dict[int | None, list[PaperFile]] = {}
    for one in _files(session, [*conditions, is_of_last_turn()]):
        piles.setdefault(one.rating.id, []).append(one)
    rounds = []
    for pile in piles.values():
        rating = pile[0].rating
        criteria = criteria_of(session, rating.cycle_id, rating.code)
        kept = [one for one in pile if one.paper.state is not PaperState.RECUSED]
        rounds.append(Round(rating, criteria, kept, [one for one in pile if one not in kept]))
    return rounds


def _files(session: Session, conditions: Sequence[sa.ColumnElement[bool]]) -> list[PaperFile]:
    name = sa.func.coalesce(Person.name, Department.name)
    was_handed_in = sa.exists().where(col(Entry.paper_id) == col(Paper.id))
    columns: tuple[Any, ...] = (Paper, Rating, Group, Subject, name, was_handed_in)
    query = (
        sa.select(*columns)
        .join(Rating, col(Rating.id) == col(Paper.rating_id))
        .join(Group, col(Group.id) == col(Paper.group_id))
        .join(Subject, col(Subject.id) == col(Paper.subject_id))
        .join(Department, col(Department.id) == col(Subject.department_id))
        .join(Person, col(Person.id) == col(Subject.person_id), isouter=True)
        .where(*conditions)
        .order_by(col(Rating.id), col(Group.position), col(Subject.position), col(Subject.id))
    )
    fresh = query.execution_options(populate_existing=True)
    return [PaperFile(*row) for row in session.execute(fresh)]
