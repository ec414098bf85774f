"""What the reports said at an instant of the past: versions handed in and decisions made until then."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from models.plan import Indicator, Period
from models.scores.reading import Reading, View
from models.submission import Decision, State, Submission, SubmissionVersion
from models.submission.table import DecisionKind

_BY_DECISION = {
    DecisionKind.CONFIRM: State.CONFIRMED,
    DecisionKind.APPROVE: State.APPROVED,
    DecisionKind.RETURN: State.RETURNED,
}


def past_readings(session: Session, view: View, as_of: datetime) -> dict[int, list[Reading]]:
    """The reports of all indicators of the cycle, for the view's periods in order of time.

    A report that was handed in and not decided counts as submitted, be it that it was taken back later: nothing
    scores without an approval.
    """
    found: defaultdict[int, list[Reading]] = defaultdict(list)
    for row in session.execute(_query(view, as_of)):
        version, decision = row.SubmissionVersion, row.Decision
        found[row.indicator_id].append(_reading(row.indicator_id, row.period_id, version, decision))
    return found


def _reading(
    indicator_id: int, period_id: int, version: SubmissionVersion, decision: Decision | None
) -> Reading:
    decided = decision if decision is not None and decision.version_id == version.id else None
    state = _BY_DECISION[decided.kind] if decided else State.SUBMITTED
    recognised = decided.recognised if decided and state is State.APPROVED else None
    return Reading(
        indicator_id=indicator_id,
        period_id=period_id,
        state=state,
        recognised=recognised,
        recognised_not_applicable=state is State.APPROVED and recognised is None,
        value=version.value,
        submitted_at=version.submitted_at,
        submitted_by_id=version.submitted_by_id,
        submitted_for_id=version.submitted_for_id,
        decided_at=decided.decided_at if decided else None,
        decided_by_id=decided.decided_by_id if decided else None,
        decided_for_id=decided.decided_for_id if decided else None,
        reason_code=decided.reason_code if decided else None,
        reason=decided.reason if decided else None,
    )


def _query(view: View, as_of: datetime) -> Any:
    """Each report's last version handed in by then, with the last decision made by then."""
    number = (
        sa.select(sa.func.max(col(SubmissionVersion.number)))
        .where(col(SubmissionVersion.submission_id) == col(Submission.id))
        .where(col(SubmissionVersion.submitted_at) <= as_of)
        .correlate(Submission)
        .scalar_subquery()
    )
    decision = (
        sa.select(sa.func.max(col(Decision.id)))
        .where(col(Decision.submission_id) == col(Submission.id), col(Decision.decided_at) <= as_of)
        .correlate(Submission)
        .scalar_subquery()
    )
    return (
        sa.select(col(Submission.indicator_id), col(Submission.period_id), SubmissionVersion, Decision)
        .join(Indicator, col(Indicator.id) == col(Submission.indicator_id))
        .join(Period, col(Period.id) == col(Submission.period_id))
        .join(
            SubmissionVersion,
            (col(SubmissionVersion.submission_id) == col(Submission.id))
            & (col(SubmissionVersion.number) == number),
        )
        .join(Decision, col(Decision.id) == decision, isouter=True)
        .where(col(Indicator.cycle_id) == view.cycle.id)
        .where(col(Submission.period_id).in_([period.id for period in view.periods]))
        .order_by(col(Submission.indicator_id), col(Period.position), col(Period.id))
    )
