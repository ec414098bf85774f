"""From what was recognised to points, one department at a time. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from models.scores.line import PlanLine
from models.scores.row import Figures
from models.scoring import Rollup, Rule, achievement, check_rule, points, share_out
from models.scoring.achievement import rounded, unbounded
from models.words import Phrase, Refusal, say

_NOT_BY_ITSELF = say("이 기간의 목표치가 없어 연간 실적으로만 평가합니다.")


@dataclass(frozen=True, slots=True)
class Taken:
    """What the reports of one indicator gave; `values` as in Figures."""

    values: tuple[Decimal | None, ...]
    reported: Decimal | None
    recognised: Decimal | None
    not_applicable: bool


@dataclass(frozen=True, slots=True)
class Targets:
    """The targets of one indicator: the cycle's, and the period's where there is one of its own."""

    cycle: Decimal | None = None
    own: bool = False
    period: Decimal | None = None


def department_figures(
    lines: Sequence[PlanLine],
    taken: Mapping[int, Taken],
    targets: Mapping[int, Targets],
    on: date,
    *,
    year: bool,
) -> Iterator[tuple[Rule, Figures]]:
    """The rule and the figures of each of a department's indicators, in their order.

    `on` is the last day of what is scored. `year`: the whole cycle is scored, not one period.
    """
    scored = {line.id: line.weight for line in lines if line.scored}
    weights = share_out(scored, {line.id for line in lines if taken[line.id].not_applicable})
    for line in lines:
        yield _figures(line, taken[line.id], targets.get(line.id, Targets()), on, year, weights.get(line.id))


def _figures(
    line: PlanLine, taken: Taken, targets: Targets, on: date, year: bool, weight: Decimal | None
) -> tuple[Rule, Figures]:
    by_itself = year or targets.own or line.rollup is not Rollup.SUM
    target = targets.period if targets.own and not year else targets.cycle if by_itself else None
    rule = line.rule(target)
    reached = reach(rule, taken.recognised, on, by_itself=by_itself)
    before, achieved = reached if isinstance(reached, tuple) else (None, None)
    earned = None if weight is None or achieved is None else points(weight, achieved, rule.points_digits)
    return rule, Figures(
        target=target,
        values=taken.values,
        reported=taken.reported,
        recognised=taken.recognised,
        not_applicable=taken.not_applicable,
        computed=before,
        achievement=achieved,
        planned_weight=line.weight,
        weight=weight,
        points=earned,
        fault=reached if isinstance(reached, Phrase) else None,
    )


def reach(
    rule: Rule, actual: Decimal | None, on: date, *, by_itself: bool
) -> tuple[Decimal, Decimal] | Phrase | None:
    """The achievement before floor and cap and after them, or what stands against working it out."""
    if actual is None:
        return None
    if not by_itself:
        return _NOT_BY_ITSELF
    if problems := check_rule(rule):
        return problems[0]
    try:
        return rounded(unbounded(rule, actual, on), rule.digits), achievement(rule, actual, on)
    except Refusal as refusal:
        return refusal.phrase
