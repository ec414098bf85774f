"""Points of the indicators of departments in a period, or in the year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from fractions import Fraction
from functools import cache

from tests.cities.by_hand.arithmetic import added, half_up, mean, share_out
from tests.cities.by_hand.files import NOT_APPLICABLE, YEAR, Row, Year, last_day, periods
from tests.cities.by_hand.kinds import achievement

By = dict[tuple[str, str], dict[str, str]]
"""By cycle and indicator: what was said for each period."""


@cache
def _recognised(year: Year) -> By:
    """What counts of each report: the recognised value, where another was recognised than reported."""
    found: By = defaultdict(dict)
    for row in year.rows("actuals/실적"):
        found[row["성과주기"], row["지표코드"]][row["기간"]] = row.get("인정실적") or row["실적"]
    return found


@cache
def _targets(year: Year) -> By:
    found: By = defaultdict(dict)
    for row in year.rows("목표"):
        found[row["성과주기"], row["지표코드"]][row["기간"]] = row["목표치"]
    return found


def points_of(year: Year, cycle: str, departments: Iterable[str], period: str) -> tuple[Fraction, Fraction]:
    """Σ points and Σ weights of the scored indicators of these departments; (0, 0) where none applies."""
    both = [_points_of_one(year, cycle, department, period) for department in departments]
    return added([points for points, _ in both]), added([weight for _, weight in both])


@cache
def _points_of_one(year: Year, cycle: str, department: str, period: str) -> tuple[Fraction, Fraction]:
    scored = year.of("지표", 성과주기=cycle, 부서=department, 평가반영="예")
    own = [row for row in scored if _is_in_sheet(row, period)]
    values = {row["코드"]: _value(year, row, period) for row in own}
    weights = share_out(
        {row["코드"]: Fraction(row["가중치"]) for row in own},
        {code for code, value in values.items() if value == NOT_APPLICABLE},
    )
    points = [_points(year, row, values[row["코드"]], weights[row["코드"]], period) for row in own]
    return added(points), added(weights.values())


def _is_in_sheet(row: Row, period: str) -> bool:
    """By 보고기간, a column that not every example has; the year's sheet has them all."""
    codes = [code.strip() for code in row.get("보고기간", "").split(";") if code.strip()]
    return period == YEAR or not codes or period in codes


def _value(year: Year, row: Row, period: str) -> Fraction | str | None:
    """The actual, rolled up for the year; 해당없음; or None where nothing was reported."""
    reported = _recognised(year)[row["성과주기"], row["코드"]]
    in_time = [code for code in periods(year, row["성과주기"]) if code in reported]
    told = [reported[code] for code in in_time if period in (YEAR, code)]
    numbers = [Fraction(value) for value in told if value != NOT_APPLICABLE]
    if not numbers:
        return NOT_APPLICABLE if told else None
    match row["집계방식"]:
        case "합계":
            return added(numbers)
        case "평균":
            # Values are kept with four decimals (docs/decisions/0009).
            return half_up(mean(numbers), 4)
        case "최대":
            return max(numbers)
    return numbers[-1]


def _points(year: Year, row: Row, value: Fraction | str | None, weight: Fraction, period: str) -> Fraction:
    """Weight × achievement ÷ 100, two decimals; 0 for what has a weight and nothing to be scored by."""
    if not isinstance(value, Fraction):
        return Fraction(0)
    on = last_day(year, row["성과주기"], period)
    reached = achievement(row, _target(year, row, period), value, on)
    return Fraction(0) if reached is None else half_up(weight * reached / 100, 2)


def _target(year: Year, row: Row, period: str) -> str:
    """That of the period; else the year's, but never for actuals that add up."""
    told = _targets(year)[row["성과주기"], row["코드"]]
    return told.get(period, "" if row["집계방식"] == "합계" else told.get(YEAR, ""))
