"""What the reports of some indicators say, read at once, and what it comes to for one period or a cycle."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from models.asking import is_asked
from models.organization import Person
from models.plan import Cycle, Period, periods_of
from models.scores.figures import Taken
from models.scores.line import PlanLine, counts_in, counts_through
from models.scores.row import Standing
from models.scoring import Rollup, roll_up
from models.scoring.achievement import rounded
from models.store.columns import SCALE
from models.submission import Decision, ReasonCode, State, Submission, SubmissionVersion
from models.words import Refusal

_REPORTED = (State.SUBMITTED, State.CONFIRMED, State.RETURNED, State.APPROVED)
_DECIDED = (State.CONFIRMED, State.RETURNED, State.APPROVED)
_PROGRESS = (
    None, State.DRAFT, State.WITHDRAWN, State.RETURNED, State.SUBMITTED, State.CONFIRMED, State.APPROVED,
)  # fmt: skip


@dataclass(frozen=True)
class View:
    """What is scored: one period of a cycle, or the whole cycle where `period` is None."""

    cycle: Cycle
    period: Period | None
    periods: tuple[Period, ...]
    names: Mapping[int, str]
    """Everybody's name by their id."""
    as_of: datetime | None = None
    """The instant of the past that is looked at; None for now."""

    @property
    def last_day(self) -> date:
        return self.period.ends_on if self.period else self.cycle.ends_on

    def counts(self) -> sa.ColumnElement[bool]:
        """The condition that an Indicator is scored here, as the plan is now."""
        return counts_in(self.period) if self.period else counts_through(self.last_day)


class Reading(NamedTuple):
    """The report of an indicator for a period, with its latest version and the last decision on it."""

    indicator_id: int
    period_id: int
    state: State
    recognised: Decimal | None
    recognised_not_applicable: bool
    value: Decimal | None
    submitted_at: datetime | None
    submitted_by_id: int | None
    submitted_for_id: int | None
    decided_at: datetime | None
    decided_by_id: int | None
    decided_for_id: int | None
    reason_code: ReasonCode | None
    reason: str | None

    @property
    def counted(self) -> Decimal | None:
        return None if self.recognised_not_applicable else self.recognised


_COLUMNS: tuple[Any, ...] = (
    Submission.indicator_id, Submission.period_id, Submission.state, Submission.recognised,
    Submission.recognised_not_applicable, SubmissionVersion.value, SubmissionVersion.submitted_at,
    SubmissionVersion.submitted_by_id, SubmissionVersion.submitted_for_id, Decision.decided_at,
    Decision.decided_by_id, Decision.decided_for_id, Decision.reason_code, Decision.reason,
)  # fmt: skip


def open_view(session: Session, cycle_id: int, period_id: int | None, as_of: datetime | None = None) -> View:
    """The cycle with the period to score, or with all of them. Raises Refusal where there is none such."""
    cycle = session.get(Cycle, cycle_id)
    if cycle is None:
        raise Refusal("찾으시는 성과주기가 없습니다. 목록에서 다시 선택해 주세요.")
    periods = periods_of(session, cycle_id)
    period = next((one for one in periods if one.id == period_id), None)
    if period_id is not None and period is None:
        raise Refusal("찾으시는 기간이 없습니다. 목록에서 다시 선택해 주세요.")
    names = {key: name for key, name in session.exec(select(Person.id, Person.name)) if key is not None}
    return View(cycle, period, (period,) if period else tuple(periods), names, as_of)


def readings(session: Session, view: View, scope: sa.Select[Any]) -> dict[int, list[Reading]]:
    """The reports of the indicators that `scope` selects, for the view's periods in order of time."""
    later = aliased(Decision)
    last = sa.select(sa.func.max(col(later.id))).where(col(later.submission_id) == col(Submission.id))
    query = (
        sa.select(*_COLUMNS)
        .join(
            SubmissionVersion,
            (col(SubmissionVersion.submission_id) == col(Submission.id))
            & (col(SubmissionVersion.number) == col(Submission.version_number)),
        )
        .join(Period, col(Period.id) == col(Submission.period_id))
        .join(Decision, col(Decision.id) == last.scalar_subquery(), isouter=True)
        .where(col(Submission.indicator_id).in_(scope))
        .where(col(Submission.period_id).in_([period.id for period in view.periods]))
        .order_by(col(Submission.indicator_id), col(Period.position), col(Period.id))
    )
    found: defaultdict[int, list[Reading]] = defaultdict(list)
    for row in session.execute(query):
        found[row[0]].append(Reading(*row))
    return found


def taken(view: View, line: PlanLine, reports: Sequence[Reading]) -> Taken:
    """What counts of an indicator's reports: what was approved, rolled up where there are several periods.

    What was reported for a period before the plan said that it is not reported there does not count.
    """
    reports = _asked_for(view, line, reports)
    by_period = {report.period_id: report for report in reports if report.state is State.APPROVED}
    approved = [by_period.get(period.id or 0) for period in view.periods]
    due = [one for one, period in zip(approved, view.periods, strict=True) if _asked(line, period)]
    reported = [report.value for report in reports if report.state in _REPORTED]
    return Taken(
        values=tuple(report.counted if report else None for report in approved),
        reported=_rolled_up(reported, line.rollup),
        recognised=_rolled_up([report.counted for report in approved if report], line.rollup),
        not_applicable=bool(due) and all(one and one.recognised_not_applicable for one in due),
    )


def standing(view: View, line: PlanLine, reports: Sequence[Reading]) -> Standing:
    """Where the reports stand: the least advanced state, the last hand-in and the last decision."""
    reports = _asked_for(view, line, reports)
    by_period = {report.period_id: report for report in reports}
    asked = [by_period.get(period.id or 0) for period in view.periods if _asked(line, period)]
    states = [report.state if report else None for report in asked] or [None]
    handed_in = [report for report in reports if report.state in _REPORTED and report.submitted_at]
    decided = [report for report in reports if report.state in _DECIDED and report.decided_at]
    last_in = max(handed_in, key=lambda report: (report.submitted_at, report.period_id), default=None)
    last_out = max(decided, key=lambda report: (report.decided_at, report.period_id), default=None)
    name = view.names.get
    return Standing(
        state=min(states, key=_PROGRESS.index),
        submitted_at=last_in.submitted_at if last_in else None,
        submitted_by=name(last_in.submitted_by_id or 0, "") if last_in else "",
        submitted_for=name(last_in.submitted_for_id or 0, "") if last_in else "",
        decided_at=last_out.decided_at if last_out else None,
        decided_by=name(last_out.decided_by_id or 0, "") if last_out else "",
        decided_for=name(last_out.decided_for_id or 0, "") if last_out else "",
        reason_code=last_out.reason_code if last_out else None,
        reason=(last_out.reason or "") if last_out else "",
    )


def _rolled_up(values: Sequence[Decimal | None], rollup: Rollup) -> Decimal | None:
    """The roll-up with the decimals that can be kept: what is scored now and what is frozen are the same."""
    value = roll_up(values, rollup)
    return None if value is None else rounded(value, SCALE)


def _asked_for(view: View, line: PlanLine, reports: Sequence[Reading]) -> Sequence[Reading]:
    """The reports for periods in which the indicator is reported."""
    if not line.report_periods:
        return reports
    asked = {period.id for period in view.periods if is_asked(line.report_periods, period.code)}
    return [report for report in reports if report.period_id in asked]


def _asked(line: PlanLine, period: Period) -> bool:
    """Whether the indicator is reported for the period, and was still in the plan when that ended."""
    is_left = line.ends_on is None or line.ends_on > period.ends_on
    return is_left and is_asked(line.report_periods, period.code)
