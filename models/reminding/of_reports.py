"""Duties about reports: to hand them in, to mend returned ones, to confirm and to decide."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from models.asking import asked_in
from models.clock import local_day
from models.organization import Role
from models.plan import Cycle, Indicator, Period, PeriodState, reported_now
from models.planning.holding import in_force
from models.reminding.circle import Circle
from models.reminding.duty import Duty, People, Source
from models.reminding.rule import Audience, DeadlineKind
from models.submission.table import (
    UNDECIDED,
    WRITABLE,
    Decision,
    DecisionKind,
    State,
    Submission,
    SubmissionVersion,
)

Keys = Collection[tuple[int, ...]] | None
Authors = Collection[int | None]


def _reports(session: Session, circle: Circle, now: datetime, keys: Keys) -> list[Duty]:
    """By indicator and period: reports of periods asked for today that were not handed in."""
    values: dict[str, Any] = {"periods": [period.id for period in reported_now(session, local_day(now))]}
    if keys is not None:
        values["indicators"] = sorted({key[0] for key in keys})
    return [
        Duty(DeadlineKind.REPORT, "report", (indicator, period), due, _reporting(circle, *whose))
        for indicator, period, due, *whose in session.execute(_open_reports(keys is None), values)
        if keys is None or (indicator, period) in keys
    ]


@cache
def _open_reports(of_all: bool) -> sa.Select[*tuple[Any, ...]]:
    """Put together once: it is asked for each digest that leaves. `indicators`: whose, where not `of_all`."""
    open_ = (col(Submission.id).is_(None)) | (
        col(Submission.state).in_(WRITABLE) & col(Submission.due_at).is_(None)
    )
    query = (
        sa.select(
            col(Indicator.id),
            col(Period.id),
            col(Period.report_due),
            col(Indicator.officer_id),
            col(Indicator.deputy_officer_id),
            col(Indicator.department_id),
        )
        .join(Period, col(Period.cycle_id) == col(Indicator.cycle_id))
        .join(
            Submission,
            (col(Submission.indicator_id) == col(Indicator.id))
            & (col(Submission.period_id) == col(Period.id)),
            isouter=True,
        )
        .where(open_, in_force(), col(Period.id).in_(sa.bindparam("periods", expanding=True)))
        .where(asked_in(col(Period.code)))
        .where(col(Indicator.ends_on).is_(None) | (col(Indicator.ends_on) > col(Period.starts_on)))
        .order_by(col(Period.report_due), col(Indicator.position), col(Indicator.id))
    )
    return query if of_all else query.where(col(Indicator.id).in_(sa.bindparam("indicators", expanding=True)))


def _returned(session: Session, circle: Circle, now: datetime, keys: Keys) -> list[Duty]:
    """By submission: returned reports with a deadline of their own that were not handed in again."""
    returned_at = (
        sa.select(sa.func.max(col(Decision.decided_at)))
        .where(col(Decision.submission_id) == col(Submission.id), col(Decision.kind) == DecisionKind.RETURN)
        .scalar_subquery()
    )
    query = (
        sa.select(
            col(Submission.id),
            col(Submission.due_at),
            returned_at,
            col(Indicator.officer_id),
            col(Indicator.deputy_officer_id),
            col(Indicator.department_id),
        )
        .join(Indicator, col(Indicator.id) == col(Submission.indicator_id))
        .join(Period, col(Period.id) == col(Submission.period_id))
        .where(col(Submission.due_at).is_not(None), col(Submission.state).in_(WRITABLE))
        .where(col(Submission.period_id).in_(_open_periods(session)), asked_in(col(Period.code)))
        .order_by(col(Submission.due_at), col(Submission.id))
    )
    if keys is not None:
        query = query.where(col(Submission.id).in_({key[0] for key in keys}))
    return [
        Duty(DeadlineKind.RETURN, "return", (key,), due, _reporting(circle, *whose), since)
        for key, due, since, *whose in session.execute(query)
    ]


def _open_periods(session: Session) -> list[int]:
    """By their ids, few as they are: reports of the years before are not even looked at."""
    query = sa.select(col(Period.id)).where(col(Period.state) == PeriodState.OPEN)
    return [key for key in session.execute(query).scalars() if key is not None]


def _reporting(circle: Circle, officer: int | None, deputy: int | None, department: int) -> People:
    """Whose a report is: its officers', or every officer's of the department where none is named."""
    if officer or deputy:
        return of_department(circle, department, named_officers(circle, officer, deputy))
    return of_department(circle, department, {Audience.OFFICER: circle.over(Role.OFFICER, department)})


Own = Mapping[Audience, Iterable[int | None]]


def named_officers(circle: Circle, officer: int | None, deputy: int | None) -> Own:
    """The officers of an indicator. The second does what the first would, where there is none or they have left."""
    first, second = (officer, deputy) if officer in circle.here else (deputy, None)
    return {Audience.OFFICER: (first,), Audience.DEPUTY: (second,)}


def of_department(circle: Circle, department: int, own: Own) -> People:
    """Those whose own it is, and who is in charge of the department."""

    def people(audience: Audience) -> Iterable[int | None]:
        return own[audience] if audience in own else in_charge(circle, audience, department)

    return people


def in_charge(circle: Circle, audience: Audience, department: int) -> tuple[int, ...]:
    """Who is told about a department's work because of their office."""
    match audience:
        case Audience.TEAM_LEAD:
            return circle.nearest(Role.TEAM_LEAD, department)
        case Audience.HEAD:
            return circle.above(Role.TEAM_LEAD, department)
        case Audience.EVALUATOR:
            return circle.nearest(Role.EVALUATOR, department)
        case Audience.ADMINISTRATOR:
            return circle.everywhere(Role.ADMINISTRATOR)
        case _:
            return ()


def _deciding(kind: DeadlineKind) -> Source:
    """By period and department: reports that wait for a team lead's word, or for an evaluator's decision."""
    confirming = kind is DeadlineKind.CONFIRMATION
    submitted = col(Submission.state) == State.SUBMITTED
    asked = col(Cycle.asks_confirmation)
    ready = submitted & asked
    if not confirming:
        ready = (submitted & ~asked) | (col(Submission.state) == State.CONFIRMED)
    due = col(Period.review_due)
    by = sa.func.coalesce(col(Period.confirmation_due), due) if confirming else due

    def duties(session: Session, circle: Circle, _now: datetime, keys: Keys) -> list[Duty]:
        version = col(SubmissionVersion.submission_id) == col(Submission.id)
        version &= col(SubmissionVersion.number) == col(Submission.version_number)
        authors = (col(SubmissionVersion.submitted_by_id), col(SubmissionVersion.submitted_for_id))
        about = (col(Period.id), col(Indicator.department_id), by)
        query = (
            sa.select(*about, sa.func.min(_waiting_since(kind)), *authors)
            .join(Submission, col(Submission.period_id) == col(Period.id))
            .join(Indicator, col(Indicator.id) == col(Submission.indicator_id))
            .join(Cycle, col(Cycle.id) == col(Period.cycle_id))
            .join(SubmissionVersion, version, isouter=True)
            .where(ready, col(Submission.state).in_(UNDECIDED))
            .where(col(Submission.period_id).in_(_open_periods(session)), asked_in(col(Period.code)))
            .group_by(*about, *authors)
            .order_by(col(Period.id), col(Indicator.department_id))
        )
        if keys is not None:
            query = query.where(col(Indicator.department_id).in_({key[1] for key in keys}))
        waiting: dict[tuple[tuple[int, int], datetime], list[tuple[datetime | None, Authors]]] = {}
        for period, department, at, since, *whose in session.execute(query):
            if keys is None or (period, department) in keys:
                waiting.setdefault(((period, department), at), []).append((since, whose))
        duties = []
        for (key, at), reports in waiting.items():
            oldest = min((since for since, _ in reports if since is not None), default=None)
            people = _deciders(circle, key[1], [whose for _, whose in reports])
            duties.append(Duty(kind, kind.value, key, at, people, oldest))
        return duties

    return Source(kind.value, duties)


def _waiting_since(kind: DeadlineKind) -> Any:
    """Since when a report waits for that decision. Who decides was told with it: no stage that lay before is said."""
    if kind is DeadlineKind.CONFIRMATION:
        return col(Submission.submitted_at)
    confirmed_at = sa.select(sa.func.max(col(Decision.decided_at))).where(
        col(Decision.version_id) == col(SubmissionVersion.id), col(Decision.kind) == DecisionKind.CONFIRM
    )
    return sa.func.coalesce(confirmed_at.scalar_subquery(), col(Submission.submitted_at))


_ROLES = {Audience.TEAM_LEAD: Role.TEAM_LEAD, Audience.EVALUATOR: Role.EVALUATOR}


def _deciders(circle: Circle, department: int, reports: Collection[Authors]) -> People:
    """Who decides on reports of these authors: for each those nearest to the department who are none of them."""

    def people(audience: Audience) -> Iterable[int | None]:
        if audience not in _ROLES:
            return in_charge(circle, audience, department)
        found = (circle.nearest(_ROLES[audience], department, authors) for authors in reports)
        return dict.fromkeys(person for theirs in found for person in theirs)

    return people


REPORTS = Source("report", _reports)
RETURNED = Source("return", _returned)
CONFIRMATIONS = _deciding(DeadlineKind.CONFIRMATION)
REVIEWS = _deciding(DeadlineKind.REVIEW)
