"""The rows of 컨설팅 and 일정: the meetings of the year that people sign up for, and who came."""

from __future__ import annotations

from collections.abc import Iterator

from generator.people import Person
from generator_of_cities.files import Row

from generator_of_gwangju.people import Posts
from generator_of_gwangju.vocabulary import CYCLE, departments, institutions

PROGRAMMES = (
    ("PLAN", "2019년 성과창출계획 보고회", "2019-01-07 09:00", "2019-01-18 18:00",
     "기관마다 그해 성과목표를 5분씩 보고합니다. 감독부서도 함께합니다."),
    ("MID", "성과목표 중간 점검 회의", "2019-07-01 09:00", "2019-07-15 18:00",
     "상반기 추진 상황과 늦어지는 목표를 한 장에 적어 가져와 주세요."),
    ("HEADS", "공공기관장 회의", "2020-02-18 09:00", "2020-02-25 18:00",
     "2019년 성과평가 결과와 우수기관 사례를 공유합니다."),
    ("NEXT", "2020년 성과목표 공동 설정 회의", "2020-02-18 09:00", "2020-03-02 18:00",
     "감독부서와 기관이 함께 내년 지표를 정합니다. 분야에 맞는 회의를 신청해 주세요."),
)  # fmt: skip
SLOTS = (
    ("PLAN", "0123", "", "2019-01-23 14:00", "17:00", "시청 대회의실", "80"),
    ("MID", "1", "공사·공단, 경제·산업", "2019-07-18 10:00", "12:00", "시청 중회의실 1", "50"),
    ("MID", "2", "문화·복지·교육", "2019-07-18 14:00", "16:00", "시청 중회의실 1", "50"),
    ("HEADS", "0227", "", "2020-02-27 10:00", "12:00", "시청 대회의실", "80"),
    ("NEXT", "1", "교통·도시·환경 분야", "2020-03-04 10:00", "12:00", "시청 중회의실 2", "30"),
    ("NEXT", "2", "경제·산업 분야", "2020-03-04 14:00", "16:00", "시청 중회의실 2", "30"),
    ("NEXT", "3", "문화·관광·체육 분야", "2020-03-05 10:00", "12:00", "시청 중회의실 2", "30"),
    ("NEXT", "4", "복지·교육 분야", "2020-03-05 14:00", "16:00", "시청 중회의실 2", "30"),
)
OFFICE = "G-0003"

# The session of the joint setting that an institution goes to, by the bureau of its supervising division.
FIELDS = {
    "B05": "1", "B06": "1", "B07": "1", "B03": "2", "B04": "2", "B08": "3", "B09": "4", "B10": "4",
}  # fmt: skip
MIDYEAR_OF_FIELD = {"1": "1", "2": "1", "3": "2", "4": "2"}
STAYED_AWAY = {("PLAN", "G22"), ("MID", "G16"), ("NEXT", "G14")}


def programme_rows() -> list[Row]:
    """The four meetings."""
    return [
        {"코드": code, "이름": name, "구분": "회의", "신청시작": opens, "신청기한": due, "비고": note}
        | {"성과주기": CYCLE}
        for code, name, opens, due, note in PROGRAMMES
    ]


def slot_rows() -> list[Row]:
    """Their sessions, with enough seats for every institution and its supervisor."""
    return [
        {"성과주기": CYCLE, "프로그램": programme, "코드": code, "제목": title, "시작": starts}
        | {"종료": f"{starts[:10]} {ends}", "장소": place, "정원": seats, "평가부서참석": OFFICE}
        for programme, code, title, starts, ends, place, seats in SLOTS
    ]


def attendance_rows(posts: Posts) -> Iterator[Row]:
    """The head of every institution and who evaluates it signed up for each meeting; a few stayed away."""
    bureaus = {row["코드"]: row["상위조직"] for row in departments()}
    seen: set[tuple[str, str, str]] = set()
    for programme, *_ in PROGRAMMES:
        for institution in institutions():
            session = _session(programme, FIELDS[bureaus[institution.supervisor]])
            came = (programme, institution.code) not in STAYED_AWAY
            yield _row(programme, session, posts.heads[institution.code], came)
            supervisor = posts.supervisors[institution.supervisor]
            if (programme, session, supervisor.number) not in seen:
                seen.add((programme, session, supervisor.number))
                yield _row(programme, session, supervisor, True)


def _session(programme: str, field: str) -> str:
    if programme == "NEXT":
        return field
    only = next(code for name, code, *_ in SLOTS if name == programme)
    return MIDYEAR_OF_FIELD[field] if programme == "MID" else only


def _row(programme: str, session: str, person: Person, came: bool) -> Row:
    return {
        "성과주기": CYCLE,
        "프로그램": programme,
        "일정": session,
        "부서": person.department,
        "사람": person.number,
        "출석": "예" if came else "아니오",
    }
