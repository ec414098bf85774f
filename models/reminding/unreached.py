"""People on no messenger whom reminders were for: administrators are told, who can hand them a code."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, time, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col, select

from models.clock import SEOUL, local_day
from models.messaging.account import Account
from models.organization import Role
from models.reminding.circle import Circle
from models.reminding.duty import Duty, Source, still_given
from models.reminding.rule import Audience, DeadlineKind
from models.reminding.table import Reminder, ReminderState, audience_of, is_in
from models.special_days import working_days

_RECENT = timedelta(days=14)
"""Between the first reminders of a deadline and the next lies less than that, holidays included."""


def unreached(
    session: Session,
    circle: Circle,
    now: datetime,
    sources: Sequence[Source],
    *conditions: sa.ColumnElement[bool],
) -> dict[int, datetime]:
    """Who could be told nothing lately of what is still theirs to do, is on no messenger yet, and when that was last
    tried; who waits longest first. `conditions`: of which reminders only."""
    reachable = select(Account.id).where(
        col(Account.person_id) == col(Reminder.person_id),
        col(Account.unreachable_since).is_(None),
        col(Account.address).is_not(None),
    )
    columns = (Reminder.person_id, Reminder.subject, Reminder.kind, Reminder.made_at, Reminder.send_at)
    query = sa.select(*map(col, columns)).where(
        is_in(ReminderState.NOWHERE), col(Reminder.made_at) > now - _RECENT, ~reachable.exists(), *conditions
    )
    # Columns, not rows of the model: where few are on a messenger, these are thousands.
    rows = session.execute(query.order_by(col(Reminder.made_at), col(Reminder.id))).all()
    duties = still_given(sources, session, circle, now, {row[1] for row in rows})
    last: dict[int, datetime] = {}
    for person, subject, kind, made_at, send_at in rows:
        duty = duties.get(subject)
        if duty and person in duty.receivers(circle, audience_of(kind)):
            last[person] = max(made_at, send_at, last.get(person, made_at))
    return last


def unreached_by(sources: Sequence[Source]) -> Source:
    """By person: to bring them onto a messenger, late from the moment a reminder found no way to them.

    Told once, on the next working day, unless another finds none.
    """

    def duties(
        session: Session, circle: Circle, now: datetime, keys: Collection[tuple[int, ...]] | None
    ) -> list[Duty]:
        today = local_day(now)
        since = datetime.combine(working_days(session).add(today, -1), time(), SEOUL)
        until = datetime.combine(today, time(), SEOUL)
        made_at, send_at = col(Reminder.made_at), col(Reminder.send_at)
        conditions = [(made_at >= since) | (send_at >= since), made_at < until, send_at < until]
        if keys is not None:
            conditions.append(col(Reminder.person_id).in_({key[0] for key in keys}))
        last = unreached(session, circle, now, sources, *conditions)

        def people(audience: Audience) -> Iterable[int]:
            return circle.everywhere(Role.ADMINISTRATOR) if audience is Audience.ADMINISTRATOR else ()

        return [
            Duty(DeadlineKind.REPORT, "unreached", (person,), tried_at, people)
            for person, tried_at in last.items()
        ]

    return Source("unreached", duties)
