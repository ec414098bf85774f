"""An administrator's view of the city, once a day while something is late."""

from __future__ import annotations

from handlers.dialogue.book import Data
from handlers.dialogue.screens import Button, Go, Notice, Screen
from handlers.dialogue.talk import Talk
from handlers.dialogue.text import Bold, lines
from models.reminding.circle import Circle
from models.reminding.gathering import reminders_in, still_due
from models.words import Refusal, say


def show(talk: Talk, data: Data) -> Screen:
    """How much is late; Refusal where nothing is."""
    circle = Circle.on(talk.session, talk.today)
    duties = still_due(talk.session, circle, talk.now, reminders_in(talk.session, data["digest"]))
    if not duties:
        raise Refusal("알려 드릴 일이 모두 처리되었습니다.")
    button = Button(say("전체 진행"), Go("admin.progress"))
    return Notice(
        lines(Bold(say("기한이 지난 일이 {count}건 있습니다.", count=len(duties)))), buttons=[button]
    )
