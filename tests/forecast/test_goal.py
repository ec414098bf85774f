"""What goal a rule sets the year, kind by kind."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from models.forecast.goal import Goal, goal_of
from models.scoring import Kind, Rule, Step

D = Decimal
COSTS = (Step(D(0), D(100)), Step(D(3), D(50)))


def rule(kind: Kind, **more: Any) -> Rule:
    return Rule(kind=kind, floor=D(0), cap=D(100), digits=1, **more)


@pytest.mark.parametrize(
    ("kind", "more", "goal"),
    [
        (Kind.HIGHER, {"target": D(95)}, Goal(at_least=D(95))),
        (Kind.LOWER_RATIO, {"target": D(8)}, Goal(at_most=D(8))),
        (Kind.LOWER_MIRROR, {"target": D(8)}, Goal(at_most=D(8))),
        (Kind.FROM_BASELINE, {"target": D(0), "baseline": D(5)}, Goal(at_most=D(0))),
        (Kind.FROM_BASELINE, {"target": D(0), "baseline": D(-5)}, Goal(at_least=D(0))),
        (Kind.GRADED_TARGET, {"target": D(90), "low": D(80), "high": D(100)}, Goal(at_least=D(90))),
        (Kind.GRADED_TARGET, {"target": D(90), "low": D(100), "high": D(80)}, Goal(at_most=D(90))),
        (Kind.RANGE, {"low": D(20), "high": D(40)}, Goal(at_least=D(20), at_most=D(40))),
        (Kind.ZERO, {"steps": (Step(D(0), D(100)), Step(D(1), D(80)))}, Goal(at_most=D(0), is_about_events=True)),
        (Kind.ZERO, {"steps": COSTS}, Goal(at_most=D(2), is_about_events=True)),
        (Kind.ZERO, {"steps": (Step(D(0), D(100)),)}, None),
        (Kind.HIGHER, {}, None),
        (Kind.LOWER_RATIO, {}, None),
        (Kind.FROM_BASELINE, {"target": D(1)}, None),
        (Kind.GRADED_TARGET, {"low": D(80), "high": D(100)}, None),
        (Kind.STEPS, {"target": D(2), "steps": COSTS}, None),
        (Kind.MILESTONE, {"target": D(100)}, None),
        (Kind.YES_NO, {"target": D(1)}, None),
    ],
)  # fmt: skip
def test_the_goal_of_each_kind(kind: Kind, more: dict[str, Any], goal: Goal | None) -> None:
    assert goal_of(rule(kind, **more)) == goal


def test_how_far_a_value_is_from_the_goal() -> None:
    goal = Goal(at_least=D(20), at_most=D(40))
    assert [goal.missed_by(D(value)) for value in (15, 20, 30, 40, 42)] == [5, 0, 0, 0, 2]
    assert [goal.nearest(D(value)) for value in (15, 29, 31, 42)] == [20, 20, 40, 40]
