"""What a year will come to: tables worked by hand, and what holds for any year."""

from __future__ import annotations

from decimal import Decimal
from statistics import NormalDist

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from models.forecast.goal import Goal
from models.forecast.projection import LIKELY, Basis, Method, Outlook, project
from models.scoring import Rollup, roll_up

D = Decimal
SUM, MEAN, LAST, MAX = Rollup.SUM, Rollup.MEAN, Rollup.LAST, Rollup.MAX
FIVE_AND_FIFTEEN = ((2016, D(100)), (2017, D(105)), (2018, D("120.75")))
"""Changes of 5 % and 15 %: their sample standard deviation is √((0.05² + 0.05²) / 1) = 0.0707107."""


def year(text: str) -> list[Decimal | None]:
    """`90 80 . .`: a dot is still to come."""
    return [None if one == "." else D(one) for one in text.split()]


def outlook(
    rollup: Rollup, text: str, *, least: str = "", most: str = "", past: object = (), events: bool = False
) -> Outlook | None:
    goal = Goal(D(least) if least else None, D(most) if most else None, events)
    return project(rollup, year(text), past, goal)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("rollup", "text", "value", "spread", "method"),
    [
        # 300 in 3 of 12, so 1,200. Deviation of 90, 100, 110 is 10; 9 more: 9 × 10 × √(1/9 + 1/3) = 60.
        (SUM, "90 100 110 . . . . . . . . .", "1200", "60", Method.PACE),
        # Two of four, no deviation of their own.
        (SUM, "800 700 . .", "3000", None, Method.PACE),
        # A gap is still to come: 30 in 3, 3 more of none's spread.
        (SUM, "10 . 10 10 . .", "60", "0", Method.PACE),
        # Mean 93; deviation of 90, 93, 96 is 3; one more of four: ¼ × 3 × √(1 + 1/3) = 0.8660254.
        (MEAN, "90 93 96 .", "93", "0.8660254", Method.MEAN),
        (MEAN, "90 94 . .", "92", None, Method.MEAN),
        # Two values have no trend.
        (LAST, "91.2 90.8 . .", "90.8", None, Method.LATEST),
        # (90 − 96) / 2 = −3 a quarter, and no more than one to come. The changes −2 and −4 deviate by √2:
        # √2 × √(1 × (1 + 1/2)) = √3.
        (LAST, "96 94 90 .", "87", "1.7320508", Method.TREND),
        # Over a gap: (40 − 10) / 3 = 10 for each of two more; the changes are 10, 10.
        (LAST, "10 20 . 40 . .", "60", "0", Method.TREND),
        # Never below 0 so far, nor then: 2 − 2 × 4 would be.
        (LAST, "10 6 2 . .", "0", "0", Method.TREND),
        (MAX, "3 7 5 .", "7", None, Method.LARGEST),
    ],
)
def test_worked_by_hand(rollup: Rollup, text: str, value: str, spread: str | None, method: Method) -> None:
    made = outlook(rollup, text, least="50")
    assert made is not None
    assert (made.value, made.method) == (D(value), method)
    if spread is None:
        assert made.high is None and made.basis is Basis.NONE
    else:
        assert made.high is not None and made.basis is Basis.OWN
        assert abs(made.high - made.value - D(spread)) < D("1e-7")


@pytest.mark.parametrize(
    ("rollup", "text", "value", "spread"),
    [
        # 0.0707107 × 400 × √(2/2), 0.0707107 × 400 × √(1/3).
        (SUM, "100 100 . .", "400", "28.2842712"),
        (SUM, "100 100 100 .", "400", "16.3299316"),
        (MEAN, "100 100 . .", "100", "7.0710678"),
        # Of a walk half the year is left: 0.0707107 × 100 × √(2/4).
        (LAST, "90 100 . .", "100", "5"),
        # One quarter is enough where past years say how much one differs from the next: × √(3/4).
        (LAST, "100 . . .", "100", "6.1237244"),
    ],
)
def test_the_spread_of_past_years_worked_by_hand(rollup: Rollup, text: str, value: str, spread: str) -> None:
    made = outlook(rollup, text, least="50", past=FIVE_AND_FIFTEEN)
    assert made is not None and made.high is not None
    assert (made.value, made.basis) == (D(value), Basis.PAST)
    assert abs(made.high - made.value - D(spread)) < D("1e-7")


@pytest.mark.parametrize(
    ("rollup", "text", "past"),
    [
        (SUM, ". . . .", FIVE_AND_FIFTEEN),  # no actual
        (SUM, "100 . . .", ()),  # one alone
        (SUM, "100 .", ()),  # half a year
        (SUM, "100 .", ((2017, D(105)), (2018, D(110)))),  # one change has no deviation
        (
            SUM,
            "100 .",
            ((2015, D(100)), (2017, D(105)), (2018, D(110))),
        ),  # nor have two of which one is of two years
        (SUM, "100 .", ((2016, D(0)), (2017, D(105)), (2018, D(110)))),  # nothing is a proportion of 0
        (SUM, "100 .", ((2015, D(100)), (2016, D(105)), (2017, D(110)), (2018, D(-1)))),
        (SUM, "100 100 . . . . . . . . . .", FIVE_AND_FIFTEEN),  # less than a quarter of the year
        (LAST, "24 . . .", FIVE_AND_FIFTEEN),  # a running total, perhaps
        (LAST, "24 48 . .", ()),
        (LAST, "24 48 . .", FIVE_AND_FIFTEEN),
    ],
)
def test_it_is_silent_where_it_cannot_know(rollup: Rollup, text: str, past: object) -> None:
    assert outlook(rollup, text, least="1000000", past=past) is None


def test_half_a_year_is_enough_with_three_past_years() -> None:
    made = outlook(SUM, "50 .", least="120", past=FIVE_AND_FIFTEEN)
    # 0.0707107 × 100 × √(1/1).
    assert made is not None and made.is_warning and made.value == 100
    assert made.low is not None and abs(made.low - D("92.9289322")) < D("1e-7")


@pytest.mark.parametrize(
    ("text", "past", "value"),
    [("10 6 2 . .", (), "0"), ("10 6 2 . .", ((2018, D(-3)),), "-6"), ("-2 -4 -6 . .", (), "-10")],
)
def test_only_what_was_below_0_before_is_expected_below_0(text: str, past: object, value: str) -> None:
    made = outlook(LAST, text, least="50", past=past)
    assert made is not None and made.value == D(value)


def test_a_running_total_is_seen_from_three_values_on() -> None:
    made = outlook(LAST, "10 20 30 . . . . . . . . .", least="110")
    assert made is not None and not made.is_missed and made.value == 120


@pytest.mark.parametrize(
    ("rollup", "text", "most", "events", "is_warning"),
    [
        (SUM, "60 50 . .", "100", False, True),  # 110 already
        (SUM, "110 . . .", "100", False, True),  # though one value alone says nothing of the year
        (MAX, "60 120 . .", "100", False, True),
        (MAX, "60 90 . .", "100", False, False),
        (SUM, "0 1 . .", "0", True, True),
        (LAST, "1 . . .", "0", True, True),
        (SUM, "1 0 1 .", "2", True, False),  # two are borne
        (SUM, "0 0 0 .", "0", True, False),  # nobody reckons with an accident
    ],
)
def test_what_has_gone_too_far_is_missed_at_once(
    rollup: Rollup, text: str, most: str, events: bool, is_warning: bool
) -> None:
    made = outlook(rollup, text, most=most, events=events)
    assert bool(made and made.is_warning) is is_warning
    if is_warning:
        assert made is not None and made.method is Method.EXCEEDED


def test_a_sum_that_can_become_less_is_not_over_with() -> None:
    made = outlook(SUM, "60 80 -10 .", most="120")
    assert made is not None and made.method is Method.PACE


@pytest.mark.parametrize(("text", "is_warning"), [("60 90 . .", False), ("60 90 80 .", True)])
def test_a_largest_value_is_given_up_when_two_thirds_of_the_year_are_gone(
    text: str, is_warning: bool
) -> None:
    made = outlook(MAX, text, least="100")
    assert made is not None and made.is_warning is is_warning


@pytest.mark.parametrize(("least", "is_missed"), [("103", False), ("104", True)])
def test_a_miss_within_the_usual_spread_is_no_warning(least: str, is_missed: bool) -> None:
    # 7.0710678 × 0.43 = 3.04.
    made = outlook(MEAN, "100 100 . .", least=least, past=FIVE_AND_FIFTEEN)
    assert made is not None and made.is_missed is is_missed


def test_a_range_is_missed_on_either_side() -> None:
    for text, target in (("10 10 10 .", "20"), ("50 50 50 .", "40")):
        made = outlook(MEAN, text, least="20", most="40")
        assert made is not None and made.is_warning and made.target == D(target)
    made = outlook(MEAN, "30 30 30 .", least="20", most="40")
    assert made is not None and not made.is_missed


def test_a_year_that_is_over_is_no_early_warning() -> None:
    made = outlook(MEAN, "90 90", least="95")
    assert made is not None and made.is_missed and not made.is_warning


def test_without_a_goal_nothing_is_projected() -> None:
    assert project(SUM, year("1 2 3 ."), (), None) is None


figures = st.decimals(0, 100_000, places=2)
rollups = st.sampled_from(Rollup)
pasts = st.lists(st.decimals(1, 100_000, places=2), max_size=5).map(
    lambda values: tuple((2010 + at, value) for at, value in enumerate(values))
)


@st.composite
def years(draw: st.DrawFn, *, is_whole: bool = False) -> list[Decimal | None]:
    """Up to twelve periods, reported in order or with gaps."""
    values = draw(st.lists(figures, min_size=1, max_size=12))
    if is_whole:
        return list(values)
    come = draw(st.lists(st.booleans(), min_size=len(values), max_size=len(values)))
    return [value if has_come else None for value, has_come in zip(values, come, strict=True)]


@given(rollups, years(is_whole=True), pasts, figures)
def test_a_whole_year_is_its_roll_up(
    rollup: Rollup, actuals: list[Decimal | None], past: object, least: Decimal
) -> None:
    made = project(rollup, actuals, past, Goal(at_least=least))  # type: ignore[arg-type]
    assert made is not None
    assert (made.value, made.method) == (roll_up(actuals, rollup), Method.COMPLETE)


@given(rollups, years(), pasts, figures)
def test_the_value_lies_within_its_range(
    rollup: Rollup, actuals: list[Decimal | None], past: object, least: Decimal
) -> None:
    made = project(rollup, actuals, past, Goal(at_least=least))  # type: ignore[arg-type]
    assume(made is not None)
    assert made is not None
    assert made.low is None or made.low <= made.value
    assert made.high is None or made.value <= made.high
    assert made.value >= 0 and (made.low is None or made.low >= 0)


@given(st.sampled_from([SUM, MAX]), years(), pasts, figures)
def test_what_is_reached_for_good_is_never_warned_of(
    rollup: Rollup, actuals: list[Decimal | None], past: object, least: Decimal
) -> None:
    so_far = roll_up(actuals, rollup)
    assume(so_far is not None and so_far >= least)
    made = project(rollup, actuals, past, Goal(at_least=least))  # type: ignore[arg-type]
    assert made is None or not made.is_missed


@given(rollups, years(), pasts, figures, st.sampled_from([D("0.1"), D(3), D(1000)]))
def test_the_unit_does_not_matter(
    rollup: Rollup, actuals: list[Decimal | None], past: tuple[tuple[int, Decimal], ...], least: Decimal, by: Decimal
) -> None:  # fmt: skip
    assume(None in actuals)
    made = project(rollup, actuals, past, Goal(at_least=least))
    larger = project(
        rollup,
        [one if one is None else one * by for one in actuals],
        tuple((at, value * by) for at, value in past),
        Goal(at_least=least * by),
    )
    assert (made is None) == (larger is None)
    if made is not None and larger is not None:
        for one, other in ((made.value, larger.value), (made.low, larger.low), (made.high, larger.high)):
            assert (one is None) == (other is None)
            assert one is None or other is None or abs(one * by - other) < D("1e-3")


@given(rollups, years(), pasts, figures, figures)
def test_a_higher_target_is_missed_whenever_a_lower_one_is(
    rollup: Rollup, actuals: list[Decimal | None], past: object, one: Decimal, other: Decimal
) -> None:
    low, high = sorted((one, other))
    easy = project(rollup, actuals, past, Goal(at_least=low))  # type: ignore[arg-type]
    hard = project(rollup, actuals, past, Goal(at_least=high))  # type: ignore[arg-type]
    if easy is not None and easy.is_missed:
        assert hard is not None and hard.is_missed


@given(st.sampled_from([SUM, MEAN]), years(), pasts, figures, figures)
def test_better_actuals_never_make_a_worse_year(
    rollup: Rollup, actuals: list[Decimal | None], past: object, least: Decimal, more: Decimal
) -> None:
    known = [at for at, value in enumerate(actuals) if value is not None]
    assume(known)
    better = [value if at != known[0] or value is None else value + more for at, value in enumerate(actuals)]
    before = project(rollup, actuals, past, Goal(at_least=least))  # type: ignore[arg-type]
    after = project(rollup, better, past, Goal(at_least=least))  # type: ignore[arg-type]
    assert before is None or (after is not None and after.value >= before.value)


def test_the_threshold_is_two_in_three() -> None:
    assert abs(NormalDist().cdf(float(LIKELY)) - 2 / 3) < 0.001
