"""Indicators of the bureaus: four perspectives each, reported with the quarters or once at the end of the year."""

from __future__ import annotations

from generator_of_cities.columns import REPORT_PERIODS
from generator_of_cities.files import Row
from generator_of_cities.planned import WHOLE_CYCLE, Planned
from generator_of_cities.rules import rule_cells

from generator_of_bucheon.people import Posts
from generator_of_bucheon.words import CYCLE, MONTHS, QUARTER_ENDS, words

QUARTERLY = "분기"

RECOGNISED: dict[tuple[str, str], Row] = {
    ("B03-2", "M12"): {"인정실적": "341", "사유": "이행되지 않은 협약 25억원은 실적에서 뺍니다."},
    ("B05-4", "M12"): {"인정실적": "3", "사유": "같은 날 이어서 한 훈련 두 차례를 한 차례로 봅니다."},
    ("B01-1", "M12"): {"인정실적": "67.2", "사유": "무응답을 뺀 표본으로 다시 셈한 값입니다."},
}


def scorecard_indicators(posts: Posts) -> list[Planned]:
    """The 24 indicators of the six bureaus."""
    rows = words("bsc")
    bureaus = [row["국"] for row in rows]
    return [
        _indicator(row, posts, f"{row['국']}-{number - bureaus.index(row['국']) + 1}")
        for number, row in enumerate(rows)
    ]


def _indicator(row: Row, posts: Posts, code: str) -> Planned:
    cells = {
        "성과주기": CYCLE,
        "코드": code,
        "담당자": posts.officers[row["국"]].number,
        "부서": row["국"],
        "증빙필수": "예",
        "평가반영": "예",
        **rule_cells(row["배점방식"], row["규칙"]),
    }
    same = (
        "지표명",
        "관점",
        "전략목표",
        "단위",
        "산식",
        "증빙자료",
        "가중치",
        "배점방식",
        "집계방식",
        "최고",
    )
    cells |= {name: row[name] for name in same}
    cells |= {name: row[name] for name in row if name.endswith("실적") and name != "실적"}
    reported = QUARTER_ENDS if row["보고"] == QUARTERLY else MONTHS[-1:]
    own = row["분기목표"].split() or [row["목표"]]
    targets = {WHOLE_CYCLE: row["목표"], **dict(zip(reported, own, strict=True))}
    cells[REPORT_PERIODS] = "; ".join(reported)
    return Planned(cells, targets, dict(zip(reported, row["실적"].split(), strict=True)))
