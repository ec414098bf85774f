"""The rows of 조직: the city, its bureaus and divisions, and an institution and the outside experts."""

from __future__ import annotations

from generator.vocabulary import Department

COLUMNS = ("코드", "이름", "구분", "상위조직", "감독부서", "시작일", "종료일")

CITY = "SEOUL"
EXPERTS = "E01"
EVALUATION_OFFICE = "평가협업담당관"
INSTITUTION = "I01"
"""The 45th of the institution evaluation: the plan has 44 bureaus, and this one no indicators."""


def department_rows(departments: list[Department]) -> list[dict[str, str]]:
    """The city first, then every bureau with its divisions, the experts last."""
    office = next(one.code for one in departments if one.name == EVALUATION_OFFICE)
    return [
        _row(CITY, "서울특별시", "시"),
        *(_row(one.code, one.name, one.kind, one.parent) for one in departments),
        _row(INSTITUTION, "서울시민배움원", "기관", CITY, office),
        _row(EXPERTS, "성과관리 전문기관", "기관", CITY, office),
    ]


def _row(code: str, name: str, kind: str, parent: str = "", supervisor: str = "") -> dict[str, str]:
    return dict(zip(COLUMNS, (code, name, kind, parent, supervisor, "", ""), strict=True))
