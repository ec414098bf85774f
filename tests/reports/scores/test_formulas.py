"""The scoring formulas where a program rounds the binary fraction it has, to the last digit."""

from decimal import ROUND_HALF_UP, Decimal
from statistics import fmean

import pytest

from models.scoring import Rollup, points, roll_up
from reports.scores.formulas import actual_formula, points_formula


def value_of(formula: str, **names: object) -> float:
    """What the formula gives in a program whose ROUND takes the fraction for what it is."""

    def strict_round(value: float, digits: int) -> float:
        return float(Decimal(value).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP))

    def sign(value: float) -> int:
        return (value > 0) - (value < 0)

    known = {"ROUND": strict_round, "AVERAGE": fmean, "SIGN": sign, "SUM": sum, "MAX": max}
    result: float = eval(formula, known | names)
    return result


@pytest.mark.parametrize("weight", ["1.005", "2.675", "8.165", "40"])
def test_what_is_half_way_in_decimals_is_rounded_up(weight):
    made = value_of(points_formula("weight", "100", 2), weight=float(weight))
    assert made == float(points(Decimal(weight), Decimal(100)))


@pytest.mark.parametrize(
    "values", [("0.0001", "0.0002"), ("-0.0001", "-0.0002"), ("8.0005", "8.0006"), ("-3", "3")]
)
def test_a_mean_is_rounded_away_from_zero(values):
    exact = [Decimal(value) for value in values]
    made = value_of(actual_formula(Rollup.MEAN, "values"), values=[float(value) for value in exact])
    mean = roll_up(exact, Rollup.MEAN)
    assert mean is not None
    assert made == float(mean.quantize(Decimal("0.0001"), ROUND_HALF_UP))


def test_a_sum_is_the_decimal_sum():
    assert value_of(actual_formula(Rollup.SUM, "values"), values=[0.1, 0.2]) == 0.3
