"""What the pure part of a scheme reckons with: parts, pieces, and what they come to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from models.scheme.table import Combine, Source

YEAR = ""
"""Stands for a piece of the whole year, where a period's code stands otherwise."""


@dataclass(frozen=True, slots=True)
class PartRule:
    """A part: what it is worth, and how its pieces become one figure. `points` is None for what has no most."""

    code: str
    name: str
    source: Source
    points: Decimal | None
    combine: Combine = Combine.YEAR
    shares: Mapping[str, Decimal] = field(default_factory=dict)
    """By code of the period, for Combine.SHARES."""
    tie_order: int | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """What a part gives a subject in a period, or in the year.

    percent: in %, unrounded; None where it does not apply. is_missing: not all of it was given yet; what is missing
    counts 0. For what comes on top or is taken off `percent` holds points.
    """

    period: str
    percent: Decimal | None
    is_missing: bool = False


@dataclass(frozen=True, slots=True)
class PartScore:
    """What a part came to.

    percent: the pieces combined, unrounded; None where the part does not apply. weight: what could be had once the
    points of parts that do not apply were shared out; None for what comes on top. points: rounded; below 0 for
    what is taken off.
    """

    part: PartRule
    pieces: tuple[Piece, ...]
    percent: Decimal | None
    weight: Decimal | None
    points: Decimal

    @property
    def is_missing(self) -> bool:
        return any(piece.is_missing for piece in self.pieces)

    @property
    def counts(self) -> bool:
        """Whether there is anything to say of it: a base part that applies, or something that comes on top."""
        return bool(self.pieces) if self.weight is None else bool(self.weight)


@dataclass(frozen=True, slots=True)
class Score:
    """The parts of one subject and their total."""

    parts: tuple[PartScore, ...]
    total: Decimal

    @property
    def is_missing(self) -> bool:
        return any(part.is_missing for part in self.parts)

    def tie_key(self) -> tuple[Decimal, ...]:
        """The points by which equals are told apart, the first part first."""
        asked = sorted(
            (one for one in self.parts if one.part.tie_order is not None),
            key=lambda one: one.part.tie_order or 0,
        )
        return tuple(one.points for one in asked)


@dataclass(frozen=True, slots=True)
class GradeRule:
    """A grade: its least total and its share of the subjects in %, where it has them."""

    name: str
    least: Decimal | None = None
    share: Decimal | None = None


@dataclass(frozen=True, slots=True)
class PrizeRule:
    """A prize for `count` subjects, of one group where it names one."""

    name: str
    count: int
    least: Decimal | None = None
    grouping: str = ""
