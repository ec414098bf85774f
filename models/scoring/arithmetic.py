"""The arithmetic of one score in words: what a person checks before they send, and what `explain` shows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from models.scoring.achievement import achievement, distance, rounded, unbounded
from models.scoring.points import points
from models.scoring.rule import Kind, Rule, planned_percent, step_for
from models.words import Phrase, Value, say

Said = tuple[Phrase, Phrase]
"""The facts in the words of the kind, and the formula with the numbers in it."""


@dataclass(frozen=True)
class Arithmetic:
    """How an actual became points.

    computed: achievement in % before floor and cap; achievement: after them; both with the rule's digits.
    phrase: "목표 95 · 실적 97.3 → 달성률 102.4 % → 상한 100 → 12.0/12점"; formula: "97.3 ÷ 95 × 100".
    """

    actual: Decimal
    weight: Decimal
    computed: Decimal
    achievement: Decimal
    points: Decimal
    formula: Phrase
    phrase: Phrase


def explain(rule: Rule, actual: Decimal, weight: Decimal, on: date | None = None) -> Arithmetic:
    """The score of `actual` with every number on the way; `on`, errors and rounding as in achievement()."""
    computed = rounded(unbounded(rule, actual, on), rule.digits)
    reached = achievement(rule, actual, on)
    earned = points(weight, reached, rule.points_digits)
    if rule.kind is Kind.MILESTONE and on is not None:
        facts, formula = _milestone(rule, actual, on)
    else:
        facts, formula = _BY_KIND[rule.kind](rule, actual)
    return Arithmetic(
        actual=actual,
        weight=weight,
        computed=computed,
        achievement=reached,
        points=earned,
        formula=formula,
        phrase=_line(facts, computed, reached, earned, weight),
    )


def _line(facts: Phrase, computed: Decimal, reached: Decimal, earned: Decimal, weight: Decimal) -> Phrase:
    # Points keep their zeros ("12.0"): as text they pass the translator untouched.
    known: dict[str, Value] = {
        "facts": facts, "computed": computed, "reached": reached, "earned": f"{earned:,f}", "weight": weight,
    }  # fmt: skip
    if computed > reached:
        return say("{facts} → 달성률 {computed} % → 상한 {reached} → {earned}/{weight}점", **known)
    if computed < reached:
        return say("{facts} → 달성률 {computed} % → 하한 {reached} → {earned}/{weight}점", **known)
    return say("{facts} → 달성률 {computed} % → {earned}/{weight}점", **known)


def _higher(rule: Rule, actual: Decimal) -> Said:
    return _target(rule, actual), say("{actual} ÷ {target} × 100", actual=actual, target=_set(rule.target))


def _lower_ratio(rule: Rule, actual: Decimal) -> Said:
    if actual <= 0:
        return _target(rule, actual), say("실적이 0 이하이므로 상한 {cap}", cap=rule.cap)
    return _target(rule, actual), say("{target} ÷ {actual} × 100", actual=actual, target=_set(rule.target))


def _lower_mirror(rule: Rule, actual: Decimal) -> Said:
    target = _set(rule.target)
    return _target(rule, actual), say("(2 − {actual} ÷ {target}) × 100", actual=actual, target=target)


def _from_baseline(rule: Rule, actual: Decimal) -> Said:
    known = {"baseline": _set(rule.baseline), "target": _set(rule.target), "actual": actual}
    return (
        say("기준 {baseline} · 목표 {target} · 실적 {actual}", **known),
        say("({actual} − {baseline}) ÷ ({target} − {baseline}) × 100", **known),
    )


def _zero(rule: Rule, actual: Decimal) -> Said:
    facts = say("목표 0 · 실적 {actual}", actual=actual)
    if not actual:
        return facts, say("발생 없음: 100")
    step = step_for(rule.steps, actual)
    if step is None:
        return facts, say("{bound} 미만: 100", bound=rule.steps[0].bound)
    return facts, say("{bound} 이상: {percent}", bound=step.bound, percent=step.percent)


def _range(rule: Rule, actual: Decimal) -> Said:
    known = {"low": _set(rule.low), "high": _set(rule.high), "actual": actual}
    outside = distance(rule, actual)
    if not outside:
        return say("목표 {low}~{high} · 실적 {actual}(범위 안)", **known), say("범위 안: 100")
    return (
        say("목표 {low}~{high} · 실적 {actual}({outside} 벗어남)", **known, outside=outside),
        say("100 − {outside} × {loss}", outside=outside, loss=_set(rule.loss_per_unit)),
    )


def _steps(rule: Rule, actual: Decimal) -> Said:
    step = step_for(rule.steps, actual)
    if step is None:
        lowest = rule.steps[0].bound
        return (
            say("실적 {actual}({bound} 미만)", actual=actual, bound=lowest),
            say("{bound} 미만: 0", bound=lowest),
        )
    return (
        say("실적 {actual}({bound} 이상 단계)", actual=actual, bound=step.bound),
        say("{bound} 이상: {percent}", bound=step.bound, percent=step.percent),
    )


def _yes_no(rule: Rule, actual: Decimal) -> Said:
    return (say("달성함"), say("달성: 100")) if actual else (say("달성하지 못함"), say("미달성: 0"))


def _graded_target(rule: Rule, actual: Decimal) -> Said:
    known = {"low": _set(rule.low), "high": _set(rule.high), "actual": actual}
    return (
        say("최저목표 {low} · 최고목표 {high} · 실적 {actual}", **known),
        say("20 + 80 × ({actual} − {low}) ÷ ({high} − {low}), 20~100 안에서", **known),
    )


def _milestone(rule: Rule, actual: Decimal, on: date) -> Said:
    planned = planned_percent(rule.stages, on)
    if not planned:
        return say("{on}까지 계획된 단계 없음 · 추진 {actual} %", on=on, actual=actual), say("계획 없음: 100")
    return (
        say("{on}까지 계획 {planned} % · 추진 {actual} %", on=on, planned=planned, actual=actual),
        say("{actual} ÷ {planned} × 100", actual=actual, planned=planned),
    )


def _target(rule: Rule, actual: Decimal) -> Phrase:
    return say("목표 {target} · 실적 {actual}", target=_set(rule.target), actual=actual)


def _set(value: Decimal | None) -> Decimal:
    """A value that check_rule has seen to be there."""
    assert value is not None
    return value


_BY_KIND: dict[Kind, Callable[[Rule, Decimal], Said]] = {
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
