"""The sheets and columns of a plan workbook. Reader, checker and template all go by this."""

from __future__ import annotations

import re
from decimal import Decimal

from models.organization import Department, DepartmentKind, Person, Role
from models.plan import Cycle, Indicator, MainProject, PerformanceGoal, Period, Perspective, StrategicGoal
from models.scoring import Rollup
from models.special_days import SpecialDay
from reports.plan.column import (
    Column,
    Reads,
    Sheet,
    choice,
    day,
    instant,
    lines,
    number,
    room_for,
    text,
    whole,
    yes_no,
)
from reports.plan.columns_of_consultation import PROGRAMMES, SLOTS
from reports.plan.columns_of_ratings import CRITERIA, RATERS, RATINGS
from reports.plan.columns_of_reminders import REMINDERS
from reports.plan.columns_of_schemes import GRADES, METHODS, PARTS, PRIZES, SCHEMES, SUBJECTS
from reports.plan.lines import (
    DepartmentLine,
    IndicatorLine,
    PeriodLine,
    PersonLine,
    SpecialDayLine,
    TargetLine,
)

GUIDE = "안내"
"""A sheet for people; the import passes it over."""

PAST_ACTUAL = re.compile(r"((?:19|20)[0-9]{2})실적")
"""Headings of the sheet 지표 that stand beside its columns, one a past year."""


def past_actual_heading(year: int) -> str:
    """The heading of a year's past actuals; it also stands for the field of that column."""
    return f"{year}실적"


_KINDS = {
    "시": DepartmentKind.CITY,
    "실국": DepartmentKind.BUREAU,
    "과": DepartmentKind.DIVISION,
    "팀": DepartmentKind.DIVISION,
    "기관": DepartmentKind.INSTITUTION,
}
_ROLES = {
    "담당자": Role.OFFICER,
    "대결": Role.DEPUTY,
    "팀장": Role.TEAM_LEAD,
    "평가자": Role.EVALUATOR,
    "컨설턴트": Role.CONSULTANT,
    "평가위원": Role.RATER,
    "관리자": Role.ADMINISTRATOR,
}
_ROLLUPS = {"합계": Rollup.SUM, "평균": Rollup.MEAN, "최종": Rollup.LAST, "최대": Rollup.MAX}

DEPARTMENTS = Sheet(
    "조직",
    "시, 실·국, 과와 평가받는 기관을 한 줄에 하나씩 적습니다.",
    DepartmentLine,
    (
        text(
            "코드", "code", Department.code, "부서를 가리키는 짧은 코드. 한 번 정하면 바꾸지 않습니다.", True
        ),
        text("이름", "name", Department.name, "부서의 이름.", True),
        choice("구분", "kind", "시, 실국, 과, 팀, 기관 가운데 하나.", _KINDS),
        text("상위조직", "parent", Department.code, "바로 위 조직의 코드. 맨 위 조직은 비웁니다."),
        text("감독부서", "supervisor", Department.code, "기관을 감독하는 부서의 코드."),
        day("시작일", "starts_on", "부서가 생긴 날."),
        day("종료일", "ends_on", "부서가 없어진 날."),
        whole("정원", "capacity", "역할을 맡을 수 있는 사람의 수. 비우면 한도가 없습니다.", (1, 10_000)),
    ),
)

PEOPLE = Sheet(
    "사람",
    "한 사람이 여러 곳에서 역할을 맡으면 여러 줄로 적고, 이름 등 개인 정보는 똑같이 적습니다.",
    PersonLine,
    (
        text("번호", "code", Person.code, "공무원 번호 등 사람마다 다른 번호.", True),
        text("이름", "name", Person.name, "사람의 이름.", True),
        text("직위", "title", Person.title, "직위나 직급."),
        text("소속", "department", Department.code, "소속 조직의 코드.", True),
        Column(
            "역할",
            "roles",
            "담당자, 대결, 팀장, 평가자, 컨설턴트, 평가위원, 관리자. 여럿이면 ; 으로 나눕니다.",
            Reads.CHOICES,
            choices=_ROLES,
            blank=(),
        ),
        text("관할", "place", Department.code, "역할을 맡은 조직의 코드. 비우면 소속, 시 전체이면 ‘전체’."),
        text("대결대상", "stands_in_for", Person.code, "대결하는 사람이 대신하는 사람의 번호."),
        day("시작일", "starts_on", "역할을 시작하는 날."),
        day("종료일", "ends_on", "역할이 끝나는 날."),
        text("이메일", "email", Person.email, "일정 안내를 받을 주소."),
        choice("언어", "locale", "ko 또는 en. 비우면 ko.", {"ko": "ko", "en": "en"}, "ko"),
        day("퇴직일", "left_on", "이날부터 쓸 수 없습니다."),
    ),
)

PERIODS = Sheet(
    "기간",
    "성과주기마다 실적을 보고하는 기간(반기, 분기, 월)을 한 줄에 하나씩 적습니다.",
    PeriodLine,
    (
        text("성과주기", "cycle", Cycle.code, "성과주기의 코드. 예: 2019", True),
        text("성과주기명", "cycle_name", Cycle.name, "예: 2019년 성과관리", True),
        text("코드", "code", Period.code, "기간의 코드. 예: H1", True),
        text("이름", "name", Period.name, "예: 상반기", True),
        day("시작일", "starts_on", "기간의 첫날.", True),
        day("종료일", "ends_on", "기간의 마지막 날.", True),
        instant("보고기한", "report_due", "실적을 보고할 기한.", True),
        instant("확인기한", "confirmation_due", "팀장이 확인할 기한."),
        instant("검토기한", "review_due", "평가자가 검토할 기한.", True),
        instant("이의신청기한", "objection_due", "이의신청을 받는 기한."),
        yes_no("팀장확인", "asks_confirmation", "팀장이 확인해야 검토하는지. 비우면 아니오.", False),
        yes_no("마일리지", "counts_mileage", "가중치가 쌓이는 점수인지. 합이 100이 아니어도 됩니다.", False),
        yes_no(
            "계획확정", "asks_plan_confirmation", "지표를 채팅에서 확정해야 보고하는지. 비우면 아니오.", False
        ),
    ),
)

INDICATORS = Sheet(
    "지표",
    "성과지표를 한 줄에 하나씩 적습니다. 지난 실적은 ‘2018실적’처럼 연도를 붙인 열을 더해 적습니다.",
    IndicatorLine,
    (
        text("성과주기", "cycle", Cycle.code, "‘기간’ 시트에 적은 성과주기의 코드.", True),
        text("코드", "code", Indicator.code, "지표의 코드. 예: SEO-001", True),
        text("지표명", "name", Indicator.name, "지표의 이름.", True),
        text("부서", "department", Department.code, "담당 조직의 코드.", True),
        text("담당자", "officer", Person.code, "담당자의 번호. 비우면 그 부서의 담당자 누구나."),
        text("부담당자", "deputy_officer", Person.code, "부담당자의 번호."),
        text("관점", "perspective", Perspective.name, "균형성과표의 관점."),
        text("전략목표", "strategic_goal", StrategicGoal.name, "지표가 속한 실·국의 전략목표."),
        text("성과목표", "performance_goal", PerformanceGoal.name, "과의 성과목표."),
        text("주요사업", "main_project", MainProject.name, "지표와 관련된 주요사업."),
        text("단위", "unit", Indicator.unit, "예: %, 건, 억원"),
        lines("산식", "formula", Indicator.formula, "실적을 어떻게 셈하는지."),
        lines("증빙자료", "evidence_hint", Indicator.evidence_hint, "어떤 증빙을 내야 하는지."),
        yes_no("증빙필수", "evidence_required", "증빙이 꼭 있어야 하는지. 비우면 예.", True),
        number("가중치", "weight", "부서에서 평가에 반영하는 지표의 합이 100이어야 합니다.", True),
        yes_no("평가반영", "scored", "점수에 넣는지. 비우면 예.", True),
        choice("배점방식", "kind", "상향은 높을수록, 하향은 낮을수록 좋습니다.", METHODS),
        choice("집계방식", "rollup", "기간의 실적을 한 해로 모으는 법. 비우면 최종.", _ROLLUPS, Rollup.LAST),
        number("기준값", "baseline", "기준대비에 씁니다."),
        number("하한값", "low", "목표범위의 최솟값, 목표부여의 최저목표."),
        number("상한값", "high", "목표범위의 최댓값, 목표부여의 최고목표."),
        number("감점률", "loss_per_unit", "목표범위를 1만큼 벗어날 때 빼는 %p."),
        lines(
            "단계표", "steps", Indicator.steps, "‘값:달성률’. 예: 0:100; 1:80 (마일스톤: 2019-06-30:50; …)"
        ),
        number("최저", "floor", "달성률의 하한(%). 비우면 0.", blank=Decimal(0)),
        number("최고", "cap", "달성률의 상한(%). 비우면 100.", blank=Decimal(100)),
        Column("소수자리", "digits", "달성률의 소수 자릿수, 0-4. 비우면 1.", Reads.WHOLE, blank=1),
        day("종료일", "ends_on", "이날부터 보고하지 않습니다. 지표는 지우지 않고 끝냅니다."),
        Column(
            "보고기간",
            "report_periods",
            "실적을 보고하는 기간의 코드. 여럿이면 ; 으로 나눕니다. 비우면 모든 기간.",
            Reads.PERIODS,
            length=room_for(Indicator.report_periods),
        ),
    ),
    past_actuals=True,
)

TARGETS = Sheet(
    "목표",
    "지표마다 성과주기 전체의 목표를 적고, 기간별 목표가 있으면 줄을 더합니다.",
    TargetLine,
    (
        text("성과주기", "cycle", Cycle.code, "‘기간’ 시트에 적은 성과주기의 코드.", True),
        text("지표코드", "indicator", Indicator.code, "‘지표’ 시트에 적은 지표의 코드.", True),
        text("기간", "period", Period.code, "기간의 코드. 비우면 성과주기 전체의 목표."),
        number("목표치", "value", "지표의 단위로 적습니다. 목표가 없는 배점방식(여부, 무사고)은 비웁니다."),
    ),
)

SPECIAL_DAYS = Sheet(
    "휴일",
    "공휴일은 이미 들어 있습니다. 시에서 따로 쉬거나 일하는 날만 적습니다.",
    SpecialDayLine,
    (
        day("날짜", "day", "쉬거나 일하는 날.", True),
        text("이름", "name", SpecialDay.name, "예: 개청기념일", True),
        choice("구분", "working", "휴무 또는 근무. 비우면 휴무.", {"휴무": False, "근무": True}, False),
    ),
    required=False,
)

SHEETS = (
    DEPARTMENTS,
    PEOPLE,
    PERIODS,
    INDICATORS,
    TARGETS,
    PROGRAMMES,
    SLOTS,
    SCHEMES,
    PARTS,
    GRADES,
    PRIZES,
    SUBJECTS,
    RATINGS,
    CRITERIA,
    RATERS,
    REMINDERS,
    SPECIAL_DAYS,
)
