"""What was given to subjects: values of owner departments, bonuses and deductions, now or as of an instant."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal, localcontext
from typing import cast

from sqlmodel import Session, col, select

from models.consultation.deduction import COUNTS, Deduction, DeductionState
from models.consultation.programme import Programme
from models.plan import Indicator, rule_of
from models.scheme.table import Adjustment, AdjustmentState, OwnerValue, Part, Subject
from models.scoring import achievement, check_actual
from models.scoring.achievement import EXACT
from models.words import Refusal


def owner_values(
    session: Session, subjects: Sequence[Subject], part: str, as_of: datetime | None
) -> dict[tuple[int, int | None], OwnerValue]:
    """The last value of each subject and period (None: the year)."""
    query = select(OwnerValue).where(
        OwnerValue.part == part, col(OwnerValue.subject_id).in_([one.id for one in subjects])
    )
    if as_of is not None:
        query = query.where(col(OwnerValue.given_at) <= as_of)
    values = session.exec(query.order_by(col(OwnerValue.id)))
    return {(value.subject_id, value.period_id): value for value in values}


def is_taken(part: Part, given: OwnerValue) -> bool:
    """Whether this version's part has a use for the value: it may have been given for another version's rule."""
    if given.not_applicable or given.value is None:
        return True
    if part.kind is None:
        return 0 <= given.value <= (part.points or 0)
    try:
        check_actual(part.kind, given.value)
    except Refusal:
        return False
    return True


def percent_given(part: Part, given: OwnerValue, on: date) -> Decimal | None:
    """The per cent of a value that is taken: of the part's points, or the achievement by its rule. None for N/A."""
    if given.not_applicable or given.value is None:
        return None
    if part.kind is not None:
        # The names of a part's rule are those of an indicator's.
        return achievement(rule_of(cast(Indicator, part), part.target), given.value, on)
    with localcontext(EXACT):
        return given.value * 100 / part.points if part.points else Decimal(0)


def adjustments(
    session: Session, subjects: Sequence[Subject], part: str, period_id: int | None, as_of: datetime | None
) -> Sequence[Adjustment]:
    """The confirmed bonuses or deductions of these subjects: of a period, or in the year all of them."""
    query = select(Adjustment).where(
        Adjustment.part == part, col(Adjustment.subject_id).in_([one.id for one in subjects])
    )
    if period_id is not None:
        query = query.where(Adjustment.period_id == period_id)
    if as_of is None:
        query = query.where(Adjustment.state == AdjustmentState.CONFIRMED)
    else:
        standing = col(Adjustment.withdrawn_at).is_(None) | (col(Adjustment.withdrawn_at) > as_of)
        was = col(Adjustment.state).in_((AdjustmentState.CONFIRMED, AdjustmentState.WITHDRAWN))
        query = query.where(was, col(Adjustment.decided_at) <= as_of, standing)
    return session.exec(query.order_by(col(Adjustment.id))).all()


def adjusted(
    session: Session, subjects: Sequence[Subject], part: str, period_id: int | None, as_of: datetime | None
) -> dict[int, Decimal]:
    """The sum of these of each subject that has any."""
    found: defaultdict[int, Decimal] = defaultdict(Decimal)
    for one in adjustments(session, subjects, part, period_id, as_of):
        found[one.subject_id] += one.points
    return dict(found)


def deductions(
    session: Session, cycle_id: int, as_of: datetime | None
) -> Sequence[tuple[Deduction, Programme]]:
    """What is taken off departments in a cycle for not taking part in consulting.

    What is objected to counts until it is withdrawn.
    """
    query = (
        select(Deduction, Programme)
        .join(Programme, col(Programme.id) == col(Deduction.programme_id))
        .where(Programme.cycle_id == cycle_id)
        .order_by(col(Deduction.id))
    )
    if as_of is None:
        query = query.where(col(Deduction.state).in_(COUNTS))
    else:
        was = col(Deduction.state).in_((*COUNTS, DeductionState.WITHDRAWN))
        standing = (col(Deduction.state) != DeductionState.WITHDRAWN) | (col(Deduction.settled_at) > as_of)
        query = query.where(was, col(Deduction.decided_at) <= as_of, standing)
    return session.exec(query).all()
