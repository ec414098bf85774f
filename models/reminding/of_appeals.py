"""Duties of appeals: to decide on them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlmodel import Session

from models.appeal.reading import AppealFile, barred_from_deciding, waiting_appeals
from models.organization import Role
from models.plan import PeriodState
from models.reminding.circle import Circle
from models.reminding.duty import Duty, People, Source
from models.reminding.rule import Audience, DeadlineKind


def deciders(session: Session, circle: Circle, opened: AppealFile) -> tuple[int, ...]:
    """The evaluators nearest to the department who have had nothing to do with it so far."""
    barred = barred_from_deciding(session, opened)
    return circle.nearest(Role.EVALUATOR, opened.appeal.department_id, barred)


def _appeals(
    session: Session, circle: Circle, _now: datetime, keys: Collection[tuple[int, ...]] | None
) -> list[Duty]:
    """By appeal: those that wait for a decision. While the period is open again none can be made."""
    waiting = waiting_appeals(session, None if keys is None else {key[0] for key in keys})
    return [
        Duty(
            DeadlineKind.OBJECTION,
            "appeal",
            (one.id,),
            one.appeal.decision_due,
            _deciding(circle, deciders(session, circle, one)),
            one.appeal.filed_at,
        )
        for one in waiting
        if one.period.state is PeriodState.CLOSED
    ]


def _deciding(circle: Circle, evaluators: tuple[int, ...]) -> People:
    """It is the evaluators' who may decide; administrators look after it."""
    own = {Audience.EVALUATOR: evaluators, Audience.ADMINISTRATOR: circle.everywhere(Role.ADMINISTRATOR)}
    return lambda audience: own.get(audience, ())


OF_APPEALS = (Source("appeal", _appeals),)
