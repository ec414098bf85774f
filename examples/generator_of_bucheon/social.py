"""The 160 social indicators in 13 fields under 6 themes: no score, and a new figure every year."""

from __future__ import annotations

from collections import Counter
from decimal import ROUND_HALF_UP, Decimal

from generator.chance import between
from generator_of_cities.files import Row
from generator_of_cities.planned import WHOLE_CYCLE, Planned

from generator_of_bucheon.people import Posts
from generator_of_bucheon.words import SOCIAL, words

YEARS_BEFORE = {"2003": 2, "2004": 1, "2005": 0}


def social_indicators(posts: Posts) -> list[Planned]:
    """The figure expected of the year stands as its target; what came is reported by the owner."""
    numbers: Counter[str] = Counter()
    planned = []
    for row in words("social"):
        division = row["부서"]
        numbers[division] += 1
        code = f"S{division[1:]}-{numbers[division]:02}"
        expected = _figure(row, Decimal(1))
        came = _figure(row, between("0.2", "1.9", code, "came"))
        planned.append(Planned(_cells(code, row, posts), {WHOLE_CYCLE: expected}, {"Y": came}))
    return planned


def _cells(code: str, row: Row, posts: Posts) -> Row:
    before = {
        f"{year}실적": _figure(row, -years - (between("-0.3", "0.3", code, year) if years else Decimal(0)))
        for year, years in YEARS_BEFORE.items()
    }
    return {
        "성과주기": SOCIAL,
        "코드": code,
        "지표명": row["지표명"],
        "부서": row["부서"],
        "담당자": posts.officers[row["부서"]].number,
        "부담당자": posts.second(row["부서"]),
        "관점": row["관점"],
        "전략목표": row["분야"],
        "단위": row["단위"],
        "산식": f"기준 연도의 {row['지표명']}(통계 작성 기준에 따름)",
        "증빙자료": "통계표 또는 조사 결과보고서",
        "증빙필수": "아니오",
        "가중치": "0",
        "평가반영": "아니오",
        "배점방식": "하향B" if row["연변화"].startswith("-") else "상향",
        "집계방식": "최종",
        **before,
    }


def _figure(row: Row, years: Decimal) -> str:
    """The level of 2005 and so many years of the usual change, written with as many decimals."""
    level = Decimal(row["수준"])
    exponent = level.as_tuple().exponent
    assert isinstance(exponent, int)
    value = level + Decimal(row["연변화"]) * years
    return f"{value.quantize(Decimal(1).scaleb(exponent), ROUND_HALF_UP):f}"
