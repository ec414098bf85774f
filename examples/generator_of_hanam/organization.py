"""The rows of 조직, 기간, 휴일 and 알림."""

from __future__ import annotations

from collections.abc import Iterator

from generator_of_cities import reminders
from generator_of_cities.files import Row

from generator_of_hanam.words import CITY, CYCLE, EXPERTS, INNOVATION, MOST_IN_A_TEAM, YEAR_END, teams, words

STAGES = (("보고", "담당자", "-5 -1 0 1+"), ("보고", "팀장", "1+"), ("평정", "담당자", "-3 0 1+"))


def department_rows() -> list[Row]:
    """The city, the bureaus with their divisions, the teams of at most four, and the outside experts."""
    city = {"코드": CITY, "이름": "하남시", "구분": "시"}
    experts = {
        "코드": EXPERTS,
        "이름": "벤치마킹 심사 전문가",
        "구분": "기관",
        "상위조직": CITY,
        "감독부서": INNOVATION,
    }
    inside = [{key: row[key] for key in ("코드", "이름", "구분", "상위조직")} for row in words("departments")]
    groups = [
        {
            "코드": team.code,
            "이름": team.name,
            "구분": "팀",
            "상위조직": team.division,
            "정원": MOST_IN_A_TEAM,
        }
        for team in teams()
    ]
    return [city, *inside, *groups, experts]


def period_rows() -> list[Row]:
    """August for the benchmarking, the rest of the year for what is made of it."""
    return [
        {
            "성과주기": CYCLE,
            "성과주기명": "2022년 우수정책 벤치마킹",
            "코드": "AUG",
            "이름": "8월 벤치마킹",
            "시작일": "2022-08-01",
            "종료일": "2022-08-31",
            "보고기한": "2022-09-16 18:00",
            "확인기한": "2022-09-20 18:00",
            "검토기한": "2022-09-30",
            "이의신청기한": "2022-11-30",
            "팀장확인": "예",
            "마일리지": "아니오",
        },
        {
            "성과주기": YEAR_END,
            "성과주기명": "2022년 벤치마킹 연말 결과보고",
            "코드": "Y",
            "이름": "연말",
            "시작일": "2022-09-01",
            "종료일": "2022-12-31",
            "보고기한": "2023-01-13 18:00",
            "검토기한": "2023-01-27",
            "팀장확인": "아니오",
            "마일리지": "아니오",
        },
    ]


def special_day_rows() -> list[Row]:
    return [{"날짜": "2022-09-13", "이름": "청사 이전 정비일(시연용 휴무)", "구분": "휴무"}]


def reminder_rows() -> Iterator[Row]:
    """A row for each stage, and the quiet hours."""
    return reminders.reminder_rows(STAGES, "09:00", "20:00", "08:00")
