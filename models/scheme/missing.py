"""What of a result is not there yet: by part, by whom it is awaited, and for which subjects."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import sqlalchemy as sa
from sqlmodel import Session, col, select

from models.organization import Department, Person
from models.rating.papers import is_of_last_turn
from models.rating.table import Entry, Paper, PaperState, Rating
from models.scheme.result import SchemeResult
from models.scheme.table import Part, Source


@dataclass(frozen=True)
class Missing:
    """A part with the subjects that lack something under it.

    owner: the department that owes it, of an owner's item. raters: who has still papers to hand in, with how many.
    """

    part: Part
    subjects: tuple[str, ...]
    owner: str = ""
    raters: tuple[tuple[str, int], ...] = ()


def missing_of(session: Session, result: SchemeResult) -> list[Missing]:
    """Everything that is missing, in the order of the parts."""
    found = []
    for part in result.parts:
        lacking = tuple(
            one.name
            for one in result.subjects
            if any(score.is_missing for score in one.score.parts if score.part.code == part.code)
        )
        if not lacking:
            continue
        owner = _owner(session, result, part) if part.source is Source.OWNER else ""
        raters = _raters(session, result, part) if part.source is Source.RATING else ()
        found.append(Missing(part, lacking, owner, raters))
    return found


def _owner(session: Session, result: SchemeResult, part: Part) -> str:
    """The owner's name; of a part that names none those of the departments that supervise who lacks a value."""
    if part.owner_id is not None:
        return session.get_one(Department, part.owner_id).name
    lacking = {
        one.subject.department_id
        for one in result.subjects
        if any(score.is_missing for score in one.score.parts if score.part.code == part.code)
    }
    supervising = sa.select(col(Department.supervisor_id)).where(col(Department.id).in_(lacking))
    query = select(Department.name).where(col(Department.id).in_(supervising))
    return ", ".join(session.exec(query.order_by(col(Department.position), col(Department.id))))


def _raters(session: Session, result: SchemeResult, part: Part) -> tuple[tuple[str, int], ...]:
    query = (
        sa.select(col(Person.name))
        .join(Paper, col(Paper.rater_id) == col(Person.id))
        .join(Rating, col(Rating.id) == col(Paper.rating_id))
        .where(col(Rating.cycle_id) == result.cycle.id, col(Rating.code) == part.basis)
        .where(col(Paper.state) == PaperState.OPEN, is_of_last_turn())
        # What was handed in counts while it is corrected.
        .where(~sa.exists().where(col(Entry.paper_id) == col(Paper.id)))
    )
    if result.period is not None:
        query = query.where(col(Rating.period_id) == result.period.id)
    counts = Counter(session.execute(query).scalars())
    return tuple(sorted(counts.items(), key=lambda one: (-one[1], one[0])))
