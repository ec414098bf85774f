"""Actuals of months or quarters rolled up into one."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, localcontext
from enum import StrEnum

from models.numbers import MOST_DECIMALS
from models.scoring.achievement import EXACT, rounded


class Rollup(StrEnum):
    """How the actuals of a year's periods become the actual of the year."""

    SUM = "sum"
    MEAN = "mean"
    LAST = "last"
    MAX = "max"


def roll_up(values: Sequence[Decimal | None], rollup: Rollup) -> Decimal | None:
    """The one actual of `values`, which stand in order of time; None is N/A and leaves the roll-up.

    Where all are N/A so is the result. A mean is rounded half up to the MOST_DECIMALS an actual may have.
    """
    present = [value for value in values if value is not None]
    if not present:
        return None
    with localcontext(EXACT):
        match rollup:
            case Rollup.SUM:
                return sum(present, Decimal(0))
            case Rollup.MEAN:
                return rounded(sum(present, Decimal(0)) / len(present), MOST_DECIMALS)
            case Rollup.LAST:
                return present[-1]
            case Rollup.MAX:
                return max(present)
