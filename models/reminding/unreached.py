"""People on no messenger whom reminders were for: administrators are told, who can hand them a code."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from models.clock import local_day
from models.messaging.account import Account
from models.organization import Role
from models.reminding.circle import Circle
from models.reminding.duty import Duty, Source
from models.reminding.rule import Audience, DeadlineKind
from models.reminding.table import Reminder, ReminderState, is_in
from models.special_days import working_days

_RECENT = timedelta(days=14)
"""Between the first reminders of a deadline and the next lies less than that, holidays included."""


def unreached(session: Session, circle: Circle, now: datetime) -> list[Reminder]:
    """What could be said to nobody lately, of people who work here and still are on no messenger; oldest first."""
    reachable = select(Account.id).where(
        col(Account.person_id) == col(Reminder.person_id),
        col(Account.unreachable_since).is_(None),
        col(Account.address).is_not(None),
    )
    query = select(Reminder).where(is_in(ReminderState.NOWHERE), Reminder.made_at > now - _RECENT)
    rows = session.exec(query.where(~reachable.exists()).order_by(col(Reminder.made_at), col(Reminder.id)))
    return [row for row in rows if row.person_id in circle.here]


def _duties(
    session: Session, circle: Circle, now: datetime, keys: Collection[tuple[int, ...]] | None
) -> list[Duty]:
    """By person: to bring them onto a messenger, late from the moment a reminder of something ahead found no way.

    Told once, on the next working day, unless another finds none. What is past its deadline is told as late anyway.
    """
    today = local_day(now)
    yesterday = working_days(session).add(today, -1)
    last: dict[int, datetime] = {}
    for one in unreached(session, circle, now):
        tried_at = max(one.made_at, one.send_at)
        if one.due_at > now and yesterday <= local_day(tried_at) < today:
            last[one.person_id] = max(tried_at, last.get(one.person_id, tried_at))

    def people(audience: Audience) -> Iterable[int]:
        return circle.everywhere(Role.ADMINISTRATOR) if audience is Audience.ADMINISTRATOR else ()

    return [
        Duty(DeadlineKind.REPORT, "unreached", (person,), since, people)
        for person, since in last.items()
        if keys is None or (person,) in keys
    ]


UNREACHED = Source("unreached", _duties)
