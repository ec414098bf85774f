"""The rows of 컨설팅 and 일정, and who came: training before the trips, the panel's meeting, the sharing with all."""

from __future__ import annotations

from collections.abc import Iterator

from generator.chance import draw
from generator.people import Person
from generator_of_cities.files import Row

from generator_of_hanam.people import ON_THE_PANEL, Posts
from generator_of_hanam.words import CYCLE

PROGRAMMES: tuple[Row, ...] = (
    {
        "코드": "PREP", "이름": "벤치마킹 사전 교육", "구분": "교육", "신청시작": "2022-07-04 09:00",
        "신청기한": "2022-07-18 18:00", "비고": "팀마다 한 사람 이상 신청해 주세요. 두 차례의 내용은 같습니다.",
    },
    {
        "코드": "PANEL", "이름": "우수사례 심사위원 회의", "구분": "회의", "신청시작": "2022-09-19 09:00",
        "신청기한": "2022-09-28 18:00",
    },
    {
        "코드": "SHARE", "이름": "우수사례 공유회", "구분": "회의", "신청시작": "2022-10-04 09:00",
        "신청기한": "2022-10-17 18:00", "비고": "모든 직원이 신청할 수 있습니다. 하루를 골라 신청해 주세요.",
    },
)  # fmt: skip
HALL = "하남문화예술회관 소극장"
SESSIONS: tuple[Row, ...] = (
    {
        "프로그램": "PREP", "코드": "0720", "제목": "1차", "시작": "2022-07-20 14:00", "종료": "2022-07-20 16:00",
        "장소": "시청 대회의실", "정원": "60",
    },
    {
        "프로그램": "PREP", "코드": "0721", "제목": "2차", "시작": "2022-07-21 14:00", "종료": "2022-07-21 16:00",
        "장소": "시청 대회의실", "정원": "60",
    },
    {
        "프로그램": "PANEL", "코드": "0930", "시작": "2022-09-30 10:00", "종료": "2022-09-30 12:00",
        "장소": "시청 상황실", "정원": "12",
    },
    {
        "프로그램": "SHARE", "코드": "1019", "제목": "첫째 날", "시작": "2022-10-19 14:00", "종료": "2022-10-19 17:00",
        "장소": HALL, "접속주소": "https://live.hanam.example/1019", "정원": "250",
    },
    {
        "프로그램": "SHARE", "코드": "1020", "제목": "둘째 날", "시작": "2022-10-20 14:00", "종료": "2022-10-20 17:00",
        "장소": HALL, "접속주소": "https://live.hanam.example/1020", "정원": "250",
    },
)  # fmt: skip
ABSENT_ONE_IN = 14


def programme_rows() -> Iterator[Row]:
    """A row for each programme."""
    for row in PROGRAMMES:
        yield {"성과주기": CYCLE, **row}


def slot_rows() -> Iterator[Row]:
    """A row for each session."""
    for row in SESSIONS:
        yield {"성과주기": CYCLE, **row}


def attendance_rows(posts: Posts) -> Iterator[Row]:
    """Who signed up for which session, and whether they came."""
    panel = [*(posts.heads[code] for code in ON_THE_PANEL), *posts.experts]
    invited = {
        "PREP": [members[0] for members in posts.members.values()],
        "PANEL": panel,
        "SHARE": [member for members in posts.members.values() for member in members],
    }
    for programme, people in invited.items():
        sessions = [row["코드"] for row in SESSIONS if row["프로그램"] == programme]
        for number, person in enumerate(people):
            yield _row(programme, sessions[number % len(sessions)], person)


def _row(programme: str, session: str, person: Person) -> Row:
    absent = int(draw(programme, person.number, "came") * ABSENT_ONE_IN) == 0
    return {
        "성과주기": CYCLE,
        "프로그램": programme,
        "일정": session,
        "부서": person.department,
        "사람": person.number,
        "출석": "아니오" if absent else "예",
    }
