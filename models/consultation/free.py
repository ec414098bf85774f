"""Whether those who meet in a slot are free then: a department, and every person."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from models.clock import SEOUL, local_day
from models.consultation.booking import Booking
from models.consultation.programme import Programme, ProgrammeKind, Slot, SlotState
from models.leave import Leave
from models.organization import Department, Person
from models.words import Phrase, Refusal, say

_Run = tuple[datetime, datetime, Slot, Programme]


def when(slot: Slot) -> Phrase:
    """`7. 15.(월) 14:00~14:40`."""
    return say("{starts}~{ends}", starts=slot.starts_at, ends=f"{slot.ends_at.astimezone(SEOUL):%H:%M}")


@dataclass(frozen=True)
class Diary:
    """What else happens at the time of some slots: who is away, who comes to what, who runs what."""

    session: Session
    leaves: Sequence[Leave]
    bookings: Sequence[tuple[Booking, Slot, Programme]]
    """Seats that are taken or held."""
    runs: Mapping[int, Sequence[_Run]]
    """Slots that take place as things stand, by who runs them: sessions, and consultations somebody has booked."""

    @classmethod
    def of(cls, session: Session, slots: Sequence[Slot], person_id: int, department_id: int | None) -> Diary:
        """All that must_suit may ask about these slots: three queries, however many there are."""
        people = {person_id, *(one for slot in slots for one in organisers(slot))}
        begins, ends = min(slot.starts_at for slot in slots), max(slot.ends_at for slot in slots)
        leaves = select(Leave).where(
            col(Leave.person_id).in_(people),
            Leave.starts_on <= local_day(ends),
            Leave.ends_on >= local_day(begins),
        )
        holder = f"department:{department_id}"
        bookings = (
            select(Booking, Slot, Programme)
            .join(Slot, col(Slot.id) == col(Booking.slot_id))
            .join(Programme, col(Programme.id) == col(Booking.programme_id))
            .where(_overlaps(begins, ends), col(Booking.holder).is_not(None), Slot.state == SlotState.OPEN)
            .where(col(Booking.person_id).in_(people) | (col(Booking.holder) == holder))
            .order_by(col(Booking.id))
        )
        return cls(
            session,
            session.exec(leaves.where(~col(Leave.is_cancelled)).order_by(col(Leave.id))).all(),
            [(booking, slot, programme) for booking, slot, programme in session.exec(bookings)],
            _taking_place(session, people, begins, ends),
        )

    def must_suit(self, slot: Slot, person_id: int, department_id: int | None, moving: int = 0) -> None:
        """Refuses a slot at which one of those who would meet is not free, and says who and why.

        department_id: that of the department whose slot it becomes; None in a session, where only who comes has to
        be free. moving: the booking that would be given up for it.
        """
        # Who runs the slot may come to it for a department of their own.
        self.person_must_be_free(slot, person_id, moving=moving, runs=slot.id or 0)
        if department_id is None:
            return
        self._department_must_be_free(slot, department_id, moving)
        for organiser in organisers(slot):
            self.person_must_be_free(slot, organiser, runs=slot.id or 0)

    def person_must_be_free(self, slot: Slot, person_id: int, *, moving: int = 0, runs: int = 0) -> None:
        """Refuses where the person is away, comes to something else, or runs another slot at that time.

        moving: a booking of theirs that does not count. runs: the slot itself, for who runs it.
        """
        first, last = local_day(slot.starts_at), local_day(slot.ends_at)
        for leave in self.leaves:
            if leave.person_id == person_id and leave.starts_on <= last and leave.ends_on >= first:
                raise Refusal(
                    "{name} 님은 {first}부터 {last}까지 부재입니다. 다른 시간을 골라 주세요.",
                    name=self._name(person_id),
                    first=leave.starts_on,
                    last=leave.ends_on,
                )
        for booking, other, programme in self.bookings:
            if booking.person_id == person_id and booking.id != moving and _meet(slot, other):
                raise Refusal(
                    "{name} 님은 그 시간에 {programme} 예약({when})이 있습니다. 다른 시간을 골라 주세요.",
                    name=self._name(person_id),
                    programme=programme.name,
                    when=when(other),
                )
        begins, ends = slot.starts_at, slot.ends_at
        for starts_at, ends_at, other, programme in self.runs.get(person_id, ()):
            # Plain values, since a consultant of many slots is asked about each of them for each.
            if starts_at < ends and begins < ends_at and other.id != runs:
                raise Refusal(
                    "{name} 님은 그 시간에 {programme} 일정({when})을 맡고 있습니다. 다른 시간을 골라 주세요.",
                    name=self._name(person_id),
                    programme=programme.name,
                    when=when(other),
                )

    def _department_must_be_free(self, slot: Slot, department_id: int, moving: int) -> None:
        for booking, other, programme in self.bookings:
            is_theirs = booking.holder == f"department:{department_id}" and booking.id != moving
            if is_theirs and _meet(slot, other):
                raise Refusal(
                    "{department:은/는} 그 시간에 {programme} 예약({when})이 있습니다. 다른 시간을 골라 주세요.",
                    department=self.session.get_one(Department, department_id).name,
                    programme=programme.name,
                    when=when(other),
                )

    def _name(self, person_id: int) -> str:
        return self.session.get_one(Person, person_id).name


def must_suit(
    session: Session, slot: Slot, person_id: int, department_id: int | None, moving: int = 0
) -> None:
    """The same for one slot."""
    Diary.of(session, [slot], person_id, department_id).must_suit(slot, person_id, department_id, moving)


def organisers_must_be_free(session: Session, slot: Slot) -> None:
    """Refuses a new time for a slot at which one who runs it is not free, or has another open slot, booked or not."""
    for person_id in organisers(slot):
        query = (
            select(Slot, Programme)
            .join(Programme, col(Programme.id) == col(Slot.programme_id))
            .where(_overlaps(slot.starts_at, slot.ends_at), Slot.state == SlotState.OPEN)
            .where(_run_by([person_id]), Slot.id != (slot.id or 0))
            .order_by(col(Slot.id))
        )
        for other, programme in session.exec(query):
            raise Refusal(
                "{name} 님의 다른 일정({programme} {when})과 겹칩니다. 겹치지 않는 시간으로 적어 주세요.",
                name=session.get_one(Person, person_id).name,
                programme=programme.name,
                when=when(other),
            )
        Diary.of(session, [slot], person_id, None).person_must_be_free(slot, person_id, runs=slot.id or 0)


def organisers(slot: Slot) -> list[int]:
    """Who runs the slot: its consultant and its person of the evaluation office."""
    return [one for one in dict.fromkeys((slot.consultant_id, slot.office_id)) if one is not None]


def _taking_place(
    session: Session, people: Collection[int], begins: datetime, ends: datetime
) -> dict[int, list[_Run]]:
    is_booked = sa.exists().where(col(Booking.slot_id) == col(Slot.id), col(Booking.holder).is_not(None))
    query = (
        select(Slot, Programme)
        .join(Programme, col(Programme.id) == col(Slot.programme_id))
        .where(_overlaps(begins, ends), Slot.state == SlotState.OPEN, _run_by(people))
        .where((col(Programme.kind) != ProgrammeKind.CONSULTATION) | is_booked)
        .order_by(col(Slot.id))
    )
    found: dict[int, list[_Run]] = {}
    for slot, programme in session.exec(query):
        for person_id in organisers(slot):
            found.setdefault(person_id, []).append((slot.starts_at, slot.ends_at, slot, programme))
    return found


def _overlaps(starts_at: datetime, ends_at: datetime) -> sa.ColumnElement[bool]:
    return (col(Slot.starts_at) < ends_at) & (col(Slot.ends_at) > starts_at)


def _meet(one: Slot, other: Slot) -> bool:
    return one.starts_at < other.ends_at and other.starts_at < one.ends_at


def _run_by(people: Iterable[int]) -> sa.ColumnElement[bool]:
    found = list(people)
    return col(Slot.consultant_id).in_(found) | col(Slot.office_id).in_(found)
