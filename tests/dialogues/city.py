"""The plan of 한빛시 in 2019 as its people work by it in these conversations.

Monday 8 July 2019, nine o'clock: the first half is being reported until 15 July. The performance plan asks team
leads to confirm; the innovation tasks do not, and are due on 12 July.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from models.audit import Actor
from models.store import Database
from reports.plan import import_plan
from tests.kit.plans import Sheets, sheet, write_csv

MONDAY = datetime(2019, 7, 8, 0, 0, tzinfo=UTC)
"""09:00 in Seoul."""

OFFICER, SECOND, DEPUTY = "1001", "1002", "1003"
CIVIL, CARER, SAFETY, LEAVER = "1004", "1005", "1006", "4001"
LEAD, BUREAU_LEAD = "2001", "2002"
EVALUATOR, OTHER_EVALUATOR, STAND_IN = "3001", "3002", "3003"
ADMINISTRATOR = "9001"

DISTRICTS = (
    "가람", "나래", "다솜", "라온", "마루", "바름", "새빛", "아람", "자연", "초록", "큰샘", "터울",
    "푸름", "하늘", "한길", "해솔", "누리", "도담", "미르", "별내",
)  # fmt: skip
"""Twenty of them, so that lists are long."""

Row = dict[str, object]

_DEPARTMENTS: list[Row] = [
    {"코드": "HB", "이름": "한빛시", "구분": "시"},
    {"코드": "AD", "이름": "행정국", "구분": "실국", "상위조직": "HB"},
    {"코드": "GA", "이름": "총무과", "구분": "과", "상위조직": "AD"},
    {"코드": "CI", "이름": "민원과", "구분": "과", "상위조직": "AD"},
    {"코드": "WE", "이름": "복지국", "구분": "실국", "상위조직": "HB"},
    {"코드": "CA", "이름": "돌봄과", "구분": "과", "상위조직": "WE"},
    {"코드": "SF", "이름": "안전과", "구분": "과", "상위조직": "HB"},
    {"코드": "PL", "이름": "기획예산과", "구분": "과", "상위조직": "HB"},
]


def _person(code: str, name: str, place: str, role: str, **more: object) -> Row:
    return {"번호": code, "이름": name, "소속": place, "역할": role, **more}


_PEOPLE: list[Row] = [
    _person(OFFICER, "김주무", "GA", "담당자", 직위="주무관"),
    _person(SECOND, "이서기", "GA", "담당자", 직위="서기"),
    _person(
        DEPUTY, "송대결", "GA", "대결", 대결대상=OFFICER, 시작일=date(2019, 7, 1), 종료일=date(2019, 7, 12)
    ),
    _person(CIVIL, "박민원", "CI", "담당자"),
    _person(CARER, "나돌봄", "CA", "담당자"),
    _person(SAFETY, "오안전", "SF", "담당자"),
    _person(LEAVER, "윤퇴직", "CI", "담당자", 퇴직일=date(2019, 7, 10)),
    _person(LEAD, "최팀장", "GA", "팀장; 담당자", 직위="팀장"),
    _person(BUREAU_LEAD, "정국장", "AD", "팀장", 직위="국장"),
    _person(EVALUATOR, "정평가", "PL", "평가자", 관할="전체"),
    _person(EVALUATOR, "정평가", "PL", "담당자"),
    _person(OTHER_EVALUATOR, "한평가", "PL", "평가자", 관할="전체"),
    _person(
        STAND_IN,
        "문대행",
        "PL",
        "대결",
        대결대상=EVALUATOR,
        시작일=date(2019, 7, 1),
        종료일=date(2019, 7, 31),
    ),
    _person(ADMINISTRATOR, "강관리", "PL", "관리자", 관할="전체"),
    *[_person(f"5{number:03}", f"{name}직원", "CA", "") for number, name in enumerate(DISTRICTS)],
]


def _period(cycle: str, name: str, code: str, until: date, **more: object) -> Row:
    half = {"H1": ("상반기", 1), "H2": ("하반기", 7)}[code]
    return {
        "성과주기": cycle, "성과주기명": name, "코드": code, "이름": half[0],
        "시작일": date(2019, half[1], 1), "종료일": until, **more,
    }  # fmt: skip


_JUNE, _DECEMBER = date(2019, 6, 30), date(2019, 12, 31)
_PLAN, _TASKS = ("2019", "2019년 성과관리"), ("IN", "2019년 혁신과제")
_PERIODS: list[Row] = [
    _period(*_PLAN, "H1", _JUNE, 보고기한=date(2019, 7, 15), 검토기한=date(2019, 7, 26), 팀장확인="예"),
    _period(*_PLAN, "H2", _DECEMBER, 보고기한=date(2020, 1, 10), 검토기한=date(2020, 1, 31), 팀장확인="예"),
    _period(*_TASKS, "H1", _JUNE, 보고기한=date(2019, 7, 12), 검토기한=date(2019, 7, 26)),
    _period(*_TASKS, "H2", _DECEMBER, 보고기한=date(2020, 1, 17), 검토기한=date(2020, 1, 31)),
]


def _indicator(cycle: str, code: str, name: str, place: str, weight: int, kind: str, **more: object) -> Row:
    about = {"성과주기": cycle, "코드": code, "지표명": name, "부서": place}
    return {**about, "가중치": weight, "배점방식": kind, **more}


_INDICATORS: list[Row] = [
    _indicator(
        "2019", "GA-01", "민원처리율", "GA", 40, "상향", 담당자=OFFICER, 부담당자=SECOND, 단위="%",
        산식="처리 건수 ÷ 접수 건수 × 100", 증빙자료="처리대장", **{"2017실적": 91.2, "2018실적": 93.75},
    ),
    _indicator("2019", "GA-02", "민원 처리기간", "GA", 30, "하향A", 담당자=OFFICER, 단위="일"),
    _indicator("2019", "GA-03", "청렴교육 이수율", "GA", 30, "상향", 담당자=LEAD, 단위="%"),
    _indicator("2019", "CI-01", "보증 공급액", "CI", 60, "상향", 담당자=CIVIL, 단위="억원"),
    _indicator("2019", "CI-02", "상담 가구", "CI", 40, "상향", 담당자=CIVIL, 단위="가구", 증빙필수="아니오"),
    *[
        _indicator("2019", f"CA-{number:02}", f"{name}동 방문 돌봄", "CA", 5, "상향", 담당자=CARER, 단위="건")
        for number, name in enumerate(DISTRICTS)
    ],
    _indicator("IN", "IN-01", "종이 없는 보고", "GA", 100, "상향", 담당자=OFFICER, 단위="%"),
    _indicator("IN", "IN-02", "열린회의 개최", "PL", 100, "상향", 담당자=EVALUATOR, 단위="회"),
    _indicator("IN", "IN-03", "안전 인증", "SF", 25, "여부", 담당자=SAFETY),
    _indicator("IN", "IN-04", "재난센터 착공", "SF", 25, "마일스톤", 담당자=SAFETY, 단위="%",
        단계표="2019-06-30:40; 2019-12-31:100"),
    _indicator("IN", "IN-05", "공사장 안전사고", "SF", 25, "무사고", 담당자=SAFETY, 단위="건",
        단계표="0:100; 1:80; 3:0"),
    _indicator("IN", "IN-06", "소화기 보급", "SF", 25, "상향", 담당자=SAFETY, 단위="대", 집계방식="합계"),
]  # fmt: skip
_YEARLY = {"GA-01": 95, "GA-02": 8, "GA-03": 90, "CI-01": 3902, "CI-02": 2300, "IN-01": 50, "IN-02": 10}


def plan() -> Sheets:
    """The sheets of the plan."""
    targets: list[Row] = [
        {"성과주기": row["성과주기"], "지표코드": row["코드"], "목표치": _YEARLY.get(str(row["코드"]), 100)}
        for row in _INDICATORS
    ]
    return {
        name: sheet(name, rows)
        for name, rows in {
            "조직": _DEPARTMENTS, "사람": _PEOPLE, "기간": _PERIODS, "지표": _INDICATORS, "목표": targets,
        }.items()
    }  # fmt: skip


def plan_folder(target: Path) -> Path:
    """The plan as a folder of CSV files."""
    return write_csv(plan(), target)


def settle(database: Database, folder: Path) -> None:
    """The plan is imported into an empty database, on Monday."""
    with database.write() as session:
        import_plan(session, MONDAY, Actor(None, "test"), plan_folder(folder / "plan"))
