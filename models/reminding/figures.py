"""How many reminders there are in each state, for who watches over the bot."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col

from models.reminding.looking import next_to_send
from models.reminding.table import Digest, DigestKind, Reminder, ReminderState


@dataclass(frozen=True)
class Figures:
    """Counts, and for how long the oldest reminder that is due has been waiting."""

    reminders: dict[ReminderState, int]
    digests: dict[DigestKind, int]
    oldest_waits: timedelta


def figures_of(session: Session, now: datetime) -> Figures:
    """The figures of the city at `now`."""
    by_state = sa.select(col(Reminder.state), sa.func.count()).group_by(col(Reminder.state))
    by_kind = sa.select(col(Digest.kind), sa.func.count()).group_by(col(Digest.kind))
    return Figures(
        dict.fromkeys(ReminderState, 0) | dict(map(tuple, session.execute(by_state))),
        dict.fromkeys(DigestKind, 0) | dict(map(tuple, session.execute(by_kind))),
        max(now - next_to_send(session), timedelta()),
    )
