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
    sheet_cycle_id, sheet_period_id: in which score sheet the indicator is looked at, where that is not the one of what
    is scored: a month of the year, or another cycle's mileage.
    """

    cycle_id: int
    period_id: int | None
    scheme: str = ""
    subject_id: int | None = None
    part: str = ""
    indicator_id: int | None = None
    as_of: datetime | None = None
    sheet_cycle_id: int | None = None
    sheet_period_id: int | None = None

    @property
    def sheet(self) -> tuple[int, int | None]:
        """Cycle and period of the score sheet."""
        if self.sheet_cycle_id is None:
            return self.cycle_id, self.period_id
        return self.sheet_cycle_id, self.sheet_period_id

    def above(self) -> Place | None:
        """The part that an indicator counts in, the total that a part counts in."""
        if self.indicator_id is not None and self.part:
            return replace(self, indicator_id=None, sheet_cycle_id=None, sheet_period_id=None)
        return replace(self, part="") if self.part else None

    def at_part(self, code: str) -> Place:
        return replace(self, part=code)

    def at_indicator(self, indicator_id: int, cycle_id: int, period_id: int | None) -> Place:
        place = replace(self, indicator_id=indicator_id)
        if (cycle_id, period_id) == (self.cycle_id, self.period_id):
            return place
        return replace(place, sheet_cycle_id=cycle_id, sheet_period_id=period_id)


@dataclass(frozen=True)
class Explained:
    """A title, what there is to say, and the places below with what they contribute.

    files: the evidence behind an indicator, kept apart, since not everybody who sees its points may see it.
    """

    title: Phrase
    lines: tuple[Phrase, ...]
    below: tuple[tuple[Place, Phrase], ...] = ()
    files: tuple[Phrase, ...] = ()


def walk(
    place: Place, explained: Callable[[Place], Explained], depth: int = 0
) -> Iterator[tuple[int, Explained]]:
    """The place and everything below it, each with how deep it lies."""
    here = explained(place)
    yield depth, here
    for below, _ in here.below:
        yield from walk(below, explained, depth + 1)
