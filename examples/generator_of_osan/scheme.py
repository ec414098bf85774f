"""The sheets of the scheme and of the rating of indicators, and what the year gave: papers, values, bonuses."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from generator.chance import between, draw
from generator_of_cities.files import Row
from generator_of_cities.rating import Criterion, Group, Rating

from generator_of_osan.programmes import RESEARCHERS
from generator_of_osan.vocabulary import CYCLE, HALVES, OFFICE, SCHEME, Department, scored_departments

OF_SCHEME = {"성과주기": CYCLE, "체계": SCHEME}
AUDIT, CIVIL_SERVICE = "D02", "D08"

NOTE = "공개된 자료에는 컨설팅과 교육만 있습니다. 배점, 등급, 포상, 가점과 감점은 시연용으로 정하였습니다."
PARTS: tuple[Row, ...] = (
    {
        "코드": "GOAL", "이름": "성과지표 달성도", "원천": "지표", "배점": "60", "결합": "비중",
        "기간비중": "H1:40; H2:60", "비고": "연 1회 지표는 상반기에 빠지고 그 가중치를 나눕니다.",
    },
    {"코드": "QUAL", "이름": "성과지표 적정성", "원천": "평가", "배점": "25", "근거": "QUAL"},
    {
        "코드": "EXEC", "이름": "예산 신속집행", "원천": "소관", "배점": "8", "소관부서": OFFICE, "배점방식": "상향",
        "목표치": "62", "최저": "0", "최고": "100", "달성률자리": "1",
    },
    {
        "코드": "INTEG", "이름": "청렴 교육 이수", "원천": "소관", "배점": "4", "소관부서": AUDIT, "배점방식": "상향",
        "목표치": "95", "최저": "0", "최고": "100", "달성률자리": "1",
    },
    {
        "코드": "OPEN", "이름": "정보공개", "원천": "소관", "배점": "3", "소관부서": CIVIL_SERVICE, "결합": "평균",
        "비고": "반기마다 0점에서 3점까지 매깁니다.",
    },
    {"코드": "BONUS", "이름": "가점", "원천": "가점", "배점": "3", "비고": "중앙부처·경기도 평가 수상 등"},
    {"코드": "LOSS", "이름": "감점", "원천": "감점", "배점": "3", "비고": "감사 지적, 보고 지연 등"},
    {"코드": "COACH", "이름": "컨설팅 미참여", "원천": "컨설팅감점"},
)  # fmt: skip
GRADES = (("S", "10"), ("A", "30"), ("B", "40"), ("C", ""))
PRIZES = (("최우수부서", "1", ""), ("우수부서", "2", ""), ("우수동", "1", "동"))

LABELS = "매우 적정:100; 적정:90; 보통:80; 미흡:70; 매우 미흡:60"
EVALUATION_TEAM = ("O-0001", "O-0002", "O-0005")
QUALITY = Rating(
    seed="오산",
    cycle=CYCLE,
    scheme=SCHEME,
    code="QUAL",
    name="2023년 성과지표 적정성 평가",
    opens="2023-03-02 09:00",
    closes="2023-03-10 18:00",
    criteria=(
        Criterion("LINK", "연계", "성과목표와 지표가 잘 이어집니까?", "30", LABELS),
        Criterion("FORM", "산식", "산식이 성과를 바르게 잽니까?", "25", LABELS),
        Criterion("TARGET", "목표치 적합성", "목표치가 지난 실적과 여건에 맞습니까?", "25", LABELS),
        Criterion("CHALL", "도전성", "도전적인 목표입니까? 1점에서 10점으로 적어 주세요.", "20", "1~10"),
    ),
    groups=(
        Group("EXP", "전문기관 연구원", "70", "1", "3", RESEARCHERS),
        Group("TEAM", "기획예산담당관 평가팀", "30", "0", "2", EVALUATION_TEAM),
    ),
    recused={
        ("O-0014", "D16"): "이 부서의 연구용역을 맡고 있어 회피합니다.",
        ("O-0002", "D08"): "배우자가 이 부서에서 일하고 있어 회피합니다.",
    },
    # Raters far from all others: what the trimmed mean is for.
    odd={("O-0016", "D13"): 55, ("O-0012", "D27"): 100},
    own=dict.fromkeys(EVALUATION_TEAM, OFFICE),
)

INTEGRITY_FULL = Decimal("0.75")
NO_BUDGET = "D02"
# What makes the two best neighbourhoods come out with the same total, so that the one prize cannot be given.
SET_VALUES = {
    ("EXEC", "", "T03"): "53.3",
    ("OPEN", "H1", "T03"): "2.1",
    ("OPEN", "H2", "T03"): "1.9",
    ("OPEN", "H1", "T06"): "2.7",
    ("OPEN", "H2", "T06"): "2.6",
}

ADJUSTMENTS = (
    ("BONUS", "D13", "", "1.5", "평생학습도시로 다시 지정되었습니다.", "확정"),
    ("BONUS", "D08", "H1", "2", "국민행복민원실로 선정되었습니다.", "확정"),
    ("BONUS", "D08", "H2", "2", "민원서비스 종합평가에서 최우수 등급을 받았습니다.", "확정"),
    ("BONUS", "D32", "H1", "0.5", "경기도 건강증진사업 평가에서 우수기관이 되었습니다.", "확정"),
    ("BONUS", "D16", "", "1", "일자리 대상을 받았습니다. 지표 실적에 이미 반영되었습니다.", "취소"),
    ("LOSS", "D25", "H2", "1", "실적을 기한 안에 보고하지 않았습니다.", "확정"),
    ("LOSS", "D21", "", "0.5", "감사에서 지적되었습니다. 다른 부서의 업무로 확인되었습니다.", "취소"),
    ("COACH", "D18", "", "0.5", "예약한 대면 컨설팅에 오지 않았습니다.", "확정"),
    ("COACH", "D27", "", "0.5", "대면 컨설팅을 예약하지 않았습니다.", "확정"),
    (
        "COACH",
        "D25",
        "",
        "0.5",
        "예약한 대면 컨설팅에 오지 않았습니다. 폭설로 비상근무를 하였습니다.",
        "취소",
    ),
)


def scheme_rows() -> list[Row]:
    return [
        {"성과주기": CYCLE, "코드": SCHEME, "이름": "부서 성과평가", "대상": "부서", "소수자리": "2"}
        | {"동점처리": "아랫등급", "비고": NOTE}
    ]


def part_rows() -> list[Row]:
    return [{**OF_SCHEME, **part} for part in PARTS]


def grade_rows() -> list[Row]:
    return [{**OF_SCHEME, "이름": name, "비율": share} for name, share in GRADES]


def prize_rows() -> list[Row]:
    return [{**OF_SCHEME, "이름": name, "인원": size, "구분": group} for name, size, group in PRIZES]


def subject_rows() -> list[Row]:
    """Every department, ranked and graded among its own kind."""
    return [{**OF_SCHEME, "코드": one.code, "구분": one.grouping} for one in scored_departments()]


def paper_rows() -> Iterator[Row]:
    """What the researchers and the evaluation team say of each department's indicators."""
    return QUALITY.paper_rows({one.code: one.level for one in scored_departments()})


def owner_rows() -> Iterator[Row]:
    """What the three owner departments give every department: most have finished the training on integrity."""
    for one in scored_departments():
        spent = between("52", "70", "오산", one.code, "EXEC").quantize(Decimal("0.1"))
        yield _value("EXEC", "", one, "해당없음" if one.code == NO_BUDGET else f"{spent}")
    for one in scored_departments():
        full = draw("오산", one.code, "INTEG full") < INTEGRITY_FULL
        taught = Decimal(100) if full else between("84", "95", "오산", one.code, "INTEG")
        yield _value("INTEG", "", one, f"{taught.quantize(Decimal('0.1'))}")
    for half in HALVES:
        for one in scored_departments():
            points = between("1.5", "3", "오산", one.code, "OPEN", half).quantize(Decimal("0.1"))
            yield _value("OPEN", half, one, f"{points}")


def _value(part: str, period: str, department: Department, value: str) -> Row:
    given = SET_VALUES.get((part, period, department.code), value)
    return {**OF_SCHEME, "항목": part, "기간": period, "대상": department.code, "값": given}


def adjustment_rows() -> list[Row]:
    """Bonuses and deductions as they were proposed, and what was decided."""
    return [
        {
            **OF_SCHEME,
            "항목": part,
            "기간": period,
            "대상": subject,
            "점수": points,
            "사유": reason,
            "결과": outcome,
        }
        for part, subject, period, points, reason, outcome in ADJUSTMENTS
    ]
