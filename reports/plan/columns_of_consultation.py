"""The sheets 컨설팅 and 일정: programmes, and when and where they take place."""

from __future__ import annotations

from models.consultation.programme import Programme, ProgrammeKind, Slot, SlotState
from models.organization import Person
from models.plan import Cycle
from reports.plan.column import (
    Column,
    Reads,
    Sheet,
    choice,
    instant,
    lines,
    may_choose,
    moment,
    opening,
    text,
    whole,
)
from reports.plan.lines import ProgrammeLine, SlotLine

_KINDS = {
    "컨설팅": ProgrammeKind.CONSULTATION,
    "교육": ProgrammeKind.TRAINING,
    "회의": ProgrammeKind.MEETING,
}
_STATES = {"예정": SlotState.OPEN, "취소": SlotState.CANCELLED}

PROGRAMMES = Sheet(
    "컨설팅",
    "컨설팅, 교육, 회의를 한 줄에 하나씩 적습니다. 날짜와 시각은 ‘일정’ 시트에 적습니다.",
    ProgrammeLine,
    (
        text("성과주기", "cycle", Cycle.code, "‘기간’ 시트에 적은 성과주기의 코드.", True),
        text("코드", "code", Programme.code, "프로그램의 코드. 예: ADJ", True),
        text("이름", "name", Programme.name, "예: 계획 조정 컨설팅", True),
        choice("구분", "kind", "컨설팅은 부서마다 한 번, 교육과 회의는 사람마다 신청합니다.", _KINDS),
        instant("서면제출기한", "written_due", "부서가 서면 자료를 낼 기한. 서면 검토가 없으면 비웁니다."),
        instant("서면검토기한", "views_due", "컨설턴트가 지표마다 의견을 적을 기한."),
        opening("신청시작", "booking_opens", "이때부터 신청합니다. 비우면 언제든."),
        instant("신청기한", "booking_due", "이때까지 신청합니다."),
        instant("기록기한", "notes_due", "컨설턴트가 컨설팅 결과를 적을 기한."),
        whole(
            "변경마감시간",
            "cut_off_hours",
            "시작 몇 시간 전까지 바꾸거나 취소하는지. 비우면 24.",
            (0, 720),
            24,
        ),
        whole(
            "제안유지시간", "offer_hours", "대기자에게 난 자리를 몇 시간 맡아 두는지. 비우면 4.", (1, 720), 4
        ),
        Column(
            "미참여감점",
            "absence_points",
            "참여하지 않은 부서에 제안할 감점. 비우거나 0이면 없습니다.",
            Reads.NUMBER,
            bounds=(0, 100),
            blank=None,
        ),
        whole("이의신청일수", "objection_days", "감점에 이의를 신청할 수 있는 날수. 비우면 7.", (1, 365)),
        lines("비고", "note", Programme.note, "신청하는 사람에게 알릴 것."),
    ),
    required=False,
)

SLOTS = Sheet(
    "일정",
    "컨설팅, 교육, 회의의 날짜와 시각을 한 줄에 하나씩 적습니다. 하루를 넘기지 않습니다.",
    SlotLine,
    (
        text("성과주기", "cycle", Cycle.code, "‘기간’ 시트에 적은 성과주기의 코드.", True),
        text("프로그램", "programme", Programme.code, "‘컨설팅’ 시트에 적은 코드.", True),
        text("코드", "code", Slot.code, "일정의 코드. 한 프로그램 안에서 서로 다릅니다. 예: 0805-1", True),
        text("제목", "title", Slot.title, "예: 1차 교육"),
        moment("시작", "starts_at", "시작하는 날짜와 시각."),
        moment("종료", "ends_at", "끝나는 날짜와 시각. 시작과 같은 날입니다."),
        text("장소", "place", Slot.place, "예: 서소문청사 1동 회의실"),
        text("접속주소", "link", Slot.link, "화상으로 하면 그 주소. https://로 시작합니다."),
        whole("정원", "seats", "몇 자리인지. 컨설팅은 1입니다. 비우면 1.", (1, 10_000), 1),
        text("컨설턴트", "consultant", Person.code, "컨설턴트의 번호. 컨설팅이면 비울 수 없습니다."),
        text("평가부서참석", "office", Person.code, "평가부서에서 함께하는 사람의 번호."),
        may_choose("상태", "state", "예정 또는 취소. 비우면 새 일정은 예정, 있던 일정은 그대로.", _STATES),
    ),
    required=False,
)
