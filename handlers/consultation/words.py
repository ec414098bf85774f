"""Words and buttons that the steps of consultation share."""

from __future__ import annotations

from datetime import datetime

from handlers.dialogue.screens import Badge, Button, Go, Tone
from handlers.dialogue.talk import Talk
from handlers.dialogue.text import Line, Link
from models.consultation.booking import Booking, BookingState
from models.consultation.free import when
from models.consultation.programme import Programme, ProgrammeKind, Slot, SlotState
from models.consultation.reading import seated
from models.consultation.seats import taken_seats
from models.organization import Person
from models.words import Phrase, Refusal, say

HOME = Button(say("컨설팅·교육"), Go("consultation.home"))
KINDS = {
    ProgrammeKind.CONSULTATION: say("컨설팅"),
    ProgrammeKind.TRAINING: say("교육"),
    ProgrammeKind.MEETING: say("회의"),
}
_STATES = {
    BookingState.OFFERED: Badge(say("수락 대기"), Tone.WAITING),
    BookingState.BOOKED: Badge(say("예약됨"), Tone.GOOD),
    BookingState.CANCELLED: Badge(say("취소됨"), Tone.NEUTRAL),
    BookingState.ATTENDED: Badge(say("참석"), Tone.GOOD),
    BookingState.ABSENT: Badge(say("불참"), Tone.BAD),
}


def cannot() -> Refusal:
    """The answer is none that the screen asks for."""
    return Refusal("이 화면에서는 할 수 없는 일입니다. '메뉴'를 입력해 주세요.")


def title(programme: Programme, slot: Slot) -> str:
    """What the slot is called: by its own title where it has one."""
    return slot.title or programme.name


def booking_badge(booking: Booking) -> Badge:
    return _STATES[booking.state]


def slot_badge(talk: Talk, programme: Programme, slot: Slot, mine: Booking | None) -> Badge:
    """How the slot stands for the reader."""
    if slot.state is SlotState.CANCELLED:
        return Badge(say("취소됨"), Tone.BAD)
    if mine is not None and mine.slot_id == slot.id:
        return booking_badge(mine)
    if slot.ends_at <= talk.now:
        return Badge(say("끝남"), Tone.NEUTRAL)
    taken = len(taken_seats(talk.session, slot.id or 0))
    if taken >= slot.seats:
        return Badge(say("마감"), Tone.NEUTRAL)
    if programme.kind is ProgrammeKind.CONSULTATION:
        return Badge(say("빈 시간"), Tone.WAITING)
    return Badge(say("{left}자리 남음", left=slot.seats - taken), Tone.WAITING)


def slot_facts(talk: Talk, programme: Programme, slot: Slot) -> list[tuple[Phrase, Line]]:
    """When, where, with whom."""
    facts: list[tuple[Phrase, Line]] = [(say("일시"), when(slot))]
    if slot.title:
        facts.insert(0, (KINDS[programme.kind], programme.name))
    if slot.place:
        facts.append((say("장소"), slot.place))
    if slot.link:
        facts.append((say("접속 주소"), Link(slot.link, slot.link)))
    leads = say("컨설턴트") if programme.kind is ProgrammeKind.CONSULTATION else say("진행")
    for label, person_id in ((leads, slot.consultant_id), (say("평가 부서"), slot.office_id)):
        if person_id is not None:
            facts.append((label, talk.session.get_one(Person, person_id).name))
    if programme.kind is not ProgrammeKind.CONSULTATION:
        taken = len(seated(talk.session, slot))
        facts.append((say("신청"), say("{taken}명 / 정원 {seats}명", taken=taken, seats=slot.seats)))
    return facts


def until(due: datetime | None) -> Phrase | None:
    return None if due is None else say("예약은 {due}까지 받습니다.", due=due)
