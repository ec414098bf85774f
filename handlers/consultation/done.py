"""What the reader has just done with a slot, said where they pressed; its cards are redrawn beside it."""

from __future__ import annotations

from handlers.consultation.words import HOME, title
from handlers.dialogue.book import Data
from handlers.dialogue.screens import Button, Go, Notice, Screen, Style, Tone
from handlers.dialogue.talk import Talk
from handlers.dialogue.text import Bold, lines
from models.consultation.free import when
from models.consultation.reading import part_in
from models.consultation.seats import slot_and_programme
from models.words import say

_TOLD = {
    "booked": say("예약되었습니다. 일정 파일을 곧 보내 드리겠습니다."),
    "moved": say("예약을 이 시간으로 바꿨습니다. 새 일정 파일을 곧 보내 드리겠습니다."),
    "cancelled": say("예약을 취소했습니다."),
    "declined": say("사양하셨습니다. 기다리시는 다른 분이 있으면 그분에게 제안합니다."),
    "waiting": say("대기를 신청했습니다. 자리가 나면 알려 드리겠습니다."),
    "file": say("일정 파일을 곧 보내 드리겠습니다."),
    "slot_changed": say("일정을 바꿨습니다. 예약자들에게 새 일정 파일을 보냅니다."),
    "slot_cancelled": say("일정을 취소했습니다. 예약자들에게 알립니다."),
    "called_off": say("예약을 취소했습니다. 예약자에게 알립니다."),
}
_GOOD = ("booked", "moved")


def to(slot_id: int, what: str) -> Go:
    """To this step."""
    return Go("consultation.done", {"slot": slot_id, "what": what})


def show(talk: Talk, data: Data) -> Screen:
    """What was done, and ways on."""
    slot, programme = slot_and_programme(talk.session, data["slot"])
    part_in(talk.session, talk.doer, slot.programme_id)
    return Notice(
        lines(Bold(_TOLD[data["what"]]), (title(programme, slot), " · ", when(slot))),
        buttons=[
            Button(say("일정 보기"), Go("consultation.slot", {"slot": slot.id}), Style.PRIMARY),
            HOME,
        ],
        tone=Tone.GOOD if data["what"] in _GOOD else Tone.NEUTRAL,
    )
