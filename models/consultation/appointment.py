"""What stands in somebody's calendar of a slot: the values of a calendar file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from models.consultation.booking import Booking, BookingState
from models.consultation.programme import Programme, ProgrammeKind, Slot, SlotState
from models.organization import Department, Person
from models.words import Phrase, Translator, say, translator


@dataclass(frozen=True)
class Attendant:
    """Somebody of the appointment. Without an address, the file can only name them in its description."""

    name: str
    email: str = ""
    is_chair: bool = False


@dataclass(frozen=True)
class Appointment:
    """What an appointment says. `uid` stays the same through its life, `sequence` rises with every change."""

    uid: str
    sequence: int
    starts_at: datetime
    ends_at: datetime
    summary: str
    description: str = ""
    place: str = ""
    link: str = ""
    organizer: Attendant | None = None
    attendants: Sequence[Attendant] = ()
    is_cancelled: bool = False


def appointment_of(session: Session, slot_id: int, booking_id: int | None, person_id: int) -> Appointment:
    """The appointment as it is now for one reader: of a booking, or of the slot itself for who runs a session.

    It is cancelled where it is over, or where the booking is not in that slot any more.
    """
    slot = session.get_one(Slot, slot_id)
    programme = session.get_one(Programme, slot.programme_id)
    booking = session.get_one(Booking, booking_id) if booking_id is not None else None
    is_gone = slot.state is SlotState.CANCELLED
    if booking is not None:
        is_seated = booking.state is not BookingState.CANCELLED and booking.slot_id == slot.id
        is_gone = is_gone or not is_seated
    people = _people(session, slot, booking)
    organizer = next((one for one in people if one.is_chair), people[0] if people else None)
    to = translator(session.get_one(Person, person_id).locale)
    return Appointment(
        uid=booking.uid if booking is not None else f"slot-{slot.id}-{programme.id}@bogobot",
        sequence=booking.revision if booking is not None else slot.revision,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        summary=slot.title or programme.name,
        description=_description(session, to, programme, slot, booking),
        place=slot.place,
        link=slot.link,
        organizer=organizer,
        attendants=[one for one in people if one is not organizer],
        is_cancelled=is_gone,
    )


def parties(programme: Programme, slot: Slot, booking: Booking) -> set[int]:
    """Whose calendar a booking is in: in a session only that of who comes, in a consultation that of all three."""
    if programme.kind is not ProgrammeKind.CONSULTATION:
        return {booking.person_id}
    return {one for one in (booking.person_id, slot.consultant_id, slot.office_id) if one is not None}


def who_comes(session: Session, booking: Booking) -> Phrase:
    """`총무과 김주무`."""
    name = session.get_one(Person, booking.person_id).name
    if booking.department_id is None:
        return say("{name}", name=name)
    department = session.get_one(Department, booking.department_id).name
    return say("{department} {name}", department=department, name=name)


def _people(session: Session, slot: Slot, booking: Booking | None) -> list[Attendant]:
    coming = booking.person_id if booking is not None else None
    found = []
    for person_id in dict.fromkeys((slot.consultant_id, slot.office_id, coming)):
        if person_id is not None:
            person = session.get_one(Person, person_id)
            found.append(Attendant(person.name, person.email, is_chair=person_id == slot.consultant_id))
    return found


def _description(
    session: Session, to: Translator, programme: Programme, slot: Slot, booking: Booking | None
) -> str:
    said = [programme.name]
    if booking is not None:
        said.append(to(say("참석: {who}", who=who_comes(session, booking))))
    if slot.consultant_id is not None:
        name = session.get_one(Person, slot.consultant_id).name
        is_whole = programme.kind is ProgrammeKind.CONSULTATION
        said.append(to(say("컨설턴트: {name}", name=name) if is_whole else say("진행: {name}", name=name)))
    if slot.office_id is not None:
        said.append(to(say("평가 부서: {name}", name=session.get_one(Person, slot.office_id).name)))
    if slot.link:
        said.append(slot.link)
    return "\n".join(said)
