"""Putting a digest off for a while, never past a deadline it is about."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from sqlmodel import Session

from models.clock import local_day
from models.reminding.circle import Circle
from models.reminding.duty import Duty
from models.reminding.gathering import reminders_in, still_due
from models.reminding.table import Digest, ReminderState, hours_of
from models.words import Refusal

_FAR = datetime.max.replace(tzinfo=UTC)


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
    suits = hours_of(session).after(until)
    until = suits if suits < latest else until
    digest.snoozed_until = until
    for reminder in reminders:
        if reminder.state is ReminderState.SILENT:
            continue
        reminder.state, reminder.send_at = ReminderState.TODO, until
    return until
