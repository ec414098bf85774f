"""Plans as people bring them: sheets of rows, to be changed cell by cell and written as a workbook or as CSV.

sheets = small_plan()
put(sheets, "지표", "O2", 50)
source = write_xlsx(sheets, tmp_path / "plan.xlsx")
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from datetime import datetime, time
from pathlib import Path

import sqlalchemy as sa
from openpyxl import Workbook
from openpyxl.utils.cell import column_index_from_string, coordinate_from_string
from sqlmodel import Session

from models.audit import AuditRow
from models.consultation.programme import Programme, Slot
from models.organization import Department, DepartmentTerm, Person, RoleHeld
from models.plan import (
    Cycle,
    Indicator,
    MainProject,
    PastActual,
    PerformanceGoal,
    Period,
    Perspective,
    StrategicGoal,
    Target,
)
from models.rating.table import Criterion, Group, Rater, Rating
from models.reminding.table import QuietHours, ReminderRule
from models.scheme.table import Grade, Part, Prize, Scheme, Subject
from models.special_days import SpecialDay
from tests.kit.plan_rows import MORE, ROWS

Sheets = dict[str, list[list[object]]]
"""Rows by name of sheet, headings first; "" is an empty cell."""

HEADINGS = {
    "조직": "코드 이름 구분 상위조직 감독부서 시작일 종료일 정원",
    "사람": "번호 이름 직위 소속 역할 관할 대결대상 시작일 종료일 이메일 언어 퇴직일",
    "기간": "성과주기 성과주기명 코드 이름 시작일 종료일 보고기한 확인기한 검토기한 이의신청기한 팀장확인 "
    "마일리지 계획확정",
    "지표": "성과주기 코드 지표명 부서 담당자 부담당자 관점 전략목표 성과목표 주요사업 단위 산식 증빙자료 "
    "증빙필수 가중치 평가반영 배점방식 집계방식 기준값 하한값 상한값 감점률 단계표 최저 최고 소수자리 종료일 "
    "2017실적 2018실적 보고기간",
    "목표": "성과주기 지표코드 기간 목표치",
    "컨설팅": "성과주기 코드 이름 구분 서면제출기한 서면검토기한 신청시작 신청기한 기록기한 변경마감시간 "
    "제안유지시간 미참여감점 이의신청일수 비고",
    "일정": "성과주기 프로그램 코드 제목 시작 종료 장소 접속주소 정원 컨설턴트 평가부서참석 상태",
    "평가체계": "성과주기 코드 이름 적용일 대상 소수자리 동점처리 비고",
    "배점": "성과주기 체계 적용일 코드 이름 원천 배점 범위 결합 기간비중 근거 소관부서 배점방식 목표치 기준값 하한값 "
    "상한값 감점률 단계표 최저 최고 달성률자리 동점순위 비고",
    "등급": "성과주기 체계 적용일 이름 기준점수 비율",
    "포상": "성과주기 체계 적용일 이름 인원 기준점수 구분",
    "평가대상": "성과주기 체계 코드 부서 구분",
    "평가": "성과주기 코드 이름 기간 체계 시작 마감 계획변경시재평가",
    "평가항목": "성과주기 평가 코드 이름 질문 배점 척도",
    "평가단": "성과주기 평가 코드 이름 몫 방식 절사 최소평가수 평가수 위원",
    "알림": "종류 받는사람 근무일 시각 분전 반복 언제든 까지",
    "휴일": "날짜 이름 구분",
}

_TABLES = (
    Department,
    DepartmentTerm,
    Person,
    RoleHeld,
    Cycle,
    Period,
    Perspective,
    StrategicGoal,
    PerformanceGoal,
    MainProject,
    Indicator,
    Target,
    PastActual,
    Programme,
    Slot,
    Scheme,
    Part,
    Grade,
    Prize,
    Subject,
    Rating,
    Criterion,
    Group,
    Rater,
    ReminderRule,
    QuietHours,
    SpecialDay,
    AuditRow,
)


def small_plan() -> Sheets:
    """A city of six departments with a sound plan for 2019; every column of the sheets it has to have is there."""
    return {name: sheet(name, rows) for name, rows in ROWS.items()}


def full_plan() -> Sheets:
    """The same city with every sheet there is: two consultants, three programmes, reminders of its own."""
    return {name: sheet(name, [*ROWS.get(name, ()), *MORE.get(name, ())]) for name in HEADINGS}


def large_plan(indicators: int) -> Sheets:
    """A sound plan with `indicators` indicators, each with two targets, and people."""
    divisions = [f"D{number:04}" for number in range(indicators // 10)]
    officers = [f"P{number:05}" for number in range(indicators // 3)]
    rows: dict[str, list[Mapping[str, object]]] = {
        "조직": [
            {"코드": "C", "이름": "큰시", "구분": "시"},
            *({"코드": code, "이름": f"{code}과", "구분": "과", "상위조직": "C"} for code in divisions),
        ],
        "사람": [
            {"번호": code, "이름": f"김{code}", "소속": divisions[number % len(divisions)], "역할": "담당자"}
            for number, code in enumerate(officers)
        ],
        "기간": [*ROWS["기간"]],
        "지표": [_large_indicator(number, divisions, officers) for number in range(indicators)],
        "목표": [
            {"성과주기": "2019", "지표코드": f"I{number:05}", "기간": period, "목표치": 95.5 + number % 7}
            for number in range(indicators)
            for period in ("", "H1")
        ],
        "휴일": [*ROWS["휴일"]],
    }
    return {name: sheet(name, lines) for name, lines in rows.items()}


def _large_indicator(number: int, divisions: list[str], officers: list[str]) -> dict[str, object]:
    division = divisions[number // 10]
    return {
        **ROWS["지표"][0],
        "코드": f"I{number:05}",
        "지표명": f"{division} 지표 {number}",
        "부서": division,
        "담당자": officers[number % len(officers)],
        "부담당자": "",
        "성과목표": f"{division} 성과목표",
        "주요사업": f"{division} 사업 {number % 4}",
        "가중치": 10,
    }


def sheet(name: str, rows: Iterable[Mapping[str, object]]) -> list[list[object]]:
    """Rows given by heading, under the headings of that sheet."""
    headings = HEADINGS[name].split()
    return [list(headings), *([row.get(heading, "") for heading in headings] for row in rows)]


def put(sheets: Sheets, name: str, cell: str, value: object) -> None:
    """Writes into a cell of a sheet, with room made for it where the sheet ends before."""
    letters, number = coordinate_from_string(cell)
    index = column_index_from_string(letters) - 1
    rows = sheets[name]
    rows.extend([] for _ in range(number - len(rows)))
    row = rows[number - 1]
    row.extend("" for _ in range(index + 1 - len(row)))
    row[index] = value


def write_xlsx(sheets: Sheets, target: Path) -> Path:
    """The sheets as an Excel workbook."""
    workbook = Workbook(write_only=True)
    for name, rows in sheets.items():
        page = workbook.create_sheet(name)
        for row in rows:
            page.append([None if value == "" else value for value in row])
    workbook.save(target)
    return target


def write_csv(sheets: Sheets, target: Path, encoding: str = "utf-8") -> Path:
    """The sheets as a folder of CSV files, instead of those that were there."""
    target.mkdir(exist_ok=True)
    for before in target.glob("*.csv"):
        before.unlink()
    for name, rows in sheets.items():
        with (target / f"{name}.csv").open("w", encoding=encoding, newline="") as file:
            csv.writer(file).writerows([_as_text(value) for value in row] for row in rows)
    return target


def contents(session: Session) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table that an import writes, by name of table."""
    return {
        str(model.__tablename__): [
            tuple(row) for row in session.execute(sa.select(*sa.inspect(model).columns))
        ]
        for model in _TABLES
    }


def _as_text(value: object) -> str:
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return f"{value:%Y-%m-%d %H:%M}" if isinstance(value, datetime) else str(value)
