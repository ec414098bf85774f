"""The rows of 조직, 기간, 휴일 and 알림: the city with the expert organisation, its two halves, its reminders."""

from __future__ import annotations

from generator_of_cities.files import Row

from generator_of_osan.vocabulary import CITY, CYCLE, EXPERTS, OFFICE, departments

OF_CYCLE = {"성과주기": CYCLE, "성과주기명": "2023년 성과관리", "팀장확인": "예"}
PERIODS: tuple[Row, ...] = (
    {
        **OF_CYCLE,
        "코드": "H1",
        "이름": "상반기",
        "시작일": "2023-01-01",
        "종료일": "2023-06-30",
        "보고기한": "2023-07-14 18:00",
        "확인기한": "2023-07-19",
        "검토기한": "2023-07-31",
        "이의신청기한": "2023-08-09",
    },
    {
        **OF_CYCLE,
        "코드": "H2",
        "이름": "하반기",
        "시작일": "2023-07-01",
        "종료일": "2023-12-31",
        "보고기한": "2024-01-12 18:00",
        "확인기한": "2024-01-17",
        "검토기한": "2024-01-31",
        "이의신청기한": "2024-02-08",
    },
)
SPECIAL_DAYS: tuple[Row, ...] = (
    {"날짜": "2023-09-08", "이름": "오산시민의 날(시연용 휴무)", "구분": "휴무"},
)
STAGES = (
    ("보고", "담당자", "-7 -3 -1 0 1+"),
    ("보고", "팀장", "-1 0 1+"),
    ("보고", "부서장", "5"),
    ("보고", "관리자", "1+"),
    ("컨설팅", "담당자", "-5 -3 -1 0 1+"),
    ("컨설팅", "컨설턴트", "-3 -1 0 1+"),
    ("컨설팅", "관리자", "1+"),
    ("컨설팅", "참석자", "-3 -1 30m"),
    ("행사", "담당자", "-5 -1 0"),
    ("행사", "참석자", "-1 60m"),
)


def department_rows() -> list[Row]:
    """The city first, then its departments, the expert organisation last."""
    own = [
        {"코드": one.code, "이름": one.name, "구분": one.kind, "상위조직": one.parent}
        for one in departments()
    ]
    experts = {
        "코드": EXPERTS,
        "이름": "성과관리 전문기관",
        "구분": "기관",
        "상위조직": CITY,
        "감독부서": OFFICE,
    }
    return [{"코드": CITY, "이름": "오산시", "구분": "시"}, *own, experts]
