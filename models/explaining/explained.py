"""One stop on the walk from a total to its points: what is said there, and where it goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from models.words import Phrase


@dataclass(frozen=True)
class Place:
    """Where one stands: a subject's total; with `part` one part of it; with `indicator_id` one indicator.

    period_id: what is scored, None for the whole cycle. as_of: the instant that is looked at, None for now.
    """

    cycle_id: int
    period_id: int | None
    scheme: str = ""
    subject_id: int | None = None
    part: str = ""
    indicator_id: int | None = None
    as_of: datetime | None = None

    def at_part(self, code: str) -> Place:
        return replace(self, part=code)

    def at_indicator(self, indicator_id: int, cycle_id: int, period_id: int | None) -> Place:
        return replace(self, indicator_id=indicator_id, cycle_id=cycle_id, period_id=period_id)


@dataclass(frozen=True)
class Explained:
    """A title, what there is to say, and the places below with what they contribute."""

    title: Phrase
    lines: tuple[Phrase, ...]
    below: tuple[tuple[Place, Phrase], ...] = ()


def walk(
    place: Place, explained: Callable[[Place], Explained], depth: int = 0
) -> Iterator[tuple[int, Explained]]:
    """The place and everything below it, each with how deep it lies."""
    here = explained(place)
    yield depth, here
    for below, _ in here.below:
        yield from walk(below, explained, depth + 1)
