"""Putting a digest off for a while, never past a deadline it is about."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlmodel import Session

from models.reminding.gathering import reminders_in
from models.reminding.table import Digest, ReminderState
from models.words import Refusal

_FAR = datetime.max.replace(tzinfo=UTC)


def latest_snooze(session: Session, now: datetime, digest_id: int) -> datetime:
    """Before this a digest has to come back: the first deadline ahead. Of what is late already nothing more is
    lost."""
    ahead = [one.due_at for one in reminders_in(session, digest_id) if one.due_at > now]
    return min(ahead, default=_FAR)


def snooze(session: Session, now: datetime, person_id: int, digest_id: int, until: datetime) -> None:
    """Has what a digest gathered told again at `until`, as far as it is still to be done then."""
    digest = session.get_one(Digest, digest_id)
    if digest.person_id != person_id:
        raise Refusal("다른 사람에게 온 알림은 미룰 수 없습니다.")
    latest = latest_snooze(session, now, digest_id)
    if until >= latest:
        raise Refusal("기한이 {due}이므로 그 뒤로는 미룰 수 없습니다.", due=latest)
    digest.snoozed_until = until
    for reminder in reminders_in(session, digest_id):
        reminder.state, reminder.send_at = ReminderState.TODO, until
