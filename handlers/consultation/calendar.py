"""Calendar files: made after the turn that books, moves or cancels, and handed over in chat."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlmodel import Session, col, select

from handlers.consultation.words import HOME
from handlers.dialogue.book import Data
from handlers.dialogue.errands import Finish, Workshop
from handlers.dialogue.screens import Button, Go, Notice, Screen, Tone
from handlers.dialogue.talk import Talk
from handlers.dialogue.text import Bold, Line, lines
from handlers.wording import parcel_shown
from models.audit import AuditRow, record
from models.clock import SEOUL
from models.consultation.appointment import appointment_of, who_comes
from models.consultation.booking import Booking
from models.consultation.eligible import is_whose, runs
from models.consultation.free import when
from models.consultation.programme import Programme, Slot
from models.evidence.names import clean_name
from models.evidence.table import Parcel, receive
from models.words import say

_TOLD = {
    "booked": say("예약되었습니다. 첨부한 일정 파일을 열면 달력에 저장됩니다."),
    "moved": say("예약 시간이 바뀌었습니다. 첨부한 일정 파일을 열면 달력도 바뀝니다."),
    "changed": say("예약하신 일정이 바뀌었습니다. 첨부한 일정 파일을 열면 달력도 바뀝니다."),
    "again": say("일정 파일입니다. 열면 달력에 저장됩니다."),
}
_CANCELLED = say("예약이 취소되었습니다. 첨부한 일정 파일을 열면 달력에서 지워집니다.")


def work(workshop: Workshop, data: Mapping[str, Any]) -> Finish:
    """Makes the file from things as they stand now; whatever changes afterwards asks for another."""
    # Imported here: the library takes a while to load, and nobody who reports an actual needs it.
    from reports.calendar import calendar_file

    with workshop.database.read() as session:
        appointment = appointment_of(session, data["slot"], data["booking"], data["person"])
    target = workshop.folder / "appointment.txt"
    target.write_bytes(calendar_file(appointment, workshop.clock.now()))
    # To the vault it is the text that it is; by its name calendars know it.
    name = f"{appointment.summary} {appointment.starts_at.astimezone(SEOUL):%m-%d %H%M}.ics"
    kept = replace(workshop.keep(target, target.name), name=clean_name(name.replace("/", "·")))

    def finish(talk: Talk) -> Go:
        parcel = receive(talk.session, talk.now, talk.person_id, kept)
        subject = f"booking:{data['booking']}" if data["booking"] else f"slot:{data['slot']}"
        record(talk.session, talk.now, talk.doer.actor(), "calendar.made", subject, sha256=kept.sha256)
        about = {key: data[key] for key in ("booking", "slot", "what")}
        gone = appointment.is_cancelled
        return Go("consultation.calendar", {**about, "parcel": parcel.id, "gone": gone})

    return finish


def show(talk: Talk, data: Data) -> Screen:
    """What became of the booking, and the file."""
    slot = talk.session.get_one(Slot, data["slot"])
    programme = talk.session.get_one(Programme, slot.programme_id)
    told: list[Line] = [
        Bold(_CANCELLED if data["gone"] else _TOLD[data["what"]]),
        (programme.name, " · ", when(slot)),
    ]
    if slot.place or slot.link:
        told.append(slot.place or slot.link)
    if data["booking"] is not None:
        booking = talk.session.get_one(Booking, data["booking"])
        told.append(say("참석: {who}", who=who_comes(talk.session, booking)))
    if data["gone"] and (reason := _reason(talk.session, data)):
        told.append(say("사유: {text}", text=reason))
    return Notice(
        lines(*told),
        files=[parcel_shown(talk.session.get_one(Parcel, data["parcel"]))],
        buttons=[Button(say("일정 보기"), Go("consultation.slot", {"slot": slot.id})), HOME],
        tone=Tone.WARNING if data["gone"] else Tone.GOOD,
    )


def may_leave(talk: Talk, data: Data) -> bool:
    """Its reader is of the booking, or runs the slot."""
    if runs(talk.doer, talk.session.get_one(Slot, data["slot"])):
        return True
    return data["booking"] is not None and is_whose(
        talk.session, talk.doer, talk.session.get_one(Booking, data["booking"])
    )


def _reason(session: Session, data: Data) -> str:
    """Why it was cancelled, as whoever did it has written."""
    subjects = [f"booking:{data['booking']}", f"slot:{data['slot']}"]
    query = select(AuditRow).where(
        col(AuditRow.subject).in_(subjects), col(AuditRow.action).in_(("booking.cancel", "slot.cancel"))
    )
    last = session.exec(query.order_by(col(AuditRow.id).desc())).first()
    return str(last.detail.get("reason") or "") if last is not None else ""
