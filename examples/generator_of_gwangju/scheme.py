"""The sheets of the scheme and of the committee's rating, and what the year gave: papers, points, bonuses."""

from __future__ import annotations

from collections.abc import Iterator

from generator_of_cities.files import Row
from generator_of_cities.rating import Criterion, Group, Rating

from generator_of_gwangju.vocabulary import CYCLE, SCHEME, institutions

OF_SCHEME = {"성과주기": CYCLE, "체계": SCHEME}

NOTE = (
    "배점, 등급, 가점과 감점은 공개된 자료에 없어 시연용으로 정하였습니다. "
    "24개 기관 가운데 11곳을 뽑는 것만 공개된 사실입니다."
)
PARTS: tuple[Row, ...] = (
    {"코드": "GOAL", "이름": "성과목표 달성도", "원천": "지표", "배점": "60", "동점순위": "1"},
    {"코드": "COM", "이름": "성과평가위원회 평가", "원천": "평가", "배점": "25", "근거": "COM", "동점순위": "2"},
    {
        "코드": "SUP", "이름": "감독부서 평가", "원천": "소관", "배점": "15", "소관부서": "D0101",
        "비고": "감독부서가 매긴 점수를 평가담당관이 모아 입력합니다.",
    },
    {"코드": "BONUS", "이름": "가점", "원천": "가점", "배점": "3", "비고": "정부 평가 우수기관 표창 등"},
    {"코드": "LOSS", "이름": "감점", "원천": "감점", "배점": "5", "비고": "감사 지적, 중대재해 등"},
)  # fmt: skip
GRADES = (("S", "90", "20"), ("A", "85", "30"), ("B", "75", ""), ("C", "", ""))
PRIZE = {"이름": "성과창출 우수기관", "인원": "11", "기준점수": "80"}

LABELS = "탁월:100; 우수:90; 보통:80; 미흡:70; 부진:60"
COMMITTEE = Rating(
    seed="광주",
    cycle=CYCLE,
    scheme=SCHEME,
    code="COM",
    name="2019년 성과평가위원회 평가",
    opens="2020-02-03 09:00",
    closes="2020-02-14 18:00",
    criteria=(
        Criterion("D", "목표의 도전성", "기관의 여건에 비추어 목표가 도전적입니까?", "30", LABELS),
        Criterion("E", "추진 노력", "목표를 이루려고 계획대로, 창의적으로 노력하였습니까?", "30", LABELS),
        Criterion(
            "R", "성과와 파급효과", "시민이 느낄 만한 성과를 냈습니까? 0점에서 100점으로 적어 주세요.", "40", "0~100"
        ),
    ),
    groups=(
        Group(
            "EXP", "외부위원", "70", "1", "4",
            ("G-0011", "G-0012", "G-0013", "G-0014", "G-0015", "G-0016", "G-0017"),
        ),
        Group("DIR", "내부위원", "30", "0", "2", ("G-0005", "G-0006", "G-0007")),
    ),
    recused={
        ("G-0013", "G10"): "이 기관의 비상임이사를 맡고 있어 회피합니다.",
        ("G-0014", "G02"): "이 기관의 외부감사를 맡고 있어 회피합니다.",
        ("G-0014", "G04"): "이 기관의 외부감사를 맡고 있어 회피합니다.",
        ("G-0006", "G20"): "이 기관의 당연직 이사여서 회피합니다.",
    },
    # Raters far from all others: what the trimmed mean is for.
    odd={("G-0016", "G21"): 45, ("G-0012", "G16"): 99, ("G-0015", "G01"): 62},
)  # fmt: skip

ADJUSTMENTS = (
    ("BONUS", "G01", "1", "정부 안전관리 수준평가에서 우수기관으로 표창을 받았습니다.", "확정"),
    ("BONUS", "G05", "2", "전국 신용보증재단 경영평가에서 1위를 하였습니다.", "확정"),
    ("BONUS", "G05", "1.5", "소상공인 지원 유공으로 장관 표창을 받았습니다.", "확정"),
    ("BONUS", "G08", "0.5", "공공디자인 대상에서 장려상을 받았습니다.", "확정"),
    ("BONUS", "G11", "1", "일자리 대상을 받았습니다. 2018년 실적에 대한 상입니다.", "취소"),
    ("LOSS", "G02", "1.5", "공사 현장에서 중대재해가 발생하였습니다.", "확정"),
    ("LOSS", "G16", "2", "채용 절차를 어겨 감사에서 지적되었습니다.", "확정"),
    ("LOSS", "G22", "4", "회계 부정으로 기관 경고를 받았습니다.", "확정"),
    ("LOSS", "G22", "2", "지적사항을 기한 안에 고치지 않았습니다.", "확정"),
    ("LOSS", "G13", "0.5", "계약 절차 지연 민원이 있었습니다. 조사한 결과 기관의 잘못이 아닙니다.", "취소"),
)


def scheme_rows() -> list[Row]:
    return [
        {"성과주기": CYCLE, "코드": SCHEME, "이름": "공공기관 성과평가", "대상": "부서", "소수자리": "2"}
        | {"동점처리": "윗등급", "비고": NOTE}
    ]


def part_rows() -> list[Row]:
    return [{**OF_SCHEME, **part} for part in PARTS]


def grade_rows() -> list[Row]:
    return [{**OF_SCHEME, "이름": name, "기준점수": least, "비율": share} for name, least, share in GRADES]


def prize_rows() -> list[Row]:
    return [{**OF_SCHEME, **PRIZE}]


def subject_rows() -> list[Row]:
    """Every institution, ranked and graded among its own kind."""
    return [{**OF_SCHEME, "코드": one.code, "구분": one.grouping} for one in institutions()]


def paper_rows() -> Iterator[Row]:
    """What the committee says of each institution."""
    return COMMITTEE.paper_rows({one.code: one.level for one in institutions()})


def owner_rows() -> list[Row]:
    """What each supervising division gives, or that it does not apply."""
    return [{**OF_SCHEME, "항목": "SUP", "대상": one.code, "값": one.points} for one in institutions()]


def adjustment_rows() -> list[Row]:
    """Bonuses and deductions as they were proposed, and what was decided."""
    return [
        {**OF_SCHEME, "항목": part, "대상": subject, "점수": points, "사유": reason, "결과": outcome}
        for part, subject, points, reason, outcome in ADJUSTMENTS
    ]
