"""Every programme a person takes part in or runs, with what is theirs in it."""

from __future__ import annotations

from handlers.consultation.words import KINDS
from handlers.dialogue.book import Data
from handlers.dialogue.screens import Badge, Button, Choice, Go, Menu, Notice, Screen, Tone
from handlers.dialogue.talk import Talk
from handlers.dialogue.text import Bold, Line, lines
from handlers.wording import HOME
from handlers.written_review import home as written_review
from models.consultation.deduction_file import deductions_seen_by
from models.consultation.free import when
from models.consultation.offering import first_in_line
from models.consultation.programme import Programme, ProgrammeKind
from models.consultation.reading import Part, own_bookings, own_waiting, parts_of, run_by
from models.consultation.seats import free_slots
from models.organization import Role
from models.words import Phrase, say


def choice(talk: Talk) -> Choice | None:
    """The line of the first screen, with what is to be done first; None for who has nothing there."""
    parts = parts_of(talk.session, talk.doer)
    if not parts and not written_review.choices(talk):
        return None
    label, to = say("컨설팅·교육"), Go("consultation.home")
    if (first := written_review.waiting(talk)) is not None:
        return Choice(label, to, first.label, first.badge)
    if mine := own_bookings(talk.session, talk.now, parts):
        return Choice(label, to, say("다음 일정: {when}", when=when(mine[0][1])))
    return Choice(label, to, say("예약, 변경, 대기 신청"))


def show(talk: Talk, _data: Data) -> Screen:
    """The programmes and the written review, and ways to what is done beside."""
    parts = parts_of(talk.session, talk.doer)
    choices = [*(_choice(talk, part) for part in parts), *written_review.choices(talk)]
    buttons = [*_own(talk, parts), *_beside(talk, parts), HOME]
    if not choices:
        told = say("참여하실 컨설팅·교육이 없습니다. 일정이 잡히면 알려 드리겠습니다.")
        return Notice(lines(told), buttons=buttons)
    return Menu(
        lines(Bold(say("컨설팅·교육")), say("예약하거나 확인하실 항목을 골라 주세요.")),
        choices,
        buttons=buttons,
    )


def _choice(talk: Talk, part: Part) -> Choice:
    programme = part.programme
    is_session = programme.kind is not ProgrammeKind.CONSULTATION
    to = Go("consultation.slots", {"programme": programme.id})
    if not part.parties or (part.runs and is_session):
        to = Go("consultation.schedule", {"programme": programme.id})
    return Choice(programme.name, to, _detail(talk, part), Badge(KINDS[programme.kind], Tone.NEUTRAL))


def _detail(talk: Talk, part: Part) -> Line:
    """What is the reader's, else what is free."""
    key = part.programme.id or 0
    mine = [slot for _, slot, _ in own_bookings(talk.session, talk.now, [part])]
    if mine:
        if len(mine) > 1:
            return say("예약: {when} 외 {count}건", when=when(mine[0]), count=len(mine) - 1)
        return say("예약: {when}", when=when(mine[0]))
    if not part.parties or (part.runs and part.programme.kind is not ProgrammeKind.CONSULTATION):
        return say("맡은 일정 {count}건", count=len(run_by(talk.session, talk.doer, key)))
    return _open(talk, part.programme)


def _open(talk: Talk, programme: Programme) -> Phrase:
    key = programme.id or 0
    if programme.booking_opens is not None and talk.now < programme.booking_opens:
        return say("예약은 {opens}부터 받습니다.", opens=programme.booking_opens)
    count = len(free_slots(talk.session, talk.now, key))
    if count and programme.kind is not ProgrammeKind.CONSULTATION:
        return say("신청할 수 있는 일정 {count}건", count=count)
    if count:
        return say("빈 시간 {count}개", count=count)
    if waiting := len(first_in_line(talk.session, key)):
        return say("빈 시간 없음 · 대기 {count}명", count=waiting)
    return say("지금은 예약할 수 있는 시간이 없습니다.")


def _own(talk: Talk, parts: list[Part]) -> list[Button]:
    found: list[Button] = []
    if own_bookings(talk.session, talk.now, parts):
        found.append(Button(say("내 예약"), Go("consultation.bookings")))
    if own_waiting(talk.session, parts):
        found.append(Button(say("내 대기"), Go("consultation.waiting")))
    return found


def _beside(talk: Talk, parts: list[Part]) -> list[Button]:
    """Ways to attendance and to deductions, for whom they concern."""
    found: list[Button] = []
    if any(part.runs for part in parts):
        found.append(Button(say("출석 기록"), Go("attendance.slots")))
    if talk.standing.has(Role.ADMINISTRATOR) or deductions_seen_by(talk.session, talk.doer):
        found.append(Button(say("미참여 감점"), Go("deductions.list")))
    return found
