from decimal import Decimal

import pytest

from models.scoring import Kind, Rule, check_rule, read_stages, read_steps
from models.words import translator

D = Decimal
SOUND: dict[Kind, dict[str, object]] = {
    Kind.HIGHER: {"target": D(95)},
    Kind.LOWER_RATIO: {"target": D(5)},
    Kind.LOWER_MIRROR: {"target": D(5)},
    Kind.FROM_BASELINE: {"target": D(0), "baseline": D(7)},
    Kind.ZERO: {"steps": read_steps("0:100; 1:50; 2:0")},
    Kind.RANGE: {"low": D(36), "high": D(38), "loss_per_unit": D(5)},
    Kind.STEPS: {"steps": read_steps("60:70; 80:100")},
    Kind.MILESTONE: {"stages": read_stages("2019-06-30:40; 2019-12-31:100")},
    Kind.YES_NO: {},
    Kind.GRADED_TARGET: {"low": D(8), "high": D(2)},
}


def problems(kind: Kind, **changed: object) -> list[str]:
    given = {"floor": D(0), "cap": D(100), "digits": 1} | SOUND[kind] | changed
    return [translator("ko")(problem) for problem in check_rule(Rule(kind=kind, **given))]  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", Kind)
def test_a_sound_rule_has_no_problems(kind: Kind) -> None:
    assert problems(kind) == []


WRONG: list[tuple[Kind, dict[str, object], str]] = [
    (Kind.HIGHER, {"target": None}, "목표를 적어"),
    (Kind.HIGHER, {"target": D(0)}, "목표가 0이면 비율로"),
    (Kind.LOWER_RATIO, {"target": D(0)}, "목표가 0이면 비율로"),
    (Kind.LOWER_MIRROR, {"target": D(0)}, "목표가 0이면 비율로"),
    (Kind.HIGHER, {"target": D(-3)}, "목표가 △3이면 비율로"),
    (Kind.FROM_BASELINE, {"target": None}, "목표를 적어"),
    (Kind.FROM_BASELINE, {"baseline": None}, "기준값이 있어야"),
    (Kind.FROM_BASELINE, {"baseline": D(0)}, "기준값과 목표가 0으로 같습니다"),
    (Kind.ZERO, {"steps": ()}, "단계표를 적어"),
    (Kind.ZERO, {"steps": read_steps("0:90; 1:0")}, "0은 늘 100 %"),
    (Kind.ZERO, {"steps": read_steps("-1:100; 1:0")}, "0은 늘 100 %"),
    (Kind.ZERO, {"steps": read_steps("1:50; 2:80")}, "차례로 낮아져야"),
    (Kind.ZERO, {"steps": read_steps("1:110; 2:80")}, "100 이하에서"),
    (Kind.RANGE, {"low": None}, "‘하한값’과 ‘상한값’을 모두"),
    (Kind.RANGE, {"high": None}, "‘하한값’과 ‘상한값’을 모두"),
    (Kind.RANGE, {"low": D(38)}, "‘하한값’ 38이 ‘상한값’ 38보다 작아야"),
    (Kind.RANGE, {"low": D(39)}, "‘하한값’ 39가 ‘상한값’ 38보다 작아야"),
    (Kind.RANGE, {"loss_per_unit": None}, "뺄 %p)을 0보다 크게"),
    (Kind.RANGE, {"loss_per_unit": D(0)}, "뺄 %p)을 0보다 크게"),
    (Kind.STEPS, {"steps": ()}, "단계표를 적어"),
    (Kind.STEPS, {"steps": read_steps("80:100; 60:70")}, "작은 것부터"),
    (Kind.STEPS, {"steps": read_steps("60:70; 60:80")}, "겹치지 않게"),
    (Kind.STEPS, {"steps": read_steps("60:-1; 80:100")}, "0 이상이어야"),
    (Kind.STEPS, {"steps": read_steps("5:100; 10:50")}, "0부터 시작해야"),
    (Kind.MILESTONE, {"stages": ()}, "추진 단계를 적어"),
    (Kind.MILESTONE, {"stages": read_stages("2019-12-31:40; 2019-06-30:100")}, "이른 날짜부터"),
    (Kind.MILESTONE, {"stages": read_stages("2019-06-30:40; 2019-06-30:100")}, "겹치지 않게"),
    (Kind.MILESTONE, {"stages": read_stages("2019-06-30:0; 2019-12-31:100")}, "차례로 높아져야"),
    (
        Kind.MILESTONE,
        {"stages": read_stages("2019-03-31:50; 2019-06-30:40; 2019-12-31:100")},
        "차례로 높아져야",
    ),
    (Kind.MILESTONE, {"stages": read_stages("2019-06-30:40; 2019-12-31:90")}, "지금은 90입니다"),
    (Kind.GRADED_TARGET, {"low": None}, "최저목표"),
    (Kind.GRADED_TARGET, {"high": None}, "최고목표"),
    (Kind.GRADED_TARGET, {"low": D(2)}, "2로 같습니다"),
    (Kind.YES_NO, {"floor": D(-1)}, "‘최저’는 0 이상"),
    (Kind.YES_NO, {"floor": D(110)}, "‘최저’ 110이 ‘최고’ 100보다 큽니다"),
    (Kind.YES_NO, {"digits": -1}, "0에서 4 사이"),
    (Kind.YES_NO, {"digits": 5}, "0에서 4 사이"),
    (Kind.YES_NO, {"points_digits": 5}, "0에서 4 사이"),
    (Kind.YES_NO, {"points_digits": -1}, "0에서 4 사이"),
    (Kind.YES_NO, {"cap": D("100.05")}, "1자리까지만"),
    (Kind.YES_NO, {"floor": D("0.05")}, "1자리까지만"),
]


@pytest.mark.parametrize(("kind", "changed", "said"), WRONG)
def test_each_fault_is_named_alone_with_what_to_do(kind: Kind, changed: dict[str, object], said: str) -> None:
    [problem] = problems(kind, **changed)
    assert said in problem


def test_all_faults_of_a_rule_are_named_at_once() -> None:
    assert len(problems(Kind.RANGE, low=None, loss_per_unit=None, floor=D(120))) == 3
