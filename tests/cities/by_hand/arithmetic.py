"""Rounding, means and sharing out, exactly."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from fractions import Fraction


def half_up(value: Fraction, digits: int) -> Fraction:
    """Rounded to so many decimals, away from zero at the half."""
    scale = 10**digits
    whole = (abs(value) * scale + Fraction(1, 2)).__floor__()
    return Fraction(whole if value >= 0 else -whole, scale)


def added(values: Collection[Fraction]) -> Fraction:
    return sum(values, Fraction(0))


def mean(values: Collection[Fraction]) -> Fraction:
    return added(values) / len(values)


def share_out(weights: Mapping[str, Fraction], nothing: Collection[str]) -> dict[str, Fraction]:
    """The weights of those that do not apply, given to the rest in proportion: two decimals, by the largest remainder.

    Whoever comes first has the hundredth where remainders are equal. The sum stays, unless nothing applies at all.
    """
    rest = added([weight for code, weight in weights.items() if code not in nothing])
    if not nothing or not rest:
        return {code: Fraction(0) if code in nothing else weight for code, weight in weights.items()}
    whole = added(weights.values())
    exact = {
        code: Fraction(0) if code in nothing else weight * whole / rest for code, weight in weights.items()
    }
    shares = {code: Fraction((share * 100).__floor__(), 100) for code, share in exact.items()}
    left = int((whole - added(shares.values())) * 100)
    for code in sorted(exact, key=lambda code: shares[code] - exact[code])[:left]:
        shares[code] += Fraction(1, 100)
    return shares
