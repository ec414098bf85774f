"""The rows of 컨설팅 and 일정: workshops, training, meetings of progress and of the committee."""

from __future__ import annotations

from collections.abc import Iterator

from generator.chance import draw
from generator.people import Person
from generator_of_cities.files import Row

from generator_of_bucheon.people import Posts
from generator_of_bucheon.words import CYCLE, divisions

LEADS, OFFICERS, CIRCLE, MEMBERS = "leads", "officers", "circle", "members"

# Code, name, kind, who comes, when booking opens and ends, and the sessions: code, day, from, until, place, seats.
Session = tuple[str, str, str, str, str, str]
Held = tuple[str, str, str, str, str, str, tuple[Session, ...]]
HALL, ROOM, SEMINAR = "시청 대강당", "시청 창의실", "시민학습원 세미나실"
PROGRAMMES: tuple[Held, ...] = (
    ("WS", "2006년 성과관리 워크숍", "회의", OFFICERS, "2006-01-09 09:00", "2006-01-17 18:00",
     (("0119", "2006-01-19", "10:00", "17:00", SEMINAR, "60"),)),
    ("TR-1", "상반기 성과관리 교육", "교육", OFFICERS, "2006-03-02 09:00", "2006-03-13 18:00",
     (("0315", "2006-03-15", "14:00", "17:00", HALL, "40"), ("0316", "2006-03-16", "14:00", "17:00", HALL, "40"))),
    ("PM-1", "1분기 추진상황 보고회", "회의", LEADS, "2006-04-03 09:00", "2006-04-12 18:00",
     (("0414", "2006-04-14", "15:00", "17:00", ROOM, "40"),)),
    ("PC-1", "정책평가 연구모임 상반기 워크숍", "회의", CIRCLE, "2006-05-02 09:00", "2006-05-17 18:00",
     (("0519", "2006-05-19", "10:00", "17:00", SEMINAR, "20"),)),
    ("AC-1", "성과자문위원회 1차 회의", "회의", MEMBERS, "2006-06-19 09:00", "2006-06-30 18:00",
     (("0703", "2006-07-03", "14:00", "17:00", ROOM, "20"),)),
    ("PM-2", "2분기 추진상황 보고회", "회의", LEADS, "2006-07-03 09:00", "2006-07-12 18:00",
     (("0714", "2006-07-14", "15:00", "17:00", ROOM, "40"),)),
    ("TR-2", "하반기 성과관리 교육", "교육", OFFICERS, "2006-08-28 09:00", "2006-09-11 18:00",
     (("0913", "2006-09-13", "14:00", "17:00", HALL, "40"), ("0914", "2006-09-14", "14:00", "17:00", HALL, "40"))),
    ("PC-2", "정책평가 연구모임 하반기 워크숍", "회의", CIRCLE, "2006-09-04 09:00", "2006-09-20 18:00",
     (("0922", "2006-09-22", "10:00", "17:00", SEMINAR, "20"),)),
    ("PM-3", "3분기 추진상황 보고회", "회의", LEADS, "2006-09-25 09:00", "2006-10-11 18:00",
     (("1013", "2006-10-13", "15:00", "17:00", ROOM, "40"),)),
    ("AC-2", "성과자문위원회 2차 회의", "회의", MEMBERS, "2006-12-18 09:00", "2007-01-04 18:00",
     (("0108", "2007-01-08", "14:00", "17:00", ROOM, "20"),)),
    ("PM-4", "4분기 추진상황 보고회", "회의", LEADS, "2006-12-18 09:00", "2007-01-10 18:00",
     (("0112", "2007-01-12", "15:00", "17:00", ROOM, "40"),)),
)  # fmt: skip

IN_THE_CIRCLE = ("D0101", "D0102", "D0103", "D0203", "D0204", "D0302", "D0401", "D0403", "D0502", "D0603")
ABSENT_ONE_IN = 12


def programme_rows() -> Iterator[Row]:
    """A row for each programme."""
    for code, name, kind, _, opens, due, _ in PROGRAMMES:
        yield {
            "성과주기": CYCLE, "코드": code, "이름": name, "구분": kind, "신청시작": opens, "신청기한": due,
        }  # fmt: skip


def slot_rows() -> Iterator[Row]:
    """A row for each session."""
    for programme, *_, sessions in PROGRAMMES:
        for code, day, starts, ends, place, seats in sessions:
            yield {
                "성과주기": CYCLE, "프로그램": programme, "코드": code, "시작": f"{day} {starts}",
                "종료": f"{day} {ends}", "장소": place, "정원": seats,
            }  # fmt: skip


def attendance_rows(posts: Posts) -> Iterator[Row]:
    """Who signed up for which session, and whether they came."""
    for programme, _, _, whom, _, _, sessions in PROGRAMMES:
        for number, person in enumerate(_invited(whom, posts)):
            about = (programme, person.number, "came")
            yield {
                "성과주기": CYCLE,
                "프로그램": programme,
                "일정": sessions[number % len(sessions)][0],
                "부서": person.department,
                "사람": person.number,
                "출석": "아니오" if int(draw(*about) * ABSENT_ONE_IN) == 0 else "예",
            }


def _invited(whom: str, posts: Posts) -> list[Person]:
    codes = [division["코드"] for division in divisions()]
    match whom:
        case "leads":
            return [posts.leads[code] for code in codes]
        case "officers":
            return [posts.officers[code] for code in codes]
        case "circle":
            return [posts.officers[code] for code in IN_THE_CIRCLE]
        case _:
            return posts.members
