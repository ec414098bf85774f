"""What the parts of a scheme take from files: pieces of indicators, ratings and owners, and what comes on top."""

from __future__ import annotations

from fractions import Fraction

from tests.cities.by_hand.arithmetic import added
from tests.cities.by_hand.files import (
    NOT_APPLICABLE,
    YEAR,
    Row,
    Year,
    department_of,
    departments_below,
    last_day,
)
from tests.cities.by_hand.indicators import points_of
from tests.cities.by_hand.kinds import achievement

BASE = ("지표", "평가", "소관", "다른평가")
LESS = ("감점", "컨설팅감점")


def departments(year: Year, part: Row, subject: Row) -> tuple[str, ...]:
    """Those whose indicators and deductions count: the subject's, and by 범위 the ones below it."""
    own = subject["부서"] or department_of(year, subject["코드"])
    return (own, *(departments_below(year, own) if part["범위"] == "하위" else ()))


def of_indicators(year: Year, part: Row, subject: Row, period: str) -> Fraction | None:
    """100 × Σ points ÷ Σ weights; None where no indicator applies."""
    points, weight = points_of(year, part["성과주기"], departments(year, part, subject), period)
    return points * 100 / weight if weight else None


def of_owner(year: Year, part: Row, subject: Row, period: str) -> Fraction | None:
    """What the owner gave, in per cent; 0 where nothing was given yet, None where it does not apply."""
    about = {"성과주기": part["성과주기"], "체계": part["체계"], "항목": part["코드"]}
    given = year.of("actuals/소관", **about, 기간=period, 대상=subject["코드"])
    if not given:
        return Fraction(0)
    value = given[-1]["값"]
    if value == NOT_APPLICABLE:
        return None
    if not part["배점방식"]:
        return Fraction(value) * 100 / Fraction(part["배점"])
    rule = part | {"소수자리": part["달성률자리"]}
    return achievement(rule, part["목표치"], Fraction(value), last_day(year, part["성과주기"], period))


def on_top(year: Year, part: Row, subject: Row, period: str) -> Fraction:
    """Points of a bonus, of mileage, or (below 0) of a deduction; at most the part's points, if it has any."""
    given = _mileage if part["원천"] == "마일리지" else _confirmed
    points = given(year, part, subject, period)
    most = min(points, Fraction(part["배점"])) if part["배점"] else points
    return -most if part["원천"] in LESS else most


def _mileage(year: Year, part: Row, subject: Row, period: str) -> Fraction:
    """Of another cycle in the year only, and that cycle's whole."""
    cycle = part["근거"] or part["성과주기"]
    if period != YEAR and cycle != part["성과주기"]:
        return Fraction(0)
    return points_of(year, cycle, departments(year, part, subject), period)[0]


def _confirmed(year: Year, part: Row, subject: Row, period: str) -> Fraction:
    """In a period what was given for it, in the year everything. Consultation counts in the year only, and is a
    matter of departments; bonus and deduction are the subject's own."""
    consultation = part["원천"] == "컨설팅감점"
    whom = {*departments(year, part, subject), subject["코드"]} if consultation else {subject["코드"]}
    about = {"성과주기": part["성과주기"], "체계": part["체계"], "항목": part["코드"], "결과": "확정"}
    counted = [
        row
        for row in year.of("actuals/가감점", **about)
        if row["대상"] in whom and (period == YEAR or (row["기간"] == period and not consultation))
    ]
    return added([Fraction(row["점수"]) for row in counted])
