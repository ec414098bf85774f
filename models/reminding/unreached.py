"""People on no messenger whom reminders were for: administrators are told, who can hand them a code."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, time, timedelta

from sqlmodel import Session, col, select

from models.clock import SEOUL, local_day
from models.messaging.account import Account
from models.organization import Role
from models.reminding.circle import Circle
from models.reminding.duty import Duty, Source, still_given
from models.reminding.rule import Audience, DeadlineKind
from models.reminding.table import Reminder, ReminderState, is_in
from models.special_days import working_days

_RECENT = timedelta(days=14)
"""Between the first reminders of a deadline and the next lies less than that, holidays included."""


def unreached(
    session: Session,
    circle: Circle,
    now: datetime,
    sources: Sequence[Source],
    since: datetime | None = None,
) -> list[tuple[Reminder, Duty]]:
    """What could be told to nobody lately and is still theirs to do, who are on no messenger yet; oldest first.

    `since`: only what was tried then or later.
    """
    reachable = select(Account.id).where(
        col(Account.person_id) == col(Reminder.person_id),
        col(Account.unreachable_since).is_(None),
        col(Account.address).is_not(None),
    )
    query = select(Reminder).where(is_in(ReminderState.NOWHERE), Reminder.made_at > now - _RECENT)
    if since is not None:
        query = query.where((col(Reminder.made_at) >= since) | (col(Reminder.send_at) >= since))
    query = query.where(~reachable.exists()).order_by(col(Reminder.made_at), col(Reminder.id))
    reminders = session.exec(query).all()
    duties = still_given(sources, session, circle, now, {one.subject for one in reminders})
    return [
        (one, duty)
        for one in reminders
        if (duty := duties.get(one.subject)) and one.person_id in circle.receivers(duty.people(one.audience))
    ]


def unreached_by(sources: Sequence[Source]) -> Source:
    """By person: to bring them onto a messenger, late from the moment a reminder found no way to them.

    Told once, on the next working day, unless another finds none.
    """

    def duties(
        session: Session, circle: Circle, now: datetime, keys: Collection[tuple[int, ...]] | None
    ) -> list[Duty]:
        today = local_day(now)
        yesterday = working_days(session).add(today, -1)
        last: dict[int, datetime] = {}
        since = datetime.combine(yesterday, time(), SEOUL)
        for reminder, _ in unreached(session, circle, now, sources, since):
            tried_at = max(reminder.made_at, reminder.send_at)
            if local_day(tried_at) < today:
                last[reminder.person_id] = max(tried_at, last.get(reminder.person_id, tried_at))

        def people(audience: Audience) -> Iterable[int]:
            return circle.everywhere(Role.ADMINISTRATOR) if audience is Audience.ADMINISTRATOR else ()

        return [
            Duty(DeadlineKind.REPORT, "unreached", (person,), tried_at, people)
            for person, tried_at in last.items()
            if keys is None or (person,) in keys
        ]

    return Source("unreached", duties)
