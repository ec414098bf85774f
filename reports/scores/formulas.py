"""The scoring rules as spreadsheet formulas over the cells of one row. Pure.

A spreadsheet reckons in binary fractions: what is exactly half way in decimals may come out a hair below and
would be rounded down. So NUDGE is added before rounding: far more than the error of such a reckoning (about
1E-13 at a hundred), far less than any real distance. Below 0, where half up means away from zero, only a mean
can be: an achievement is at least its floor, which is never negative.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from models.scoring import Kind, Rollup
from models.store.columns import SCALE

NUDGE = "1E-10"


@dataclass(frozen=True)
class Places:
    """Where the inputs of one row stand: "H7"; `bounds` and `percents` are those of a StepTable."""

    actual: str
    target: str
    baseline: str
    low: str
    high: str
    loss_per_unit: str
    floor: str
    cap: str
    digits: str
    bounds: str
    percents: str
    last_day: str


def actual_formula(rollup: Rollup, values: str) -> str:
    """The one actual of a row of periods; empty cells (N/A, not approved) leave the roll-up."""
    match rollup:
        case Rollup.SUM:
            return f"ROUND(SUM({values}),{SCALE})"
        case Rollup.MEAN:
            return f"ROUND(AVERAGE({values})+SIGN(AVERAGE({values}))*{NUDGE},{SCALE})"
        case Rollup.LAST:
            first = values.split(":")[0]
            place = f"ISNUMBER({values})*(COLUMN({values})-COLUMN({first})+1)"
            return f"INDEX({values},1,SUMPRODUCT(MAX({place})))"
        case Rollup.MAX:
            return f"MAX({values})"


def achievement_formula(kind: Kind, at: Places) -> str:
    """The achievement: by kind, bounded by floor and cap, rounded half up."""
    return f"ROUND(MIN(MAX({_BY_KIND[kind](at)},{at.floor}),{at.cap})+{NUDGE},{at.digits})"


def points_formula(weight: str, achievement: str, digits: int) -> str:
    """Weight × achievement / 100, rounded half up."""
    return f"ROUND({weight}*{achievement}/100+{NUDGE},{digits})"


def _steps_reached(at: Places, value: str) -> str:
    """How many bounds of the row's table are not above the value."""
    return f'COUNTIFS({at.bounds},"<="&{value})'


def _percent_at(at: Places, order: str) -> str:
    """The percent of a step of the row's table, the first being 1."""
    return f"SUMIFS({at.percents},{order})"


def _zero(at: Places) -> str:
    reached = _steps_reached(at, at.actual)
    return f"IF({at.actual}>0,IF({reached}=0,100,{_percent_at(at, reached)}),100)"


def _steps(at: Places) -> str:
    reached = _steps_reached(at, at.actual)
    return f"IF({reached}=0,0,{_percent_at(at, reached)})"


def _milestone(at: Places) -> str:
    due = _steps_reached(at, at.last_day)
    return f"IF({due}=0,100,{at.actual}*100/{_percent_at(at, due)})"


_BY_KIND: dict[Kind, Callable[[Places], str]] = {
    Kind.HIGHER: lambda at: f"{at.actual}*100/{at.target}",
    Kind.LOWER_RATIO: lambda at: f"IF({at.actual}>0,{at.target}*100/{at.actual},{at.cap})",
    Kind.LOWER_MIRROR: lambda at: f"(2*{at.target}-{at.actual})*100/{at.target}",
    Kind.FROM_BASELINE: lambda at: f"({at.actual}-{at.baseline})*100/({at.target}-{at.baseline})",
    Kind.ZERO: _zero,
    Kind.RANGE: lambda at: f"100-MAX({at.low}-{at.actual},{at.actual}-{at.high},0)*{at.loss_per_unit}",
    Kind.STEPS: _steps,
    Kind.MILESTONE: _milestone,
    Kind.YES_NO: lambda at: f"{at.actual}*100",
    Kind.GRADED_TARGET: lambda at: f"MIN(MAX(20+({at.actual}-{at.low})*80/({at.high}-{at.low}),20),100)",
}
