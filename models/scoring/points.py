"""Points from weight and achievement, and what becomes of the weight of what is not applicable."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from decimal import Decimal, localcontext
from fractions import Fraction
from math import floor
from typing import TypeVar

from models.scoring.achievement import EXACT, rounded

K = TypeVar("K")


def points(weight: Decimal, achievement: Decimal, digits: int = 2) -> Decimal:
    """weight × achievement / 100, rounded half up to `digits` decimals."""
    with localcontext(EXACT):
        exact = weight * achievement / 100
    return rounded(exact, digits)


def share_out(
    weights: Mapping[K, Decimal], not_applicable: Collection[K], digits: int = 2
) -> dict[K, Decimal]:
    """The weights once N/A's are shared out among the rest, in proportion to theirs; N/A's become 0.

    The sum stays exactly what it was: shares are cut to `digits` decimals (more, if a weight has more), and
    what is left goes, one last digit each, to the largest remainders (Hamilton's method), the earlier first
    among equals. Where nobody is left to take it (all N/A, or the rest weigh 0) every share is 0: a sum of 0
    tells the caller that there is nothing to score.
    """
    places = max([digits, *map(_decimals, weights.values())])
    if not any(key in not_applicable for key in weights):
        return {key: weight.quantize(Decimal(1).scaleb(-places)) for key, weight in weights.items()}
    # Fractions: remainders that are equal have to be seen to be equal.
    planned = {key: Fraction(weight) * 10**places for key, weight in weights.items()}
    total = sum(planned.values())
    rest = sum(weight for key, weight in planned.items() if key not in not_applicable)
    if not rest:
        return dict.fromkeys(weights, Decimal(0))
    exact = {
        key: Fraction(0) if key in not_applicable else weight * total / rest
        for key, weight in planned.items()
    }
    shares = {key: floor(share) for key, share in exact.items()}
    left = int(total) - sum(shares.values())
    for key in sorted(exact, key=lambda key: shares[key] - exact[key])[:left]:
        shares[key] += 1
    return {key: Decimal(share).scaleb(-places) for key, share in shares.items()}


def _decimals(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0
