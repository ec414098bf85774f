"""What is wrong with a rule, said so that whoever keeps the plan knows what to put right."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from models.scoring.achievement import rounded
from models.scoring.rollup import Rollup
from models.scoring.rule import Kind, Rule
from models.words import Phrase, say

MOST_DIGITS = 4


def check_rule(rule: Rule) -> list[Phrase]:
    """Everything wrong with the rule, in the words of the plan workbook; a sound rule has an empty list."""
    return [*_BY_KIND[rule.kind](rule), *_bounds(rule)]


def check_rollup(kind: Kind, rollup: Rollup) -> list[Phrase]:
    """What is wrong with rolling up actuals of that kind: what comes of it has to be an actual of the kind again."""
    if kind is Kind.YES_NO and rollup in (Rollup.SUM, Rollup.MEAN):
        return [
            say("‘여부’의 합계나 평균은 0이나 1이 아닐 수 있습니다. 집계방식을 최종이나 최대로 고쳐 주세요.")
        ]
    if kind is Kind.MILESTONE and rollup is Rollup.SUM:
        return [
            say("‘마일스톤’의 누적 비율은 더하면 100을 넘을 수 있습니다. 집계방식을 최종으로 고쳐 주세요.")
        ]
    return []


def _ratio(rule: Rule) -> list[Phrase]:
    if rule.target is None:
        return [say("목표를 적어 주세요.")]
    if rule.target <= 0:
        return [
            say(
                "목표가 {target}이면 비율로 셈할 수 없습니다. "
                "0보다 큰 목표를 적거나 배점방식을 ‘기준대비’나 ‘무사고’로 바꿔 주세요.",
                target=rule.target,
            )
        ]
    return []


def _from_baseline(rule: Rule) -> list[Phrase]:
    problems = []
    if rule.target is None:
        problems.append(say("목표를 적어 주세요."))
    if rule.baseline is None:
        problems.append(say("‘기준대비’에는 기준값이 있어야 합니다. 지난해 실적 등을 적어 주세요."))
    elif rule.baseline == rule.target:
        problems.append(
            say("기준값과 목표가 {target:으로/로} 같습니다. 서로 다르게 적어 주세요.", target=rule.baseline)
        )
    return problems


def _range(rule: Rule) -> list[Phrase]:
    problems = []
    if rule.low is None or rule.high is None:
        problems.append(say("목표범위의 ‘하한값’과 ‘상한값’을 모두 적어 주세요."))
    elif rule.low >= rule.high:
        problems.append(
            say(
                "목표범위의 ‘하한값’ {low:이/가} ‘상한값’ {high}보다 작아야 합니다. 두 값을 확인해 주세요.",
                low=rule.low,
                high=rule.high,
            )
        )
    if rule.loss_per_unit is None or rule.loss_per_unit <= 0:
        problems.append(say("‘감점률’(범위를 1만큼 벗어날 때마다 뺄 %p)을 0보다 크게 적어 주세요. 예: 5"))
    return problems


def _graded_target(rule: Rule) -> list[Phrase]:
    if rule.low is None or rule.high is None:
        return [say("최저목표(20점 수준, ‘하한값’)와 최고목표(100점 수준, ‘상한값’)를 모두 적어 주세요.")]
    if rule.low == rule.high:
        return [say("최저목표와 최고목표가 {low:으로/로} 같습니다. 서로 다르게 적어 주세요.", low=rule.low)]
    return []


def _steps(rule: Rule) -> list[Phrase]:
    steps = rule.steps
    if not steps:
        return [say("단계표를 적어 주세요. 예: 0:100; 1:80; 3:50")]
    problems = []
    if any(later.bound <= earlier.bound for earlier, later in pairwise(steps)):
        problems.append(say("단계표의 값을 작은 것부터 겹치지 않게 적어 주세요. 예: 0:100; 1:80; 3:50"))
    elif rule.kind is Kind.STEPS and steps[0].bound > 0 and steps[0].percent > steps[-1].percent:
        problems.append(
            say(
                "작을수록 좋은 단계표는 0부터 시작해야 합니다. 지금은 {bound} 미만이 0 %가 됩니다.",
                bound=steps[0].bound,
            )
        )
    if any(step.percent < 0 for step in steps):
        problems.append(say("단계표의 달성률은 0 이상이어야 합니다."))
    return problems


def _zero(rule: Rule) -> list[Phrase]:
    problems = _steps(rule)
    if any(step.bound < 0 or (step.bound == 0 and step.percent != 100) for step in rule.steps):
        problems.append(say("‘무사고’에서 0은 늘 100 %입니다. 단계표를 0:100으로 시작해 주세요."))
    percents = [step.percent for step in rule.steps]
    if any(percent > 100 for percent in percents) or percents != sorted(percents, reverse=True):
        problems.append(say("‘무사고’ 단계표의 달성률은 100 이하에서 차례로 낮아져야 합니다."))
    return problems


def _milestone(rule: Rule) -> list[Phrase]:
    stages = rule.stages
    if not stages:
        return [say("‘단계표’에 추진 단계를 적어 주세요. 예: 2019-03-31:30; 2019-12-31:100")]
    problems = []
    if any(later.due <= earlier.due for earlier, later in pairwise(stages)):
        problems.append(say("추진 단계를 이른 날짜부터 겹치지 않게 적어 주세요."))
    percents = [stage.percent for stage in stages]
    if percents[0] <= 0 or any(later <= earlier for earlier, later in pairwise(percents)):
        problems.append(say("추진 단계의 누적 비율은 0보다 크고 차례로 높아져야 합니다. 예: 30, 70, 100"))
    if percents[-1] != 100:
        problems.append(
            say(
                "마지막 추진 단계의 누적 비율을 100으로 적어 주세요. 지금은 {percent}입니다.",
                percent=percents[-1],
            )
        )
    return problems


def _nothing(rule: Rule) -> list[Phrase]:
    return []


def _bounds(rule: Rule) -> list[Phrase]:
    problems = []
    if rule.floor < 0:
        problems.append(say("달성률의 ‘최저’는 0 이상이어야 합니다."))
    if rule.floor > rule.cap:
        problems.append(
            say(
                "달성률의 ‘최저’ {floor:이/가} ‘최고’ {cap}보다 큽니다. 두 값을 확인해 주세요.",
                floor=rule.floor,
                cap=rule.cap,
            )
        )
    if not (0 <= rule.digits <= MOST_DIGITS and 0 <= rule.points_digits <= MOST_DIGITS):
        problems.append(say("소수 자릿수는 0에서 {most} 사이로 적어 주세요.", most=MOST_DIGITS))
    elif any(rounded(bound, rule.digits) != bound for bound in (rule.floor, rule.cap)):
        problems.append(
            say(
                "달성률의 ‘최저’와 ‘최고’는 소수점 아래를 {digits}자리까지만 적어 주세요.", digits=rule.digits
            )
        )
    return problems


_BY_KIND: dict[Kind, Callable[[Rule], list[Phrase]]] = {
    Kind.HIGHER: _ratio,
    Kind.LOWER_RATIO: _ratio,
    Kind.LOWER_MIRROR: _ratio,
    Kind.FROM_BASELINE: _from_baseline,
    Kind.ZERO: _zero,
    Kind.RANGE: _range,
    Kind.STEPS: _steps,
    Kind.MILESTONE: _milestone,
    Kind.YES_NO: _nothing,
    Kind.GRADED_TARGET: _graded_target,
}
