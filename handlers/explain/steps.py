"""One stop of an explanation: what there is to say, and where it goes on."""

from __future__ import annotations

from handlers.dialogue.book import Data
from handlers.dialogue.screens import Button, Choice, Go, Menu, Notice, Screen
from handlers.dialogue.talk import Talk
from handlers.dialogue.text import Bold, Line, lines
from handlers.explain.place import go_to, must_see, place_of, seen_below, sees_files
from handlers.wording import HOME
from models.explaining import Known, Place, explained_at
from models.words import say


def show(talk: Talk, data: Data) -> Screen:
    """The lines of the place, its parts to choose from, and the way back up."""
    place = place_of(data)
    must_see(talk, place)
    here = explained_at(Known(talk.session), place)
    told: list[Line] = [Bold(here.title), *here.lines]
    if place.as_of is not None and (place.part or place.indicator_id is not None):
        # Of a total its own lines say so.
        told.append(say("{instant} 현재의 기록으로 다시 계산한 값입니다.", instant=place.as_of))
    if here.files and sees_files(talk, place):
        told += here.files
    elif here.files:
        told.append(say("증빙 파일은 이 지표의 담당자, 팀장, 평가자만 볼 수 있습니다."))
    below = seen_below(talk, place, here.below)
    if hidden := len(here.below) - len(below):
        told.append(say("이 밖에 {count}건은 볼 권한이 있는 분에게만 표시됩니다.", count=hidden))
    buttons = _buttons(place)
    if not below:
        return Notice(lines(*told), buttons=buttons)
    return Menu(lines(*told), [Choice(label, go_to(one)) for one, label in below], buttons=buttons)


def _buttons(place: Place) -> list[Button]:
    buttons = []
    if above := place.above():
        buttons.append(Button(say("위로") if above.part else say("총점으로"), go_to(above)))
    buttons.append(Button(say("다른 날 기준으로"), Go("explain.day", dict(go_to(place).data))))
    buttons.append(HOME)
    return buttons
