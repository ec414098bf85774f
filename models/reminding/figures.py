"""How many reminders wait or found no way, and what was told today, for who watches over the bot."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col

from models.clock import local_day
from models.reminding.looking import next_to_send
from models.reminding.table import Digest, DigestKind, Reminder, ReminderState, is_in

LATELY = timedelta(days=14)


@dataclass(frozen=True)
class Figures:
    """Counts of what is in motion: those of all years would be a walk through every row each time they are asked for.

    waiting: reminders to be sent now or later. nowhere: those of the last days that found no way to their people.
    digests: today's. oldest_waits: for how long the oldest reminder that is due has been waiting.
    """

    waiting: int
    nowhere: int
    digests: dict[DigestKind, int]
    oldest_waits: timedelta


def figures_of(session: Session, now: datetime) -> Figures:
    """The figures of the city at `now`."""
    waiting = sa.select(sa.func.count()).where(is_in(ReminderState.TODO))
    nowhere = sa.select(sa.func.count()).where(
        is_in(ReminderState.NOWHERE), col(Reminder.made_at) > now - LATELY
    )
    today = sa.select(col(Digest.kind), sa.func.count()).where(col(Digest.day) == local_day(now))
    return Figures(
        session.execute(waiting).scalar_one(),
        session.execute(nowhere).scalar_one(),
        dict.fromkeys(DigestKind, 0) | dict(map(tuple, session.execute(today.group_by(col(Digest.kind))))),
        max(now - next_to_send(session), timedelta()),
    )
