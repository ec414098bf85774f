"""What is asked of a digest at the moment it leaves."""

from __future__ import annotations

from handlers.dialogue.book import Data, Fresh, Show
from handlers.dialogue.screens import Screen
from handlers.dialogue.talk import Talk
from models.reminding.circle import Circle
from models.reminding.gathering import is_to_leave
from models.reminding.table import hours_of


def as_it_leaves(show: Show) -> Fresh:
    """Draws a digest by `show` if it is to be told now; what has to wait by now comes in a later one."""

    def draw(talk: Talk, data: Data) -> Screen | None:
        circle, hours = Circle.on(talk.session, talk.today), hours_of(talk.session)
        return (
            show(talk, data) if is_to_leave(talk.session, circle, hours, talk.now, data["digest"]) else None
        )

    return draw
