"""The rows of 평가체계, 배점, 등급, 포상, 평가대상, 평가, 평가항목 and 평가단."""

from __future__ import annotations

from collections.abc import Iterator

from generator_of_cities.files import Row

from generator_of_hanam.people import ON_THE_PANEL, Posts
from generator_of_hanam.words import CYCLE, INNOVATION, PLANNING, divisions, teams

TEAMS, DIVISIONS, PERSONS = "TEAM", "DEPT", "ACTIVE"
CASE, DEVOTION = "CASE", "ACTIVE"

NOTE = "공개된 자료에는 심사 기준과 배점이 없어 시연용으로 정했습니다."
SCHEMES: tuple[Row, ...] = (
    {"코드": TEAMS, "이름": "벤치마킹 팀 평가", "대상": "부서", "비고": NOTE},
    {"코드": DIVISIONS, "이름": "우수 부서 평가", "대상": "부서", "비고": NOTE},
    {"코드": PERSONS, "이름": "적극 참여 공무원 평가", "대상": "개인", "비고": NOTE},
)
ADOPTED = "0:40; 1:80; 2:100"
PARTS: tuple[Row, ...] = (
    {"체계": TEAMS, "코드": "REPORT", "이름": "사례 보고", "원천": "지표", "배점": "30"},
    {"체계": TEAMS, "코드": "CASE", "이름": "심사", "원천": "평가", "배점": "45", "근거": CASE, "동점순위": "1"},
    {
        "체계": TEAMS, "코드": "ADOPT", "이름": "정책 채택", "원천": "소관", "배점": "25", "소관부서": PLANNING,
        "배점방식": "단계형", "단계표": ADOPTED, "달성률자리": "1", "동점순위": "2",
    },
    {"체계": TEAMS, "코드": "BONUS", "이름": "공유회 발표 가점", "원천": "가점", "배점": "3"},
    {"체계": TEAMS, "코드": "MINUS", "이름": "여비 정산 등 감점", "원천": "감점", "배점": "2"},
    {
        "체계": DIVISIONS, "코드": "TEAMS", "이름": "소속 팀 평균", "원천": "다른평가", "배점": "70", "범위": "하위",
        "근거": TEAMS, "동점순위": "1",
    },
    {
        "체계": DIVISIONS, "코드": "SHARE", "이름": "공유·확산 실적", "원천": "소관", "배점": "20",
        "소관부서": INNOVATION,
    },
    {
        "체계": DIVISIONS, "코드": "FOLLOW", "이름": "후속 계획", "원천": "소관", "배점": "10", "소관부서": PLANNING,
    },
    {
        "체계": PERSONS, "코드": "RATED", "이름": "참여와 확산", "원천": "평가", "배점": "60", "근거": DEVOTION,
        "동점순위": "1",
    },
    {"체계": PERSONS, "코드": "TEAM", "이름": "소속 팀의 사례 보고", "원천": "지표", "배점": "40"},
)  # fmt: skip

# Scheme, name, how many.
PRIZES = (
    (TEAMS, "최우수팀", "1"),
    (TEAMS, "우수팀", "2"),
    (TEAMS, "장려팀", "3"),
    (DIVISIONS, "최우수 부서(시상금 100만원)", "1"),
    (DIVISIONS, "우수 부서(시상금 50만원)", "2"),
    (DIVISIONS, "장려 부서(시상금 30만원)", "3"),
    (PERSONS, "적극 참여 공무원 표창", "4"),
)
LEAST_FOR_A_PRIZE = "70"
GRADES = (("가", "15"), ("나", "35"), ("다", "50"))
"""Of the teams: name and share in %."""

NOMINATED = (
    ("D0101-1", 2), ("D0102-2", 1), ("D0201-1", 1), ("D0203-2", 3), ("D0301-1", 4), ("D0303-2", 2), ("D0401-1", 1),
    ("D0403-1", 3), ("D0404-1", 1), ("D0501-1", 2), ("D0502-1", 4), ("D0504-1", 1),
)  # fmt: skip
"""Officials who did the most: their team and their place in it."""

ROUNDS: tuple[Row, ...] = (
    {
        "코드": CASE, "이름": "우수사례 심사", "체계": TEAMS, "시작": "2022-10-04 09:00", "마감": "2022-10-14 18:00",
    },
    {
        "코드": DEVOTION, "이름": "적극 참여 공무원 평가", "체계": PERSONS, "시작": "2022-11-07 09:00",
        "마감": "2022-11-18 18:00",
    },
)  # fmt: skip
LABELS = "탁월:100; 우수:90; 보통:80; 미흡:70"
CRITERIA: dict[str, tuple[tuple[str, str, str, str, str], ...]] = {
    CASE: (
        ("NEW", "참신성", "우리 시에 없던 새로운 정책입니까?", "25", LABELS),
        ("FIT", "적용 가능성", "우리 시에서 시행할 수 있습니까?", "35", "0~100"),
        ("REACH", "파급 효과", "시민에게 미치는 효과가 큽니까?", "25", LABELS),
        ("TOLD", "보고의 충실성", "보고서가 충실하고 알기 쉽습니까?", "15", "1~5"),
    ),
    DEVOTION: (
        ("PART", "참여", "벤치마킹에 앞장서 참여하였습니까?", "50", LABELS),
        ("SPREAD", "확산 노력", "배운 것을 동료와 나누었습니까?", "50", "1~10"),
    ),
}


def scheme_rows() -> Iterator[Row]:
    for row in SCHEMES:
        yield {"성과주기": CYCLE, "적용일": "2022-08-01", "소수자리": "2", "동점처리": "아랫등급", **row}


def part_rows() -> Iterator[Row]:
    for row in PARTS:
        yield {"성과주기": CYCLE, "적용일": "2022-08-01", "결합": "연간", **row}


def grade_rows() -> Iterator[Row]:
    for name, share in GRADES:
        yield {"성과주기": CYCLE, "체계": TEAMS, "적용일": "2022-08-01", "이름": name, "비율": share}


def prize_rows() -> Iterator[Row]:
    for scheme, name, count in PRIZES:
        version = {"성과주기": CYCLE, "체계": scheme, "적용일": "2022-08-01"}
        yield {**version, "이름": name, "인원": count, "기준점수": LEAST_FOR_A_PRIZE}


def subject_rows(posts: Posts) -> Iterator[Row]:
    """Teams, divisions, and the officials nominated, for whom the indicators of their team count."""
    for team in teams():
        yield {"성과주기": CYCLE, "체계": TEAMS, "코드": team.code}
    for division in divisions():
        yield {"성과주기": CYCLE, "체계": DIVISIONS, "코드": division["코드"]}
    for code, place in NOMINATED:
        person = posts.members[code][place - 1]
        yield {"성과주기": CYCLE, "체계": PERSONS, "코드": person.number, "부서": code}


def rating_rows() -> Iterator[Row]:
    for row in ROUNDS:
        yield {"성과주기": CYCLE, "계획변경시재평가": "아니오", **row}


def criterion_rows() -> Iterator[Row]:
    names = ("코드", "이름", "질문", "배점", "척도")
    for rating, criteria in CRITERIA.items():
        for criterion in criteria:
            yield {"성과주기": CYCLE, "평가": rating, **dict(zip(names, criterion, strict=True))}


def group_rows(posts: Posts) -> Iterator[Row]:
    """The panel from inside and outside, and the heads of the divisions."""
    inside = {"평가": CASE, "코드": "INSIDE", "이름": "내부 심사위원", "몫": "40", "방식": "지정"}
    for code in ON_THE_PANEL:
        yield _group(inside, "1", "2", posts.heads[code].number)
    outside = {"평가": CASE, "코드": "OUTSIDE", "이름": "외부 전문가", "몫": "40", "방식": "지정"}
    for expert in posts.experts:
        yield _group(outside, "0", "2", expert.number)
    heads = {"코드": "HEADS", "이름": "소속 부서장", "방식": "소속장"}
    yield _group(heads | {"평가": CASE, "몫": "20"}, "0", "1", "")
    yield _group(heads | {"평가": DEVOTION, "몫": "50"}, "0", "1", "")
    office = {"평가": DEVOTION, "코드": "OFFICE", "이름": "정책혁신담당관", "몫": "50", "방식": "지정"}
    for member in posts.office:
        yield _group(office, "0", "1", member.number)


def _group(group: Row, trim: str, fewest: str, rater: str) -> Row:
    return {"성과주기": CYCLE, **group, "절사": trim, "최소평가수": fewest, "위원": rater}
