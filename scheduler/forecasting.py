"""Early warning by the clock: each report that was handed in is projected once, and who can do something is told."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from handlers.dialogue.book import Book
from models.clock import local_day
from models.forecast.projecting import is_news, make_projection, reports_to_project
from models.messaging.errand import ask
from models.organization import Role
from models.plan import Indicator
from models.reminding.circle import Circle
from models.reminding.table import hours_of

AT_ONCE = 30
"""So many reports are projected in one transaction, so that nobody's turn waits long for it."""


def reports_wait(session: Session, now: datetime) -> bool:
    """Whether a report is to be projected. What was handed in at night or on a day off is projected afterwards."""
    return hours_of(session).suit(now) and bool(reports_to_project(session, now, 1))


def project_reports(session: Session, _book: Book, now: datetime) -> bool:
    """Projects the first reports that were handed in and have errands tell of what is news; whether there are more.

    The telling is an errand of each reader: it draws a picture, which takes longer than a transaction may.
    """
    reports = reports_to_project(session, now, AT_ONCE)
    circle = Circle.on(session, local_day(now))
    for version_id, indicator in reports:
        projection = make_projection(session, now, version_id, indicator)
        if projection is None or not is_news(session, projection):
            continue
        for person_id in _people(circle, indicator):
            ask(session, now, person_id, "early_warning", indicator=indicator.id)
    return len(reports) == AT_ONCE


def _people(circle: Circle, indicator: Indicator) -> tuple[int, ...]:
    """The officers and the team lead, and who stands in for them."""
    named = [indicator.officer_id, indicator.deputy_officer_id]
    officers = named if any(named) else circle.over(Role.OFFICER, indicator.department_id)
    leads = circle.nearest(Role.TEAM_LEAD, indicator.department_id)
    return circle.receivers([*officers, *leads])
