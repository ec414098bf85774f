"""Results of a person's own indicators: those they may appeal against while the window is open, and the last ones."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col, select

from models.appeal.reading import may_file
from models.appeal.result import Result, window_ends
from models.doer import Doer
from models.organization import Department, Role
from models.plan import Indicator, Period, PeriodState
from models.rights import may_report
from models.scores import FrozenScore
from models.submission import Submission

_OWN = (Role.OFFICER, Role.TEAM_LEAD)
_LATELY = timedelta(days=366)


def open_windows(session: Session, now: datetime) -> list[Period]:
    """Closed periods against whose scores appeals are taken at `now`."""
    query = select(Period).where(Period.state == PeriodState.CLOSED, col(Period.objection_due).is_not(None))
    periods = session.exec(query.order_by(col(Period.starts_on), col(Period.id)))
    return [one for one in periods if (ends := window_ends(session, one)) is not None and now <= ends]


def own_results(session: Session, doer: Doer) -> list[Result]:
    """The kept scores this person may appeal against now, or has, in the plan's order."""
    return _results(session, doer, [period.id for period in open_windows(session, doer.now)])


def last_results(session: Session, doer: Doer) -> list[Result]:
    """The kept scores of the indicators this person reports, of each cycle's last closed period within a year."""
    lately = col(Period.ends_on) > doer.today - _LATELY
    query = select(Period).where(Period.state == PeriodState.CLOSED, lately)
    ended = session.exec(query.order_by(col(Period.ends_on), col(Period.id)))
    last = {one.cycle_id: one.id for one in ended}
    found = _results(session, doer, [*last.values()])
    return [one for one in found if may_report(doer.standing, one.indicator, one.department.path)]


def _results(session: Session, doer: Doer, periods: Sequence[int | None]) -> list[Result]:
    if not periods:
        return []
    report = (col(Submission.indicator_id) == col(Indicator.id)) & (
        col(Submission.period_id) == col(FrozenScore.period_id)
    )
    query = (
        sa.select(FrozenScore, Indicator, Period, Department, col(Submission.id))
        .join(Indicator, col(Indicator.id) == col(FrozenScore.indicator_id))
        .join(Period, col(Period.id) == col(FrozenScore.period_id))
        .join(Department, col(Department.id) == col(FrozenScore.department_id))
        .join(Submission, report, isouter=True)
        .where(col(FrozenScore.period_id).in_(periods), _theirs(doer))
        .order_by(col(Period.starts_on), col(Department.position), col(Indicator.position), col(Indicator.id))
    )
    found = (Result(*row) for row in session.execute(query))
    return [one for one in found if may_file(doer.standing, one.indicator, one.department.path)]


def _theirs(doer: Doer) -> sa.ColumnElement[bool]:
    """What may be theirs: where they are named or stand in for who is, and where they hold an office."""
    people = {doer.person_id, *doer.standing.stood_in_for()}
    named = col(Indicator.officer_id).in_(people) | col(Indicator.deputy_officer_id).in_(people)
    paths: Sequence[str] = [held.path for held in doer.standing.holdings if held.role in _OWN]
    return sa.or_(named, *(col(Department.path).startswith(path, autoescape=True) for path in paths))
