"""A seat that got free and is held for the reader: taken or declined, until its time is over."""

from __future__ import annotations

from handlers.consultation import done
from handlers.consultation.telling import changed, tell_offers, tell_parties
from handlers.consultation.words import booking_badge, cannot, slot_facts, title
from handlers.dialogue.answers import Answer, Pressed
from handlers.dialogue.book import Data
from handlers.dialogue.screens import Badge, Button, Card, Go, Press, Screen, Style, Tone
from handlers.dialogue.talk import Talk
from handlers.dialogue.text import Line, lines
from models.consultation.booking import Booking, BookingState
from models.consultation.eligible import is_whose
from models.consultation.seats import booking_now, slot_and_programme
from models.consultation.waiting import accept, decline
from models.words import Refusal, say


def show(talk: Talk, data: Data) -> Screen:
    """The card; without buttons once it is answered or over."""
    booking = booking_now(talk.session, data["booking"])
    if not is_whose(talk.session, talk.doer, booking):
        raise Refusal("제안을 받은 부서의 담당자나 팀장만 볼 수 있습니다.")
    slot, programme = slot_and_programme(talk.session, booking.slot_id)
    is_open = booking.state is BookingState.OFFERED
    return Card(
        title=title(programme, slot),
        subject=f"slot:{slot.id}",
        facts=slot_facts(talk, programme, slot),
        badge=_badge(booking),
        prompt=lines(say("기다리시던 자리가 났습니다.")) if is_open else (),
        text=lines(*_told(talk, booking)),
        buttons=_buttons(booking, slot.revision),
    )


def take(talk: Talk, data: Data, answer: Answer) -> Go:
    """Takes the seat, or lets it go to the next."""
    if not isinstance(answer, Pressed):
        raise cannot()
    if answer.action == "accept":
        booking = accept(talk.session, talk.doer, data["booking"], shown=answer.args.get("shown"))
        tell_parties(talk, booking, "booked")
        what = "booked"
    elif answer.action == "decline":
        booking = decline(talk.session, talk.doer, data["booking"])
        changed(talk, booking.slot_id)
        what = "declined"
    else:
        raise cannot()
    tell_offers(talk)
    return done.to(booking.slot_id, what)


def may_leave(talk: Talk, data: Data) -> bool:
    """Its reader may answer."""
    return is_whose(talk.session, talk.doer, booking_now(talk.session, data["booking"]))


def _badge(booking: Booking) -> Badge:
    if booking.state is BookingState.CANCELLED:
        return Badge(say("지난 제안"), Tone.NEUTRAL)
    return booking_badge(booking)


def _told(talk: Talk, booking: Booking) -> list[Line]:
    if booking.state is BookingState.OFFERED and booking.offered_until is not None:
        if booking.offered_until <= talk.now:
            return [say("수락 기한({until})이 지났습니다.", until=booking.offered_until)]
        told = say("{until}까지 수락하지 않으시면 다음 분에게 넘어갑니다.", until=booking.offered_until)
        return [told]
    if booking.state is BookingState.CANCELLED:
        return [say("끝난 제안입니다. 계속 원하시면 다시 예약하거나 대기를 신청해 주세요.")]
    return []


def _buttons(booking: Booking, shown: int) -> list[Button]:
    if booking.state is BookingState.OFFERED:
        return [
            Button(say("수락"), Press("accept", {"shown": shown}), Style.PRIMARY),
            Button(say("사양"), Press("decline"), Style.DANGER, confirm=say("이 자리를 사양할까요?")),
        ]
    if booking.state is BookingState.CANCELLED:
        return [Button(say("다른 시간 보기"), Go("consultation.slots", {"programme": booking.programme_id}))]
    return [Button(say("예약 보기"), Go("consultation.slot", {"slot": booking.slot_id}))]
