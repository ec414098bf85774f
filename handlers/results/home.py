"""What the first screen offers of schemes: items of one's own to give, bonuses and deductions, results."""

from __future__ import annotations

from handlers.adjustments import listing as adjustments
from handlers.dialogue.screens import Choice
from handlers.dialogue.talk import Talk
from handlers.owner_items import listing as owner_items
from handlers.results import listing as results
from models.scheme.finding import newest_parts


def choices(talk: Talk) -> list[Choice]:
    """The lines that are for this person; none, at the cost of one question, where the city has no scheme."""
    if not newest_parts(talk.session, talk.today):
        return []
    offered = (owner_items.choice(talk), adjustments.choice(talk), results.choice(talk))
    return [one for one in offered if one is not None]
