"""The slots a person runs, with who has booked them."""

from __future__ import annotations

from handlers.consultation.words import HOME, title
from handlers.dialogue.book import Data
from handlers.dialogue.screens import Badge, Button, Choice, Go, Menu, Notice, Screen, Style, Tone
from handlers.dialogue.talk import Talk
from handlers.dialogue.text import Bold, Line, lines
from models.consultation.appointment import who_comes
from models.consultation.free import when
from models.consultation.offering import first_in_line
from models.consultation.programme import Programme, ProgrammeKind, Slot
from models.consultation.reading import part_in, run_by, seated
from models.consultation.seats import taken_seats
from models.organization import Role
from models.words import say


def show(talk: Talk, data: Data) -> Screen:
    """Coming slots in order of time."""
    part = part_in(talk.session, talk.doer, data["programme"])
    programme = part.programme
    slots = run_by(talk.session, talk.doer, data["programme"])
    buttons: list[Button] = []
    if programme.kind is ProgrammeKind.CONSULTATION and talk.standing.has(Role.CONSULTANT):
        make = Go("consultation.make", {"programme": programme.id})
        buttons.append(Button(say("일정 만들기"), make, Style.PRIMARY))
    if part.parties:
        buttons.append(Button(say("예약하기"), Go("consultation.slots", {"programme": programme.id})))
    if part.runs:
        buttons.append(Button(say("출석 기록"), Go("attendance.slots", {"programme": programme.id})))
    if not slots:
        told = say("맡으신 일정이 없습니다.")
        return Notice(lines(Bold(programme.name), told), buttons=[*buttons, HOME])
    waiting = len(first_in_line(talk.session, data["programme"]))
    told = say("맡으신 일정 {count}건입니다.", count=len(slots))
    queue: list[Line] = [say("{count}명이 대기하고 있습니다.", count=waiting)] if waiting else []
    choices = [_choice(talk, programme, slot) for slot in slots]
    return Menu(lines(Bold(programme.name), told, *queue), choices, buttons=[*buttons, HOME])


def _choice(talk: Talk, programme: Programme, slot: Slot) -> Choice:
    bookings = seated(talk.session, slot)
    to = Go("consultation.slot", {"slot": slot.id})
    if programme.kind is ProgrammeKind.CONSULTATION:
        who: Line = say("빈 시간")
        badge = None
        if bookings:
            who, badge = who_comes(talk.session, bookings[0]), Badge(say("예약됨"), Tone.GOOD)
        elif taken_seats(talk.session, slot.id or 0):
            who, badge = say("대기자에게 제안한 시간"), Badge(say("수락 대기"), Tone.WAITING)
        return Choice(when(slot), to, who, badge)
    badge = Badge(say("{taken}명 / 정원 {seats}명", taken=len(bookings), seats=slot.seats), Tone.NEUTRAL)
    return Choice(title(programme, slot), to, when(slot), badge)
