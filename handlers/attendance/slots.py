"""The slots whose attendance a person takes: what has begun, what is not noted yet first."""

from __future__ import annotations

from handlers.dialogue.book import Data
from handlers.dialogue.screens import Badge, Choice, Go, Menu, Notice, Screen, Tone
from handlers.dialogue.talk import Talk
from handlers.dialogue.text import Bold, lines
from handlers.wording import HOME
from models.consultation.attendance import Held, slots_to_take
from models.consultation.free import when
from models.consultation.programme import Programme, Slot
from models.words import Phrase, say


def show(talk: Talk, data: Data) -> Screen:
    """Every slot of today and before; of one programme where `programme` is given."""
    held = slots_to_take(talk.session, talk.doer, data.get("programme"))
    if not held:
        return Notice(lines(say("출석을 기록하실 일정이 없습니다.")), buttons=[HOME])
    open_ = sum(bool(one.open) for one in held)
    told = say("기록하지 않은 일정이 {count}건 있습니다.", count=open_)
    if not open_:
        told = say("모든 일정의 출석을 기록했습니다.")
    choices = [
        Choice(
            title_of(one.programme, one.slot),
            Go("attendance.slot", {"slot": one.slot.id}),
            when(one.slot),
            _badge(one),
        )
        for one in held
    ]
    return Menu(lines(Bold(say("출석 기록")), told), choices, buttons=[HOME])


def title_of(programme: Programme, slot: Slot) -> Phrase:
    """`성과관리 교육 · 1차`: what is told away from its programme says which one."""
    if not slot.title:
        return say("{programme}", programme=programme.name)
    return say("{programme} · {title}", programme=programme.name, title=slot.title)


def timed(programme: Programme, slot: Slot) -> Phrase:
    """With its time, by which one of many is told from the others also on a button."""
    return say("{slot} ({when})", slot=title_of(programme, slot), when=when(slot))


def _badge(held: Held) -> Badge:
    if held.open:
        return Badge(say("미기록 {count}명", count=held.open), Tone.WARNING)
    return Badge(say("기록함"), Tone.GOOD)
