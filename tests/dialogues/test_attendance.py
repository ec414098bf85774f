"""Attendance in chat: one press by the consultant, a list with many, corrected, and what follows."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from handlers.book import BOOK
from models.consultation.programme import ProgrammeKind
from models.words import Refusal
from tests.dialogues import city, consulting
from tests.kit.conversation import Speaker, Town

FIRST = "7. 15.(월) 14:00~14:40"


@pytest.fixture
def consultant(town: Town) -> Speaker:
    """Of a consultation where not coming costs two points."""
    consulting.consultation(town, absence_points=Decimal(2))
    return town.person(consulting.CONSULTANT)


def books(person: Speaker, when: str = FIRST) -> None:
    person.says("컨설팅")
    person.presses("성과지표 컨설팅")
    person.presses(when)
    person.presses("예약하기")


def begins(town: Town) -> None:
    """It is ten past two."""
    town.clock.move(consulting.AFTERNOON + timedelta(minutes=10) - town.now())


def opens(person: Speaker, slot: str = "성과지표 컨설팅") -> None:
    """From the first screen to the slot."""
    person.says("컨설팅")
    person.presses("출석 기록")
    person.presses(slot)


def test_the_consultant_notes_who_came_with_one_press_and_writes_the_note(
    town: Town, consultant: Speaker, officer: Speaker, administrator: Speaker
) -> None:
    books(officer)
    begins(town)
    consultant.says("컨설팅")
    consultant.presses("출석 기록")
    consultant.sees("기록하지 않은 일정이 1건 있습니다.", f"성과지표 컨설팅 ({FIRST}) 미기록 1명")
    consultant.presses("성과지표 컨설팅")
    consultant.sees("미기록", f"일시: {FIRST}", "부서: 총무과", "예약자: 김주무 주무관", "장소: 별관 3층")
    consultant.presses("참석")
    consultant.sees("총무과를 참석으로 기록했습니다.", "[면담 결과 쓰기]", "[바로잡기]")
    administrator.does_not_see("감점")
    consultant.presses("출석 목록")
    consultant.sees("모든 일정의 출석을 기록했습니다.", "기록함")
    consultant.presses("성과지표 컨설팅")
    consultant.sees("참석", "[불참]")
    consultant.does_not_see("[참석]")
    consultant.presses("면담 결과 쓰기")
    consultant.sees("총무과")


def test_who_did_not_come_is_put_before_the_administrators_and_a_correction_takes_it_back(
    town: Town, consultant: Speaker, officer: Speaker, administrator: Speaker, evaluator: Speaker
) -> None:
    books(officer)
    begins(town)
    opens(consultant)
    consultant.presses("불참")
    consultant.sees(
        "총무과를 불참으로 기록했습니다.", "미참여 감점 2점을 관리자에게 제안했습니다. 관리자가 결정합니다."
    )
    administrator.sees(
        "총무과 미참여 감점", "감점 제안", f"사유: {FIRST} 불참", "[감점 확정]", "[감점하지 않음]"
    )
    officer.does_not_see("감점")
    opens(evaluator)
    evaluator.sees("불참")
    evaluator.presses("참석")
    evaluator.does_not_see("[면담 결과 쓰기]")
    card = administrator.card("총무과 미참여 감점")
    assert card["badge"]["label"] == "감점하지 않음" and card["buttons"] == []
    consultant.says("메뉴")
    assert "참석으로 바로잡혀 제안이 없어졌습니다." in str(card["facts"])


def test_of_two_who_press_the_second_is_told_who_was_quicker_and_sees_it(
    town: Town, consultant: Speaker, officer: Speaker, evaluator: Speaker
) -> None:
    books(officer)
    begins(town)
    opens(consultant)
    opens(evaluator)
    press = evaluator.button("불참")
    consultant.presses("참석")
    assert evaluator.card("성과지표 컨설팅")["badge"]["label"] == "참석"
    evaluator.presses_again(press)
    evaluator.sees("한연구 님이 7. 15.(월) 14:10에 먼저 바꿨습니다.")


def test_attendance_of_a_slot_that_has_not_begun_waits(
    town: Town, consultant: Speaker, officer: Speaker
) -> None:
    books(officer)
    consultant.says("컨설팅")
    consultant.presses("출석 기록")
    consultant.sees("출석을 기록하실 일정이 없습니다.")
    consultant.is_shown("attendance.slot", slot=1)
    consultant.sees("7. 15.(월) 14:00부터 출석을 기록할 수 있습니다.")
    consultant.does_not_see("[참석]", "[불참]")


def test_a_slot_nobody_booked_has_nobody_to_note(town: Town, consultant: Speaker) -> None:
    begins(town)
    consultant.is_shown("attendance.slot", slot=1)
    consultant.sees("참석하기로 한 분이 없습니다.")


def test_others_do_not_see_the_attendance(town: Town, consultant: Speaker, officer: Speaker) -> None:
    books(officer)
    begins(town)
    for step in ("slot", "taken"):
        with pytest.raises(Refusal, match="출석은 이 일정의 컨설턴트"):
            officer.is_shown(f"attendance.{step}", slot=1, booking=1)
    assert BOOK["attendance.slot"].guard is not None


def test_a_hall_is_noted_at_once_and_who_stayed_away_by_name(town: Town, officer: Speaker) -> None:
    consulting.session_of(town)
    for person in (officer, town.person(city.SECOND), town.person(city.CIVIL)):
        person.says("컨설팅")
        person.presses("성과관리 교육")
        person.presses("7. 15.(월) 09:00~11:00")
        person.presses("예약하기")
    town.passes(days=7, hours=1)
    consultant = town.person(consulting.CONSULTANT)
    opens(consultant, "성과관리 교육 · 1차")
    consultant.sees("참석 0명 · 불참 0명 · 미기록 3명", "김주무 (총무과) 미기록", "박민원 (민원과) 미기록")
    consultant.presses("모두 참석")
    consultant.sees("3명을 참석으로 기록했습니다.", "참석 3명 · 불참 0명 · 미기록 0명")
    assert "모두 참석" not in consultant.buttons()
    consultant.presses("이서기")
    consultant.sees("참석 2명 · 불참 1명 · 미기록 0명", "이서기 (총무과) 불참")
    assert consultant.buttons()[-3:] == ["이서기", "김주무", "박민원"]
    consultant.presses("이서기")
    consultant.sees("참석 3명 · 불참 0명 · 미기록 0명")


def test_attendance_is_asked_for_by_the_clock_and_its_button_opens_it(
    town: Town, consultant: Speaker, officer: Speaker
) -> None:
    books(officer)
    begins(town)
    town.time_goes_on(minutes=40)
    consultant.sees(f"출석 기록 · 성과지표 컨설팅 ({FIRST})", "7. 16.(화) 18:00까지")
    consultant.presses("출석 기록")
    consultant.presses("참석")
    consultant.sees("총무과를 참석으로 기록했습니다.")


def test_the_reminder_of_the_day_before_leads_to_the_slot(
    town: Town, consultant: Speaker, officer: Speaker
) -> None:
    books(officer)
    town.time_goes_on(days=4)
    officer.sees(f"({FIRST}) — 별관 3층")
    consultant.sees(f"성과지표 컨설팅 ({FIRST}) — 총무과 김주무 · 별관 3층")
    consultant.presses("일정 보기")
    consultant.sees("예약: 총무과 김주무", "[일정 변경]")


def test_a_meeting_with_people_signed_up_is_an_event(town: Town, officer: Speaker) -> None:
    consulting.session_of(town, ProgrammeKind.MEETING)
    officer.says("컨설팅")
    officer.presses("진척 점검 회의")
    officer.presses("7. 15.(월) 09:00~11:00")
    officer.presses("예약하기")
    town.clock.move(timedelta(days=6, hours=23, minutes=30))
    town.time_goes_on()
    officer.sees("진척 점검 회의 · 1차 (7. 15.(월) 09:00~11:00) — 접속 링크")
