"""Duties of ratings: a rater's papers that were not handed in."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col

from models.organization import Role
from models.rating.papers import due_of, is_of_last_turn
from models.rating.table import Paper, PaperState, Rating
from models.reminding.circle import Circle
from models.reminding.duty import Duty, People, Source
from models.reminding.of_consultation import Keys
from models.reminding.rule import Audience, DeadlineKind
from models.reminding.table import hours_of

LATE_FOR = timedelta(days=7)
"""For so long administrators are told who did not hand in, and may put the round's end off."""


def _ratings(session: Session, circle: Circle, now: datetime, keys: Keys) -> list[Duty]:
    """By round and rater: papers to be handed in. Once it is too late only administrators hear of it, for a week."""
    hours = hours_of(session)
    first: dict[tuple[int, int], tuple[datetime, datetime]] = {}
    for rating, rater, turn, dealt_at in session.execute(_open_papers(now, keys)):
        due = due_of(rating, turn, dealt_at)
        key = (rating.id, rater)
        # What can still be handed in goes before what is too late.
        if due + LATE_FOR > now and (
            key not in first or (due <= now, due) < (first[key][0] <= now, first[key][0])
        ):
            first[key] = due, dealt_at
    return [
        Duty(
            DeadlineKind.RATING,
            "rating",
            key,
            due,
            _people(circle, key[1], is_over=due <= now),
            # Who got papers was told so at once, unless it was at night or on a day off.
            dealt_at if hours.suit(dealt_at) else None,
            is_personal=True,
        )
        for key, (due, dealt_at) in first.items()
        if keys is None or key in keys
    ]


def _open_papers(now: datetime, keys: Keys) -> sa.Select[Rating, int, int, datetime]:
    """By round, rater and turn: when the first of the papers that are open was dealt."""
    length = sa.func.min(col(Paper.dealt_at))
    query = (
        sa.select(Rating, col(Paper.rater_id), col(Paper.turn), length)
        .join(Paper, col(Paper.rating_id) == col(Rating.id))
        .where(col(Paper.state) == PaperState.OPEN, col(Paper.rater_id).is_not(None))
        .where((col(Rating.closes_at) > now - LATE_FOR) | (col(Paper.turn) > 1))
        .where(is_of_last_turn())
        .group_by(*Rating.__table__.columns, col(Paper.rater_id), col(Paper.turn))  # type: ignore[attr-defined]
        .order_by(col(Rating.id), col(Paper.rater_id))
    )
    if keys is not None:
        query = query.where(col(Rating.id).in_({key[0] for key in keys}))
    return query  # type: ignore[return-value]


def _people(circle: Circle, rater: int, *, is_over: bool) -> People:
    to = {
        Audience.OFFICER: () if is_over else (rater,),
        Audience.ADMINISTRATOR: circle.everywhere(Role.ADMINISTRATOR),
    }
    return lambda audience: to.get(audience, ())


OF_RATINGS = (Source("rating", _ratings),)
