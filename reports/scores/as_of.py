"""As of when a workbook is: the last row of the audit that its figures could rest on.

Not the clock: the same data give the same bytes, whenever they are exported.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time

import sqlalchemy as sa
from sqlmodel import Session, col

from models.audit import AuditRow, last_row
from models.clock import SEOUL
from models.scores import View
from models.submission import Submission

_LEAVES_SCORES_ALONE = ("absence.", "account.", "calendar.", "file.", "reminder.", "scores.")
"""How the actions begin that no sheet of the workbook tells of: logging in, or making such a workbook."""
_REPORT, _PERIOD = "submission:", "period:"


@dataclass(frozen=True)
class AsOf:
    """When something last happened to the data, and how long the audit was then, with its last hash."""

    at: datetime
    length: int = 0
    hash: str = ""


def as_of(session: Session, view: View) -> AsOf:
    """For data that no audit knows of it is the cycle's first day."""
    row = last_row(
        session,
        *(col(AuditRow.action).not_like(f"{beginning}%") for beginning in _LEAVES_SCORES_ALONE),
        sa.not_(_of_another_period(view)),
    )
    if row is None:
        return AsOf(datetime.combine(view.cycle.starts_on, time(), SEOUL))
    return AsOf(row.at, row.id, row.hash)


def _of_another_period(view: View) -> sa.ColumnElement[bool]:
    """Whether it was done to a period that is not in the view, or to a report for one."""
    subject = col(AuditRow.subject)
    periods = [period.id for period in view.periods]
    number = sa.cast(sa.func.substr(subject, len(_REPORT) + 1), sa.Integer)
    report = sa.case((subject.startswith(_REPORT), number))
    reported = sa.exists().where(col(Submission.id) == report, col(Submission.period_id).not_in(periods))
    named = [f"{_PERIOD}{period}" for period in periods]
    return reported | (subject.startswith(_PERIOD) & subject.not_in(named))
