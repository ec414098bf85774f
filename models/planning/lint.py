"""What an evaluator would ask about a draft indicator, said to the officer before: findings. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, localcontext
from enum import StrEnum

from models.planning.alike import COMMON_FROM, Others, bare
from models.scoring import Kind, Rollup, Rule, check_rollup, check_rule
from models.scoring.achievement import EXACT, rounded
from models.words import Phrase, say

LEAST_WEIGHT, MOST_WEIGHT = Decimal(5), Decimal(50)
"""Outside of these a weight is asked about: less hardly counts, more leaves the others no meaning. A convention."""
_LEAST_YEARS = 3
_HUNDRED = Decimal(100)
_HIGHER, _LOWER = (Kind.HIGHER,), (Kind.LOWER_RATIO, Kind.LOWER_MIRROR)
_NOT_COUNTED = (Kind.YES_NO, Kind.MILESTONE)
"""What is measured is in the name: their formula says only when it is reached, and many have the same."""
_QUANTITIES = (
    "수|건|액|율|률|량|명|회|횟수|개소|일수|시간|면적|점수|비율|비중|평균|합|합계|누계|총계|금액|인원|등급|지수|순위|만족도|체감도|"
    "인지도|활용도|자립도|인구|밀도|연령|농도|거리|길이|용량"
)
_COUNTS = re.compile(
    # 우수, 특수, 다수, 소수, 필수 only end like a quantity.
    rf"[0-9０-９]|[÷/×*+＋−–=Σ∑%％△]|(?<![우특다소필])(?:{_QUANTITIES})(?=$|[\s.,;:()\[\]{{}}의을를은는이가로])"
)
"""What a formula is recognised by: a number, a sign of arithmetic, or the word for a quantity."""


class Severity(StrEnum):
    """WRONG keeps a plan from being handed in; what is in DOUBT is asked about and may be meant so."""

    WRONG = "wrong"
    DOUBT = "doubt"


class Fault(StrEnum):
    """What is found."""

    RULE = "rule"
    WEIGHT = "weight"
    WEIGHT_UNUSUAL = "weight_unusual"
    FORMULA_EMPTY = "formula_empty"
    FORMULA_NO_NUMBER = "formula_no_number"
    BELOW_TREND = "below_trend"
    EASIER_THAN_TARGET = "easier_than_target"
    EASIER_THAN_ACTUAL = "easier_than_actual"
    SAME_NAME = "same_name"
    SAME_FORMULA = "same_formula"


@dataclass(frozen=True)
class Finding:
    """What was found: `said`, and what `to_do` about it."""

    fault: Fault
    severity: Severity
    said: Phrase
    to_do: Phrase


@dataclass(frozen=True)
class Drafted:
    """An indicator as it is drafted, with what is known of the years before.

    rule: how it is scored, with its target for the year. year: the one it is for. past: years with what they came
    to, in order of time. last_target: the target of the year before. period_targets: those of single periods.
    """

    code: str
    name: str
    department_id: int
    unit: str
    formula: str
    weight: Decimal
    scored: bool
    rule: Rule
    year: int
    past: Sequence[tuple[int, Decimal]] = ()
    last_target: Decimal | None = None
    period_targets: Sequence[Decimal | None] = ()
    counts_mileage: bool = False
    """Whether weights are points that add up."""
    rollup: Rollup | None = None
    """How the actuals of its periods become that of the year; None where it is reported in one only."""


def lint(one: Drafted, others: Others) -> list[Finding]:
    """Everything found about the indicator, what is wrong first."""
    wrong = list(_rule(one))
    found = [*wrong, *_weight(one), *_formula(one), *([] if wrong else _target(one)), *_alike(one, others)]
    return sorted(found, key=lambda finding: finding.severity is not Severity.WRONG)


def trend(past: Sequence[tuple[int, Decimal]], year: int) -> Decimal | None:
    """What the past years lead to in `year` on the straight line of least squares; None of fewer than three years.

    value(year) = ȳ + b (year − x̄) with b = Σ (x − x̄)(y − ȳ) / Σ (x − x̄)², over years x and actuals y
    (Draper and Smith, Applied Regression Analysis, 3rd ed. 1998, §1.2). Rounded half up to one decimal more than
    the actuals have.
    """
    if len(past) < _LEAST_YEARS:
        return None
    with localcontext(EXACT):
        count = Decimal(len(past))
        mean_year = sum((Decimal(at) for at, _ in past), Decimal(0)) / count
        mean = sum((value for _, value in past), Decimal(0)) / count
        across = sum(((at - mean_year) * (value - mean) for at, value in past), Decimal(0))
        spread = sum(((at - mean_year) ** 2 for at, _ in past), Decimal(0))
        exact = mean + across / spread * (year - mean_year)
    return rounded(exact, 1 + max(_decimals(value) for _, value in past))


def expected(one: Drafted) -> Decimal | None:
    """The trend, kept inside what can be: no share of a whole beyond 0 and 100 %, nothing that never was below 0."""
    value = trend(one.past, one.year)
    if value is None:
        return None
    actuals = [actual for _, actual in one.past]
    if min(actuals) >= 0:
        value = max(value, Decimal(0))
    return min(value, _HUNDRED) if one.unit.strip() in ("%", "％") and max(actuals) <= _HUNDRED else value


def _rule(one: Drafted) -> Iterator[Finding]:
    targets = (one.rule.target, *one.period_targets)
    found: list[Phrase] = []
    for target in targets:
        found += [phrase for phrase in check_rule(replace(one.rule, target=target)) if phrase not in found]
    if one.rollup is not None:
        found += check_rollup(one.rule.kind, one.rollup)
    for phrase in found:
        yield Finding(
            Fault.RULE, Severity.WRONG, phrase, say("'고치기'에서 목표와 배점방식을 바로잡아 주세요.")
        )


def _weight(one: Drafted) -> Iterator[Finding]:
    if not one.scored:
        return
    if one.weight <= 0 or (one.weight > _HUNDRED and not one.counts_mileage):
        yield Finding(
            Fault.WEIGHT,
            Severity.WRONG,
            say("가중치 {weight:이/가} 범위를 벗어났습니다.", weight=one.weight),
            say("가중치를 0보다 크고 100 이하인 수로 적어 주세요."),
        )
    elif not one.counts_mileage and not LEAST_WEIGHT <= one.weight <= MOST_WEIGHT:
        yield Finding(
            Fault.WEIGHT_UNUSUAL,
            Severity.DOUBT,
            say("가중치 {weight:이/가} 보통의 범위를 벗어났습니다.", weight=one.weight),
            say(
                "지표 하나의 가중치는 보통 {least}에서 {most} 사이입니다. 다른 지표와 나누어 주세요.",
                least=LEAST_WEIGHT,
                most=MOST_WEIGHT,
            ),
        )


def _formula(one: Drafted) -> Iterator[Finding]:
    if not one.formula.strip():
        yield Finding(
            Fault.FORMULA_EMPTY,
            Severity.DOUBT,
            say("산식이 비어 있습니다."),
            say("실적을 어떻게 셈하는지 산식을 적어 주세요."),
        )
    elif one.rule.kind not in _NOT_COUNTED and not _COUNTS.search(one.formula):
        yield Finding(
            Fault.FORMULA_NO_NUMBER,
            Severity.DOUBT,
            say("산식에 셀 수 있는 것이 없습니다: {formula}", formula=one.formula),
            say("무엇을 세어 무엇으로 나누는지 적어 주세요. 예: 처리 건수 ÷ 접수 건수 × 100"),
        )


def _target(one: Drafted) -> Iterator[Finding]:
    target, higher = goal(one.rule)
    if target is None or higher is None:
        return
    line = expected(one)
    if line is not None and _is_easier(target, line, higher):
        yield Finding(
            Fault.BELOW_TREND,
            Severity.DOUBT,
            say("목표 {target:이/가} 지난 실적의 추세 {trend}보다 쉽습니다.", target=target, trend=line),
            say("추세에 맞추어 목표를 올리거나, 낮게 잡은 까닭을 밝혀 주세요.")
            if higher
            else say("추세에 맞추어 목표를 낮추거나, 높게 잡은 까닭을 밝혀 주세요."),
        )
    if one.last_target is not None and _is_easier(target, one.last_target, higher):
        yield Finding(
            Fault.EASIER_THAN_TARGET,
            Severity.DOUBT,
            say("목표 {target:이/가} 지난해 목표 {last}보다 쉽습니다.", target=target, last=one.last_target),
            say("지난해 목표보다 도전적으로 잡거나, 낮춘 까닭을 밝혀 주세요."),
        )
    last = dict(one.past).get(one.year - 1)
    if last is not None and _is_easier(target, last, higher):
        yield Finding(
            Fault.EASIER_THAN_ACTUAL,
            Severity.DOUBT,
            say("목표 {target:이/가} 지난해 실적 {last}보다 쉽습니다.", target=target, last=last),
            say("이미 이룬 수준 아래의 목표입니다. 지난해 실적을 넘게 잡아 주세요."),
        )


def goal(rule: Rule) -> tuple[Decimal | None, bool | None]:
    """What is aimed at, and whether more is better; None where the kind has no direction."""
    if rule.kind in _HIGHER:
        return rule.target, True
    if rule.kind in _LOWER:
        return rule.target, False
    if rule.kind is Kind.FROM_BASELINE and rule.target is not None and rule.baseline is not None:
        return rule.target, rule.target > rule.baseline
    if rule.kind is Kind.GRADED_TARGET and rule.low is not None and rule.high is not None:
        return rule.high, rule.high > rule.low
    return None, None


def _is_easier(target: Decimal, than: Decimal, higher: bool) -> bool:
    return target < than if higher else target > than


def _alike(one: Drafted, others: Others) -> Iterator[Finding]:
    names = others.names[bare(one.name)].besides(one.code)
    if names:
        yield Finding(
            Fault.SAME_NAME,
            Severity.DOUBT,
            say("이름이 같은 지표가 있습니다: {name}({code})", name=names[0].name, code=names[0].code),
            say("같은 것을 두 번 재지 않게 하나로 합치거나 이름을 구별해 주세요."),
        )
    if one.rule.kind in _NOT_COUNTED or not one.formula.strip():
        return
    if len(others.names[bare(one.name)].departments) >= COMMON_FROM:
        return
    same = [other for other in others.formulas[bare(one.formula)].besides(one.code) if other not in names]
    if same:
        yield Finding(
            Fault.SAME_FORMULA,
            Severity.DOUBT,
            say("산식이 같은 지표가 있습니다: {name}({code})", name=same[0].name, code=same[0].code),
            say("같은 것을 두 번 재지 않는지 확인해 주세요."),
        )


def _decimals(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
