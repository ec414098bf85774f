"""What is known of an indicator's year, read for a projection."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

import sqlalchemy as sa
from sqlmodel import Session, col, select

from models.asking import is_asked
from models.forecast.goal import Goal, goal_of
from models.forecast.projection import Outlook, project
from models.plan import (
    Cycle,
    Indicator,
    Period,
    PeriodState,
    Target,
    past_actuals,
    periods_of,
    rule_of,
    target_of,
)
from models.scoring import Rollup, roll_up
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
    planned: tuple[Decimal | None, ...] = ()
    """The target of its own that each of the periods has, if any."""

    @property
    def outlook(self) -> Outlook | None:
        """The projection; a year that keeps to the plan's own schedule so far is on its way, whatever its pace says."""
        found = project(self.indicator.rollup, self.actuals, self.past, self.goal)
        return (
            replace(found, is_missed=False)
            if found is not None and found.left and self.keeps_schedule
            else found
        )

    @property
    def keeps_schedule(self) -> bool:
        """Whether what was reported so far meets what the plan asks for until then, by its targets for the periods.

        False where one of these periods has no target of its own, and of a largest value, which has no schedule.
        """
        pairs = zip(self.actuals, self.planned, strict=False)
        reported = [(actual, target) for actual, target in pairs if actual is not None]
        targets = [target for _, target in reported if target is not None]
        if not reported or len(targets) < len(reported) or self.indicator.rollup is Rollup.MAX:
            return False
        asked = roll_up(targets, self.indicator.rollup)
        reached = roll_up([actual for actual, _ in reported], self.indicator.rollup)
        goal = goal_of(rule_of(self.indicator, asked))
        return goal is not None and reached is not None and not goal.missed_by(reached)


def year_so_far(session: Session, indicator: Indicator) -> YearSoFar:
    """Reads it as things stand: the recognised value where there is one, or else what is under review. What was
    returned or withdrawn is still to come; a period that does not apply, or was closed without a value, is left out."""
    cycle = session.get_one(Cycle, indicator.cycle_id)
    reports, targets = _reports(session, indicator), _targets(session, indicator)
    periods, actuals = [], []
    for period in periods_of(session, indicator.cycle_id):
        value, not_applicable = reports.get(period.id or 0, (None, False))
        is_over = value is None and (not_applicable or period.state is PeriodState.CLOSED)
        if _is_asked(indicator, period) and not is_over:
            periods.append(period)
            actuals.append(value)
    past = tuple((one.year, one.value) for one in past_actuals(session, indicator))
    goal = goal_of(rule_of(indicator, target_of(session, indicator, None)))
    planned = tuple(targets.get(period.id or 0) for period in periods)
    return YearSoFar(indicator, cycle, tuple(periods), tuple(actuals), past, goal, planned)


def _targets(session: Session, indicator: Indicator) -> dict[int, Decimal | None]:
    """The targets that periods have of their own."""
    query = select(Target).where(Target.indicator_id == indicator.id, col(Target.period_id).is_not(None))
    return {target.period_id or 0: target.value for target in session.exec(query)}


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
