"""How far a projection may be off, as one standard deviation: from past years, or from this year's own values."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

LEAST_CHANGES = 2
"""Changes from year to year that a sample standard deviation takes: three past years in a row."""
LEAST_VALUES = 3
"""Values of this year from which a spread of their own is taken."""

Past = Sequence[tuple[int, Decimal]]
"""Past years with what each came to, oldest first."""


def yearly_spread(past: Past) -> Decimal | None:
    """How much the indicator changes from year to year, in proportion: the sample standard deviation of the relative
    changes y(t) / y(t−1) − 1 (the usual measure of volatility; Hull, Options, Futures and Other Derivatives, on
    estimating it from historical data). A steady rise is no spread.

    None with fewer than two changes of one year to the next, or where a year came to nothing or less, which nothing
    is a proportion of.
    """
    if any(value <= 0 for _, value in past):
        return None
    changes = [
        value / before - 1 for (year, before), (following, value) in pairwise(past) if following == year + 1
    ]
    return deviation(changes) if len(changes) >= LEAST_CHANGES else None


def spread_of_level(a_year: Decimal, gone: int, left: int) -> Decimal:
    """Spread of a year's sum or mean that goes on at the mean of its `gone` periods for the `left` others.

    Where `a_year` is the standard deviation of a whole year's figure, made of k + m periods alike and independent,
    that of one period follows from it, and the error of a mean of m future values that is told from the mean of k is
    s·√(1/m + 1/k) (Hahn and Meeker, Statistical Intervals, 1991, ch. 4). It comes to a_year · √(m / k), of a sum as
    of a mean.
    """
    return a_year * (Decimal(left) / gone).sqrt()


def spread_of_rest(values: Sequence[Decimal], left: int) -> Decimal:
    """The same formula with the standard deviation of this year's own values: s·√(1/m + 1/k), of the mean of the
    periods that are left."""
    return deviation(values) * (Decimal(1) / left + Decimal(1) / len(values)).sqrt()


def spread_of_walk(a_year: Decimal, left: int, periods: int) -> Decimal:
    """Spread of the latest value after the `left` periods: a random walk's variance grows with time, σ·√h (naive
    method; Hyndman and Athanasopoulos, Forecasting: Principles and Practice, 3rd ed., 5.5), here of a year."""
    return a_year * (Decimal(left) / periods).sqrt()


def spread_of_trend(changes: Sequence[Decimal], left: int) -> Decimal:
    """Spread of a trend carried on: σ·√(h·(1 + h / (T − 1))) with the standard deviation of the changes about their
    mean (drift method; the same book, 5.5)."""
    return deviation(changes) * (left * (1 + Decimal(left) / len(changes))).sqrt()


def deviation(values: Sequence[Decimal]) -> Decimal:
    """The sample standard deviation, √(Σ(x − mean)² / (n − 1)), of at least two values."""
    mean = sum(values, Decimal(0)) / len(values)
    return (sum(((value - mean) ** 2 for value in values), Decimal(0)) / (len(values) - 1)).sqrt()
