"""Programmes and their slots into the database."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from models.consultation.programme import Programme, Slot, SlotState
from models.consultation.slots import renew_bookings
from reports.plan.columns_of_consultation import PROGRAMMES, SLOTS
from reports.plan.lines import Plan, SlotLine
from reports.plan.rows import Row
from reports.plan.writing import Writing, words_by_id

Ids = Mapping[str, int]
ProgrammeIds = Mapping[tuple[str, str], int]
"""By cycle and code."""

_OF_THE_PROGRAMME = (
    "code",
    "name",
    "kind",
    "written_due",
    "views_due",
    "booking_opens",
    "booking_due",
    "notes_due",
    "cut_off_hours",
    "offer_hours",
    "note",
)
_OF_THE_SLOT = ("code", "title", "starts_at", "ends_at", "place", "link", "seats")
_OBJECTION_DAYS: int = Programme.model_fields["objection_days"].default


def write_programmes(writing: Writing, plan: Plan, cycles: Ids) -> ProgrammeIds:
    """Programmes; their ids."""
    wanted = {
        (line.cycle, line.code): {
            "cycle_id": cycles[line.cycle],
            **{name: getattr(line, name) for name in _OF_THE_PROGRAMME},
            # A deduction of nothing is none.
            "absence_points": line.absence_points or None,
            "objection_days": _OBJECTION_DAYS if line.objection_days is None else line.objection_days,
        }
        for line in plan.programmes
    }
    ids, edits = writing.bring(Programme, writing.existing.programmes, wanted)
    writing.tell(PROGRAMMES, edits, " ".join)
    return ids


def write_slots(writing: Writing, plan: Plan, programmes: ProgrammeIds, people: Ids) -> None:
    """Slots of the file; those made in chat, and the bookings of all, stay as they are."""
    stored = writing.existing.slots
    wanted = {}
    for line in plan.slots:
        key = line.cycle, line.programme, line.code
        before = stored.get(key)
        wanted[key] = _counted(_row(line, programmes, people, before), before)
    _, edits = writing.bring(Slot, stored, wanted)
    names = words_by_id(people)
    writing.tell(SLOTS, edits, " ".join, {"consultant_id": names, "office_id": names})
    for slot_id in {stored[edit.key]["id"] for edit in edits} & writing.existing.last_seats.keys():
        renew_bookings(writing.session, writing.now, writing.session.get_one(Slot, slot_id))


def _row(line: SlotLine, programmes: ProgrammeIds, people: Ids, before: Row | None) -> dict[str, Any]:
    return {
        "programme_id": programmes[line.cycle, line.programme],
        **{name: getattr(line, name) for name in _OF_THE_SLOT},
        "consultant_id": people.get(line.consultant),
        "office_id": people.get(line.office),
        # What was cancelled in chat is not opened again by a file that only does not speak of it.
        "state": line.state or (before["state"] if before else SlotState.OPEN),
    }


def _counted(row: dict[str, Any], before: Row | None) -> dict[str, Any]:
    """The row with its revision, which calendars go by: one higher where anything differs."""
    if before is None:
        return {**row, "revision": 0}
    differs = any(before[column] != value for column, value in row.items())
    return {**row, "revision": before["revision"] + differs}
