"""What an officer gets whom somebody asked to hurry, and what that somebody sees of it."""

from __future__ import annotations

from handlers.dialogue.book import Data
from handlers.dialogue.screens import Button, Go, Notice, Screen, Tone
from handlers.dialogue.talk import Talk
from handlers.dialogue.text import Bold, lines
from handlers.reminders.lines import buttons_of, items_of, line_of
from handlers.wording import HOME, name_of
from models.reminding.circle import Circle
from models.reminding.rule import Audience
from models.reminding.sources import still_to_do
from models.reminding.table import Nudge
from models.words import Refusal, say

_THEIRS = (Audience.OFFICER, Audience.DEPUTY)


def show(talk: Talk, data: Data) -> Screen:
    """What is still missing of it, with the buttons that do it; Refusal where nothing is."""
    nudge = talk.session.get_one(Nudge, data["nudge"])
    circle = Circle.on(talk.session, talk.today)
    duties = [
        duty
        for duty in still_to_do(talk.session, circle, talk.now, data["about"]).values()
        if talk.person_id in circle.receivers(one for kind in _THEIRS for one in duty.people(kind))
    ]
    items = items_of(talk, sorted(duties, key=lambda duty: duty.due_at))
    if not items:
        raise Refusal("챙겨 달라고 하신 보고가 모두 처리되었습니다.")
    by = name_of(talk.session, nudge.by_id)
    told = [(say("• {name}", name=item.name), " — ", *line_of(item)) for item in items]
    return Notice(
        lines(Bold(say("{name} 님이 아래 보고의 제출을 요청하셨습니다.", name=by)), *told),
        buttons=buttons_of(items),
        tone=Tone.WARNING,
    )


def may_leave(talk: Talk, data: Data) -> bool:
    """It is for the one who was nudged, or for whoever does their work today."""
    nudge = talk.session.get(Nudge, data["nudge"])
    return nudge is not None and talk.person_id in (nudge.person_id, *_deputies(talk, nudge))


def show_sent(talk: Talk, data: Data) -> Screen:
    """Whom it went to."""
    nudge = talk.session.get_one(Nudge, data["nudge"])
    name, count = name_of(talk.session, nudge.person_id), data["count"]
    told = say("{name} 님에게 보고 {count}건을 챙겨 달라고 알렸습니다.", name=name, count=count)
    again = say("오늘은 더 독려하실 수 없습니다. 내일 다시 하실 수 있습니다.")
    return Notice(
        lines(told, again), buttons=[Button(say("부서 현황"), Go("team_board.board")), HOME], tone=Tone.GOOD
    )


def _deputies(talk: Talk, nudge: Nudge) -> tuple[int, ...]:
    return Circle.on(talk.session, talk.today).deputies.get(nudge.person_id, ())
