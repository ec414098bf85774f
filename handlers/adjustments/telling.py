"""Whom to tell of a bonus or a deduction: who decides on it, whose it is, and who proposed it."""

from __future__ import annotations

from handlers.dialogue.screens import Go
from handlers.dialogue.talk import Talk
from models.organization import Role
from models.reminding.circle import Circle
from models.scheme.adjustment_file import TOLD, AdjustmentFile
from models.scheme.announcing import whom_to_tell


def tell_deciders(talk: Talk, opened: AdjustmentFile) -> None:
    """Puts it before administrators and the nearest evaluators, but for who proposed it."""
    circle = Circle.on(talk.session, talk.today)
    evaluators = circle.nearest(Role.EVALUATOR, opened.place.id or 0)
    _tell(talk, opened, circle.receivers([*circle.everywhere(Role.ADMINISTRATOR), *evaluators]))


def tell_decided(talk: Talk, opened: AdjustmentFile) -> None:
    """Tells who proposed it; and what was confirmed, or is not any more, to whose it is."""
    people: list[int] = [opened.adjustment.proposed_by_id]
    if opened.adjustment.state in TOLD:
        people += whom_to_tell(talk.session, opened.subject, Circle.on(talk.session, talk.today))
    _tell(talk, opened, dict.fromkeys(people))


def _tell(talk: Talk, opened: AdjustmentFile, people: tuple[int, ...] | dict[int, None]) -> None:
    for person_id in people:
        talk.tell(person_id, Go("adjustments.card", {"adjustment": opened.id}))
