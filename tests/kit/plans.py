"""Plans as people bring them: sheets of rows, to be changed cell by cell and written as a workbook or as CSV.

sheets = small_plan()
put(sheets, "지표", "O2", 50)
source = write_xlsx(sheets, tmp_path / "plan.xlsx")
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from pathlib import Path

import sqlalchemy as sa
from openpyxl import Workbook
from openpyxl.utils.cell import column_index_from_string, coordinate_from_string
from sqlmodel import Session

from models.audit import AuditRow
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
from models.special_days import SpecialDay

Sheets = dict[str, list[list[object]]]
"""Rows by name of sheet, headings first; "" is an empty cell."""

HEADINGS = {
    "조직": "코드 이름 구분 상위조직 감독부서 시작일 종료일",
    "사람": "번호 이름 직위 소속 역할 관할 대결대상 시작일 종료일 이메일 언어 퇴직일",
    "기간": "성과주기 성과주기명 코드 이름 시작일 종료일 보고기한 확인기한 검토기한 이의신청기한 팀장확인",
    "지표": "성과주기 코드 지표명 부서 담당자 부담당자 관점 전략목표 성과목표 주요사업 단위 산식 증빙자료 "
    "증빙필수 가중치 평가반영 배점방식 집계방식 기준값 하한값 상한값 감점률 단계표 최저 최고 소수자리 종료일 "
    "2017실적 2018실적",
    "목표": "성과주기 지표코드 기간 목표치",
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
    SpecialDay,
    AuditRow,
)

_ROWS: dict[str, list[dict[str, object]]] = {
    "조직": [
        {"코드": "HB", "이름": "한빛시", "구분": "시"},
        {"코드": "TR", "이름": "교통국", "구분": "실국", "상위조직": "HB"},
        {"코드": "TR-1", "이름": "교통정책과", "구분": "과", "상위조직": "TR"},
        {"코드": "TR-2", "이름": "버스정책과", "구분": "과", "상위조직": "TR", "시작일": date(2018, 7, 1)},
        {"코드": "PL", "이름": "기획실", "구분": "실국", "상위조직": "HB"},
        {"코드": "FC", "이름": "시설공단", "구분": "기관", "감독부서": "TR-1"},
    ],
    "사람": [
        {"번호": "1001", "이름": "김담당", "직위": "주무관", "소속": "TR-1", "역할": "담당자"},
        {"번호": "1002", "이름": "이담당", "직위": "주무관", "소속": "TR-2", "역할": "담당자"},
        {"번호": "2001", "이름": "박팀장", "직위": "팀장", "소속": "TR-1", "역할": "팀장; 담당자"},
        {
            "번호": "2001",
            "이름": "박팀장",
            "직위": "팀장",
            "소속": "TR-1",
            "역할": "대결",
            "대결대상": "1001",
            "시작일": date(2019, 7, 1),
            "종료일": date(2019, 7, 12),
        },
        {
            "번호": "3001",
            "이름": "최평가",
            "소속": "PL",
            "역할": "평가자",
            "관할": "전체",
            "이메일": "c@hb.go.kr",
        },
        {"번호": "9001", "이름": "정관리", "소속": "PL", "역할": "관리자", "관할": "전체", "언어": "en"},
        {"번호": "5001", "이름": "한공단", "소속": "FC", "역할": "담당자"},
    ],
    "기간": [
        {
            "성과주기": "2019",
            "성과주기명": "2019년 성과관리",
            "코드": "H1",
            "이름": "상반기",
            "시작일": date(2019, 1, 1),
            "종료일": date(2019, 6, 30),
            "보고기한": datetime(2019, 7, 12, 18, 0),  # noqa: DTZ001
            "확인기한": date(2019, 7, 17),
            "검토기한": date(2019, 7, 26),
            "이의신청기한": date(2019, 8, 2),
            "팀장확인": "예",
        },
        {
            "성과주기": "2019",
            "성과주기명": "2019년 성과관리",
            "코드": "H2",
            "이름": "하반기",
            "시작일": date(2019, 7, 1),
            "종료일": date(2019, 12, 31),
            "보고기한": date(2020, 1, 10),
            "검토기한": date(2020, 1, 31),
            "팀장확인": "예",
        },
    ],
    "지표": [
        {
            "성과주기": "2019",
            "코드": "TR-001",
            "지표명": "민원처리율",
            "부서": "TR-1",
            "담당자": "1001",
            "부담당자": "2001",
            "관점": "고객",
            "전략목표": "편리한 교통",
            "성과목표": "민원을 빨리 처리한다",
            "주요사업": "민원 창구 운영",
            "단위": "%",
            "산식": "처리 건수 ÷ 접수 건수 × 100",
            "증빙자료": "처리대장",
            "가중치": 40,
            "배점방식": "상향",
            "집계방식": "평균",
            "최고": 120,
            "2017실적": 91.2,
            "2018실적": 93.75,
        },
        {
            "성과주기": "2019",
            "코드": "TR-002",
            "지표명": "교통사고 사망자 수",
            "부서": "TR-1",
            "담당자": "1001",
            "관점": "고객",
            "전략목표": "편리한 교통",
            "단위": "명",
            "가중치": 30,
            "배점방식": "하향A",
            "집계방식": "합계",
            "2018실적": 12,
        },
        {
            "성과주기": "2019",
            "코드": "TR-003",
            "지표명": "환승센터 착공",
            "부서": "TR-1",
            "가중치": 30,
            "배점방식": "마일스톤",
            "단계표": "2019-06-30:40; 2019-12-31:100",
        },
        {
            "성과주기": "2019",
            "코드": "TR-004",
            "지표명": "협력지표(시범)",
            "부서": "TR-1",
            "가중치": 0,
            "평가반영": "아니오",
            "배점방식": "여부",
        },
        {
            "성과주기": "2019",
            "코드": "TR-101",
            "지표명": "버스 무사고",
            "부서": "TR-2",
            "담당자": "1002",
            "단위": "건",
            "가중치": 55.5,
            "배점방식": "무사고",
            "집계방식": "합계",
            "단계표": "0:100; 1:80; 3:0",
        },
        {
            "성과주기": "2019",
            "코드": "TR-102",
            "지표명": "보증 지원액",
            "부서": "TR-2",
            "단위": "원",
            "가중치": 44.5,
            "배점방식": "기준대비",
            "기준값": "3000억",
        },
        {
            "성과주기": "2019",
            "코드": "FC-001",
            "지표명": "ISO 10002 인증",
            "부서": "FC",
            "담당자": "5001",
            "가중치": 100,
            "배점방식": "여부",
            "증빙필수": "예",
        },
    ],
    "목표": [
        {"성과주기": "2019", "지표코드": "TR-001", "목표치": 95},
        {"성과주기": "2019", "지표코드": "TR-001", "기간": "H1", "목표치": 94.5},
        {"성과주기": "2019", "지표코드": "TR-002", "목표치": 10},
        {"성과주기": "2019", "지표코드": "TR-002", "기간": "H1", "목표치": 5},
        {"성과주기": "2019", "지표코드": "TR-102", "목표치": "3902억"},
        {"성과주기": "2019", "지표코드": "FC-001"},
    ],
    "휴일": [
        {"날짜": date(2019, 10, 25), "이름": "개청기념일"},
        {"날짜": date(2019, 5, 4), "이름": "주말 민원의 날", "구분": "근무"},
    ],
}


def small_plan() -> Sheets:
    """A city of six departments with a sound plan for 2019; every column of the workbook is there."""
    return {name: sheet(name, rows) for name, rows in _ROWS.items()}


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
        "기간": [*_ROWS["기간"]],
        "지표": [_large_indicator(number, divisions, officers) for number in range(indicators)],
        "목표": [
            {"성과주기": "2019", "지표코드": f"I{number:05}", "기간": period, "목표치": 95.5 + number % 7}
            for number in range(indicators)
            for period in ("", "H1")
        ],
        "휴일": [*_ROWS["휴일"]],
    }
    return {name: sheet(name, lines) for name, lines in rows.items()}


def _large_indicator(number: int, divisions: list[str], officers: list[str]) -> dict[str, object]:
    division = divisions[number // 10]
    return {
        **_ROWS["지표"][0],
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
    """The sheets as a folder of CSV files."""
    target.mkdir(exist_ok=True)
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
    return f"{value:%Y-%m-%d %H:%M}" if isinstance(value, datetime) else str(value)
