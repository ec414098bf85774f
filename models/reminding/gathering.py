"""Gathering: what a person is to be reminded of now becomes one digest of each kind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col, select

from models.clock import SEOUL, local_day
from models.reminding.circle import Circle
from models.reminding.duty import Duty
from models.reminding.hours import Hours
from models.reminding.rule import Audience, DeadlineKind
from models.reminding.sources import still_to_do
from models.reminding.table import Digest, DigestKind, Reminder, ReminderState

_OF_OTHERS = (DeadlineKind.REPORT, DeadlineKind.RETURN)
"""Of these a team lead is told because of somebody else's work."""


def people_to_remind(session: Session, now: datetime, most: int) -> list[int]:
    """The first people who have something to be reminded of now."""
    query = (
        sa.select(col(Reminder.person_id))
        .where(col(Reminder.state) == ReminderState.TODO, col(Reminder.send_at) <= now)
        .distinct()
        .order_by(col(Reminder.person_id))
    )
    return list(session.execute(query.limit(most)).scalars())


def gather(
    session: Session, circle: Circle, hours: Hours, now: datetime, people: Sequence[int]
) -> list[Digest]:
    """Puts what these people are to be reminded of now into digests; what does not suit now is put off.

    What another process gathers at this moment is left to it.
    """
    query = (
        select(Reminder)
        .where(Reminder.state == ReminderState.TODO, Reminder.send_at <= now)
        .where(col(Reminder.person_id).in_(people))
        .order_by(col(Reminder.id))
        .with_for_update(skip_locked=True)
    )
    piles: dict[tuple[int, DigestKind], list[Reminder]] = defaultdict(list)
    for reminder in session.exec(query):
        later = _put_off(reminder, circle, hours, now)
        if later > now:
            reminder.send_at = later
        else:
            piles[reminder.person_id, digest_kind(reminder)].append(reminder)
    digests = [_digest(session, now, *key, pile) for key, pile in piles.items()]
    session.flush()
    return [digest for digest in digests if digest is not None]


def digest_kind(reminder: Reminder) -> DigestKind:
    """Which message a reminder belongs into: what others did not do is on the board, or in the view of the city."""
    if reminder.audience is Audience.ADMINISTRATOR:
        return DigestKind.CITY
    leads = reminder.audience in (Audience.TEAM_LEAD, Audience.HEAD)
    return DigestKind.BOARD if leads and reminder.deadline_kind in _OF_OTHERS else DigestKind.DUTIES


def _put_off(reminder: Reminder, circle: Circle, hours: Hours, now: datetime) -> datetime:
    """When to send what would be sent now: after the night, a day off, a leave, but not past its deadline."""
    if reminder.anytime:
        return now
    at = now
    back = circle.away.get(reminder.person_id)
    if back is not None:
        at = datetime.combine(back + timedelta(days=1), time(), SEOUL)
    later = hours.after(at)
    is_late = now >= reminder.due_at
    return later if is_late or later < reminder.due_at else now


def _digest(
    session: Session, now: datetime, person: int, kind: DigestKind, pile: Sequence[Reminder]
) -> Digest | None:
    """The digest of a pile; None where the day's has been sent already and tells it all."""
    today = local_day(now)
    sent = None if kind is DigestKind.DUTIES else _of_today(session, person, kind, today)
    digest = sent or Digest(person_id=person, kind=kind, day=today, made_at=now)
    session.add(digest)
    session.flush()
    for reminder in pile:
        reminder.state, reminder.digest_id = ReminderState.TOLD, digest.id
    return None if sent else digest


def _of_today(session: Session, person: int, kind: DigestKind, today: date) -> Digest | None:
    query = select(Digest).where(Digest.person_id == person, Digest.kind == kind, Digest.day == today)
    return session.exec(query).one_or_none()


def settle(session: Session, digest: Digest, state: ReminderState) -> None:
    """Notes that a digest came to nothing: there was nothing left to say, or nowhere to say it."""
    session.execute(
        sa.update(Reminder)
        .where(col(Reminder.digest_id) == digest.id)
        .values(state=state)
        .execution_options(synchronize_session=False)
    )


def reminders_in(session: Session, digest_id: int) -> list[Reminder]:
    """What a digest gathers."""
    query = select(Reminder).where(Reminder.digest_id == digest_id)
    return list(session.exec(query.order_by(col(Reminder.due_at), col(Reminder.id))))


def reminders_of(session: Session, person_id: int, since: date) -> list[Reminder]:
    """What a person has been reminded of whose deadline was on `since` or later."""
    query = select(Reminder).where(Reminder.person_id == person_id, Reminder.due_on >= since)
    return list(session.exec(query.order_by(col(Reminder.due_at), col(Reminder.id))))


def still_due(session: Session, circle: Circle, now: datetime, reminders: Iterable[Reminder]) -> list[Duty]:
    """The duties these reminders are about, each once, as far as they are still the person's and due as then."""
    given = list(reminders)
    duties = still_to_do(session, circle, now, {reminder.subject for reminder in given})
    found: dict[str, Duty] = {}
    for reminder in given:
        duty = duties.get(reminder.subject)
        if duty is None or duty.due_at != reminder.due_at or duty.subject in found:
            continue
        if reminder.person_id in circle.receivers(duty.people(reminder.audience)):
            found[duty.subject] = duty
    return sorted(found.values(), key=lambda duty: duty.due_at)
