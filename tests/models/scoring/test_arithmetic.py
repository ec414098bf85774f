from datetime import date
from decimal import Decimal

import pytest

from models.scoring import Kind, Rule, achievement, explain, points, read_stages, read_steps
from models.words import translator

D = Decimal
DAY = date(2019, 9, 30)
korean = translator("ko")

SAID: list[tuple[Kind, dict[str, object], str, str, str]] = [
    (
        Kind.HIGHER, {"target": D(95)}, "97.3",
        "목표 95 · 실적 97.3 → 달성률 102.4 % → 상한 100 → 12.0/12점",
        "97.3 ÷ 95 × 100",
    ),
    (
        Kind.HIGHER, {"target": D(95)}, "76",
        "목표 95 · 실적 76 → 달성률 80 % → 9.6/12점",
        "76 ÷ 95 × 100",
    ),
    (
        Kind.HIGHER, {"target": D(95), "cap": D(120)}, "97.3",
        "목표 95 · 실적 97.3 → 달성률 102.4 % → 12.3/12점",
        "97.3 ÷ 95 × 100",
    ),
    (
        Kind.HIGHER, {"target": D(5), "floor": D(40)}, "-1",
        "목표 5 · 실적 △1 → 달성률 △20 % → 하한 40 → 4.8/12점",
        "△1 ÷ 5 × 100",
    ),
    (
        Kind.LOWER_RATIO, {"target": D(20)}, "25",
        "목표 20 · 실적 25 → 달성률 80 % → 9.6/12점",
        "20 ÷ 25 × 100",
    ),
    (
        Kind.LOWER_RATIO, {"target": D(20)}, "0",
        "목표 20 · 실적 0 → 달성률 100 % → 12.0/12점",
        "실적이 0 이하이므로 상한 100",
    ),
    (
        Kind.LOWER_MIRROR, {"target": D(20)}, "25",
        "목표 20 · 실적 25 → 달성률 75 % → 9.0/12점",
        "(2 − 25 ÷ 20) × 100",
    ),
    (
        Kind.FROM_BASELINE, {"target": D(0), "baseline": D(10)}, "4",
        "기준 10 · 목표 0 · 실적 4 → 달성률 60 % → 7.2/12점",
        "(4 − 10) ÷ (0 − 10) × 100",
    ),
    (
        Kind.ZERO, {"steps": read_steps("1:80; 3:50")}, "0",
        "목표 0 · 실적 0 → 달성률 100 % → 12.0/12점",
        "발생 없음: 100",
    ),
    (
        Kind.ZERO, {"steps": read_steps("1:80; 3:50")}, "4",
        "목표 0 · 실적 4 → 달성률 50 % → 6.0/12점",
        "3 이상: 50",
    ),
    (
        Kind.ZERO, {"steps": read_steps("1:80; 3:50")}, "0.5",
        "목표 0 · 실적 0.5 → 달성률 100 % → 12.0/12점",
        "1 미만: 100",
    ),
    (
        Kind.RANGE, {"low": D(36), "high": D(38), "loss_per_unit": D(20)}, "37",
        "목표 36~38 · 실적 37(범위 안) → 달성률 100 % → 12.0/12점",
        "범위 안: 100",
    ),
    (
        Kind.RANGE, {"low": D(36), "high": D(38), "loss_per_unit": D(20)}, "38.5",
        "목표 36~38 · 실적 38.5(0.5 벗어남) → 달성률 90 % → 10.8/12점",
        "100 − 0.5 × 20",
    ),
    (
        Kind.STEPS, {"steps": read_steps("60:70; 80:100")}, "79",
        "실적 79(60 이상 단계) → 달성률 70 % → 8.4/12점",
        "60 이상: 70",
    ),
    (
        Kind.STEPS, {"steps": read_steps("60:70; 80:100")}, "59",
        "실적 59(60 미만) → 달성률 0 % → 0.0/12점",
        "60 미만: 0",
    ),
    (
        Kind.MILESTONE, {"stages": read_stages("2019-09-30:70; 2019-12-31:100")}, "35",
        "9. 30.(월)까지 계획 70 % · 추진 35 % → 달성률 50 % → 6.0/12점",
        "35 ÷ 70 × 100",
    ),
    (
        Kind.MILESTONE, {"stages": read_stages("2019-12-31:100")}, "0",
        "9. 30.(월)까지 계획된 단계 없음 · 추진 0 % → 달성률 100 % → 12.0/12점",
        "계획 없음: 100",
    ),
    (Kind.YES_NO, {}, "1", "달성함 → 달성률 100 % → 12.0/12점", "달성: 100"),
    (Kind.YES_NO, {}, "0", "달성하지 못함 → 달성률 0 % → 0.0/12점", "미달성: 0"),
    (
        Kind.GRADED_TARGET, {"low": D(60), "high": D(80)}, "70",
        "최저목표 60 · 최고목표 80 · 실적 70 → 달성률 60 % → 7.2/12점",
        "20 + 80 × (70 − 60) ÷ (80 − 60), 20~100 안에서",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "given", "actual", "line", "formula"), SAID)
def test_each_kind_is_explained_in_its_own_words(
    kind: Kind, given: dict[str, object], actual: str, line: str, formula: str
) -> None:
    known = {"floor": D(0), "cap": D(100), "digits": 1, "points_digits": 1} | given
    rule = Rule(kind=kind, **known)  # type: ignore[arg-type]
    said = explain(rule, D(actual), D(12), DAY)
    assert (korean(said.phrase), korean(said.formula)) == (line, formula)
    assert said.achievement == achievement(rule, D(actual), DAY)
    assert said.points == points(D(12), said.achievement, 1)


def test_every_kind_is_among_the_explained() -> None:
    assert {kind for kind, *_ in SAID} == set(Kind)


def test_rounding_alone_is_not_called_a_cap() -> None:
    rule = Rule(kind=Kind.HIGHER, target=D(10000), floor=D(0), cap=D(100), digits=1)
    assert (
        korean(explain(rule, D(10004), D(5)).phrase) == "목표 10,000 · 실적 10,004 → 달성률 100 % → 5.00/5점"
    )


def test_a_milestone_is_not_explained_without_a_day() -> None:
    rule = Rule(kind=Kind.MILESTONE, stages=read_stages("2019-12-31:100"), floor=D(0), cap=D(100), digits=1)
    with pytest.raises(ValueError, match="as of a day"):
        explain(rule, D(50), D(5))
