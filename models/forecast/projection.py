"""What a year will come to, from the actuals there are: pure reckoning, and silent where it can't know."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from enum import StrEnum
from itertools import pairwise

from models.forecast.goal import Goal
from models.forecast.spread import (
    LEAST_VALUES,
    Past,
    spread_of_level,
    spread_of_rest,
    spread_of_trend,
    spread_of_walk,
    yearly_spread,
)
from models.scoring import Rollup, roll_up
from models.scoring.achievement import EXACT

LEAST_SHARE = Decimal("0.25")
"""Of the year, before a pace is carried on: a single season would stand for all four."""
LIKELY = Decimal("0.43")
"""Standard deviations beyond the goal at which a miss is as good as two in three (the normal distribution's quantile
of 2/3 is 0.4307). A warning asks people for work: it is to be right twice as often as it is wrong."""
_LIKELY_SHARE = Decimal(2) / 3
_TWICE = Decimal(2)
_HALF_AS_MUCH_AGAIN = Decimal("1.5")
_NONE = Decimal(0)


class Method(StrEnum):
    """How the year was projected."""

    COMPLETE = "complete"
    """Every period is there: the roll-up itself."""
    EXCEEDED = "exceeded"
    """More than may be, of what can only grow."""
    PACE = "pace"
    """A sum goes on as on average so far."""
    MEAN = "mean"
    """A mean stays as it is so far."""
    LATEST = "latest"
    """The latest value stays (naive method)."""
    TREND = "trend"
    """The latest value goes on with this year's mean change (drift method)."""
    LARGEST = "largest"
    """The largest so far stays the largest."""


class Basis(StrEnum):
    """Where the range of a projection comes from."""

    NONE = "none"
    PAST = "past"
    OWN = "own"


@dataclass(frozen=True)
class Outlook:
    """What a year is expected to come to.

    low, high: one standard deviation to both sides, where about two outcomes in three lie; None where no spread is
    known. target: the bound of the goal that is nearest. left: periods still to come. is_missed: the target is
    missed, likely or surely.
    """

    value: Decimal
    low: Decimal | None
    high: Decimal | None
    target: Decimal
    method: Method
    basis: Basis
    left: int
    is_missed: bool

    @property
    def is_warning(self) -> bool:
        """Whether it is worth an early warning: once the year is over it is none, and the score tells."""
        return self.is_missed and self.left > 0


def project(
    rollup: Rollup, actuals: Sequence[Decimal | None], past: Past, goal: Goal | None
) -> Outlook | None:
    """The year's outlook. `actuals`: one for each period that counts, in order of time, None where it is still to
    come; periods that do not apply are left out.

    None where it can't know: no goal (see goal_of), no actual, less than a quarter of the year gone; one actual alone
    without three past years in a row (so of two halves, mostly); a latest value that may be a running total (see
    _may_run_up); events that are not to happen and did not. What is exceeded already is known at once.
    """
    known = [value for value in actuals if value is not None]
    if goal is None or not known:
        return None
    with localcontext(EXACT):
        so_far, left = roll_up(known, rollup), _left(rollup, actuals)
        assert so_far is not None
        if not left:
            return _certain(goal, so_far, left, Method.COMPLETE)
        if goal.is_exceeded(so_far) and _can_only_grow(rollup, known, goal):
            return _certain(goal, so_far, left, Method.EXCEEDED)
        if goal.is_about_events or not _can_know(rollup, known, len(actuals) - left, left, past):
            return None
        if rollup is Rollup.MAX:
            return _largest(goal, so_far, left, len(actuals))
        return _projected(rollup, actuals, past, goal, left)


def _left(rollup: Rollup, actuals: Sequence[Decimal | None]) -> int:
    """Periods that can still change the year: all that are missing, of a latest value those after the latest."""
    if rollup is Rollup.LAST:
        return next(place for place, value in enumerate(reversed(actuals)) if value is not None)
    return sum(value is None for value in actuals)


def _can_only_grow(rollup: Rollup, known: Sequence[Decimal], goal: Goal) -> bool:
    """Whether what there is can't become less: a largest value, a sum of what is never below 0, events that
    happened. A mean can, and so can a latest value."""
    if rollup is Rollup.SUM:
        return min(known) >= 0
    return rollup is Rollup.MAX or (goal.is_about_events and rollup is Rollup.LAST)


def _can_know(rollup: Rollup, known: Sequence[Decimal], gone: int, left: int, past: Past) -> bool:
    if Decimal(gone) / (gone + left) < LEAST_SHARE:
        return False
    if len(known) < 2 and yearly_spread(past) is None:
        return False
    return not (rollup is Rollup.LAST and _may_run_up(known, past))


def _may_run_up(known: Sequence[Decimal], past: Past) -> bool:
    """Whether a latest value may be the sum since the year's beginning, which the plan does not tell: its year would
    be far from where it stands. From three values on their trend is right for either; before that, a value half as
    large again as the one before it, or a first one less than half of every past year's, may be one."""
    if len(known) >= LEAST_VALUES:
        return False
    if len(known) == 2:
        return known[1] >= known[0] * _HALF_AS_MUCH_AGAIN
    return known[0] * _TWICE < min(value for _, value in past)


def _certain(goal: Goal, value: Decimal, left: int, method: Method) -> Outlook:
    is_missed = goal.missed_by(value) > 0
    return Outlook(value, None, None, goal.nearest(value), method, Basis.NONE, left, is_missed)


def _largest(goal: Goal, value: Decimal, left: int, periods: int) -> Outlook:
    """The largest of equal periods is in any of them with the same chance, so that it is still to come with that of
    left / periods (Arnold, Balakrishnan and Nagaraja, Records, 1998, ch. 2); only then can a target be reached."""
    stays = 1 - Decimal(left) / periods
    is_missed = goal.missed_by(value) > 0 and stays >= _LIKELY_SHARE
    return Outlook(value, value, None, goal.nearest(value), Method.LARGEST, Basis.NONE, left, is_missed)


def _projected(
    rollup: Rollup, actuals: Sequence[Decimal | None], past: Past, goal: Goal, left: int
) -> Outlook:
    known = [value for value in actuals if value is not None]
    value, method, own = _BY_ROLLUP[rollup](actuals, known, left)
    # Of what was never below 0 nothing is expected below it.
    lowest = _lowest(rollup, known, len(actuals), past)
    value = value if lowest is None else max(value, lowest)
    spread, basis = own, Basis.NONE if own is None else Basis.OWN
    if (a_year := yearly_spread(past)) is not None:
        scaled = spread_of_walk if rollup is Rollup.LAST else spread_of_level
        share = (left, len(actuals)) if rollup is Rollup.LAST else (len(known), left)
        spread, basis = scaled(abs(value) * a_year, *share), Basis.PAST
    missed_by = goal.missed_by(value)
    is_missed = missed_by > 0 and (spread is None or missed_by >= LIKELY * spread)
    low = high = None
    if spread is not None:
        low, high = value - spread, value + spread
        low = low if lowest is None else max(low, lowest)
    return Outlook(value, low, high, goal.nearest(value), method, basis, left, is_missed)


Projected = tuple[Decimal, Method, Decimal | None]
"""The value, how it was found, and the spread by this year's own values where there are enough."""


def _sum(actuals: Sequence[Decimal | None], known: Sequence[Decimal], left: int) -> Projected:
    """The mean of the periods so far for each that is left (mean method; Hyndman and Athanasopoulos, 5.2)."""
    spread = left * spread_of_rest(known, left) if len(known) >= LEAST_VALUES else None
    return sum(known, _NONE) * len(actuals) / len(known), Method.PACE, spread


def _mean(actuals: Sequence[Decimal | None], known: Sequence[Decimal], left: int) -> Projected:
    """The mean so far, weighted by its periods, and the same for those that are left."""
    spread = left * spread_of_rest(known, left) / len(actuals) if len(known) >= LEAST_VALUES else None
    return sum(known, _NONE) / len(known), Method.MEAN, spread


def _last(actuals: Sequence[Decimal | None], known: Sequence[Decimal], left: int) -> Projected:
    """The latest value: with fewer than three it stays (naive method), else it goes on by the mean change, which is
    (last − first) / (T − 1) (drift method; Hyndman and Athanasopoulos, 5.2)."""
    if len(known) < LEAST_VALUES:
        return known[-1], Method.LATEST, None
    placed = [(place, value) for place, value in enumerate(actuals) if value is not None]
    # Over a gap, the change of each of its periods.
    changes = [(value - before) / (to - since) for (since, before), (to, value) in pairwise(placed)]
    drift = (known[-1] - known[0]) / (placed[-1][0] - placed[0][0])
    return known[-1] + drift * left, Method.TREND, spread_of_trend(changes, left)


def _lowest(rollup: Rollup, known: Sequence[Decimal], periods: int, past: Past) -> Decimal | None:
    """The least the year can come to where nothing was ever below 0; None where something was."""
    if min(*known, *(value for _, value in past), _NONE) < 0:
        return None
    so_far = sum(known, _NONE)
    return {Rollup.SUM: so_far, Rollup.MEAN: so_far / periods}.get(rollup, _NONE)


_BY_ROLLUP = {Rollup.SUM: _sum, Rollup.MEAN: _mean, Rollup.LAST: _last}
