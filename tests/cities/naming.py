"""What the codes of an example's files are called in chat."""

from __future__ import annotations

from tests.cities.answers import rows


def name_of_subject(city: str, code: str) -> str:
    """A department by its code, or a person by their number."""
    names = {row["번호"]: row["이름"] for row in rows(city, "사람")}
    names |= {row["코드"]: row["이름"] for row in rows(city, "조직")}
    return names[code]


def title_of_year(city: str, cycle: str, period: str = "") -> str:
    """`2019년 성과관리 상반기`, `2019년 성과관리 연간`."""
    of_cycle = [row for row in rows(city, "기간") if row["성과주기"] == cycle]
    name = next((row["이름"] for row in of_cycle if row["코드"] == period), "연간")
    return f"{of_cycle[0]['성과주기명']} {name}"


def title_of_result(city: str, cycle: str, scheme: str, period: str = "") -> str:
    """`2019년 성과관리 연간 기관평가`."""
    of_scheme = [row for row in rows(city, "평가체계") if (row["성과주기"], row["코드"]) == (cycle, scheme)]
    return f"{title_of_year(city, cycle, period)} {of_scheme[-1]['이름']}"


def title_of_rating(city: str, cycle: str, rating: str, period: str = "") -> str:
    """`사전평가 · 상반기`; of a round of the whole year the name alone."""
    rounds = [row for row in rows(city, "평가") if (row["성과주기"], row["코드"]) == (cycle, rating)]
    name = next(row["이름"] for row in rounds if row["기간"] == period)
    periods = [row for row in rows(city, "기간") if row["성과주기"] == cycle]
    return next((f"{name} · {row['이름']}" for row in periods if row["코드"] == period), name)
