"""Everything a person has been reminded of and has not done yet."""

from __future__ import annotations

from datetime import timedelta

from handlers.dialogue.book import Data
from handlers.dialogue.screens import Badge, Choice, Menu, Notice, Screen, Tone
from handlers.dialogue.talk import Talk
from handlers.dialogue.text import Bold, lines
from handlers.reminders.item import Item
from handlers.reminders.lines import items_of
from handlers.wording import HOME
from models.reminding.circle import Circle
from models.reminding.gathering import digest_kind, reminders_of, still_due
from models.reminding.table import DigestKind
from models.words import say

_LONG_AGO = timedelta(days=400)


def show(talk: Talk, _data: Data) -> Screen:
    """Every item a way to do it, what is most urgent first."""
    known = reminders_of(talk.session, talk.person_id, talk.today - _LONG_AGO)
    reminded = [one for one in known if digest_kind(one) is DigestKind.DUTIES]
    circle = Circle.on(talk.session, talk.today)
    items = items_of(talk, still_due(talk.session, circle, talk.now, reminded))
    if not items:
        return Notice(lines(say("알려 드린 일이 모두 처리되었습니다.")), buttons=[HOME], tone=Tone.GOOD)
    choices = [Choice(item.name, item.to, item.detail, _badge(item)) for item in items]
    return Menu(lines(Bold(say("챙기실 일 {count}건", count=len(items)))), choices, buttons=[HOME])


def _badge(item: Item) -> Badge | None:
    return Badge(say("기한 지남"), Tone.BAD) if item.is_late else None
