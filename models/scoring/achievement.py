"""Achievement (달성률) in %: one small function a kind, then floor and cap, then rounding."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext

from models.scoring.rule import Kind, Rule, planned_percent, step_for
from models.words import Refusal

# Twice the longest figure and more: a quotient is rounded once, where its digits say so, never before.
EXACT = Context(prec=60, rounding=ROUND_HALF_UP)

_FULL = Decimal(100)
_NONE = Decimal(0)


def achievement(rule: Rule, actual: Decimal, on: date | None = None) -> Decimal:
    """The achievement of `actual` in %: by kind, bounded by floor and cap, rounded half up to rule.digits.

    `on` is the last day of the period that is scored; only a milestone asks for it. The rule must have
    passed check_rule. Raises Refusal where the actual cannot be one of this kind.
    """
    with localcontext(EXACT):
        bounded = min(max(unbounded(rule, actual, on), rule.floor), rule.cap)
    return rounded(bounded, rule.digits)


def unbounded(rule: Rule, actual: Decimal, on: date | None = None) -> Decimal:
    """The achievement before floor, cap and rounding."""
    check_actual(rule.kind, actual)
    with localcontext(EXACT):
        if rule.kind is Kind.MILESTONE:
            return _milestone(rule, actual, on)
        return _BY_KIND[rule.kind](rule, actual)


def rounded(value: Decimal, digits: int) -> Decimal:
    """`value` with that many decimals, half up (away from zero), as Korean scores are rounded."""
    with localcontext(EXACT):
        return value.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)


def check_actual(kind: Kind, actual: Decimal) -> None:
    """Refuses an actual that this kind cannot have."""
    if kind is Kind.YES_NO and actual not in (0, 1):
        raise Refusal("달성했으면 1, 아니면 0으로 적어 주세요.")
    if kind is Kind.ZERO and actual < 0:
        raise Refusal("발생 건수는 0 이상으로 적어 주세요. 예: 0")
    if kind is Kind.MILESTONE and not 0 <= actual <= _FULL:
        raise Refusal("누적 추진율은 0에서 100 사이로 적어 주세요. 예: 70")


def _higher(rule: Rule, actual: Decimal) -> Decimal:
    """Higher is better (상향): actual / target × 100. Customary in local government performance plans."""
    assert rule.target is not None
    return actual * 100 / rule.target


def _lower_ratio(rule: Rule, actual: Decimal) -> Decimal:
    """Lower is better by ratio (하향 A): target / actual × 100. Customary in local government plans.

    The nearer the actual comes to 0, the more the ratio grows: from 0 down it is the cap.
    """
    assert rule.target is not None
    return rule.target * 100 / actual if actual > 0 else rule.cap


def _lower_mirror(rule: Rule, actual: Decimal) -> Decimal:
    """Lower is better, mirrored (하향 B): (2 − actual / target) × 100, as far below as above the target."""
    assert rule.target is not None
    return (2 * rule.target - actual) * 100 / rule.target


def _from_baseline(rule: Rule, actual: Decimal) -> Decimal:
    """Way covered (기준 대비): (actual − baseline) / (target − baseline) × 100.

    Serves a target of 0 or below and either direction: the sign of target − baseline decides.
    """
    assert rule.target is not None and rule.baseline is not None
    return (actual - rule.baseline) * 100 / (rule.target - rule.baseline)


def _zero(rule: Rule, actual: Decimal) -> Decimal:
    """Nothing is to happen (무사고): 100 at 0, then the step reached; below the first step still 100."""
    step = step_for(rule.steps, actual)
    return step.percent if step else _FULL


def _range(rule: Rule, actual: Decimal) -> Decimal:
    """Target range (목표범위): 100 from low to high, less loss_per_unit for each unit of distance outside."""
    assert rule.loss_per_unit is not None
    return _FULL - distance(rule, actual) * rule.loss_per_unit


def _steps(rule: Rule, actual: Decimal) -> Decimal:
    """Table of steps (단계형): the percent of the highest bound not above the actual; 0 below the table."""
    step = step_for(rule.steps, actual)
    return step.percent if step else _NONE


def _yes_no(rule: Rule, actual: Decimal) -> Decimal:
    """Done or not (여부): 100 for an actual of 1, 0 for 0."""
    return actual * 100


def _graded_target(rule: Rule, actual: Decimal) -> Decimal:
    """Graded target (목표부여): 20 + 80 × (actual − low) / (high − low), kept within 20 to 100.

    The method 목표부여 of the evaluation of Korean public institutions. low is the level that earns 20,
    high the one that earns 100; where less is better low > high, and the same formula holds.
    """
    assert rule.low is not None and rule.high is not None
    grade = 20 + (actual - rule.low) * 80 / (rule.high - rule.low)
    return min(max(grade, Decimal(20)), _FULL)


def _milestone(rule: Rule, actual: Decimal, on: date | None) -> Decimal:
    """Milestone (마일스톤): reached / planned × 100, both in cumulative % of the work.

    The actual is the cumulative % of the stage reached (or of the work done, where progress is measured);
    planned is that of the last stage due by `on`. While no stage is due nothing can be missed: 100. Whoever
    would rather leave such a period out asks planned_percent first.
    """
    if on is None:
        raise ValueError("a milestone is scored as of a day")
    planned = planned_percent(rule.stages, on)
    return actual * 100 / planned if planned else _FULL


def distance(rule: Rule, actual: Decimal) -> Decimal:
    """How far the actual lies outside low to high; 0 inside."""
    assert rule.low is not None and rule.high is not None
    return max(rule.low - actual, actual - rule.high, _NONE)


_BY_KIND: dict[Kind, Callable[[Rule, Decimal], Decimal]] = {
    Kind.HIGHER: _higher,
    Kind.LOWER_RATIO: _lower_ratio,
    Kind.LOWER_MIRROR: _lower_mirror,
    Kind.FROM_BASELINE: _from_baseline,
    Kind.ZERO: _zero,
    Kind.RANGE: _range,
    Kind.STEPS: _steps,
    Kind.YES_NO: _yes_no,
    Kind.GRADED_TARGET: _graded_target,
}
