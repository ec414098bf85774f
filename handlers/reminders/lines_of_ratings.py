"""How duties of ratings are told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from handlers.dialogue.screens import Go
from handlers.dialogue.talk import Talk
from handlers.ratings.words import how_far, title_of
from handlers.reminders.item import Item, Tell
from handlers.wording import deadline
from models.rating.papers import round_of
from models.reminding.duty import Duty
from models.words import say


def _ratings(talk: Talk, duties: Sequence[Duty]) -> list[Item]:
    """By round: how many papers of how many were answered and handed in."""
    items = []
    for duty in duties:
        round_ = round_of(talk.session, duty.key[1], duty.key[0])
        items.append(
            Item(
                title_of(talk, round_.rating),
                (deadline(talk, duty.due_at), " · ", how_far(round_)),
                say("이어서 평가") if round_.answered() else say("평가 시작"),
                Go("ratings.list", {"rating": duty.key[0]}),
                duty.due_at,
                duty.due_at < talk.now,
            )
        )
    return items


TELL_OF_RATINGS: Mapping[str, Tell] = MappingProxyType({"rating": _ratings})
