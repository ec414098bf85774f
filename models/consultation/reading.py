"""What somebody has to do with programmes: for whom they may book, what they have, what they run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from models.consultation.booking import Booking, BookingState, Waiting, WaitingState
from models.consultation.eligible import Party, acts_for, parties_of, runs
from models.consultation.free import Diary
from models.consultation.programme import Programme, ProgrammeKind, Slot, SlotState
from models.consultation.seats import free_slots
from models.doer import Doer
from models.organization import Role
from models.plan import Cycle
from models.words import Refusal


@dataclass(frozen=True)
class Part:
    """One person's part in a programme."""

    programme: Programme
    parties: Sequence[Party]
    """For whom they may take seats."""
    runs: bool
    """Whether slots of it are theirs to run."""


def part_in(session: Session, doer: Doer, programme_id: int) -> Part:
    """The person's part in a programme; Refusal where they have none."""
    programme = session.get(Programme, programme_id)
    part = programme and _part(session, doer, programme)
    if not part:
        raise Refusal("참여하시는 프로그램이 아닙니다. '컨설팅'을 입력해 목록에서 골라 주세요.")
    return part


def parts_of(session: Session, doer: Doer) -> list[Part]:
    """Every programme of a running cycle in which the person has a part, and of one that is over what is still to come:
    results of a year are talked over after its end."""
    coming = sa.exists().where(
        col(Slot.programme_id) == col(Programme.id),
        col(Slot.state) == SlotState.OPEN,
        col(Slot.ends_at) > doer.now,
    )
    query = (
        select(Programme)
        .join(Cycle, col(Cycle.id) == col(Programme.cycle_id))
        .where((col(Cycle.ends_on) >= doer.today) | coming)
        .order_by(col(Programme.id))
    )
    found = (_part(session, doer, programme) for programme in session.exec(query))
    return [part for part in found if part is not None]


def run_by(session: Session, doer: Doer, programme_id: int) -> list[Slot]:
    """Open slots that the person runs and that are not over, in order of time; of administrators, all."""
    query = select(Slot).where(
        Slot.programme_id == programme_id, Slot.state == SlotState.OPEN, Slot.ends_at > doer.now
    )
    slots = session.exec(query.order_by(col(Slot.starts_at), col(Slot.id)))
    return [slot for slot in slots if runs(doer, slot)]


def coming_slots(session: Session, now: datetime, programme_id: int) -> list[Slot]:
    """Open slots of a programme that have not begun, free or not, in order of time."""
    query = select(Slot).where(_is_coming(now, programme_id))
    return list(session.exec(query.order_by(col(Slot.starts_at), col(Slot.id))))


def count_coming(session: Session, now: datetime, programme_id: int) -> int:
    """How many there are."""
    return session.exec(select(sa.func.count()).select_from(Slot).where(_is_coming(now, programme_id))).one()


def held(session: Session, part: Part, department_id: int | None) -> Booking | None:
    """The seat that one of the person's parties has, or is offered: that of the department where one is given."""
    query = select(Booking).where(
        Booking.programme_id == part.programme.id, col(Booking.holder).in_(_holders(part, department_id))
    )
    return session.exec(query.order_by(col(Booking.id))).first()


def queued(session: Session, part: Part, department_id: int | None) -> Waiting | None:
    """The place on the waiting list that one of the person's parties has, as in `held`."""
    query = select(Waiting).where(
        Waiting.programme_id == part.programme.id,
        col(Waiting.holder).in_(_holders(part, department_id)),
        Waiting.state == WaitingState.WAITING,
    )
    return session.exec(query).first()


def suiting(
    session: Session, now: datetime, part: Part, person_id: int, department_id: int | None
) -> list[Slot]:
    """Free slots at which everybody who would meet is free, besides the party's own booking."""
    mine = held(session, part, department_id)
    moving = mine.id or 0 if mine is not None else 0
    whole = department_id if part.programme.kind is ProgrammeKind.CONSULTATION else None
    who = mine.person_id if mine is not None else person_id
    free = free_slots(session, now, part.programme.id or 0)
    diary = Diary.of(session, free, who, whole) if free else None
    return [slot for slot in free if diary is not None and _suits(diary, slot, who, whole, moving)]


def seated(session: Session, slot: Slot) -> list[Booking]:
    """Who has a seat of the slot, in order of the seats; offers are not among them."""
    query = select(Booking).where(
        Booking.slot_id == slot.id, col(Booking.seat).is_not(None), Booking.state != BookingState.OFFERED
    )
    return list(session.exec(query.order_by(col(Booking.seat))))


def own_bookings(
    session: Session, now: datetime, parts: Sequence[Part]
) -> list[tuple[Booking, Slot, Programme]]:
    """Seats of the parties in these parts that are not over, in order of time."""
    holders, programmes = _of(parts)
    query = (
        select(Booking, Slot, Programme)
        .join(Slot, col(Slot.id) == col(Booking.slot_id))
        .join(Programme, col(Programme.id) == col(Booking.programme_id))
        .where(
            col(Booking.holder).in_(holders), col(Booking.programme_id).in_(programmes), Slot.ends_at > now
        )
        .order_by(col(Slot.starts_at), col(Booking.id))
    )
    return [(booking, slot, programme) for booking, slot, programme in session.exec(query)]


def own_waiting(session: Session, parts: Sequence[Part]) -> list[tuple[Waiting, Programme]]:
    """Places of the parties in these parts on waiting lists."""
    holders, programmes = _of(parts)
    query = (
        select(Waiting, Programme)
        .join(Programme, col(Programme.id) == col(Waiting.programme_id))
        .where(col(Waiting.holder).in_(holders), col(Waiting.programme_id).in_(programmes))
        .where(Waiting.state == WaitingState.WAITING)
        .order_by(col(Waiting.since), col(Waiting.id))
    )
    return [(waiting, programme) for waiting, programme in session.exec(query)]


def place_in_line(session: Session, waiting: Waiting) -> int:
    """How many stand before them, and themselves."""
    query = select(Waiting.id).where(
        Waiting.programme_id == waiting.programme_id,
        Waiting.state == WaitingState.WAITING,
        (col(Waiting.since) < waiting.since)
        | ((col(Waiting.since) == waiting.since) & (col(Waiting.id) <= waiting.id)),
    )
    return len(session.exec(query).all())


def _is_coming(now: datetime, programme_id: int) -> sa.ColumnElement[bool]:
    of_programme = (col(Slot.programme_id) == programme_id) & (col(Slot.state) == SlotState.OPEN)
    return of_programme & (col(Slot.starts_at) > now)


def _suits(diary: Diary, slot: Slot, person_id: int, department_id: int | None, moving: int) -> bool:
    try:
        diary.must_suit(slot, person_id, department_id, moving)
    except Refusal:
        return False
    return True


def _holders(part: Part, department_id: int | None) -> list[str]:
    is_whole = part.programme.kind is ProgrammeKind.CONSULTATION
    return [one.holder for one in part.parties if not is_whole or one.department_id == department_id]


def _of(parts: Sequence[Part]) -> tuple[list[str], list[int]]:
    """Whose seats, and in which programmes."""
    holders = dict.fromkeys(party.holder for part in parts for party in part.parties)
    return list(holders), [part.programme.id or 0 for part in parts]


def _part(session: Session, doer: Doer, programme: Programme) -> Part | None:
    parties = parties_of(session, doer, programme)
    is_staff = doer.standing.has(Role.ADMINISTRATOR) or (
        programme.kind is ProgrammeKind.CONSULTATION and doer.standing.has(Role.CONSULTANT)
    )
    mine = select(Slot.id).where(
        Slot.programme_id == programme.id,
        col(Slot.consultant_id).in_(acts_for(doer)) | col(Slot.office_id).in_(acts_for(doer)),
    )
    runs_it = is_staff or session.exec(mine).first() is not None
    return Part(programme, parties, runs_it) if parties or runs_it else None
