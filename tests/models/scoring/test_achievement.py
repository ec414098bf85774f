import csv
from datetime import date
from decimal import Context, Decimal, localcontext
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from models.scoring import (
    Kind,
    Rule,
    Stage,
    Step,
    achievement,
    check_rule,
    explain,
    planned_percent,
    read_stages,
    read_steps,
)
from models.words import Refusal

EXAMPLES = list(csv.DictReader((Path(__file__).parent / "worked_examples.csv").open(encoding="utf-8")))
DAY = date(2019, 6, 30)

figures = st.decimals(-(10**12), 10**12, places=4)
positive = st.decimals("0.0001", 10**12, places=4)
percents = st.decimals(0, 100, places=1)


def rule(kind: Kind, **given: object) -> Rule:
    bounds = {"floor": Decimal(0), "cap": Decimal(120), "digits": 1} | given
    return Rule(kind=kind, **bounds)  # type: ignore[arg-type]


def example_rule(row: dict[str, str]) -> Rule:
    staged = row["kind"] == "milestone"
    numbers = {
        name: Decimal(row[name]) if row[name] else None for name in ("target", "baseline", "low", "high")
    }
    return Rule(
        kind=Kind(row["kind"]),
        **numbers,
        steps=() if staged else read_steps(row["table"]),
        stages=read_stages(row["table"]) if staged else (),
        loss_per_unit=Decimal(row["loss"]) if row["loss"] else None,
        floor=Decimal(row["floor"]),
        cap=Decimal(row["cap"]),
        digits=int(row["digits"]),
    )


@pytest.mark.parametrize("row", EXAMPLES, ids=lambda row: f"{row['kind']} {row['actual']}: {row['working']}")
def test_achievement_agrees_with_what_was_worked_by_hand(row: dict[str, str]) -> None:
    scored, on = example_rule(row), date.fromisoformat(row["on"]) if row["on"] else None
    assert check_rule(scored) == []
    result = achievement(scored, Decimal(row["actual"]), on)
    assert str(result) == row["achievement"]
    assert str(explain(scored, Decimal(row["actual"]), Decimal(10), on).computed) == row["computed"]


@pytest.mark.parametrize("kind", Kind)
def test_each_kind_has_five_worked_examples(kind: Kind) -> None:
    assert sum(row["kind"] == kind for row in EXAMPLES) >= 5


@st.composite
def step_tables(draw: st.DrawFn, *, falling: bool) -> tuple[Step, ...]:
    bounds = sorted(draw(st.lists(st.integers(1, 1000), min_size=1, max_size=6, unique=True)))
    marks = sorted(draw(st.lists(percents, min_size=len(bounds), max_size=len(bounds))), reverse=falling)
    return tuple(Step(Decimal(bound), percent) for bound, percent in zip(bounds, marks, strict=True))


@st.composite
def plans(draw: st.DrawFn) -> tuple[Stage, ...]:
    days = sorted(
        draw(st.lists(st.dates(date(2019, 1, 1), date(2019, 12, 31)), min_size=1, max_size=5, unique=True))
    )
    marks = draw(st.lists(st.integers(1, 99), min_size=len(days) - 1, max_size=len(days) - 1, unique=True))
    return tuple(Stage(day, Decimal(mark)) for day, mark in zip(days, [*sorted(marks), 100], strict=True))


@st.composite
def sound_rules(draw: st.DrawFn) -> Rule:
    kind = draw(st.sampled_from(Kind))
    floor, cap = sorted((draw(percents), draw(st.decimals(0, 200, places=1))))
    low, high = sorted(draw(st.lists(figures, min_size=2, max_size=2, unique=True)))
    if kind is Kind.GRADED_TARGET and draw(st.booleans()):
        low, high = high, low
    baseline, target = draw(st.lists(figures, min_size=2, max_size=2, unique=True))
    if kind in (Kind.HIGHER, Kind.LOWER_RATIO, Kind.LOWER_MIRROR):
        target = draw(positive)
    return Rule(
        kind=kind,
        target=target,
        baseline=baseline,
        low=low,
        high=high,
        steps=draw(step_tables(falling=kind is Kind.ZERO)),
        stages=draw(plans()),
        loss_per_unit=draw(positive),
        floor=floor,
        cap=cap,
        digits=draw(st.integers(1, 4)),
    )


def actuals(kind: Kind) -> st.SearchStrategy[Decimal]:
    if kind is Kind.YES_NO:
        return st.sampled_from((Decimal(0), Decimal(1)))
    return percents if kind in (Kind.ZERO, Kind.MILESTONE) else figures


@given(sound_rules(), st.data())
def test_achievement_stays_between_floor_and_cap_with_the_digits_asked_for(
    sound: Rule, data: st.DataObject
) -> None:
    assert check_rule(sound) == []
    result = achievement(sound, data.draw(actuals(sound.kind)), DAY)
    assert sound.floor <= result <= sound.cap
    assert result.as_tuple().exponent == -sound.digits


@given(sound_rules(), st.data())
def test_a_better_actual_never_earns_less(sound: Rule, data: st.DataObject) -> None:
    assume(sound.kind is not Kind.RANGE)
    worse, better = sorted((data.draw(actuals(sound.kind)), data.draw(actuals(sound.kind))))
    assert sound.target is not None and sound.baseline is not None
    assert sound.low is not None and sound.high is not None
    less_is_better = {
        Kind.LOWER_RATIO: True,
        Kind.LOWER_MIRROR: True,
        Kind.ZERO: True,
        Kind.FROM_BASELINE: sound.target < sound.baseline,
        Kind.GRADED_TARGET: sound.high < sound.low,
    }.get(sound.kind, False)
    if less_is_better:
        worse, better = better, worse
    assert achievement(sound, worse, DAY) <= achievement(sound, better, DAY)


@given(st.decimals(0, 100, places=2), st.decimals(0, 100, places=2))
def test_a_range_takes_the_same_from_either_side_and_more_with_distance(near: Decimal, more: Decimal) -> None:
    ranged = rule(Kind.RANGE, low=Decimal(-5), high=Decimal(5), loss_per_unit=Decimal("0.5"), digits=3)
    assert achievement(ranged, 5 + near) == achievement(ranged, -5 - near)
    assert achievement(ranged, 5 + near + more) <= achievement(ranged, 5 + near)


@given(positive)
def test_every_ratio_gives_exactly_100_on_target(target: Decimal) -> None:
    for kind in (Kind.HIGHER, Kind.LOWER_RATIO, Kind.LOWER_MIRROR):
        assert achievement(rule(kind, target=target), target) == 100


@given(st.decimals("0.01", 1000, places=2), st.decimals("0.01", 1000, places=2))
def test_higher_and_its_mirror_add_up_to_200(target: Decimal, actual: Decimal) -> None:
    assume(actual <= 2 * target)
    wide = {"target": target, "cap": Decimal(10**9), "digits": 4}
    up = achievement(rule(Kind.HIGHER, **wide), actual)
    down = achievement(rule(Kind.LOWER_MIRROR, **wide), actual)
    assert abs(up + down - 200) <= Decimal("0.0001")


@given(st.decimals("0.1", 1000, places=1), st.decimals("0.1", 1000, places=1))
def test_higher_times_lower_by_ratio_is_100_squared(target: Decimal, actual: Decimal) -> None:
    wide = {"target": target, "cap": Decimal(10**9), "digits": 12}
    product = achievement(rule(Kind.HIGHER, **wide), actual) * achievement(
        rule(Kind.LOWER_RATIO, **wide), actual
    )
    assert abs(product - 10_000) < Decimal("0.00001")


@given(figures, figures)
def test_measured_from_a_baseline_of_0_is_the_plain_ratio(target: Decimal, actual: Decimal) -> None:
    assume(target > 0)
    plain = rule(Kind.HIGHER, target=target)
    assert achievement(rule(Kind.FROM_BASELINE, target=target, baseline=Decimal(0)), actual) == achievement(
        plain, actual
    )


@given(figures, figures, figures)
def test_swapping_both_levels_of_a_graded_target_turns_it_round(
    low: Decimal, high: Decimal, actual: Decimal
) -> None:
    assume(low != high)
    there = achievement(rule(Kind.GRADED_TARGET, low=low, high=high, digits=4), actual)
    back = achievement(rule(Kind.GRADED_TARGET, low=high, high=low, digits=4), actual)
    assert abs(there + back - 120) <= Decimal("0.0001")


def test_the_longest_figures_are_rounded_once_and_not_by_the_threads_context() -> None:
    huge = rule(Kind.HIGHER, target=Decimal(10**17 * 8), digits=1)
    half, less = Decimal(5004 * 10**14), Decimal(5004 * 10**14) - Decimal("0.000001")
    with localcontext(Context(prec=6)):
        assert achievement(huge, less) == Decimal("62.5")
        assert achievement(huge, half) == Decimal("62.6")


@pytest.mark.parametrize(
    ("kind", "actual"),
    [
        (Kind.YES_NO, "2"),
        (Kind.YES_NO, "0.5"),
        (Kind.ZERO, "-1"),
        (Kind.MILESTONE, "-1"),
        (Kind.MILESTONE, "100.1"),
    ],
)
def test_an_actual_the_kind_cannot_have_is_refused(kind: Kind, actual: str) -> None:
    full = rule(kind, steps=read_steps("1:0"), stages=read_stages("2019-12-31:100"))
    with pytest.raises(Refusal):
        achievement(full, Decimal(actual), DAY)


def test_a_milestone_is_not_scored_without_a_day() -> None:
    with pytest.raises(ValueError, match="as of a day"):
        achievement(rule(Kind.MILESTONE, stages=read_stages("2019-12-31:100")), Decimal(50))


def test_what_is_planned_rises_on_the_day_a_stage_is_due() -> None:
    stages = read_stages("2019-03-31:30; 2019-12-31:100")
    days = (date(2019, 3, 30), date(2019, 3, 31), date(2019, 12, 30), date(2020, 1, 1))
    assert [planned_percent(stages, day) for day in days] == [0, 30, 30, 100]
