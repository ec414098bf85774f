"""The rows of 조직: the city, its divisions that supervise, and the institutions."""

from __future__ import annotations

from generator_of_cities.files import Row

from generator_of_gwangju.vocabulary import CITY, CYCLE, PERIOD, departments, institutions

PERIODS: tuple[Row, ...] = (
    {
        "성과주기": CYCLE,
        "성과주기명": "2019년 공공기관 성과관리",
        "코드": PERIOD,
        "이름": "연말",
        "시작일": "2019-01-01",
        "종료일": "2019-12-31",
        "보고기한": "2020-01-10 18:00",
        "확인기한": "2020-01-15",
        "검토기한": "2020-01-31",
        "이의신청기한": "2020-02-28",
        "팀장확인": "예",
    },
)
SPECIAL_DAYS: tuple[Row, ...] = (
    {"날짜": "2019-05-21", "이름": "광주시민의 날(시연용 휴무)", "구분": "휴무"},
)
# A year's report is prepared early, and its team lead told of it before the last day.
STAGES = (
    ("보고", "담당자", "-20 -10 -5 -3 -1 0 1+"),
    ("보고", "부담당자", "-3 -1+"),
    ("보고", "팀장", "-5 -1+"),
    ("보고", "관리자", "1+"),
    ("보완", "담당자", "-3 -1 0 1+"),
    ("보완", "팀장", "-1+"),
    ("보완", "관리자", "1+"),
    ("평정", "담당자", "-5 -3 -1 0 1+"),
    ("평정", "관리자", "1+"),
)


def department_rows() -> list[Row]:
    """The city first, then its bureaus and divisions, the institutions last."""
    own = [
        {"코드": one.code, "이름": one.name, "구분": "기관", "상위조직": CITY, "감독부서": one.supervisor}
        for one in institutions()
    ]
    return [{"코드": CITY, "이름": "광주광역시", "구분": "시"}, *departments(), *own]
