"""What a scoring rule consists of. Nothing here is a default where cities differ: it comes from the plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Kind(StrEnum):
    """How an actual becomes an achievement; the formulas stand in achievement.py."""

    HIGHER = "higher"
    LOWER_RATIO = "lower_ratio"
    LOWER_MIRROR = "lower_mirror"
    FROM_BASELINE = "from_baseline"
    ZERO = "zero"
    RANGE = "range"
    STEPS = "steps"
    MILESTONE = "milestone"
    YES_NO = "yes_no"
    GRADED_TARGET = "graded_target"


@dataclass(frozen=True)
class Step:
    """From an actual of `bound` up, until the next step begins, the achievement is `percent`."""

    bound: Decimal
    percent: Decimal


@dataclass(frozen=True)
class Stage:
    """By the end of the day `due`, `percent` of the whole work is to be done (cumulative)."""

    due: date
    percent: Decimal


@dataclass(frozen=True, kw_only=True)
class Rule:
    """How one indicator is scored. A kind uses what it needs; check_rule says what it lacks.

    target, baseline, low, high and the bounds of steps are in the indicator's unit.
    low and high: for `range` the ends of the range that earns 100; for `graded_target` the level that earns
    20 (최저목표) and the one that earns 100 (최고목표), so that low > high where less is better.
    loss_per_unit: for `range`, the percentage points lost for each whole unit of distance outside, in
    proportion for parts of a unit.
    floor, cap: the bounds of the achievement in %. digits: decimals of the achievement in %; points_digits:
    decimals of the points.
    """

    kind: Kind
    target: Decimal | None = None
    baseline: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    steps: tuple[Step, ...] = ()
    stages: tuple[Stage, ...] = ()
    loss_per_unit: Decimal | None = None
    floor: Decimal
    cap: Decimal
    digits: int
    points_digits: int = 2


def step_for(steps: tuple[Step, ...], actual: Decimal) -> Step | None:
    """The step with the highest bound not above `actual`; None below the whole table."""
    return next((step for step in reversed(steps) if step.bound <= actual), None)


def planned_percent(stages: tuple[Stage, ...], on: date) -> Decimal:
    """The cumulative % that was to be reached by the end of the day `on`; 0 before the first stage is due."""
    return next((stage.percent for stage in reversed(stages) if stage.due <= on), Decimal(0))
