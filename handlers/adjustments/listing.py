"""Bonuses and deductions a person may see: what waits for a decision first."""

from __future__ import annotations

from handlers.adjustments.card import badge_of, kind_of, points_shown
from handlers.dialogue.book import Data
from handlers.dialogue.screens import Badge, Button, Choice, Go, Menu, Notice, Screen, Style, Tone
from handlers.dialogue.talk import Talk
from handlers.dialogue.text import Bold, lines
from handlers.wording import HOME
from models.scheme.adjusting import proposable
from models.scheme.adjustment_file import IN_OFFICE, adjustments_seen_by, count_proposed, has_own
from models.words import say


def choice(talk: Talk) -> Choice | None:
    """The line of the first screen, for who decides, proposes, or has something of theirs to see."""
    if not proposable(talk.session, talk.doer) and not has_own(talk.session, talk.doer):
        return None
    waiting = count_proposed(talk.session) if any(talk.standing.has(role) for role in IN_OFFICE) else 0
    badge = Badge(say("{count}건", count=waiting)) if waiting else None
    return Choice(say("가점 · 감점"), Go("adjustments.list"), say("사유와 확정 여부"), badge)


def show(talk: Talk, _data: Data) -> Screen:
    """Every one the person may see."""
    seen = adjustments_seen_by(talk.session, talk.doer)
    buttons = [HOME]
    if proposable(talk.session, talk.doer):
        buttons.insert(0, Button(say("제안하기"), Go("adjustments.parts"), Style.PRIMARY))
    if not seen:
        return Notice(lines(say("등록된 가점과 감점이 없습니다.")), buttons=buttons, tone=Tone.NEUTRAL)
    choices = [
        Choice(
            one.name,
            Go("adjustments.card", {"adjustment": one.id}),
            say("{kind} {points}", kind=kind_of(one), points=points_shown(one)),
            badge_of(one),
        )
        for one in seen
    ]
    return Menu(lines(Bold(say("가점 · 감점"))), choices, buttons=buttons)
