"""The goal of a year: which values of the year meet the target, for the kinds where a value tells."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from models.scoring import Kind, Rule

_NONE = Decimal(0)


@dataclass(frozen=True)
class Goal:
    """The year is to come to `at_least`, or to `at_most`, or between the two; in the indicator's unit.

    is_about_events: what is counted is not to happen at all, so that how often it will happen is nobody's to
    reckon; once the goal is passed it is missed.
    """

    at_least: Decimal | None = None
    at_most: Decimal | None = None
    is_about_events: bool = False

    def missed_by(self, value: Decimal) -> Decimal:
        """How far the value is from meeting the goal; 0 where it meets it."""
        below = _NONE if self.at_least is None else self.at_least - value
        above = _NONE if self.at_most is None else value - self.at_most
        return max(below, above, _NONE)

    def is_exceeded(self, value: Decimal) -> bool:
        return self.at_most is not None and value > self.at_most

    def nearest(self, value: Decimal) -> Decimal:
        """The bound that the value meets or misses: what people call the target."""
        bounds = [one for one in (self.at_least, self.at_most) if one is not None]
        return min(bounds, key=lambda bound: abs(bound - value))


def goal_of(rule: Rule) -> Goal | None:
    """The goal that a rule sets the year; None where it sets none that a projection can be held against.

    higher: at least the target. Both kinds of lower: at most. From baseline: the target, seen from the baseline.
    Graded target: as its levels run, and only where the plan has a target beside them, for the level that earns
    100 is set to be hard to reach. Range: inside. Zero: as much as still earns 100, as a rule nothing.

    None without a target, and for the kinds that no quantity runs towards: yes or no happens or not; a milestone
    is behind its dates or not, which the score of the period says already; a table of steps has no one target.
    """
    reader = _BY_KIND.get(rule.kind)
    return None if reader is None else reader(rule)


def _higher(rule: Rule) -> Goal | None:
    return None if rule.target is None else Goal(at_least=rule.target)


def _lower(rule: Rule) -> Goal | None:
    return None if rule.target is None else Goal(at_most=rule.target)


def _from_baseline(rule: Rule) -> Goal | None:
    if rule.target is None or rule.baseline is None or rule.target == rule.baseline:
        return None
    return _higher(rule) if rule.target > rule.baseline else _lower(rule)


def _graded_target(rule: Rule) -> Goal | None:
    if rule.low is None or rule.high is None:
        return None
    return _higher(rule) if rule.low < rule.high else _lower(rule)


def _range(rule: Rule) -> Goal | None:
    if rule.low is None or rule.high is None:
        return None
    return Goal(at_least=rule.low, at_most=rule.high)


def _zero(rule: Rule) -> Goal | None:
    """What happens is counted in whole numbers: below the first step that costs something, 100 are earned."""
    costs = next((step.bound for step in rule.steps if step.percent < 100), None)
    if costs is None:
        return None
    return Goal(at_most=costs.to_integral_value(ROUND_CEILING) - 1, is_about_events=True)


_BY_KIND: dict[Kind, Callable[[Rule], Goal | None]] = {
    Kind.HIGHER: _higher,
    Kind.LOWER_RATIO: _lower,
    Kind.LOWER_MIRROR: _lower,
    Kind.FROM_BASELINE: _from_baseline,
    Kind.GRADED_TARGET: _graded_target,
    Kind.RANGE: _range,
    Kind.ZERO: _zero,
}
