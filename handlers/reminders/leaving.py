"""What a digest tells of: at the moment it leaves, and as things stand whenever it is looked at."""

from __future__ import annotations

from collections.abc import Callable

from handlers.dialogue.book import Data, Fresh, Show
from handlers.dialogue.screens import Screen
from handlers.dialogue.talk import Talk
from models.reminding.circle import Circle
from models.reminding.duty import Duty
from models.reminding.gathering import leaving, reminders_in, still_due
from models.reminding.table import hours_of

Tell = Callable[[Talk, Data, list[Duty]], Screen]
"""Draws a digest of these duties; Refusal where there is nothing to say of them."""


def as_it_stands(tell: Tell) -> Show:
    """Draws what is still to be done of what the digest gathered."""

    def draw(talk: Talk, data: Data) -> Screen:
        return tell(talk, data, duties_of(talk, data["digest"]))

    return draw


def as_it_leaves(tell: Tell) -> Fresh:
    """Draws a digest if it is to be told now; what has to wait by now comes in a later one."""

    def draw(talk: Talk, data: Data) -> Screen | None:
        circle, hours = Circle.on(talk.session, talk.today), hours_of(talk.session)
        duties = leaving(talk.session, circle, hours, talk.now, data["digest"])
        return tell(talk, data, duties) if duties else None

    return draw


def duties_of(talk: Talk, digest_id: int) -> list[Duty]:
    """What a digest gathered and is still to be done."""
    circle = Circle.on(talk.session, talk.today)
    return still_due(talk.session, circle, talk.now, reminders_in(talk.session, digest_id))
