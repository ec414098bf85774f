"""What is found about a draft indicator before an evaluator finds it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from statistics import linear_regression
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.planning.alike import COMMON_FROM, Other, Others
from models.planning.lint import (
    Drafted,
    Fault,
    Severity,
    expected,
    lint,
    trend,
)
from models.scoring import Kind, Rule

SOUND = "처리 건수 ÷ 접수 건수 × 100"


def rule(kind: Kind = Kind.HIGHER, target: Any = "95", **more: Any) -> Rule:
    numbers: dict[str, Any] = {name: Decimal(value) for name, value in more.items()}
    goal = None if target is None else Decimal(target)
    return Rule(kind=kind, target=goal, floor=Decimal(0), cap=Decimal(100), digits=1, **numbers)


def draft(**more: Any) -> Drafted:
    given_ = {"rule": rule(), **more}
    past = tuple((year, Decimal(value)) for year, value in given_.pop("past", ()))
    about = {
        "code": "A-1", "name": "민원처리율", "department_id": 1, "unit": "%", "formula": SOUND,
        "weight": Decimal(30), "scored": True, "year": 2019, "past": past,
    }  # fmt: skip
    return Drafted(**{**about, **given_})


def faults(one: Drafted, *others: Other) -> set[Fault]:
    own = Other(one.code, one.name, one.formula, one.department_id)
    return {finding.fault for finding in lint(one, Others.of([own, *others]))}


def test_a_sound_indicator_has_no_findings() -> None:
    assert faults(draft(past=((2016, "88"), (2017, "90"), (2018, "92")))) == set()


@pytest.mark.parametrize(
    ("formula", "fault"),
    [
        ("", Fault.FORMULA_EMPTY),
        ("시민 만족을 위해 노력", Fault.FORMULA_NO_NUMBER),
        ("우수 사례를 발굴하고 정책을 수립", Fault.FORMULA_NO_NUMBER),
        ("상담을 마친 가구 수", None),
        ("처리 건수 ÷ 접수 건수", None),
        ("사업비 집행액/예산 현액", None),
        ("만족도 조사 결과의 평균", None),
        ("기준 연도의 총인구(통계 작성 기준에 따름)", None),
        ("5개 항목을 점검", None),
    ],
)
def test_a_formula_says_what_is_counted(formula: str, fault: Fault | None) -> None:
    assert faults(draft(formula=formula)) == ({fault} if fault else set())


def test_a_stage_or_a_yes_needs_no_number_in_its_formula() -> None:
    assert faults(draft(rule=rule(Kind.YES_NO, None), formula="인증을 받는다")) == set()


@pytest.mark.parametrize(
    ("weight", "fault"),
    [
        ("0", Fault.WEIGHT), ("-1", Fault.WEIGHT), ("100.01", Fault.WEIGHT), ("4.9", Fault.WEIGHT_UNUSUAL),
        ("5", None), ("50", None), ("50.1", Fault.WEIGHT_UNUSUAL), ("100", Fault.WEIGHT_UNUSUAL),
    ],
)  # fmt: skip
def test_weights_have_bounds(weight: str, fault: Fault | None) -> None:
    assert faults(draft(weight=Decimal(weight))) == ({fault} if fault else set())
    assert faults(draft(weight=Decimal(weight), scored=False)) == set()


def test_mileage_may_be_any_number_above_zero() -> None:
    assert faults(draft(weight=Decimal(300), counts_mileage=True)) == set()
    assert faults(draft(weight=Decimal(0), counts_mileage=True)) == {Fault.WEIGHT}


PAST = ((2016, "88"), (2017, "90"), (2018, "92"))


@pytest.mark.parametrize(
    ("target", "found"),
    [
        ("94", set()),
        ("93.9", {Fault.BELOW_TREND}),
        ("92", {Fault.BELOW_TREND}),
        ("91.9", {Fault.BELOW_TREND, Fault.EASIER_THAN_ACTUAL}),
    ],
)
def test_a_target_is_held_against_where_the_past_years_lead(target: str, found: set[Fault]) -> None:
    assert faults(draft(rule=rule(target=target), past=PAST)) == found


@pytest.mark.parametrize(
    ("of", "easier", "harder"),
    [
        (rule(Kind.LOWER_RATIO), "9.1", "9"),
        (rule(Kind.LOWER_MIRROR), "9.1", "9"),
        (rule(Kind.FROM_BASELINE, baseline="15"), "9.1", "9"),
    ],
)
def test_where_less_is_better_a_higher_target_is_the_easier_one(of: Rule, easier: str, harder: str) -> None:
    past = ((2016, "12"), (2017, "11"), (2018, "10"))
    for target, found in ((easier, {Fault.BELOW_TREND}), (harder, set())):
        one = draft(rule=replace(of, target=Decimal(target)), past=past, unit="일")
        assert faults(one) == found


def test_a_graded_target_is_judged_by_its_best_level() -> None:
    one = draft(rule=rule(Kind.GRADED_TARGET, None, low="80", high="93"), past=PAST)
    assert faults(one) == {Fault.BELOW_TREND}
    assert faults(replace(one, rule=rule(Kind.GRADED_TARGET, None, low="80", high="94"))) == set()


@pytest.mark.parametrize("kind", [Kind.RANGE, Kind.ZERO, Kind.STEPS, Kind.MILESTONE, Kind.YES_NO])
def test_kinds_without_a_direction_are_not_held_against_a_trend(kind: Kind) -> None:
    unsound = {Fault.RULE} if kind is not Kind.YES_NO else set()
    assert faults(draft(rule=rule(kind, "1"), past=PAST)) == unsound


def test_a_target_easier_than_last_year_s_is_asked_about() -> None:
    assert faults(draft(last_target=Decimal("95.5"))) == {Fault.EASIER_THAN_TARGET}
    assert faults(draft(last_target=Decimal(95))) == set()
    assert faults(draft(past=((2018, "96"),))) == {Fault.EASIER_THAN_ACTUAL}
    assert faults(draft(past=((2017, "96"),))) == set()


def test_a_share_of_a_whole_is_not_expected_beyond_a_hundred() -> None:
    past = ((2016, "96"), (2017, "98"), (2018, "99.8"))
    assert expected(draft(past=past)) == 100
    assert expected(draft(past=past, unit="건")) == Decimal("101.73")
    falling = ((2016, "4"), (2017, "2"), (2018, "1"))
    assert expected(draft(past=falling, unit="건")) == 0


def test_what_cannot_be_scored_is_plainly_wrong_also_with_the_target_of_a_period() -> None:
    (found,) = lint(draft(rule=rule(target="0"), past=PAST), Others())
    assert (found.fault, found.severity) == (Fault.RULE, Severity.WRONG)
    assert faults(draft(period_targets=[Decimal(0)])) == {Fault.RULE}


def test_what_is_wrong_is_said_first() -> None:
    found = lint(draft(rule=rule(target="0"), formula="", weight=Decimal(60)), Others())
    assert [one.severity for one in found] == [Severity.WRONG, Severity.DOUBT, Severity.DOUBT]


def test_the_same_as_another_is_told_and_a_common_indicator_is_not() -> None:
    same = Other("B-1", "민원 처리율", "다른 산식 × 1", 2)
    assert faults(draft(), same) == {Fault.SAME_NAME}
    assert faults(draft(), Other("B-1", "다른 이름", "처리건수÷접수건수×100", 2)) == {Fault.SAME_FORMULA}
    common = [Other(f"B-{place}", "민원처리율", SOUND, place) for place in range(2, COMMON_FROM + 1)]
    assert faults(draft(), *common) == set()
    assert faults(draft(), *common[:-1]) == {Fault.SAME_NAME}


@pytest.mark.parametrize("kind", [Kind.YES_NO, Kind.MILESTONE])
def test_the_formula_of_a_yes_or_of_stages_does_not_say_what_is_measured(kind: Kind) -> None:
    reached = "기한 안에 달성하면 1, 아니면 0"
    one = draft(name="가족친화 인증 획득", formula=reached, rule=rule(kind, None))
    assert Fault.SAME_FORMULA not in faults(one, Other("B-1", "안전도시 인증 획득", reached, 2))
    assert Fault.SAME_NAME in faults(one, Other("B-1", "가족친화 인증 획득", reached, 2))


def test_two_years_make_no_trend() -> None:
    assert trend(((2017, Decimal(1)), (2018, Decimal(2))), 2019) is None


@given(st.lists(st.integers(-9999, 9999), min_size=3, max_size=8), st.integers(1, 5))
def test_the_trend_is_the_line_of_least_squares(values: list[int], ahead: int) -> None:
    years = [2010 + number for number in range(len(values))]
    past = [(year, Decimal(value)) for year, value in zip(years, values, strict=True)]
    led_to = trend(past, years[-1] + ahead)
    slope, intercept = linear_regression([year - 2010 for year in years], values)
    assert led_to is not None
    assert abs(float(led_to) - (intercept + slope * (years[-1] + ahead - 2010))) <= 0.0501
