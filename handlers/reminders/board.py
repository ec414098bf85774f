"""A team lead's board, once a day while something is due or late: who is missing what."""

from __future__ import annotations

from handlers.dialogue.book import Data
from handlers.dialogue.screens import Button, Go, Notice, Screen
from handlers.dialogue.talk import Talk
from handlers.dialogue.text import Bold, lines
from handlers.reminders.lines import items_of, line_of
from models.reminding.circle import Circle
from models.reminding.gathering import reminders_in, still_due
from models.words import Refusal, say


def show(talk: Talk, data: Data) -> Screen:
    """What is missing in the department; Refusal where nothing is."""
    circle = Circle.on(talk.session, talk.today)
    duties = still_due(talk.session, circle, talk.now, reminders_in(talk.session, data["digest"]))
    items = items_of(talk, duties)
    if not items:
        raise Refusal("알려 드릴 일이 모두 처리되었습니다.")
    told = [(say("• {name}", name=item.name), " — ", *line_of(item)) for item in items]
    button = Button(say("부서 현황"), Go("team_board.board"))
    return Notice(lines(Bold(say("부서에서 챙기실 일 {count}건", count=len(items))), *told), buttons=[button])
