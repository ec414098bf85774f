"""The rows of 조직, 기간, 휴일 and 알림."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from datetime import date, timedelta

from generator_of_cities import reminders
from generator_of_cities.files import Row

from generator_of_bucheon.words import CITY, COMMITTEE, CYCLE, EVALUATION, MONTHS, SOCIAL, TASKS, words

# Each month's day of the report, in the month after: the first working days but a few, none of them late in a week.
REPORT_DAYS = (6, 6, 5, 8, 5, 5, 7, 5, 10, 6, 5, 8)
DAYS_TO_CONFIRM, DAYS_TO_REVIEW, DAYS_TO_OBJECT = 2, 7, 14

TWO_HALVES = (
    ("H1", "상반기", "2006-01-01", "2006-06-30", "2006-07-10 18:00", "2006-07-21"),
    ("H2", "하반기", "2006-07-01", "2006-12-31", "2007-01-10 18:00", "2007-01-22"),
)
YEAR = ("Y", "2006년", "2006-01-01", "2006-12-31", "2007-02-12 18:00", "2007-02-26")

# A month leaves few days: what is due is told two days before, on the day, and while it is late.
STAGES = (
    ("보고", "담당자", "-2 0 1+"),
    ("보고", "팀장", "1+"),
    ("보고", "관리자", "3"),
    ("확인", "팀장", "-1 0 1+"),
    ("검토", "평가자", "-2 0 1+"),
)


def department_rows() -> list[Row]:
    """The city, the bureaus with their divisions, and the committee."""
    city = {"코드": CITY, "이름": "부천시", "구분": "시"}
    committee = {
        "코드": COMMITTEE,
        "이름": "성과자문위원회",
        "구분": "기관",
        "상위조직": CITY,
        "감독부서": EVALUATION,
    }
    inside = [{key: row[key] for key in ("코드", "이름", "구분", "상위조직")} for row in words("departments")]
    return [city, *inside, committee]


def period_rows() -> list[Row]:
    """Twelve months, the halves of the innovation tasks, the year of the social indicators."""
    rows = [_month(number, code) for number, code in enumerate(MONTHS, 1)]
    rows += [_plain(TASKS, "2006년 혁신과제 마일리지", "예", half) for half in TWO_HALVES]
    return [*rows, _plain(SOCIAL, "2006년 사회지표", "아니오", YEAR)]


def special_day_rows() -> list[Row]:
    return [
        {"날짜": "2006-10-04", "이름": "시민의 날 행사(시연용 휴무)", "구분": "휴무"},
        {"날짜": "2006-12-30", "이름": "연말 실적 정리일(시연용 근무)", "구분": "근무"},
    ]


def reminder_rows() -> Iterator[Row]:
    """A row for each stage, and the quiet hours."""
    return reminders.reminder_rows(STAGES, "09:00", "20:00", "08:00")


def _month(number: int, code: str) -> Row:
    year, after = (2006, number + 1) if number < 12 else (2007, 1)
    report = date(year, after, REPORT_DAYS[number - 1])
    return {
        "성과주기": CYCLE,
        "성과주기명": "2006년 BSC 성과관리",
        "코드": code,
        "이름": f"{number}월",
        "시작일": f"2006-{number:02}-01",
        "종료일": f"2006-{number:02}-{calendar.monthrange(2006, number)[1]}",
        "보고기한": f"{report} 18:00",
        "확인기한": f"{report + timedelta(days=DAYS_TO_CONFIRM)} 18:00",
        "검토기한": f"{report + timedelta(days=DAYS_TO_REVIEW)}",
        "이의신청기한": f"{report + timedelta(days=DAYS_TO_OBJECT)}",
        "팀장확인": "예",
        "마일리지": "아니오",
    }


def _plain(cycle: str, name: str, mileage: str, period: tuple[str, ...]) -> Row:
    keys = ("코드", "이름", "시작일", "종료일", "보고기한", "검토기한")
    cells = dict(zip(keys, period, strict=True))
    return {"성과주기": cycle, "성과주기명": name, "팀장확인": "아니오", "마일리지": mileage, **cells}
