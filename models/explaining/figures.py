"""Figures as an explanation says them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from models.scoring import rounded
from models.words import Phrase, say

_DECIMALS = 4


def shown(value: Decimal | None) -> Phrase:
    """A figure with at most four decimals; what was not rounded is not passed off as if it were."""
    if value is None:
        return say("해당 없음")
    short = rounded(value, _DECIMALS)
    return say("{value}", value=short) if short == value else say("약 {value}", value=short)


def added(values: Sequence[Decimal]) -> Phrase:
    """`12 + 3.5 − 0.5`; 0 where there is nothing to add."""
    if not values:
        return say("{value}", value=Decimal(0))
    told = say("{value}", value=values[0])
    for value in values[1:]:
        if value < 0:
            told = say("{left} − {right}", left=told, right=-value)
        else:
            told = say("{left} + {right}", left=told, right=value)
    return told


def listed(values: Sequence[Decimal]) -> Phrase:
    """`12, 3.5, △0.5`, in order."""
    told = say("{value}", value=values[0])
    for value in values[1:]:
        told = say("{left}, {right}", left=told, right=value)
    return told
