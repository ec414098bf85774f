"""Slots that a consultant makes for themselves, and what becomes of slots and their bookings when they change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col, select

from models.audit import record
from models.clock import SEOUL, local_day
from models.consultation.booking import Booking, BookingState, Waiting, WaitingState
from models.consultation.calendars import ask_for_organisers, ask_for_parties
from models.consultation.eligible import is_personal, must_run
from models.consultation.free import must_suit, organisers_must_be_free
from models.consultation.offering import offer_seats
from models.consultation.programme import Programme, ProgrammeKind, Slot, SlotState
from models.consultation.reserving import call_off
from models.consultation.seats import one_at_a_time, slot_and_programme
from models.doer import Doer
from models.organization import Role
from models.rights import Holding
from models.special_days import working_days
from models.store import changed_one
from models.words import Refusal

SHORTEST, LONGEST = 10, 240
"""Minutes of a slot."""
_MOST = 200
_SEATED = (BookingState.BOOKED, BookingState.OFFERED)


@dataclass(frozen=True)
class Hours:
    """When slots are made on a day: one after the other from `start` to `end`, in minutes each with a break between."""

    start: time
    end: time
    length: int
    break_: int = 0

    def on(self, day: date) -> Iterator[tuple[datetime, datetime]]:
        """The beginnings and ends of a day's slots."""
        begins, ends = (datetime.combine(day, at, SEOUL) for at in (self.start, self.end))
        length, pause = timedelta(minutes=self.length), timedelta(minutes=self.break_)
        while begins + length <= ends:
            yield begins, begins + length
            begins += length + pause


@dataclass(frozen=True)
class Where:
    """Where a slot takes place: a room, an address to join by, or both; and who comes for the evaluation office."""

    place: str = ""
    link: str = ""
    office_id: int | None = None


def make_slots(
    session: Session, doer: Doer, programme_id: int, days: Sequence[date], hours: Hours, where: Where
) -> list[Slot]:
    """Slots of a consultation with the person as their consultant; all of them or, where one cannot be, none."""
    one_at_a_time(session)
    programme = session.get_one(Programme, programme_id, populate_existing=True)
    holding = next((one for one in doer.standing.holdings if one.role is Role.CONSULTANT), None)
    if holding is None:
        raise Refusal("컨설턴트만 일정을 만들 수 있습니다. 역할이 필요하면 관리자에게 문의해 주세요.")
    if programme.kind is not ProgrammeKind.CONSULTATION:
        raise Refusal("교육과 회의 일정은 계획 파일로 등록합니다. 관리자에게 요청해 주세요.")
    _must_be_sound(hours, where)
    made: list[Slot] = []
    number = _next_number(session, programme_id)
    for day in days:
        _must_be_working(session, day)
        for starts_at, ends_at in hours.on(day):
            slot = Slot(
                programme_id=programme_id,
                code=f"chat-{number + len(made)}",
                starts_at=starts_at,
                ends_at=ends_at,
                place=where.place,
                link=where.link,
                consultant_id=doer.person_id,
                office_id=where.office_id,
            )
            _must_be_ahead(doer, slot)
            organisers_must_be_free(session, slot)
            session.add(slot)
            session.flush()
            made.append(slot)
    if not made or len(made) > _MOST:
        raise Refusal(
            "만들 일정이 없거나 {most}개를 넘습니다. 날짜와 시간, 길이를 확인해 주세요.", most=_MOST
        )
    for slot in made:
        _record(session, doer, holding, "slot.make", slot, at=slot.starts_at.isoformat())
    offer_seats(session, doer.now, programme_id)
    return made


def cancel_slot(session: Session, doer: Doer, slot_id: int, reason: str) -> list[Booking]:
    """Takes a slot away with all its bookings, which are returned; who waited for it waits for any other."""
    one_at_a_time(session)
    slot, _ = slot_and_programme(session, slot_id)
    holding = must_run(doer, slot)
    _must_be_ahead(doer, slot)
    if not reason.strip():
        raise Refusal("취소하는 사유를 적어 주세요. 예약자들에게 전달됩니다.")
    bookings = _bookings(session, slot)
    for booking in bookings:
        was_booked = booking.state is BookingState.BOOKED
        _back_in_line(session, booking)
        call_off(session, doer, booking, reason)
        if was_booked:
            ask_for_parties(session, doer.now, booking, "cancelled")
    waiting = sa.update(Waiting).where(
        col(Waiting.slot_id) == slot.id, col(Waiting.state) == WaitingState.WAITING
    )
    session.execute(waiting.values(slot_id=None).execution_options(synchronize_session="fetch"))
    _change(session, slot, state=SlotState.CANCELLED)
    ask_for_organisers(session, doer.now, slot, "cancelled")
    _record(session, doer, holding, "slot.cancel", slot, reason=reason.strip())
    offer_seats(session, doer.now, slot.programme_id)
    return bookings


def change_slot(
    session: Session, doer: Doer, slot_id: int, revision: int, starts_at: datetime, place: str, link: str
) -> list[Booking]:
    """Another time of the same length, place or link, with everybody who comes still free; returns the bookings, whose
    calendar files are new."""
    one_at_a_time(session)
    slot, _ = slot_and_programme(session, slot_id)
    holding = must_run(doer, slot)
    _must_be_ahead(doer, slot)
    if slot.revision != revision:
        raise Refusal("그사이 일정이 바뀌었습니다. 새로 고친 화면에서 다시 확인해 주세요.")
    _must_be_somewhere(place, link)
    if (starts_at, place, link) == (slot.starts_at, slot.place, slot.link):
        raise Refusal("바뀐 것이 없습니다. 바꾸실 항목을 고친 뒤 다시 보내 주세요.")
    bookings, before = _bookings(session, slot), slot.starts_at
    if starts_at != before:
        _must_be_working(session, local_day(starts_at))
        _must_still_suit(session, doer, slot, starts_at, bookings)
    ends_at = starts_at + (slot.ends_at - slot.starts_at)
    _change(session, slot, starts_at=starts_at, ends_at=ends_at, place=place, link=link)
    renew_bookings(session, doer.now, slot)
    _record(session, doer, holding, "slot.change", slot, at=starts_at.isoformat(), before=before.isoformat())
    return bookings


def renew_bookings(session: Session, now: datetime, slot: Slot) -> None:
    """Raises the revision of a changed slot's bookings, by which calendars know that their files are newer, and has
    everybody get theirs."""
    seated = sa.update(Booking).where(col(Booking.slot_id) == slot.id, col(Booking.state).in_(_SEATED))
    raised = seated.values(revision=col(Booking.revision) + 1, changed_at=now)
    session.execute(raised.execution_options(synchronize_session="fetch"))
    for booking in _bookings(session, slot):
        if booking.state is BookingState.BOOKED:
            ask_for_parties(session, now, booking, "changed")
    ask_for_organisers(session, now, slot, "changed")


def _must_be_sound(hours: Hours, where: Where) -> None:
    if not SHORTEST <= hours.length <= LONGEST:
        raise Refusal(
            "한 번의 길이는 {shortest}분에서 {longest}분까지입니다.", shortest=SHORTEST, longest=LONGEST
        )
    if not 0 <= hours.break_ <= LONGEST:
        raise Refusal("쉬는 시간은 0분에서 {longest}분까지입니다.", longest=LONGEST)
    if hours.start >= hours.end:
        raise Refusal("끝나는 시각이 시작하는 시각보다 뒤여야 합니다. 예: 09:00~12:00")
    _must_be_somewhere(where.place, where.link)


def _must_be_somewhere(place: str, link: str) -> None:
    if not place.strip() and not link.strip():
        raise Refusal("장소나 접속 주소 가운데 하나는 적어 주세요.")
    if link and (not link.startswith(("https://", "http://")) or len(link.split()) > 1):
        raise Refusal("접속 주소는 https://로 시작해야 합니다. 주소 전체를 붙여 넣어 주세요.")


def _must_be_working(session: Session, day: date) -> None:
    calendar = working_days(session)
    if not calendar.is_working(day):
        if name := calendar.name_of(day):
            raise Refusal("{day}에는 쉽니다({name}). 근무일을 골라 주세요.", day=day, name=name)
        raise Refusal("{day}에는 일하지 않습니다. 근무일을 골라 주세요.", day=day)


def _must_be_ahead(doer: Doer, slot: Slot) -> None:
    if slot.state is SlotState.CANCELLED:
        raise Refusal("이미 취소된 일정입니다.")
    if slot.starts_at <= doer.now:
        raise Refusal("이미 시작한 시간입니다. 다른 시간을 골라 주세요.")


def _must_still_suit(
    session: Session, doer: Doer, slot: Slot, starts_at: datetime, bookings: Sequence[Booking]
) -> None:
    """Everybody is asked about the slot as it would be; the one in the database has not changed yet."""
    wanted = Slot(
        **slot.model_dump(exclude={"starts_at", "ends_at"}),
        starts_at=starts_at,
        ends_at=starts_at + (slot.ends_at - slot.starts_at),
    )
    _must_be_ahead(doer, wanted)
    organisers_must_be_free(session, wanted)
    for booking in bookings:
        whole = None if is_personal(session, booking) else booking.department_id
        must_suit(session, wanted, booking.person_id, whole, booking.id or 0)


def _bookings(session: Session, slot: Slot) -> list[Booking]:
    query = select(Booking).where(Booking.slot_id == slot.id, col(Booking.state).in_(_SEATED))
    found = session.exec(query.order_by(col(Booking.id)).execution_options(populate_existing=True))
    return list(found)


def _back_in_line(session: Session, booking: Booking) -> None:
    """Whose offer falls with its slot waits on, in the place they had."""
    offered = (col(Waiting.booking_id) == booking.id) & (col(Waiting.state) == WaitingState.OFFERED)
    back = sa.update(Waiting).where(offered).values(state=WaitingState.WAITING, booking_id=None, slot_id=None)
    session.execute(back.execution_options(synchronize_session="fetch"))


def _change(session: Session, slot: Slot, **values: object) -> None:
    """Changes the slot; nobody else can meanwhile, or the revision is not that which was read."""
    changed = changed_one(
        session,
        sa.update(Slot)
        .where(col(Slot.id) == slot.id, col(Slot.revision) == slot.revision)
        .values(revision=slot.revision + 1, **values),
    )
    if not changed:
        raise Refusal("그사이 일정이 바뀌었습니다. 새로 고친 화면에서 다시 확인해 주세요.")
    session.refresh(slot)


def _next_number(session: Session, programme_id: int) -> int:
    made = select(Slot.code).where(Slot.programme_id == programme_id, col(Slot.code).startswith("chat-"))
    return 1 + max((int(code.removeprefix("chat-")) for code in session.exec(made)), default=0)


def _record(
    session: Session, doer: Doer, holding: Holding, action: str, slot: Slot, **detail: str | int | None
) -> None:
    record(session, doer.now, doer.actor(holding), action, f"slot:{slot.id}", **detail)
