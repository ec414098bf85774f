"""The rating scores of rounds, read from the papers as they stood at an instant."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from models.rating.said import criteria_of, groups_of
from models.rating.scale import read_scale
from models.rating.scores import (
    Form,
    GroupScore,
    Question,
    RatingScore,
    group_mean,
    left_out,
    rating_score,
    written_out,
)
from models.rating.table import Criterion, Entry, Group, GroupKind, Paper, Rating
from models.scheme.table import Subject


@dataclass
class Pile:
    """The papers of one group about one subject: those of the last turn that nobody has stepped back from."""

    turn: int = 0
    scores: list[Fraction] = field(default_factory=list)
    expected: int = 0

    def add(self, paper: Counted) -> None:
        if paper.turn > self.turn:
            self.turn, self.scores, self.expected = paper.turn, [], 0
        if paper.turn < self.turn or paper.is_recused:
            return
        self.expected += 1
        if paper.score is not None:
            self.scores.append(paper.score)


Piles = Mapping[tuple[int, int, int], Pile]
"""By round, group and subject."""


def rating_scores(
    session: Session, rating_ids: Collection[int], as_of: datetime | None = None
) -> dict[tuple[int, int], RatingScore]:
    """By round and subject, what the papers come to that were handed in until `as_of` (None: now) and not recused
    until then. Every subject of the scheme that is rated has a score, be it one that does not apply.

    Where a subject was rated anew, a group's papers of the last turn count. A group has nothing to say about a
    subject that no paper of a dealt round was for; a survey is to say something about each.
    """
    rounds = list(session.exec(select(Rating).where(col(Rating.id).in_(rating_ids)).order_by(col(Rating.id))))
    piles = _piles(session, rounds, as_of)
    groups, subjects = _groups(session, rounds, as_of), _subjects(session, rounds)
    scores = {}
    for one in rounds:
        assert one.id is not None
        is_dealt = one.dealt_at is not None and (as_of is None or one.dealt_at <= as_of)
        for subject in subjects[one.cycle_id, one.scheme]:
            counted = (
                _group_score(group, piles.get((one.id, group.id or 0, subject)), is_dealt)
                for group in groups[one.cycle_id, one.code]
            )
            scores[one.id, subject] = rating_score([score for score in counted if score is not None])
    return scores


def form_of(criteria: Sequence[Criterion]) -> Form:
    """The criteria as the arithmetic wants them."""
    return Form([Question(one.code, one.weight, read_scale(one.scale)) for one in criteria])


def _group_score(group: Group, pile: Pile | None, is_dealt: bool) -> GroupScore | None:
    if pile is None:
        if is_dealt and group.kind is not GroupKind.SURVEY:
            return None
        pile = Pile()
    counted = len(pile.scores)
    mean = group_mean(pile.scores, group.trim, group.fewest)
    trimmed = left_out(counted, group.trim) if mean is not None else 0
    return GroupScore(
        group.code, group.name, group.share, written_out(mean), counted, pile.expected, trimmed, mean
    )


@dataclass(frozen=True, slots=True)
class Counted:
    """A paper as it stood at an instant; `score` in %, None where it was not handed in until then."""

    rating_id: int
    group_id: int
    subject_id: int
    turn: int
    rater_id: int | None
    is_recused: bool
    score: Fraction | None


def counted_papers(session: Session, rounds: Sequence[Rating], as_of: datetime | None) -> Iterator[Counted]:
    """Every paper that was dealt by then, with its score where it was handed in."""
    # As text: of three thousand papers many say the same, and what they say is reckoned once.
    answers = sa.cast(col(Entry.answers), sa.Text)
    last = _last_entries(rounds, as_of)
    columns = (
        Paper.rating_id,
        Paper.group_id,
        Paper.subject_id,
        Paper.turn,
        Paper.rater_id,
        Paper.recused_at,
    )
    query = (
        sa.select(*map(col, columns), answers)
        .join(last, last.c.paper_id == col(Paper.id), isouter=True)
        .join(
            Entry,
            (col(Entry.paper_id) == col(Paper.id)) & (col(Entry.number) == last.c.number),
            isouter=True,
        )
        .where(_is_of(rounds), *(() if as_of is None else (col(Paper.dealt_at) <= as_of,)))
        .order_by(col(Paper.id))
    )
    reckoned: dict[tuple[int, str], Fraction | None] = {}
    forms = {one.id: form_of(criteria_of(session, one.cycle_id, one.code, as_of)) for one in rounds}
    for rating, group, subject, turn, rater, recused_at, text in session.execute(query):
        if text is not None and (rating, text) not in reckoned:
            reckoned[rating, text] = forms[rating].score(json.loads(text))
        is_recused = recused_at is not None and (as_of is None or recused_at <= as_of)
        score = None if text is None else reckoned[rating, text]
        yield Counted(rating, group, subject, turn, rater, is_recused, score)


def _piles(session: Session, rounds: Sequence[Rating], as_of: datetime | None) -> Piles:
    piles: defaultdict[tuple[int, int, int], Pile] = defaultdict(Pile)
    for one in counted_papers(session, rounds, as_of):
        piles[one.rating_id, one.group_id, one.subject_id].add(one)
    return piles


def _last_entries(rounds: Sequence[Rating], as_of: datetime | None) -> sa.Subquery:
    """The number of each paper's last entry of that time."""
    number = sa.func.max(col(Entry.number)).label("number")
    columns: tuple[Any, ...] = (col(Entry.paper_id).label("paper_id"), number)
    query = sa.select(*columns).join(Paper, col(Paper.id) == col(Entry.paper_id))
    if as_of is not None:
        query = query.where(col(Entry.submitted_at) <= as_of)
    return query.where(_is_of(rounds)).group_by(col(Entry.paper_id)).subquery()


def _is_of(rounds: Sequence[Rating]) -> sa.ColumnElement[bool]:
    return col(Paper.rating_id).in_([one.id for one in rounds])


def _groups(
    session: Session, rounds: Sequence[Rating], as_of: datetime | None
) -> dict[tuple[int, str], Sequence[Group]]:
    """By cycle and rating, in order."""
    named = {(one.cycle_id, one.code) for one in rounds}
    return {key: groups_of(session, *key, as_of) for key in named}


def _subjects(session: Session, rounds: Sequence[Rating]) -> dict[tuple[int, str], list[int]]:
    """By cycle and scheme, in order."""
    found: defaultdict[tuple[int, str], list[int]] = defaultdict(list)
    query = sa.select(col(Subject.cycle_id), col(Subject.scheme), col(Subject.id))
    of_cycles = query.where(col(Subject.cycle_id).in_({one.cycle_id for one in rounds}))
    for cycle, scheme, key in session.execute(of_cycles.order_by(col(Subject.position), col(Subject.id))):
        found[cycle, scheme].append(key)
    return found
