"""What the subjects of a scheme come to, in a period or in the year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from tests.cities.by_hand.arithmetic import added, half_up, mean, share_out
from tests.cities.by_hand.files import YEAR, Row, Year, department_of, departments_below, in_force, periods
from tests.cities.by_hand.pieces import BASE, of_indicators, of_owner, on_top
from tests.cities.by_hand.ratings import rated


@dataclass(frozen=True)
class Sum:
    """What a subject came to."""

    subject: str
    group: str
    points: dict[str, Fraction | None]
    """By part; None where it does not apply, below 0 for what is taken off."""
    total: Fraction
    ties: tuple[Fraction, ...]
    """The points that tell equals apart, the part with 동점순위 1 first."""

    @property
    def order(self) -> tuple[Fraction, ...]:
        """Higher is better; equal means that nothing tells them apart."""
        return (self.total, *self.ties)


@cache
def result(year: Year, cycle: str, scheme: str, period: str = YEAR) -> tuple[Sum, ...]:
    """All subjects of a scheme, best first."""
    subjects = year.of("평가대상", 성과주기=cycle, 체계=scheme)
    sums = [_sum(year, cycle, scheme, subject, period) for subject in subjects]
    return tuple(sorted(sums, key=lambda one: one.order, reverse=True))


def parts(year: Year, cycle: str, scheme: str, period: str = YEAR) -> list[Row]:
    """Those of the version in force."""
    return in_force(year, "배점", cycle, scheme, period)


def _sum(year: Year, cycle: str, scheme: str, subject: Row, period: str) -> Sum:
    (version,) = in_force(year, "평가체계", cycle, scheme, period)
    own = parts(year, cycle, scheme, period)
    points = _base_points(year, own, subject, period, int(version["소수자리"] or 2))
    points |= {part["코드"]: on_top(year, part, subject, period) for part in own if part["원천"] not in BASE}
    points = {part["코드"]: points[part["코드"]] for part in own}
    total = max(added([each for each in points.values() if each is not None]), Fraction(0))
    telling = sorted((part for part in own if part["동점순위"]), key=lambda part: int(part["동점순위"]))
    ties = tuple(points[part["코드"]] or Fraction(0) for part in telling)
    return Sum(subject["코드"], subject["구분"], points, total, ties)


def _base_points(
    year: Year, own: Sequence[Row], subject: Row, period: str, digits: int
) -> dict[str, Fraction | None]:
    base = [part for part in own if part["원천"] in BASE]
    pieces = {part["코드"]: piece(year, part, subject, period) for part in base}
    weights = share_out(
        {part["코드"]: Fraction(part["배점"]) for part in base},
        {code for code, each in pieces.items() if each is None},
    )
    return {
        code: None if each is None else half_up(weights[code] * each / 100, digits)
        for code, each in pieces.items()
    }


def piece(year: Year, part: Row, subject: Row, period: str = YEAR) -> Fraction | None:
    """The per cent that a base part gives, its periods combined for the year; None where it does not apply."""
    if part["결합"] in ("", "연간"):
        return _piece(year, part, subject, YEAR) if period == YEAR else None
    if period != YEAR:
        return _piece(year, part, subject, period)
    shares = _shares(part["기간비중"])
    codes = list(shares) or periods(year, part["성과주기"])
    found = {code: _piece(year, part, subject, code) for code in codes}
    given = {code: each for code, each in found.items() if each is not None}
    if not given:
        return None
    match part["결합"]:
        case "평균":
            return mean(given.values())
        case "합계":
            return added(given.values())
        case "비중":
            earned = added([shares[code] * each for code, each in given.items()])
            return earned / added([shares[code] for code in given])
    return list(given.values())[-1]


def _shares(text: str) -> dict[str, Fraction]:
    """`H1:40; H2:60`, by period."""
    parted = [one.partition(":") for one in text.split(";") if one.strip()]
    return {code.strip(): Fraction(share) for code, _, share in parted}


def _piece(year: Year, part: Row, subject: Row, period: str) -> Fraction | None:
    match part["원천"]:
        case "지표":
            return of_indicators(year, part, subject, period)
        case "평가":
            return rated(year, part["성과주기"], part["근거"], subject["코드"], period)
        case "소관":
            return of_owner(year, part, subject, period)
    return _of_other(year, part, subject, period)


def _of_other(year: Year, part: Row, subject: Row, period: str) -> Fraction | None:
    """The total in another scheme; by 범위 the mean of those in the departments below."""
    totals = {one.subject: one.total for one in result(year, part["성과주기"], part["근거"], period)}
    if part["범위"] != "하위":
        return totals.get(subject["코드"])
    below = departments_below(year, subject["코드"])
    theirs = [total for code, total in totals.items() if department_of(year, code) in below]
    return mean(theirs) if theirs else None
