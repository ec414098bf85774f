"""The rows of 지표 and 목표, and what was reported for each half of the year."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_FLOOR, Decimal

from generator.chance import pick
from generator_of_cities import columns
from generator_of_cities.files import Row
from generator_of_cities.planned import NOT_APPLICABLE
from generator_of_cities.rules import rule_cells
from generator_of_cities.wording import evidence_of, file_of, formula_of

from generator_of_osan.people import Posts
from generator_of_osan.vocabulary import CYCLE, HALVES, indicators

PAST_YEARS = (2021, 2022)
COLUMNS = (*columns.INDICATORS, *(f"{year}실적" for year in PAST_YEARS))

EVIDENCE = "증빙"
"""The column of a report with the name of the file handed in."""

ONCE_A_YEAR, WHY_NOT = "연", "한 해에 한 번 연말에 측정하는 지표입니다."
# A figure that grows from January on is reported as it stands, and has a target of its own for the first half.
GROWING = {"누적": "최종"}
PLANNED_BY_MIDYEAR = "50"
ADDED_UP = ("상향", "하향A", "하향B")
WEIGHTS = {
    3: ((40, 30, 30), (40, 35, 25), (35, 35, 30)),
    4: ((30, 30, 20, 20), (25, 25, 25, 25), (40, 20, 20, 20), (30, 25, 25, 20)),
}


def indicator_rows(posts: Posts) -> list[Row]:
    """A row for each indicator; a department's officers take turns."""
    rows = []
    found = indicators()
    sizes: dict[str, int] = {}
    for one in found:
        sizes[one["부서"]] = sizes.get(one["부서"], 0) + 1
    for one in found:
        department, place = one["부서"], int(one["코드"].split("-")[1]) - 1
        officers = posts.officers[department]
        rollup = GROWING.get(one["집계방식"], one["집계방식"])
        rows.append(
            {
                **{name: one[name] for name in COLUMNS if name in one},
                "성과주기": CYCLE,
                "담당자": officers[place % len(officers)].number,
                "산식": formula_of(one["지표명"], one["산식"], one["배점방식"], rollup),
                "증빙자료": evidence_of(one["지표명"]),
                "증빙필수": "예",
                "가중치": str(_weights(department, sizes[department])[place]),
                "평가반영": "예",
                "집계방식": rollup,
                **rule_cells(one["배점방식"], one["규칙"]),
            }
        )
    return rows


def target_rows() -> Iterator[Row]:
    """The target of the year and, for what adds up or grows over it, of the halves it is reported for."""
    for one in indicators():
        for period, value in {"": one["목표치"], **_targets_of_halves(one)}.items():
            yield {"성과주기": CYCLE, "지표코드": one["코드"], "기간": period, "목표치": value}


def _targets_of_halves(one: Row) -> Row:
    """By half. A sum of the year says nothing of a half, so that each has a target of its own."""
    first, second = HALVES
    if one["집계방식"] in GROWING:
        return {first: PLANNED_BY_MIDYEAR, second: one["목표치"]}
    if one["집계방식"] != "합계":
        return {}
    if one["주기"] == ONCE_A_YEAR:
        return {second: one["목표치"]}
    if one["배점방식"] not in ADDED_UP:
        return dict.fromkeys(HALVES, one["목표치"])
    year = Decimal(one["목표치"])
    half = _half(year)
    return {first: f"{half:f}", second: f"{year - half:f}"}


def actual_rows() -> Iterator[Row]:
    """Two rows for each indicator; what is measured once a year does not apply to the first half."""
    for one in indicators():
        name = file_of(one["코드"], one["지표명"]).removesuffix(".pdf")
        first, second = ({"성과주기": CYCLE, "지표코드": one["코드"], "기간": half} for half in HALVES)
        if one["주기"] == ONCE_A_YEAR:
            yield {**first, "실적": NOT_APPLICABLE, "사유": WHY_NOT}
        else:
            yield {**first, "실적": one["상반기"], EVIDENCE: f"{name}(상반기).pdf"}
        recognised = one["하반기인정"]
        doubt = {"인정실적": recognised, "사유": one["사유"], "반려": "예"} if recognised else {}
        yield {**second, "실적": one["하반기"], EVIDENCE: f"{name}(하반기).pdf", **doubt}


def _half(year: Decimal) -> Decimal:
    """Half of a target with as many decimals as it has, the smaller half first."""
    exponent = year.as_tuple().exponent
    assert isinstance(exponent, int)
    return (year / 2).quantize(Decimal(1).scaleb(exponent), ROUND_FLOOR)


def _weights(department: str, size: int) -> tuple[int, ...]:
    return pick(WEIGHTS[size], "오산", department, "weights")
