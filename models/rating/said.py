"""What the plan says of a rating, now or as of an instant: the form and the groups, for all its rounds. Every import
that changes any of it keeps what it says from then on."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from models import plan_records
from models.rating.table import Criterion, Group, Rating


def criteria_of(
    session: Session, cycle_id: int, rating: str, as_of: datetime | None = None
) -> list[Criterion]:
    """The form of a rating, in order, as it is or was at the instant `as_of`; before it was first recorded, as it was
    first. Rows of the past are in no session."""
    return _rows(session, Criterion, cycle_id, rating, as_of)


def groups_of(session: Session, cycle_id: int, rating: str, as_of: datetime | None = None) -> list[Group]:
    """The groups of its raters, likewise."""
    return _rows(session, Group, cycle_id, rating, as_of)


def ratings_now(session: Session, cycle_ids: Collection[int] | None = None) -> Iterator[plan_records.Rule]:
    """What the plan says now of every rating, or of those of these cycles, as it is kept."""
    named = select(Rating.cycle_id, Rating.code).distinct()
    if cycle_ids is not None:
        named = named.where(col(Rating.cycle_id).in_(cycle_ids))
    for cycle_id, code in session.exec(named.order_by(col(Rating.cycle_id), col(Rating.code))).all():
        said = {
            kind.__tablename__: plan_records.written(_rows(session, kind, cycle_id, code, None))
            for kind in (Criterion, Group)
        }
        yield cycle_id, _subject(code), said


def _subject(rating: str) -> str:
    return f"rating:{rating}"


def _rows(session: Session, kind: Any, cycle_id: int, rating: str, as_of: datetime | None) -> list[Any]:
    if as_of is not None:
        said = plan_records.kept_at(session, cycle_id, _subject(rating), as_of)
        if said is not None:
            return list(plan_records.read(kind, said[kind.__tablename__]))
    query = select(kind).where(kind.cycle_id == cycle_id, kind.rating == rating)
    return list(session.exec(plan_records.fresh(query.order_by(kind.position, kind.id))))
