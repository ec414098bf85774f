"""The reader's own bookings, and where they wait."""

from __future__ import annotations

from handlers.consultation.words import HOME, booking_badge, cannot, title
from handlers.dialogue.answers import Answer, Pressed
from handlers.dialogue.book import Data
from handlers.dialogue.screens import Badge, Choice, Go, Menu, Notice, Press, Screen, Tone
from handlers.dialogue.talk import Talk
from handlers.dialogue.text import Bold, lines
from models.consultation.free import when
from models.consultation.programme import Slot
from models.consultation.reading import own_bookings, own_waiting, parts_of, place_in_line
from models.consultation.waiting import leave
from models.organization import Department
from models.words import Phrase, say


def show(talk: Talk, _data: Data) -> Screen:
    """Bookings that are not over, in order of time."""
    mine = own_bookings(talk.session, talk.now, parts_of(talk.session, talk.doer))
    if not mine:
        return Notice(lines(say("예약하신 일정이 없습니다.")), buttons=[HOME])
    choices = [
        Choice(
            title(programme, slot),
            Go("consultation.slot", {"slot": slot.id}),
            (when(slot), " · ", slot.place or slot.link or say("장소 미정")),
            booking_badge(booking),
        )
        for booking, slot, programme in mine
    ]
    return Menu(lines(Bold(say("내 예약 {count}건", count=len(mine)))), choices, buttons=[HOME])


def show_waiting(talk: Talk, _data: Data) -> Screen:
    """Where the reader waits; a press gives the place up."""
    mine = own_waiting(talk.session, parts_of(talk.session, talk.doer))
    if not mine:
        return Notice(lines(say("대기하고 계신 일정이 없습니다.")), buttons=[HOME])
    choices = []
    for waiting, programme in mine:
        wanted: Phrase = say("아무 시간이나")
        if waiting.slot_id is not None:
            wanted = when(talk.session.get_one(Slot, waiting.slot_id))
        name: Phrase | str = programme.name
        if (waiting.holder or "").startswith("department:") and waiting.department_id is not None:
            department = talk.session.get_one(Department, waiting.department_id).name
            name = say("{programme} · {department}", programme=programme.name, department=department)
        place = Badge(say("{place}번째", place=place_in_line(talk.session, waiting)), Tone.WAITING)
        choices.append(Choice(name, Press("leave", {"waiting": waiting.id}), wanted, place))
    told = say("자리가 나면 차례대로 알려 드립니다. 대기를 그만두시려면 항목을 눌러 주세요.")
    return Menu(lines(Bold(say("내 대기")), told), choices, buttons=[HOME])


def take_waiting(talk: Talk, _data: Data, answer: Answer) -> Go:
    """Gives a place up."""
    if not isinstance(answer, Pressed) or answer.action != "leave":
        raise cannot()
    leave(talk.session, talk.doer, answer.args["waiting"])
    talk.toast(say("대기를 그만두었습니다."))
    return Go("consultation.waiting")
