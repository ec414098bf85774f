"""Who runs a slot gives it another time or place, takes it away, or cancels a booking, and says why."""

from __future__ import annotations

from datetime import datetime

from handlers.consultation import done
from handlers.consultation.making import read_time
from handlers.consultation.telling import changed, tell_offers, tell_parties
from handlers.consultation.words import cannot, title
from handlers.dialogue.answers import Answer, Filled
from handlers.dialogue.book import Data
from handlers.dialogue.fields import DateField, TextField
from handlers.dialogue.screens import Form, Go, Screen
from handlers.dialogue.talk import Talk
from handlers.dialogue.text import lines
from models.clock import SEOUL, local_day
from models.consultation.appointment import who_comes
from models.consultation.eligible import must_run
from models.consultation.free import when
from models.consultation.reading import seated
from models.consultation.reserving import cancel, must_be_as_seen
from models.consultation.seats import booking_now, slot_and_programme
from models.consultation.slots import cancel_slot, change_slot
from models.words import Phrase, say


def show(talk: Talk, data: Data) -> Screen:
    """Day, time, place and address, as they are now."""
    slot, programme = slot_and_programme(talk.session, data["slot"])
    must_run(talk.doer, slot)
    begins = slot.starts_at.astimezone(SEOUL)
    day = local_day(slot.starts_at).isoformat()
    return Form(
        title=say("일정 변경: {title}", title=title(programme, slot)),
        text=lines(_warning(len(seated(talk.session, slot)))),
        fields=[
            DateField("day", say("날짜"), say("예: {day}", day=day), talk.today, initial=day),
            TextField("at", say("시작 시각"), say("예: 14:00"), 10, initial=f"{begins:%H:%M}"),
            TextField(
                "place",
                say("장소"),
                say("예: 별관 3층 소회의실"),
                120,
                required=False,
                skip=say("장소 없음"),
                initial=slot.place,
            ),
            TextField(
                "link",
                say("접속 주소"),
                say("온라인으로 하시면 주소를 붙여 주세요."),
                300,
                required=False,
                skip=say("온라인 아님"),
                initial=slot.link,
            ),
        ],
        cancel=Go("consultation.slot", {"slot": slot.id}),
    )


def take(talk: Talk, data: Data, answer: Answer) -> Go:
    """Changes the slot; everybody who comes gets a new calendar file."""
    if not isinstance(answer, Filled):
        raise cannot()
    values = answer.values
    starts_at = datetime.combine(local_day(values["day"]), read_time(values["at"]), SEOUL)
    change_slot(
        talk.session, talk.doer, data["slot"], data["revision"], starts_at, values["place"], values["link"]
    )
    talk.has_errand = True
    changed(talk, data["slot"])
    return done.to(data["slot"], "slot_changed")


def show_cancel(talk: Talk, data: Data) -> Screen:
    """Why the slot is taken away."""
    slot, programme = slot_and_programme(talk.session, data["slot"])
    must_run(talk.doer, slot)
    return Form(
        title=say("일정 취소: {title}", title=title(programme, slot)),
        text=lines(when(slot), _warning(len(seated(talk.session, slot)))),
        fields=[
            TextField("reason", say("사유"), say("취소하는 사유를 적어 주세요. 예약자들에게 전달됩니다."))
        ],
        cancel=Go("consultation.slot", {"slot": slot.id}),
    )


def take_cancel(talk: Talk, data: Data, answer: Answer) -> Go:
    """Takes it away and tells whoever had booked it."""
    if not isinstance(answer, Filled):
        raise cannot()
    cancel_slot(talk.session, talk.doer, data["slot"], answer.values["reason"])
    talk.has_errand = True
    changed(talk, data["slot"])
    tell_offers(talk)
    return done.to(data["slot"], "slot_cancelled")


def show_cancel_booking(talk: Talk, data: Data) -> Screen:
    """Why somebody's booking is cancelled for them."""
    booking = booking_now(talk.session, data["booking"])
    slot, programme = slot_and_programme(talk.session, booking.slot_id)
    must_run(talk.doer, slot)
    must_be_as_seen(talk.session, booking, data["revision"])
    return Form(
        title=say("예약 취소: {title}", title=title(programme, slot)),
        text=lines((who_comes(talk.session, booking), " · ", when(slot))),
        fields=[TextField("reason", say("사유"), say("취소하는 사유를 적어 주세요. 예약자에게 전달됩니다."))],
        cancel=Go("consultation.slot", {"slot": slot.id}),
    )


def take_cancel_booking(talk: Talk, data: Data, answer: Answer) -> Go:
    """Cancels it and tells everybody of it."""
    if not isinstance(answer, Filled):
        raise cannot()
    reason = answer.values["reason"]
    booking = cancel(talk.session, talk.doer, data["booking"], reason, revision=data["revision"])
    tell_parties(talk, booking, "cancelled")
    tell_offers(talk)
    return done.to(booking.slot_id, "called_off")


def _warning(count: int) -> Phrase:
    if not count:
        return say("예약자가 없습니다.")
    return say("예약 {count}건이 있습니다. 모두에게 알립니다.", count=count)
