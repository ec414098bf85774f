"""The tables that are kept in tests/cities/expected/: one a scheme, and one of departments for a cycle without any."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import cache
from pathlib import Path

from tests.cities.by_hand.arithmetic import half_up
from tests.cities.by_hand.files import YEAR, Row, Year, in_force, name_of, periods
from tests.cities.by_hand.indicators import points_of
from tests.cities.by_hand.results import Sum, parts, result
from tests.cities.by_hand.standing import grades, prizes, ranks

EXAMPLES = Path(__file__).parents[3] / "examples"
EXPECTED = Path(__file__).parents[1] / "expected"
CITIES = ("seoul-2019", "osan-2023", "hanam-2022", "gwangju-2019", "bucheon-2006")
UNDECIDED = "(결정 필요)"


@cache
def year_of(city: str) -> Year:
    """The files of a city's example."""
    return Year(EXAMPLES / city)


def tables() -> Iterator[tuple[str, bytes]]:
    """Name and content of every table."""
    for city in CITIES:
        year = year_of(city)
        name = city.partition("-")[0]
        schemes = {(row["성과주기"], row["코드"]): None for row in year.rows("평가체계")}
        for cycle, scheme in schemes:
            yield f"{name}-{scheme}-{cycle}.csv", _written(of_scheme(year, cycle, scheme))
        with_schemes = {cycle for cycle, _ in schemes}
        for cycle in dict.fromkeys(row["성과주기"] for row in year.rows("기간")):
            if cycle not in with_schemes and year.of("지표", 성과주기=cycle, 평가반영="예"):
                yield f"{name}-departments-{cycle}.csv", _written(of_departments(year, cycle))


def of_scheme(year: Year, cycle: str, scheme: str) -> list[list[str]]:
    """The year (기간 blank), then every period in which the scheme gives anything; subjects as in 평가대상."""
    in_periods = [
        period
        for period in periods(year, cycle)
        if any(part["결합"] not in ("", "연간") for part in parts(year, cycle, scheme, period))
    ]
    codes = list(
        dict.fromkeys(
            part["코드"] for period in (YEAR, *in_periods) for part in parts(year, cycle, scheme, period)
        )
    )
    head = ["기간", "코드", "이름", "구분", *codes, "총점", "순위", "등급", "포상"]
    rows = [row for period in (YEAR, *in_periods) for row in _of_period(year, cycle, scheme, period, codes)]
    return [head, *rows]


def _of_period(year: Year, cycle: str, scheme: str, period: str, codes: Sequence[str]) -> Iterator[list[str]]:
    ranked = result(year, cycle, scheme, period)
    found = {one.subject: one for one in ranked}
    rank = ranks(ranked)
    grade, prize = _for_the_year(year, cycle, scheme, ranked) if period == YEAR else ({}, {})
    for row in year.of("평가대상", 성과주기=cycle, 체계=scheme):
        one = found[row["코드"]]
        points = [shown(one.points.get(code)) for code in codes]
        told = [shown(one.total), str(rank[one.subject])]
        given = [grade.get(one.subject, ""), prize.get(one.subject, "")]
        yield [period, one.subject, name_of(year, one.subject), one.group, *points, *told, *given]


def _for_the_year(
    year: Year, cycle: str, scheme: str, ranked: Sequence[Sum]
) -> tuple[dict[str, str], dict[str, str]]:
    def of(name: str) -> list[Row]:
        return in_force(year, name, cycle, scheme, YEAR)

    (version,) = of("평가체계")
    prize = prizes(ranked, of("포상"))
    open_ = {code: name + UNDECIDED for code, name in prize.undecided.items()}
    return grades(ranked, of("등급"), lower=version["동점처리"] == "아랫등급"), prize.given | open_


def of_departments(year: Year, cycle: str) -> list[list[str]]:
    """Points and weights of each department's scored indicators, in the year and in every period."""
    scored = dict.fromkeys(row["부서"] for row in year.of("지표", 성과주기=cycle, 평가반영="예"))
    rows = [["기간", "코드", "이름", "점수", "가중치"]]
    for period in (YEAR, *periods(year, cycle)):
        for code in scored:
            points, weight = points_of(year, cycle, (code,), period)
            rows.append([period, code, name_of(year, code), shown(points), shown(weight)])
    return rows


def shown(value: Fraction | None) -> str:
    """With two decimals; blank for what does not apply. Raises an error rather than round."""
    if value is None:
        return ""
    assert half_up(value, 2) == value, f"{value} has more than two decimals"
    hundredths = int(abs(value) * 100)
    return f"{'-' if value < 0 else ''}{hundredths // 100}.{hundredths % 100:02}"


def _written(rows: list[list[str]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().encode()
