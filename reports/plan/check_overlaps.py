"""Whether nobody who holds slots has to be in two of them at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from models.consultation.programme import SlotState
from models.words import say
from reports.plan.columns_of_consultation import SLOTS
from reports.plan.existing import Existing
from reports.plan.lines import Plan, SlotLine
from reports.plan.problems import Findings
from reports.plan.rows import Row, codes_by_id

_KEY = ("cycle", "programme", "code")
_PLACES = ("consultant", "office")


@dataclass(frozen=True)
class _Appointment:
    """Somebody's part in a slot; its line and field where the file names it."""

    starts_at: datetime
    ends_at: datetime
    slot: str
    line: SlotLine | None = None
    field: str = ""


def check_overlaps(plan: Plan, existing: Existing, findings: Findings) -> None:
    """Open slots of the file among themselves and with those of the database."""
    if not plan.slots:
        return
    by_person: dict[str, list[_Appointment]] = defaultdict(list)
    for person, appointment in (*_in_the_file(plan, existing), *_in_the_database(plan, existing)):
        by_person[person].append(appointment)
    reported: set[tuple[int, str]] = set()
    for appointments in by_person.values():
        appointments.sort(key=lambda one: (one.starts_at, one.ends_at))
        longest = appointments[0]
        for one in appointments[1:]:
            if one.starts_at < longest.ends_at:
                _report(longest, one, reported, findings)
            longest = max(longest, one, key=lambda either: either.ends_at)


def _in_the_file(plan: Plan, existing: Existing) -> Iterator[tuple[str, _Appointment]]:
    for line in plan.slots:
        stored = existing.slots.get((line.cycle, line.programme, line.code))
        state = line.state or (stored["state"] if stored else SlotState.OPEN)
        timed = line.has("starts_at", "ends_at", "state") and line.starts_at < line.ends_at
        if not timed or state is SlotState.CANCELLED:
            continue
        people = {getattr(line, field): field for field in reversed(_PLACES) if line.has(field)}
        for person, field in people.items():
            if person:
                yield person, _Appointment(line.starts_at, line.ends_at, line.code, line, field)


def _in_the_database(plan: Plan, existing: Existing) -> Iterator[tuple[str, _Appointment]]:
    """Open slots that the file does not name. While a line's key is unread, any of them may be meant by it."""
    named = {(line.cycle, line.programme, line.code) for line in plan.slots}
    rows: list[Row] = [*existing.slots_elsewhere]
    if all(line.has(*_KEY) for line in plan.slots):
        rows += [
            row for key, row in existing.slots.items() if key not in named and row["state"] is SlotState.OPEN
        ]
    person = codes_by_id(existing.people)
    for row in rows:
        for code in {person[row[f"{field}_id"]] for field in _PLACES} - {""}:
            yield code, _Appointment(row["starts_at"], row["ends_at"], row["code"])


def _report(
    earlier: _Appointment, later: _Appointment, reported: set[tuple[int, str]], findings: Findings
) -> None:
    """The problem stands at the later one of the two, or at the one that the file names; in no cell twice."""
    own, other = (later, earlier) if later.line else (earlier, later)
    if own.line and (own.line.number, own.field) not in reported:
        reported.add((own.line.number, own.field))
        phrase = say(
            "이 사람은 {at}에 시작하는 일정 {slot:과/와} 시간이 겹칩니다. 시각이나 사람을 고쳐 주세요.",
            at=other.starts_at,
            slot=other.slot,
        )
        findings.at(SLOTS, own.line.number, own.field, phrase)
