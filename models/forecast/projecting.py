"""Projections by the clock: which reports want one, what is written of it, and when it is news."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

import sqlalchemy as sa
from sqlmodel import Session, col, select

from models.forecast.projection import Outlook
from models.forecast.reading import year_so_far
from models.forecast.table import Projection
from models.plan import Indicator, Period, PeriodState
from models.scoring.achievement import rounded
from models.store import insert_if_absent
from models.store.columns import SCALE
from models.submission.table import HANDED_IN, Submission, SubmissionVersion

HANDED_IN_WITHIN = timedelta(days=14)
"""Only what was handed in so lately is projected: where the bot begins to project, a year's history is no news to
anybody. It outlasts the longest holidays, on which nothing is projected."""
WORSE = Decimal("0.05")
"""Of the target: by so much further it must be missed than people were told, for it to be told again."""
_LARGEST = Decimal(10) ** 14


def reports_to_project(session: Session, now: datetime, most: int) -> list[tuple[int, Indicator]]:
    """The first versions that were handed in lately, in open periods, and have no projection yet."""
    # Told by their ids, periods lead to their reports by the index; the reports of all years are many.
    open_periods = session.exec(select(Period.id).where(Period.state == PeriodState.OPEN)).all()
    query = (
        sa.select(col(SubmissionVersion.id), Indicator)
        .join(
            Submission,
            (col(SubmissionVersion.submission_id) == col(Submission.id))
            & (col(SubmissionVersion.number) == col(Submission.version_number)),
        )
        .join(Indicator, col(Indicator.id) == col(Submission.indicator_id))
        .join(Projection, col(Projection.version_id) == col(SubmissionVersion.id), isouter=True)
        .where(col(Submission.state).in_(HANDED_IN), col(Submission.period_id).in_(open_periods))
        .where(col(Submission.submitted_at) > now - HANDED_IN_WITHIN, col(Projection.id).is_(None))
        .order_by(col(Submission.submitted_at), col(Submission.id))
        .limit(most)
    )
    return [(version, indicator) for version, indicator in session.execute(query)]


def make_projection(
    session: Session, now: datetime, version_id: int, indicator: Indicator
) -> Projection | None:
    """Projects the year as things stand and writes it down; None where another process has done so meanwhile."""
    outlook = year_so_far(session, indicator).outlook
    outlook = None if outlook is None or not _fits(outlook) else outlook
    key = insert_if_absent(
        session,
        Projection,
        version_id=version_id,
        indicator_id=indicator.id,
        made_at=now,
        value=outlook and kept(outlook.value),
        low=outlook and kept(outlook.low),
        high=outlook and kept(outlook.high),
        target=outlook and kept(outlook.target),
        method=outlook.method.value if outlook else "",
        basis=outlook.basis.value if outlook else "",
        is_warning=outlook is not None and outlook.is_warning,
    )
    return None if key is None else session.get_one(Projection, key)


def is_news(session: Session, projection: Projection) -> bool:
    """Whether people are to be told: of a first warning, of the first after the target had been within reach again,
    and of one that is worse than the last they were told by more than `WORSE` of the target; of events, by any."""
    if not projection.is_warning:
        return False
    earlier = select(Projection).where(
        Projection.indicator_id == projection.indicator_id, col(Projection.id) < projection.id
    )
    newest_first = earlier.order_by(col(Projection.id).desc()).limit(1)
    before = session.exec(newest_first).first()
    told = session.exec(newest_first.where(col(Projection.told_at).is_not(None))).first()
    if before is None or not before.is_warning or told is None:
        return True
    return _gap(projection) - _gap(told) > WORSE * abs(projection.target or Decimal(0))


def newest_projection(session: Session, indicator_id: int) -> Projection:
    """The last that was made for the indicator, which must have one."""
    made = select(Projection).where(Projection.indicator_id == indicator_id)
    return session.exec(made.order_by(col(Projection.id).desc()).limit(1)).one()


def still_warns(session: Session, projection: Projection) -> bool:
    """Whether the warning holds as things stand now: the report it came from is handed in and the last word, and the
    year still comes to the same. What was withdrawn, returned or recognised with another value since is not told."""
    version = session.get_one(SubmissionVersion, projection.version_id)
    submission = session.get_one(Submission, version.submission_id)
    if submission.state not in HANDED_IN or submission.version_number != version.number:
        return False
    outlook = year_so_far(session, session.get_one(Indicator, projection.indicator_id)).outlook
    return outlook is not None and outlook.is_warning and kept(outlook.value) == projection.value


def kept(value: Decimal | None) -> Decimal | None:
    """A value with the decimals that are kept."""
    return None if value is None else rounded(value, SCALE)


def _fits(outlook: Outlook) -> bool:
    """Whether the figures can be kept: a year of the largest actuals may come to more."""
    figures = (outlook.value, outlook.low, outlook.high)
    return all(abs(figure) < _LARGEST for figure in figures if figure is not None)


def _gap(projection: Projection) -> Decimal:
    """How far from the target."""
    return abs((projection.value or Decimal(0)) - (projection.target or Decimal(0)))
