from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.scoring import Rollup, points, roll_up, share_out

D = Decimal
figures = st.decimals(-(10**17), 10**17, places=4)
periods = st.lists(st.none() | figures, max_size=12)
weightings = st.dictionaries(st.integers(), st.decimals(0, 100, places=2), max_size=12)


@pytest.mark.parametrize(
    ("rollup", "expected"),
    [(Rollup.SUM, "9"), (Rollup.MEAN, "3"), (Rollup.LAST, "2.5"), (Rollup.MAX, "4.5")],
)
def test_na_leaves_the_roll_up(rollup: Rollup, expected: str) -> None:
    assert roll_up([D(2), None, D("4.5"), D("2.5"), None], rollup) == D(expected)


@pytest.mark.parametrize("rollup", Rollup)
def test_a_roll_up_of_nothing_but_na_is_na(rollup: Rollup) -> None:
    assert roll_up([None, None], rollup) is None and roll_up([], rollup) is None


@pytest.mark.parametrize("rollup", Rollup)
def test_zero_is_a_value_and_not_na(rollup: Rollup) -> None:
    assert roll_up([D(0), None], rollup) == 0


def test_a_mean_is_rounded_half_up_to_four_decimals() -> None:
    assert roll_up([D(1), D(0), D(0)], Rollup.MEAN) == D("0.3333")
    assert roll_up([D("0.0001"), D(0)], Rollup.MEAN) == D("0.0001")
    assert roll_up([D("-0.0001"), D(0)], Rollup.MEAN) == D("-0.0001")


@given(periods, st.sampled_from(Rollup), st.integers(0, 12))
def test_na_anywhere_changes_nothing(values: Sequence[Decimal | None], rollup: Rollup, place: int) -> None:
    assert roll_up([*values[:place], None, *values[place:]], rollup) == roll_up(values, rollup)


@given(st.lists(figures, min_size=1, max_size=12))
def test_mean_and_last_and_max_lie_among_the_values(values: list[Decimal]) -> None:
    for rollup in (Rollup.MEAN, Rollup.LAST, Rollup.MAX):
        result = roll_up(values, rollup)
        assert result is not None and min(values) <= result <= max(values)


@given(st.lists(figures, min_size=1, max_size=12), st.randoms(use_true_random=False))
def test_only_last_minds_the_order(values: list[Decimal], random: object) -> None:
    shuffled = list(values)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    for rollup in (Rollup.SUM, Rollup.MEAN, Rollup.MAX):
        assert roll_up(shuffled, rollup) == roll_up(values, rollup)


@given(figures, st.sampled_from(Rollup))
def test_one_period_rolls_up_to_itself(value: Decimal, rollup: Rollup) -> None:
    assert roll_up([value], rollup) == value


@pytest.mark.parametrize(
    ("weight", "reached", "digits", "expected"),
    [
        ("12", "100", 1, "12.0"),
        ("12", "97.3", 2, "11.68"),
        ("5", "66.7", 1, "3.3"),
        ("5", "66.7", 2, "3.34"),
        ("5", "0", 2, "0.00"),
        ("10", "110", 0, "11"),
        ("-2", "56.25", 2, "-1.13"),
    ],
)
def test_points_are_weight_times_achievement_half_up(
    weight: str, reached: str, digits: int, expected: str
) -> None:
    assert str(points(D(weight), D(reached), digits)) == expected


def test_the_weight_of_na_goes_to_the_rest_in_proportion() -> None:
    weights = {"a": D(50), "b": D(30), "c": D(20)}
    assert share_out(weights, {"c"}) == {"a": D("62.5"), "b": D("37.5"), "c": D(0)}
    assert share_out(weights, {"a", "c"}) == {"a": D(0), "b": D(100), "c": D(0)}
    assert share_out(weights, ()) == weights


def test_what_rounding_leaves_goes_to_the_largest_remainder_and_the_earlier_of_equals() -> None:
    thirds = share_out(dict.fromkeys("abcd", D(25)), {"d"})
    assert thirds == {"a": D("33.34"), "b": D("33.33"), "c": D("33.33"), "d": D(0)}
    assert share_out({"a": D(10), "b": D(60), "c": D(30)}, {"c"}) == {
        "a": D("14.29"),
        "b": D("85.71"),
        "c": D(0),
    }
    assert share_out(dict.fromkeys("abcd", D(25)), {"d"}, digits=0)["a"] == D(34)


def test_weights_finer_than_the_digits_keep_their_sum() -> None:
    weights = {"a": D("33.333"), "b": D("33.333"), "c": D("33.334")}
    assert sum(share_out(weights, {"c"}, digits=1).values()) == D(100)


def test_when_nobody_is_left_to_take_it_there_is_no_weight_at_all() -> None:
    assert share_out({"a": D(60), "b": D(40)}, {"a", "b"}) == {"a": D(0), "b": D(0)}
    assert share_out({"a": D(100), "unscored": D(0)}, {"a"}) == {"a": D(0), "unscored": D(0)}
    assert share_out({}, ()) == {}


@given(weightings, st.data(), st.integers(0, 4))
def test_the_sum_of_the_weights_stays_exact(
    weights: dict[int, Decimal], data: st.DataObject, digits: int
) -> None:
    gone = data.draw(st.sets(st.sampled_from(sorted(weights)))) if weights else set()
    shares = share_out(weights, gone, digits)
    left = {key: weight for key, weight in weights.items() if key not in gone}
    assert list(shares) == list(weights)
    assert sum(shares.values()) == (sum(weights.values()) if any(left.values()) else 0)
    assert all(shares[key] == 0 for key in weights if key in gone or not weights[key])
    if any(left.values()):
        assert all(shares[one] <= shares[other] for one in left for other in left if left[one] < left[other])
        factor = sum(weights.values()) / sum(left.values())
        assert all(abs(shares[key] - weight * factor) <= 1 for key, weight in left.items())


def test_of_equal_remainders_the_earlier_takes_what_is_left() -> None:
    # 40 of 100 are shared out by 50 : 5 : 5, so 83.333…, 8.333…, 8.333…: one hundredth is left, and all want it alike.
    weights = {"a": D(50), "b": D(5), "c": D(5), "d": D(40)}
    assert share_out(weights, {"d"}) == {"a": D("83.34"), "b": D("8.33"), "c": D("8.33"), "d": D(0)}
