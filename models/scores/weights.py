"""What indicators weigh in one period, as it is scored: what is lost where nothing is handed in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from decimal import Decimal

import sqlalchemy as sa
from sqlmodel import Session, col

from models.plan import Indicator, Period
from models.planning.holding import held_by, held_on, in_force
from models.scores.line import counts_in
from models.scoring import share_out
from models.submission.table import State, Submission


def weights_in(session: Session, period: Period, department_ids: Collection[int]) -> dict[int, Decimal]:
    """The weight of each scored indicator of these departments, in points of 100 for each department.

    The weight of what was recognised as not applicable is shared out among the rest, as in the score sheet.
    Without an approved actual none of it is earned.
    """
    not_applicable = (col(Submission.state) == State.APPROVED) & col(Submission.recognised_not_applicable)
    department = held_on(period.ends_on).label("department")
    query = (
        sa.select(department, col(Indicator.id), col(Indicator.weight), not_applicable)
        .join(
            Submission,
            (col(Submission.indicator_id) == col(Indicator.id)) & (col(Submission.period_id) == period.id),
            isouter=True,
        )
        .where(held_by(department_ids, period.ends_on), col(Indicator.cycle_id) == period.cycle_id)
        .where(col(Indicator.scored), counts_in(period), in_force())
        .order_by(col(Indicator.position), col(Indicator.id))
    )
    planned: dict[int, dict[int, Decimal]] = defaultdict(dict)
    left_out: set[int] = set()
    for place, indicator, weight, is_left_out in session.execute(query):
        planned[place][indicator] = weight
        if is_left_out:
            left_out.add(indicator)
    return {key: share for own in planned.values() for key, share in share_out(own, left_out).items()}
