"""What is known of an indicator's year, read for a projection."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import sqlalchemy as sa
from sqlmodel import Session, col

from models.asking import is_asked
from models.forecast.goal import Goal, goal_of
from models.forecast.projection import Outlook, project
from models.plan import Cycle, Indicator, Period, PeriodState, past_actuals, periods_of, rule_of, target_of
from models.submission.table import HANDED_IN, State, Submission, SubmissionVersion


@dataclass(frozen=True)
class YearSoFar:
    """The periods of an indicator's year that count, and what was handed in for them; `past` oldest first."""

    indicator: Indicator
    cycle: Cycle
    periods: tuple[Period, ...]
    actuals: tuple[Decimal | None, ...]
    """One for each of the periods; None where it is still to come."""
    past: tuple[tuple[int, Decimal], ...]
    goal: Goal | None

    @property
    def outlook(self) -> Outlook | None:
        return project(self.indicator.rollup, self.actuals, self.past, self.goal)


def year_so_far(session: Session, indicator: Indicator) -> YearSoFar:
    """Reads it as things stand: the recognised value where there is one, or else what is under review. What was
    returned or withdrawn is still to come; a period that does not apply, or was closed without a value, is left out."""
    cycle = session.get_one(Cycle, indicator.cycle_id)
    reports = _reports(session, indicator)
    periods, actuals = [], []
    for period in periods_of(session, indicator.cycle_id):
        value, not_applicable = reports.get(period.id or 0, (None, False))
        is_over = value is None and (not_applicable or period.state is PeriodState.CLOSED)
        if _is_asked(indicator, period) and not is_over:
            periods.append(period)
            actuals.append(value)
    past = tuple((one.year, one.value) for one in past_actuals(session, indicator))
    goal = goal_of(rule_of(indicator, target_of(session, indicator, None)))
    return YearSoFar(indicator, cycle, tuple(periods), tuple(actuals), past, goal)


def _reports(session: Session, indicator: Indicator) -> dict[int, tuple[Decimal | None, bool]]:
    """By period what was handed in: the value, and whether it does not apply."""
    query = (
        sa.select(Submission, SubmissionVersion)
        .join(
            SubmissionVersion,
            (col(SubmissionVersion.submission_id) == col(Submission.id))
            & (col(SubmissionVersion.number) == col(Submission.version_number)),
        )
        .where(col(Submission.indicator_id) == indicator.id, col(Submission.state).in_(HANDED_IN))
    )
    return {
        submission.period_id: (submission.recognised, submission.recognised_not_applicable)
        if submission.state is State.APPROVED
        else (version.value, version.not_applicable)
        for submission, version in session.execute(query)
    }


def _is_asked(indicator: Indicator, period: Period) -> bool:
    """Whether the indicator is reported for the period, and still in the plan when that ends."""
    is_left = indicator.ends_on is None or indicator.ends_on > period.ends_on
    return is_left and is_asked(indicator.report_periods, period.code)
