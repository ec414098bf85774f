"""Gathering: what a person is to be reminded of now becomes one digest of each kind, and is asked once more as it
leaves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col, select

from models.clock import SEOUL, local_day
from models.reminding.circle import Circle
from models.reminding.duty import Duty
from models.reminding.hours import Hours
from models.reminding.rule import Audience, DeadlineKind
from models.reminding.sources import still_to_do
from models.reminding.table import Digest, DigestKind, Reminder, ReminderState, is_daily, is_in
from models.store import insert_if_absent

_DAY = timedelta(days=1)
_ROWS_EACH = 25
"""So many reminders a person are looked at to find who is next, however many wait."""
_OF_OTHERS = (DeadlineKind.REPORT, DeadlineKind.RETURN)
"""Of these a team lead is told because of somebody else's work."""


def people_to_remind(session: Session, now: datetime, most: int) -> list[int]:
    """The first people who have something to be reminded of now."""
    first = (
        sa.select(col(Reminder.person_id))
        .where(is_in(ReminderState.TODO), col(Reminder.send_at) <= now)
        .order_by(col(Reminder.send_at), col(Reminder.person_id))
        .limit(most * _ROWS_EACH)
        .subquery()
    )
    query = sa.select(first.c.person_id).distinct().order_by(first.c.person_id).limit(most)
    return list(session.execute(query).scalars())


def gather(
    session: Session, circle: Circle, hours: Hours, now: datetime, people: Sequence[int]
) -> list[Digest]:
    """Puts what these people are to be reminded of now into digests; what does not suit now is put off.

    Whoever calls this has locked them: a person's reminders are gathered by one process at a time.
    """
    query = (
        select(Reminder)
        .where(is_in(ReminderState.TODO), Reminder.send_at <= now)
        .where(col(Reminder.person_id).in_(people))
        .order_by(col(Reminder.id))
        .with_for_update()
    )
    piles: dict[tuple[int, DigestKind], list[Reminder]] = defaultdict(list)
    snoozed = _snoozed(session, now, people)
    for reminder in session.exec(query):
        later = _put_off(reminder, reminder.due_at, circle, hours, now)
        kind, until = digest_kind(reminder), snoozed.get((reminder.person_id, reminder.subject), now)
        if later > now:
            reminder.send_at = later
        elif until > now and kind is DigestKind.DUTIES and _can_wait(reminder.due_at, now, until):
            reminder.send_at = until
        else:
            piles[reminder.person_id, kind].append(reminder)
    digests = _digests(session, now, sorted(piles))
    told = _told_today(session, digests.values())
    for key, pile in piles.items():
        for reminder in pile:
            tomorrow = _at_its_time(reminder, reminder.due_at, hours, _midnight(local_day(now) + _DAY))
            if digests[key].id in told and _can_wait(reminder.due_at, now, tomorrow):
                reminder.send_at = tomorrow
            else:
                reminder.state, reminder.digest_id = ReminderState.TOLD, digests[key].id
    session.flush()
    return [digest for digest in digests.values() if digest.id not in told]


def digest_kind(reminder: Reminder) -> DigestKind:
    """Which message a reminder belongs into: what others did not do is on the board, or in the view of the city."""
    if reminder.audience is Audience.ADMINISTRATOR:
        return DigestKind.CITY
    leads = reminder.audience in (Audience.TEAM_LEAD, Audience.HEAD)
    return DigestKind.BOARD if leads and reminder.deadline_kind in _OF_OTHERS else DigestKind.DUTIES


def _snoozed(session: Session, now: datetime, people: Sequence[int]) -> dict[tuple[int, str], datetime]:
    """What these people have put off themselves, until when: its next stage comes along with it."""
    query = (
        sa.select(col(Reminder.person_id), col(Reminder.subject), sa.func.max(col(Reminder.send_at)))
        .where(is_in(ReminderState.TODO), col(Reminder.person_id).in_(people))
        .where(col(Reminder.send_at) > now, col(Reminder.digest_id).is_not(None))
        .group_by(col(Reminder.person_id), col(Reminder.subject))
    )
    return {(person, subject): until for person, subject, until in session.execute(query)}


def _put_off(reminder: Reminder, due_at: datetime, circle: Circle, hours: Hours, now: datetime) -> datetime:
    """When to send what would be sent now: after the night, a day off, a leave, but not past its deadline.

    On a leave it is put off day by day: the leave may be cancelled, and the deadline be moved.
    """
    if reminder.anytime:
        return now
    back = circle.away.get(reminder.person_id)
    if back is not None and _can_wait(due_at, now, hours.after(_midnight(back + _DAY))):
        return _at_its_time(reminder, due_at, hours, _midnight(local_day(now) + _DAY))
    later = _at_its_time(reminder, due_at, hours, now)
    return later if _can_wait(due_at, now, later) else now


def _at_its_time(reminder: Reminder, due_at: datetime, hours: Hours, earliest: datetime) -> datetime:
    """The first instant that suits; on a later day at the reminder's own time, so that it meets what is told then."""
    first = hours.after(earliest)
    if first == earliest:
        return first
    own = datetime.combine(local_day(first), reminder.send_at.astimezone(SEOUL).time(), SEOUL)
    return own if own > first and hours.suit(own) and _can_wait(due_at, earliest, own) else first


def _can_wait(due_at: datetime, now: datetime, until: datetime) -> bool:
    return due_at <= now or until < due_at


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), SEOUL)


def _digests(
    session: Session, now: datetime, piles: Iterable[tuple[int, DigestKind]]
) -> dict[tuple[int, DigestKind], Digest]:
    """A digest for each pile; a board and a view of the city are those of the day, whoever began them. In the order of
    the piles: of two processes that wait for each other, neither would go on."""
    today, found = local_day(now), dict[tuple[int, DigestKind], Digest]()
    for person, kind in piles:
        if kind is DigestKind.DUTIES:
            found[person, kind] = Digest(person_id=person, kind=kind, day=today, made_at=now)
            continue
        insert_if_absent(session, Digest, person_id=person, kind=kind, day=today, made_at=now)
        query = select(Digest).where(is_daily(), Digest.person_id == person, Digest.kind == kind)
        query = query.where(Digest.day == today)
        found[person, kind] = session.exec(query).one()
    session.add_all(found.values())
    session.flush()
    return found


def _told_today(session: Session, digests: Iterable[Digest]) -> set[int | None]:
    """Those that have been told already; one that came to nothing is still free."""
    daily = [digest.id for digest in digests if digest.kind is not DigestKind.DUTIES]
    if not daily:
        return set()
    told = sa.select(col(Reminder.digest_id)).where(
        col(Reminder.digest_id).in_(daily), col(Reminder.state) == ReminderState.TOLD
    )
    return set(session.execute(told.distinct()).scalars())


def leaving(session: Session, circle: Circle, hours: Hours, now: datetime, digest_id: int) -> list[Duty]:
    """The duties a digest tells of at the moment it leaves, each once; none where there is nothing left to tell.

    What is no longer the person's to do falls silent; what has come to wait until the night, or into a leave, is put
    off, and comes in another digest.
    """
    given = reminders_in(session, digest_id)
    told = [one for one in given if one.state is ReminderState.TOLD]
    duties = still_to_do(session, circle, now, {reminder.subject for reminder in given})
    left = 0
    for reminder in told:
        duty = duties.get(reminder.subject)
        if duty is None or not _is_still(reminder, duty, circle):
            reminder.state = ReminderState.SILENT
        elif (later := _put_off(reminder, duty.due_at, circle, hours, now)) > now:
            reminder.state, reminder.send_at, reminder.digest_id = ReminderState.TODO, later, None
        else:
            left += 1
    if left < len(told):
        session.flush()
    return _each_once((one for one in given if one.digest_id == digest_id), duties, circle) if left else []


def nowhere(session: Session, digests: Sequence[Digest]) -> None:
    """Notes that there was nowhere to say what these gather."""
    if not digests:
        return
    session.execute(
        sa.update(Reminder)
        .where(col(Reminder.digest_id).in_([digest.id for digest in digests]))
        .values(state=ReminderState.NOWHERE)
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
    """The duties these reminders are about, each once, as far as they are still the person's and due on that day."""
    given = list(reminders)
    duties = still_to_do(session, circle, now, {reminder.subject for reminder in given})
    return _each_once(given, duties, circle)


def _each_once(reminders: Iterable[Reminder], duties: Mapping[str, Duty], circle: Circle) -> list[Duty]:
    """The duties these reminders are still about, those that are due first in front."""
    found: dict[str, Duty] = {}
    for reminder in reminders:
        duty = duties.get(reminder.subject)
        if duty is not None and _is_still(reminder, duty, circle):
            found[duty.subject] = duty
    return sorted(found.values(), key=lambda duty: duty.due_at)


def _is_still(reminder: Reminder, duty: Duty, circle: Circle) -> bool:
    """Whether the duty is the person's, and due on the day that was said: its hour may have been moved."""
    is_theirs = reminder.person_id in duty.receivers(circle, reminder.audience)
    return is_theirs and local_day(duty.due_at) == reminder.due_on
