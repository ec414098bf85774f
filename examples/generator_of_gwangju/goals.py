"""The rows of 지표 and 목표, and what was reported for them at the end of the year."""

from __future__ import annotations

from generator_of_cities import columns
from generator_of_cities.files import Row
from generator_of_cities.planned import NOT_APPLICABLE
from generator_of_cities.rules import rule_cells
from generator_of_cities.wording import evidence_of, file_of, formula_of

from generator_of_gwangju.people import Posts
from generator_of_gwangju.vocabulary import CYCLE, PERIOD, goals

PAST_YEARS = (2016, 2017, 2018)
COLUMNS = (*columns.INDICATORS, *(f"{year}실적" for year in PAST_YEARS))
ROLLUP = "최종"
EVIDENCE = "증빙"
"""The column of a report with the name of the file handed in."""


def indicator_rows(posts: Posts) -> list[Row]:
    """A row for each goal; the institution's last officer is the second one of the others' goals."""
    rows = []
    for goal in goals():
        officers = posts.officers[goal["기관"]]
        officer, second = officers[int(goal["담당"]) - 1], officers[-1]
        rows.append(
            {
                **{name: goal[name] for name in COLUMNS if name in goal},
                "성과주기": CYCLE,
                "부서": goal["기관"],
                "담당자": officer.number,
                "부담당자": second.number if second is not officer else "",
                "산식": formula_of(goal["지표명"], goal["산식"], goal["배점방식"], ROLLUP),
                "증빙자료": evidence_of(goal["지표명"]),
                "증빙필수": "예",
                "평가반영": "예",
                "집계방식": ROLLUP,
                **rule_cells(goal["배점방식"], goal["규칙"]),
            }
        )
    return rows


def target_rows() -> list[Row]:
    """The target of the year; none for what is only done or not done."""
    return [
        {"성과주기": CYCLE, "지표코드": goal["코드"], "기간": "", "목표치": goal["목표치"]}
        for goal in goals()
    ]


def actual_rows() -> list[Row]:
    """What is reported of each goal, and what is recognised of it where that is another value."""
    rows = []
    for goal in goals():
        row = {"성과주기": CYCLE, "지표코드": goal["코드"], "기간": PERIOD}
        row |= {name: goal[name] for name in ("실적", "인정실적", "사유", "반려")}
        if goal["실적"] != NOT_APPLICABLE:
            row[EVIDENCE] = file_of(goal["코드"], goal["지표명"])
        rows.append(row)
    return rows
