"""The rows of 컨설팅 and 일정: training in two sessions, written review and one day of coaching; and who came."""

from __future__ import annotations

from collections.abc import Iterator

from generator.people import Person
from generator_of_cities.files import Row

from generator_of_osan.people import LEAD, OFFICER, Posts
from generator_of_osan.vocabulary import CYCLE, scored_departments

TRAINING, COACHING = "TRAIN", "COACH"
PROGRAMMES: tuple[Row, ...] = (
    {
        "코드": TRAINING,
        "이름": "2023년 성과관리 교육",
        "구분": "교육",
        "신청시작": "2023-01-02 09:00",
        "신청기한": "2023-01-09 18:00",
        "비고": "팀장은 1차, 담당자는 2차에 오시면 좋습니다. 내용은 같습니다.",
    },
    {
        "코드": COACHING,
        "이름": "성과지표 고도화 컨설팅",
        "구분": "컨설팅",
        "서면제출기한": "2023-01-27 18:00",
        "서면검토기한": "2023-02-08 18:00",
        "신청시작": "2023-02-06 09:00",
        "신청기한": "2023-02-13 18:00",
        "기록기한": "2023-02-24 18:00",
        "미참여감점": "0.5",
        "이의신청일수": "7",
        "비고": "1차 서면 컨설팅에서 지표마다 연계, 산식, 목표치 적합성, 도전성을 봅니다. 대면 컨설팅은 하루에 합니다.",
    },
)

TRAINING_DAY, TRAINING_SEATS = "2023-01-11", "130"
SESSIONS = (("1", "1차 교육", "10:00", "12:00"), ("2", "2차 교육", "14:00", "16:00"))
SESSION_OF = {LEAD: "1", OFFICER: "2"}

COACHING_DAY = "2023-02-15"
RESEARCHERS = ("O-0011", "O-0012", "O-0013", "O-0014", "O-0015", "O-0016")
# Of the evaluation team there are fewer than rooms.
EVALUATORS = {1: "O-0001", 2: "O-0002"}
# 40 minutes each, and 10 to change over; nothing over noon.
HOURS = (
    ("09:30", "10:10"), ("10:20", "11:00"), ("11:10", "11:50"), ("13:30", "14:10"), ("14:20", "15:00"),
    ("15:10", "15:50"), ("16:00", "16:40"), ("16:50", "17:30"),
)  # fmt: skip

# Who did not come to the training: the department, the post and which of those in it.
MISSED_TRAINING = {("D25", OFFICER, 1), ("D18", LEAD, 2), ("T05", OFFICER, 0)}
NEVER_BOOKED = "D27"
MISSED_COACHING = {"D18", "D25"}


def programme_rows() -> list[Row]:
    return [{"성과주기": CYCLE, **row} for row in PROGRAMMES]


def slot_rows() -> list[Row]:
    """Both sessions, and every researcher's slots of the day."""
    rows: list[Row] = [
        {"프로그램": TRAINING, "코드": code, "제목": title, "시작": f"{TRAINING_DAY} {starts}"}
        | {"종료": f"{TRAINING_DAY} {ends}", "장소": "시청 대회의실", "정원": TRAINING_SEATS}
        for code, title, starts, ends in SESSIONS
    ]
    for starts, ends in HOURS:
        for room, researcher in enumerate(RESEARCHERS, 1):
            rows.append(
                {
                    "프로그램": COACHING,
                    "코드": _slot(starts, room),
                    "시작": f"{COACHING_DAY} {starts}",
                    "종료": f"{COACHING_DAY} {ends}",
                    "장소": f"시청 상담실 {room}",
                    "컨설턴트": researcher,
                    "평가부서참석": EVALUATORS.get(room, ""),
                }
            )
    return [{"성과주기": CYCLE, **row} for row in rows]


def attendance_rows(posts: Posts) -> Iterator[Row]:
    """Everybody who signed up for the training, and the departments that booked a slot."""
    for department in scored_departments():
        for role, holders in ((LEAD, posts.leads), (OFFICER, posts.officers)):
            for place, person in enumerate(holders[department.code]):
                came = (department.code, role, place) not in MISSED_TRAINING
                yield _row(TRAINING, SESSION_OF[role], person, came)
    slots = (_slot(starts, room) for starts, _ in HOURS for room, _ in enumerate(RESEARCHERS, 1))
    booking = [one.code for one in scored_departments() if one.code != NEVER_BOOKED]
    for code, slot in zip(booking, slots, strict=False):
        yield _row(COACHING, slot, posts.officers[code][0], code not in MISSED_COACHING)


def _slot(starts: str, room: int) -> str:
    return f"0215-{starts.replace(':', '')}-{room}"


def _row(programme: str, session: str, person: Person, came: bool) -> Row:
    return {
        "성과주기": CYCLE,
        "프로그램": programme,
        "일정": session,
        "부서": person.department,
        "사람": person.number,
        "출석": "예" if came else "아니오",
    }
