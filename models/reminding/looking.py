"""Looking out: which reminders are due now and were not written yet, and when to look again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import groupby
from operator import itemgetter
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col

from models.clock import local_day
from models.reminding.circle import Circle
from models.reminding.duty import Duty
from models.reminding.hours import Hours
from models.reminding.rule import Rule
from models.reminding.sources import all_duties
from models.reminding.stages import Stage, next_stage_at, stage_now
from models.reminding.table import Reminder, ReminderState, hours_of, is_in, rules_of

LOOK_EVERY = timedelta(minutes=5)
"""What changes between two stages, a deadline or a person, is seen at the latest after this."""

_FAR = datetime.max.replace(tzinfo=UTC)

New = dict[str, Any]


@dataclass(frozen=True)
class Seen:
    """Reminders to be written, and when the next stage of what is known now comes."""

    new: list[New]
    next_at: datetime


def look(session: Session, now: datetime) -> Seen:
    """Reads everything that is to be done and says what has to be written. Changes nothing."""
    rules, hours, circle = rules_of(session), hours_of(session), Circle.on(session, local_day(now))
    reckoning = _Reckoning(hours, now)
    wanted: dict[tuple[date, str, str, int], New] = {}
    for duty in all_duties(session, circle, now):
        for audience, theirs in rules.get(duty.kind, {}).items():
            stage = reckoning.stage(theirs, duty)
            if stage is None:
                continue
            kind = f"{duty.kind.value}:{audience.value}:{stage.name}"
            for person in duty.receivers(circle, audience):
                row = _row(duty, kind, person, now, stage)
                wanted[row["due_on"], kind, duty.subject, person] = row
    known = _known(session, wanted)
    new = [row for key, row in wanted.items() if key not in known]
    return Seen(new, reckoning.next_at)


def by_person(new: Sequence[New], least: int) -> Iterator[list[New]]:
    """The reminders in batches of `least` or a few more: everything a person is to be told is in one of them, so that
    who gathers meanwhile finds all of it or nothing."""
    batch: list[New] = []
    for _, theirs in groupby(sorted(new, key=itemgetter("person_id")), key=itemgetter("person_id")):
        batch += theirs
        if len(batch) >= least:
            yield batch
            batch = []
    if batch:
        yield batch


def write(session: Session, new: Sequence[New]) -> None:
    """Writes reminders, each once: one that another process has written meanwhile stays as it is. One that fell silent
    before it was told is to be told after all: it was handed back, reopened, moved back."""
    if new:
        session.connection().execute(_writing(session.get_bind().dialect.name), list(new))


@cache
def _writing(dialect: str) -> Any:
    insert = (sqlite if dialect == "sqlite" else postgresql).insert(Reminder)
    again = ("state", "send_at", "due_at", "anytime")
    return insert.on_conflict_do_update(
        index_elements=["due_on", "kind", "subject", "person_id"],
        set_={name: insert.excluded[name] for name in again} | {"digest_id": None},
        where=is_in(ReminderState.SILENT),
    )


class _Reckoning:
    """Stages, reckoned once for the many duties that share a deadline."""

    def __init__(self, hours: Hours, now: datetime) -> None:
        self._hours = hours
        self._now = now
        self._stages: dict[tuple[int, datetime, datetime | None], Stage | None] = {}
        self.next_at = _FAR

    def stage(self, rules: Sequence[Rule], duty: Duty) -> Stage | None:
        key = id(rules), duty.due_at, duty.since
        if key not in self._stages:
            self._stages[key] = stage_now(rules, duty.due_at, self._hours, self._now, duty.since)
            following = next_stage_at(rules, duty.due_at, self._hours, self._now)
            if following is not None:
                self.next_at = min(self.next_at, following)
        return self._stages[key]


def _row(duty: Duty, kind: str, person: int, now: datetime, stage: Stage) -> New:
    return {
        "person_id": person,
        "subject": duty.subject,
        "kind": kind,
        "due_on": local_day(duty.due_at),
        "due_at": duty.due_at,
        "made_at": now,
        "send_at": stage.at,
        "anytime": stage.anytime,
        "state": ReminderState.TODO,
    }


def _known(session: Session, wanted: Iterable[tuple[date, str, str, int]]) -> set[tuple[date, str, str, int]]:
    """Those of the wanted reminders that are written already and did not fall silent."""
    found: set[tuple[date, str, str, int]] = set()
    columns = (Reminder.due_on, Reminder.kind, Reminder.subject, Reminder.person_id)
    for due_on, kind in {(key[0], key[1]) for key in wanted}:
        query = sa.select(*map(col, columns)).where(
            col(Reminder.due_on) == due_on,
            col(Reminder.kind) == kind,
            col(Reminder.state) != ReminderState.SILENT,
        )
        found.update((a, b, c, d) for a, b, c, d in session.execute(query))
    return found


def next_to_send(session: Session) -> datetime:
    """When the first of the reminders that wait is to be sent."""
    query = sa.select(sa.func.min(col(Reminder.send_at))).where(is_in(ReminderState.TODO))
    first: datetime | None = session.execute(query).scalar_one()
    return first or _FAR
