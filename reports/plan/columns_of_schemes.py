"""The sheets 평가체계, 배점, 등급, 포상 and 평가대상: what a city adds up to a final result, and of whom."""

from __future__ import annotations

from models.organization import Department
from models.plan import Cycle
from models.scheme.table import Combine, Grade, Part, Prize, Scheme, Source, Subject, SubjectKind
from models.scoring import Kind
from reports.plan.column import Column, Reads, Sheet, choice, day, lines, may_choose, number, text, whole
from reports.plan.lines_of_schemes import GradeLine, PartLine, PrizeLine, SchemeLine, SubjectLine

METHODS = {
    "상향": Kind.HIGHER,
    "하향A": Kind.LOWER_RATIO,
    "하향B": Kind.LOWER_MIRROR,
    "기준대비": Kind.FROM_BASELINE,
    "무사고": Kind.ZERO,
    "목표범위": Kind.RANGE,
    "단계형": Kind.STEPS,
    "마일스톤": Kind.MILESTONE,
    "여부": Kind.YES_NO,
    "목표부여": Kind.GRADED_TARGET,
}
SOURCES = {
    "지표": Source.INDICATORS,
    "평가": Source.RATING,
    "소관": Source.OWNER,
    "다른평가": Source.SCHEME,
    "가점": Source.BONUS,
    "감점": Source.DEDUCTION,
    "컨설팅감점": Source.CONSULTATION,
    "마일리지": Source.MILEAGE,
}
COMBINES = {
    "연간": Combine.YEAR,
    "평균": Combine.MEAN,
    "합계": Combine.SUM,
    "최종": Combine.LAST,
    "비중": Combine.SHARES,
}
_KINDS = {"부서": SubjectKind.DEPARTMENT, "개인": SubjectKind.PERSON}
_TIES = {"윗등급": True, "아랫등급": False}

_CYCLE = text("성과주기", "cycle", Cycle.code, "‘기간’ 시트에 적은 성과주기의 코드.", True)
_SCHEME = text("체계", "scheme", Scheme.code, "‘평가체계’ 시트에 적은 코드.", True)
_VALID_FROM = day("적용일", "valid_from", "‘평가체계’에 적은 그 판의 적용일. 비우면 성과주기의 첫날.")

SCHEMES = Sheet(
    "평가체계",
    "무엇을 합해 누구의 순위를 정하는지, 체계마다 한 줄씩 적습니다. 바뀌면 적용일이 다른 줄을 더합니다.",
    SchemeLine,
    (
        _CYCLE,
        text("코드", "code", Scheme.code, "체계의 코드. 예: INST", True),
        text("이름", "name", Scheme.name, "예: 기관평가", True),
        day("적용일", "valid_from", "이날부터 이 줄을 따릅니다. 비우면 성과주기의 첫날."),
        choice("대상", "subject_kind", "부서(기관, 팀도 부서입니다) 또는 개인.", _KINDS),
        whole("소수자리", "digits", "항목 점수의 소수 자릿수, 0-4. 비우면 2.", (0, 4), 2),
        choice("동점처리", "ties_go_up", "동점자가 받을 등급. 비우면 윗등급.", _TIES, True),
        lines(
            "비고",
            "note",
            Scheme.note,
            "원문이 두 가지로 말하는 것과, 이 표가 따른 쪽. 결과와 함께 인쇄합니다.",
        ),
    ),
    required=False,
)

PARTS = Sheet(
    "배점",
    "체계의 항목을 한 줄에 하나씩 적습니다. 지표, 평가, 소관, 다른평가의 배점을 더하면 100입니다.",
    PartLine,
    (
        _CYCLE,
        _SCHEME,
        _VALID_FROM,
        text("코드", "code", Part.code, "항목의 코드. 예: KPI", True),
        text("이름", "name", Part.name, "예: 달성도평가", True),
        choice("원천", "source", "점수가 어디에서 오는지.", SOURCES),
        number("배점", "points", "받을 수 있는 점수. 가점과 감점은 한도이고, 비우면 한도가 없습니다."),
        choice(
            "범위",
            "below",
            "하위이면 아래 부서도 셈합니다(지표, 다른평가, 컨설팅감점, 마일리지). 비우면 직접.",
            {"직접": False, "하위": True},
            False,
        ),
        choice("결합", "combine", "기간의 점수를 한 해로 모으는 법. 비우면 연간.", COMBINES, Combine.YEAR),
        text("기간비중", "shares", Part.shares, "결합이 비중일 때 ‘기간:비중’. 예: H1:40; H2:60"),
        text(
            "근거",
            "basis",
            Part.basis,
            "평가이면 평가의 코드, 다른평가이면 체계의 코드, 마일리지이면 성과주기의 코드.",
        ),
        text(
            "소관부서",
            "owner",
            Department.code,
            "소관이면 값을 적어 내는 부서의 코드. 비우면 대상마다 그 감독부서가 적어 냅니다.",
        ),
        may_choose("배점방식", "kind", "소관의 값을 달성률로 바꾸는 법. 비우면 값이 점수입니다.", METHODS),
        number("목표치", "target", "소관의 배점방식에 씁니다."),
        number("기준값", "baseline", "기준대비에 씁니다."),
        number("하한값", "low", "목표범위의 최솟값, 목표부여의 최저목표."),
        number("상한값", "high", "목표범위의 최댓값, 목표부여의 최고목표."),
        number("감점률", "loss_per_unit", "목표범위를 1만큼 벗어날 때 빼는 %p."),
        lines("단계표", "steps", Part.steps, "‘값:달성률’. 예: 0:100; 1:80"),
        number("최저", "floor", "달성률의 하한(%). 비우면 0."),
        number("최고", "cap", "달성률의 상한(%). 비우면 100."),
        whole("달성률자리", "digits", "달성률의 소수 자릿수, 0-4. 비우면 1.", (0, 4)),
        whole("동점순위", "tie_order", "총점이 같을 때 먼저 견줄 차례. 1이 먼저입니다.", (1, 99)),
        lines("비고", "note", Part.note, "항목에 대해 적어 둘 것."),
    ),
    required=False,
)

GRADES = Sheet(
    "등급",
    "높은 등급부터 적습니다. 조건이 없는 마지막 등급은 나머지 모두의 것입니다.",
    GradeLine,
    (
        _CYCLE,
        _SCHEME,
        _VALID_FROM,
        text("이름", "name", Grade.name, "예: S", True),
        Column("기준점수", "least", "총점이 이 점수 이상.", Reads.NUMBER, bounds=(0, 1000), blank=None),
        Column(
            "비율",
            "share",
            "대상 가운데 이 등급을 받을 비율(%). 위 등급의 비율에 더해 셈합니다.",
            Reads.NUMBER,
            bounds=(0, 100),
            blank=None,
        ),
    ),
    required=False,
)

PRIZES = Sheet(
    "포상",
    "먼저 줄 포상부터 적습니다. 한 대상은 하나만 받습니다.",
    PrizeLine,
    (
        _CYCLE,
        _SCHEME,
        _VALID_FROM,
        text("이름", "name", Prize.name, "예: 최우수", True),
        Column(
            "인원",
            "count",
            "몇 곳, 몇 사람에게 주는지.",
            Reads.WHOLE,
            required=True,
            bounds=(1, 10_000),
            blank=None,
        ),
        Column("기준점수", "least", "총점이 이 점수 이상.", Reads.NUMBER, bounds=(0, 1000), blank=None),
        text("구분", "grouping", Prize.grouping, "‘평가대상’의 구분. 비우면 모두 가운데에서."),
    ),
    required=False,
)

SUBJECTS = Sheet(
    "평가대상",
    "체계가 순위를 정할 부서나 사람을 한 줄에 하나씩 적습니다. 모든 판에 함께 쓰입니다.",
    SubjectLine,
    (
        _CYCLE,
        _SCHEME,
        text("코드", "code", Subject.code, "부서의 코드. 대상이 개인이면 사람의 번호.", True),
        text("부서", "department", Department.code, "개인이면 누구의 지표를 셈할지. 비우면 소속 부서."),
        text("구분", "grouping", Subject.grouping, "순위와 등급을 따로 정할 묶음. 비우면 한 묶음."),
    ),
    required=False,
)
