"""Putting a digest off for a while, never past a deadline it is about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, time

from sqlmodel import Session

from models.clock import SEOUL, local_day
from models.reminding.circle import Circle
from models.reminding.duty import Duty
from models.reminding.gathering import reminders_in, still_due
from models.reminding.hours import Hours
from models.reminding.table import Digest, ReminderState, hours_of
from models.words import Refusal

_FAR = datetime.max.replace(tzinfo=UTC)
_MORNING = time(9)


def latest_snooze(duties: Iterable[Duty], now: datetime) -> datetime:
    """Before this it has to come back: the first deadline ahead. Of what is late already nothing more is lost."""
    return min((duty.due_at for duty in duties if duty.due_at > now), default=_FAR)


def snooze(session: Session, now: datetime, person_id: int, digest_id: int, until: datetime) -> datetime:
    """Has what a digest gathered told again at `until`, as far as it is still to be done then; returns when that is:
    later where people are not written to at that time, if it can wait so long."""
    digest = session.get_one(Digest, digest_id)
    if digest.person_id != person_id:
        raise Refusal("다른 사람에게 온 알림은 미룰 수 없습니다.")
    reminders = reminders_in(session, digest_id)
    if not reminders:
        raise Refusal("이미 다시 알려 드린 내용입니다. 새로 온 알림에서 미뤄 주세요.")
    duties = still_due(session, Circle.on(session, local_day(now)), now, reminders)
    latest = latest_snooze(duties, now)
    if until >= latest:
        raise Refusal("기한이 {due}이므로 그 뒤로는 미룰 수 없습니다.", due=latest)
    until = next((at for at in _suiting(hours_of(session), until) if at < latest), until)
    digest.snoozed_until = until
    for reminder in reminders:
        if reminder.state is ReminderState.SILENT:
            continue
        reminder.state, reminder.send_at = ReminderState.TODO, until
    return until


def _suiting(hours: Hours, until: datetime) -> Iterator[datetime]:
    """When people are written to at `until` or after it. What would come at night or on a day off comes in the morning,
    when the next stages do: told once, not twice within an hour."""
    first = hours.after(until)
    morning = datetime.combine(local_day(first), _MORNING, SEOUL)
    if first != until and morning > first and hours.suit(morning):
        yield morning
    yield first
