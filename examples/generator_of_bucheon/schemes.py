"""The rows of 평가체계, 배점, 등급, 포상, 평가대상, 평가, 평가항목 and 평가단."""

from __future__ import annotations

from collections.abc import Iterator

from generator_of_cities.files import Row

from generator_of_bucheon.people import Posts
from generator_of_bucheon.words import (
    CYCLE,
    EVALUATION,
    GENERAL_AFFAIRS,
    PLANNING,
    TASKS,
    bureaus,
    divisions,
)

DIVISIONS, BUREAUS = "BSC", "BUREAU"
ADVICE, SURVEY = "ADVICE", "CITIZENS"
FROM_JANUARY, FROM_JULY = "2006-01-01", "2006-07-01"

NOTE = (
    "공개된 자료에는 배점이 없어 배점과 항목은 시연용으로 정했습니다. "
    "7월부터 청렴 실천 5점을 새로 두고 월별 공정 이행을 50점에서 45점으로 줄였습니다."
)
SCHEMES: tuple[Row, ...] = (
    {"코드": DIVISIONS, "이름": "부서 종합평가", "적용일": FROM_JANUARY, "비고": NOTE},
    {"코드": DIVISIONS, "이름": "부서 종합평가", "적용일": FROM_JULY, "비고": NOTE},
    {"코드": BUREAUS, "이름": "실·국 BSC 평가", "적용일": FROM_JANUARY},
)

ADVISED = {"이름": "성과자문위원회 평가", "원천": "평가", "배점": "20", "결합": "비중", "근거": ADVICE}
PARTS: tuple[Row, ...] = (
    {"코드": "STEP", "이름": "월별 공정 이행", "원천": "지표", "결합": "평균", "동점순위": "1"},
    {"코드": "ADV", "기간비중": "M06:40; M12:60", "동점순위": "2", **ADVISED},
    {"코드": "CITIZEN", "이름": "시민만족도 조사", "원천": "평가", "배점": "15", "근거": SURVEY},
    {"코드": "META", "이름": "메타평가(성과관리 운영 수준)", "원천": "소관", "배점": "10", "소관부서": EVALUATION},
    {
        "코드": "BUDGET", "이름": "예산 조기집행률", "원천": "소관", "배점": "5", "소관부서": PLANNING,
        "배점방식": "상향", "목표치": "54", "최고": "120", "달성률자리": "1",
    },
    {"코드": "BONUS", "이름": "가점", "원천": "가점", "배점": "3"},
    {"코드": "MINUS", "이름": "감점", "원천": "감점", "배점": "3"},
    {"코드": "MILE", "이름": "혁신과제 마일리지", "원천": "마일리지", "배점": "4", "근거": TASKS},
)  # fmt: skip
CLEAN: Row = {"코드": "CLEAN", "이름": "청렴 실천", "원천": "소관", "배점": "5", "소관부서": GENERAL_AFFAIRS}
OF_BUREAUS: tuple[Row, ...] = (
    {"코드": "KPI", "이름": "BSC 성과지표", "원천": "지표", "배점": "60", "동점순위": "1"},
    {
        "코드": "DIV",
        "이름": "소속 부서 평균",
        "원천": "다른평가",
        "배점": "40",
        "범위": "하위",
        "근거": DIVISIONS,
    },
)

# Name, least total, share of the divisions in %.
GRADES = (("탁월", "90", "20"), ("우수", "80", "30"), ("보통", "", "40"), ("미흡", "", ""))
PRIZES = (("우수", "1"), ("장려", "2"))
LEAST_FOR_A_PRIZE = "80"

ROUNDS: tuple[Row, ...] = (
    {
        "코드": ADVICE, "이름": "성과자문위원회 상반기 평가", "기간": "M06", "체계": DIVISIONS,
        "시작": "2006-07-03 09:00", "마감": "2006-07-14 18:00",
    },
    {
        "코드": ADVICE, "이름": "성과자문위원회 연말 평가", "기간": "M12", "체계": DIVISIONS,
        "시작": "2007-01-08 09:00", "마감": "2007-01-19 18:00",
    },
    {
        "코드": SURVEY, "이름": "시민 3,000명 만족도 조사", "체계": DIVISIONS,
        "시작": "2006-11-06 09:00", "마감": "2006-12-08 18:00",
    },
)  # fmt: skip
LABELS = "탁월:100; 우수:90; 보통:80; 미흡:70; 부진:60"
SATISFIED = "매우 만족:100; 만족:80; 보통:60; 불만족:40; 매우 불만족:20"
CRITERIA: dict[str, tuple[tuple[str, str, str, str, str], ...]] = {
    ADVICE: (
        ("PLAN", "계획의 적정성", "지표와 공정표가 부서의 임무를 잘 담고 있습니까?", "30", LABELS),
        ("RUN", "추진 노력", "공정표대로 추진하려는 노력이 충분했습니까?", "30", "1~10"),
        ("EFFECT", "성과와 환류", "성과가 시민에게 도움이 되고 다음 계획에 반영되었습니까?", "40", "0~100"),
    ),
    SURVEY: (
        ("KIND", "친절", "담당 직원이 친절하고 알기 쉽게 안내하였습니까?", "30", SATISFIED),
        ("SPEED", "신속", "업무가 약속한 때에 처리되었습니까?", "30", SATISFIED),
        ("RESULT", "결과", "처리 결과에 만족하십니까?", "40", SATISFIED),
    ),
}


def scheme_rows() -> Iterator[Row]:
    for row in SCHEMES:
        yield {"성과주기": CYCLE, "대상": "부서", "소수자리": "2", "동점처리": "윗등급", **row}


def part_rows() -> Iterator[Row]:
    """The divisions' parts twice: from July on there is one more, and less for the steps."""
    for since, steps, more in ((FROM_JANUARY, "50", ()), (FROM_JULY, "45", (CLEAN,))):
        for part in (*PARTS, *more):
            points = {"배점": steps} if part["코드"] == "STEP" else {}
            yield {"성과주기": CYCLE, "체계": DIVISIONS, "적용일": since, **part, **points}
    for part in OF_BUREAUS:
        yield {"성과주기": CYCLE, "체계": BUREAUS, "적용일": FROM_JANUARY, **part}


def grade_rows() -> Iterator[Row]:
    for since in (FROM_JANUARY, FROM_JULY):
        for name, least, share in GRADES:
            version = {"성과주기": CYCLE, "체계": DIVISIONS, "적용일": since}
            yield {**version, "이름": name, "기준점수": least, "비율": share}


def prize_rows() -> Iterator[Row]:
    for since in (FROM_JANUARY, FROM_JULY):
        for name, count in PRIZES:
            version = {"성과주기": CYCLE, "체계": DIVISIONS, "적용일": since}
            yield {**version, "이름": name, "인원": count, "기준점수": LEAST_FOR_A_PRIZE}


def subject_rows() -> Iterator[Row]:
    for division in divisions():
        yield {"성과주기": CYCLE, "체계": DIVISIONS, "코드": division["코드"]}
    for bureau in bureaus():
        yield {"성과주기": CYCLE, "체계": BUREAUS, "코드": bureau["코드"]}


def rating_rows() -> Iterator[Row]:
    for row in ROUNDS:
        yield {"성과주기": CYCLE, "계획변경시재평가": "아니오", **row}


def criterion_rows() -> Iterator[Row]:
    names = ("코드", "이름", "질문", "배점", "척도")
    for rating, criteria in CRITERIA.items():
        for criterion in criteria:
            yield {"성과주기": CYCLE, "평가": rating, **dict(zip(names, criterion, strict=True))}


def group_rows(posts: Posts) -> Iterator[Row]:
    """The committee, whose highest and lowest paper are left out, and the citizens."""
    committee = {"평가": ADVICE, "코드": "COMMITTEE", "이름": "성과자문위원회", "방식": "지정"}
    for member in posts.members:
        rule = {"몫": "100", "절사": "1", "최소평가수": "6", "위원": member.number}
        yield {"성과주기": CYCLE, **committee, **rule}
    citizens = {"평가": SURVEY, "코드": "CITIZENS", "이름": "시민", "방식": "설문"}
    yield {"성과주기": CYCLE, **citizens, "몫": "100", "절사": "0", "최소평가수": "100"}
