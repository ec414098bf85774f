"""The rows of 컨설팅 and 일정: what is held in the year, and the slots of every day.

Each of the 248 departments with indicators takes part in a consultation, so each has to find a slot.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

PROGRAMME_COLUMNS = (
    "성과주기", "코드", "이름", "구분", "서면제출기한", "서면검토기한", "신청시작", "신청기한", "기록기한",
    "변경마감시간", "제안유지시간", "미참여감점", "이의신청일수", "비고",
)  # fmt: skip
SLOT_COLUMNS = (
    "성과주기", "프로그램", "코드", "제목", "시작", "종료", "장소", "접속주소", "정원", "컨설턴트", "평가부서참석",
    "상태",
)  # fmt: skip

Row = dict[str, str]

PROGRAMMES: Sequence[Row] = (
    {
        "코드": "SPRING",
        "이름": "2019년 지표 컨설팅",
        "구분": "컨설팅",
        "서면제출기한": "2019-03-22 18:00",
        "서면검토기한": "2019-04-05 18:00",
        "신청시작": "2019-03-25 09:00",
        "신청기한": "2019-04-05 18:00",
        "기록기한": "2019-05-10 18:00",
        "미참여감점": "0.5",
        "비고": "모든 부서가 한 번 참여합니다. 담당자, 평가협업담당관, 전문기관이 함께합니다.",
    },
    {
        "코드": "ADJUST",
        "이름": "하반기 계획 조정 컨설팅",
        "구분": "컨설팅",
        "서면제출기한": "2019-07-19 18:00",
        "서면검토기한": "2019-07-31 18:00",
        "신청시작": "2019-07-22 09:00",
        "신청기한": "2019-08-02 18:00",
        "기록기한": "2019-09-06 18:00",
        "미참여감점": "0.5",
        "비고": "조직개편에 따라 조정할 지표를 서면 자료에 적어 주세요. 40분씩 진행합니다.",
    },
    {
        "코드": "GUIDE",
        "이름": "하반기 실적관리 지침 교육",
        "구분": "교육",
        "신청시작": "2019-07-08 09:00",
        "신청기한": "2019-07-23 18:00",
        "비고": "두 차례 가운데 하나를 신청합니다. 내용은 같습니다.",
    },
    {
        "코드": "BSC-1",
        "이름": "BSC 연구모임 9월 모임",
        "구분": "회의",
        "신청시작": "2019-08-19 09:00",
        "신청기한": "2019-09-04 18:00",
    },
    {
        "코드": "BSC-2",
        "이름": "BSC 연구모임 워크숍",
        "구분": "회의",
        "신청시작": "2019-09-16 09:00",
        "신청기한": "2019-10-08 18:00",
        "비고": "부서별 지표 개선 사례를 한 가지씩 가져와 주세요.",
    },
    {
        "코드": "BSC-3",
        "이름": "BSC 연구모임 11월 모임",
        "구분": "회의",
        "신청시작": "2019-10-21 09:00",
        "신청기한": "2019-11-06 18:00",
    },
)
SESSIONS: Sequence[Row] = (
    {
        "프로그램": "GUIDE",
        "코드": "1",
        "제목": "1차 교육",
        "시작": "2019-07-25 10:00",
        "종료": "2019-07-25 12:00",
        "장소": "시청 본관 다목적홀",
        "정원": "150",
    },
    {
        "프로그램": "GUIDE",
        "코드": "2",
        "제목": "2차 교육",
        "시작": "2019-07-25 14:00",
        "종료": "2019-07-25 16:00",
        "장소": "시청 본관 다목적홀",
        "접속주소": "https://edu.seoul.example/guide-2019",
        "정원": "150",
    },
    {
        "프로그램": "BSC-1",
        "코드": "0906",
        "시작": "2019-09-06 15:00",
        "종료": "2019-09-06 17:00",
        "장소": "서소문청사 1동 대회의실",
        "정원": "30",
    },
    {
        "프로그램": "BSC-2",
        "코드": "1011",
        "시작": "2019-10-11 10:00",
        "종료": "2019-10-11 17:00",
        "장소": "인재개발원 세미나실",
        "정원": "60",
    },
    {
        "프로그램": "BSC-3",
        "코드": "1108",
        "시작": "2019-11-08 15:00",
        "종료": "2019-11-08 17:00",
        "장소": "서소문청사 1동 대회의실",
        "정원": "30",
    },
)

# Working days, and who holds a slot at each hour of each: a consultant with somebody of the evaluation office.
SPRING_DAYS = ("04-08", "04-09", "04-10", "04-11", "04-12", "04-15", "04-16", "04-17")
SPRING_PAIRS = (("S-0011", "S-0001"), ("S-0012", "S-0002"), ("S-0013", "S-0005"), ("S-0014", "S-0006"))
AUGUST_DAYS = (
    "08-05", "08-06", "08-07", "08-08", "08-09", "08-12", "08-13", "08-14", "08-16", "08-19", "08-20", "08-21",
    "08-22", "08-23", "08-26", "08-27",
)  # fmt: skip
AUGUST_PAIRS = SPRING_PAIRS[:2]

# 40 minutes each, and 10 to change over; nothing over noon.
HOURS = (
    ("09:30", "10:10"),
    ("10:20", "11:00"),
    ("11:10", "11:50"),
    ("13:30", "14:10"),
    ("14:20", "15:00"),
    ("15:10", "15:50"),
    ("16:00", "16:40"),
    ("16:50", "17:30"),
)


def programme_rows() -> list[Row]:
    """A row for each programme."""
    return [{"성과주기": "2019", **row} for row in PROGRAMMES]


def slot_rows() -> list[Row]:
    """The slots of both consultations, and the sessions of training and meetings, in order of time."""
    rows = [
        *_slots("SPRING", SPRING_DAYS, SPRING_PAIRS),
        *_slots("ADJUST", AUGUST_DAYS, AUGUST_PAIRS),
        *SESSIONS,
    ]
    return [{"성과주기": "2019", **row} for row in sorted(rows, key=lambda row: row["시작"])]


def _slots(programme: str, days: Sequence[str], pairs: Sequence[tuple[str, str]]) -> Iterator[Row]:
    for day in days:
        for starts, ends in HOURS:
            for room, (consultant, evaluator) in enumerate(pairs, 1):
                yield {
                    "프로그램": programme,
                    "코드": f"{day.replace('-', '')}-{starts.replace(':', '')}-{room}",
                    "시작": f"2019-{day} {starts}",
                    "종료": f"2019-{day} {ends}",
                    "장소": f"서소문청사 2동 상담실 {room}",
                    "컨설턴트": consultant,
                    "평가부서참석": evaluator,
                }
