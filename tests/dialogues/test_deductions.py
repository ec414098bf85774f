"""Deductions for not taking part in chat: decided with a reason, told, objected to, settled by another."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from models.organization import Role
from models.words import Refusal
from tests.dialogues import consulting
from tests.dialogues.test_attendance import FIRST, begins, books, opens
from tests.kit.consultation import add_person
from tests.kit.conversation import Speaker, Town

OTHER = "9002"
TITLE = "총무과 미참여 감점"


@pytest.fixture
def other(town: Town) -> Speaker:
    """A second administrator."""
    add_person(town.database, OTHER, "배관리", Role.ADMINISTRATOR)
    return town.person(OTHER)


@pytest.fixture
def absent(town: Town, officer: Speaker, administrator: Speaker, other: Speaker) -> None:
    """총무과 did not come to its consultation, and both administrators were told."""
    consulting.consultation(town, absence_points=Decimal(2))
    consultant = town.person(consulting.CONSULTANT)
    books(officer)
    begins(town)
    opens(consultant)
    consultant.presses("불참")


def decides(person: Speaker, how: str, reason: str) -> None:
    person.presses(how)
    person.says(reason)


def badge(person: Speaker) -> str:
    return str(person.card(TITLE)["badge"]["label"])


@pytest.mark.usefixtures("absent")
def test_a_confirmed_deduction_is_told_to_who_booked_and_the_lead_with_a_way_to_object(
    officer: Speaker, second: Speaker, lead: Speaker, administrator: Speaker, other: Speaker
) -> None:
    administrator.presses("감점 확정")
    administrator.sees(
        "감점 확정: 총무과", "2점을 감점합니다. 부서는 7. 22.(월) 18:00까지 이의를 신청할 수 있습니다."
    )
    administrator.says("사전 통보 없이 불참하였습니다.")
    administrator.sees("감점을 확정하고 부서에 통보했습니다.", "[감점 목록]")
    for person in (officer, lead):
        person.sees(
            "컨설팅 미참여로 감점이 확정되었습니다. 이의신청: 7. 22.(월) 18:00까지 · 근무일 5일 남음",
            f"사유: {FIRST} 불참",
            "감점: 2점",
            "확정 사유: 사전 통보 없이 불참하였습니다. (강관리 · 7. 15.(월) 14:10)",
            "[이의신청]",
        )
    second.does_not_see("감점")
    assert badge(other) == badge(administrator) == "감점 확정됨"
    assert other.card(TITLE)["buttons"] == []


@pytest.mark.usefixtures("absent")
def test_an_objection_is_settled_by_another_administrator_than_who_confirmed(
    officer: Speaker, lead: Speaker, administrator: Speaker, other: Speaker
) -> None:
    decides(administrator, "감점 확정", "사전 통보 없이 불참하였습니다.")
    officer.presses("이의신청")
    officer.sees("이의신청: 총무과", "확정 사유: 사전 통보 없이 불참하였습니다.", "이의 내용 [now]")
    officer.says("같은 시간에 재난상황실 비상소집이 있었습니다.")
    officer.sees("이의신청을 접수했습니다. 다른 관리자가 심의해 결과를 알려 드립니다.")
    assert badge(lead) == "이의신청 심의 중" and lead.card(TITLE)["buttons"] == []
    administrator.sees("본인이 확정한 감점이므로 이의신청은 다른 관리자가 결정합니다.")
    administrator.does_not_see("[감점 유지]")
    other.sees(
        "부서의 이의신청을 검토해 감점을 유지할지 철회할지 결정해 주세요.",
        "이의신청: 같은 시간에 재난상황실 비상소집이 있었습니다. (김주무 · 7. 15.(월) 14:10)",
        "성과 점수: 반영됨",
    )
    other.presses("감점 철회")
    other.sees("이의 내용: 같은 시간에 재난상황실 비상소집이 있었습니다.")
    other.says("비상소집 명단을 확인하였습니다.")
    other.sees("감점을 철회하고 부서에 통보했습니다.")
    for person in (officer, lead, administrator):
        assert badge(person) == "감점 철회됨"
    officer.sees("심의 결과: 비상소집 명단을 확인하였습니다. (배관리", "성과 점수: 반영되지 않음")


@pytest.mark.usefixtures("absent")
def test_an_objection_can_be_turned_down(officer: Speaker, administrator: Speaker, other: Speaker) -> None:
    decides(other, "감점 확정", "사전 통보 없이 불참하였습니다.")
    decides(officer, "이의신청", "일정을 잊었습니다.")
    decides(administrator, "감점 유지", "정당한 사유가 아닙니다.")
    administrator.sees("감점을 유지하고 부서에 통보했습니다.")
    officer.sees("감점 유지", "심의 결과: 정당한 사유가 아닙니다. (강관리", "성과 점수: 반영됨")
    officer.does_not_see("[이의신청]")


@pytest.mark.usefixtures("absent")
def test_what_is_dropped_is_not_told_to_the_department(
    officer: Speaker, lead: Speaker, administrator: Speaker, other: Speaker
) -> None:
    decides(administrator, "감점하지 않음", "국정감사 수감 중이었습니다.")
    administrator.sees("감점하지 않기로 했습니다.")
    assert badge(other) == "감점하지 않음"
    for person in (officer, lead):
        person.does_not_see("감점")
    lead.says("컨설팅")
    assert "미참여 감점" not in lead.buttons()
    lead.says("감점")
    lead.sees("미참여 감점이 없습니다.")


@pytest.mark.usefixtures("absent")
def test_a_form_that_comes_too_late_says_who_was_quicker(administrator: Speaker, other: Speaker) -> None:
    administrator.presses("감점 확정")
    decides(other, "감점하지 않음", "국정감사 수감 중이었습니다.")
    administrator.says("사전 통보 없이 불참하였습니다.")
    administrator.sees("배관리 님이 7. 15.(월) 14:10에 먼저 감점하지 않기로 했습니다.", "[감점 보기]")


@pytest.mark.usefixtures("absent")
def test_after_its_day_an_objection_is_not_taken_any_more_and_the_card_says_so(
    town: Town, officer: Speaker, administrator: Speaker
) -> None:
    decides(administrator, "감점 확정", "사전 통보 없이 불참하였습니다.")
    press = officer.button("이의신청")
    town.passes(days=7, hours=4)
    officer.presses_again(press)
    officer.says("같은 시간에 비상소집이 있었습니다.")
    officer.sees("이의신청 기한이 7. 22.(월) 18:00에 끝났습니다. 관리자에게 문의해 주세요.")
    officer.is_shown("deductions.card", deduction=1)
    officer.sees("이의신청 기한이 7. 22.(월) 18:00에 끝났습니다.")
    assert officer.buttons() == []


@pytest.mark.usefixtures("absent")
def test_the_last_days_to_object_are_reminded_of_until_it_is_done(
    town: Town, officer: Speaker, administrator: Speaker
) -> None:
    decides(administrator, "감점 확정", "사전 통보 없이 불참하였습니다.")
    town.clock.move(timedelta(days=3, hours=19))  # Friday 19 July, after nine
    town.time_goes_on()
    officer.sees("미참여 감점 2점 이의신청 · 총무과 — 7. 22.(월) 18:00까지 · 근무일 1일 남음")
    officer.presses("모두 보기")
    officer.presses("미참여 감점 2점 이의신청 · 총무과")
    decides(officer, "이의신청", "비상소집이 있었습니다.")
    town.time_goes_on(days=3)
    officer.does_not_see("미참여 감점 2점 이의신청")


@pytest.mark.usefixtures("absent")
def test_a_department_that_is_not_theirs_is_nobody_s_to_see_and_their_own_nobody_s_to_decide(
    town: Town, carer: Speaker, administrator: Speaker
) -> None:
    add_person(town.database, "9003", "총관리", Role.ADMINISTRATOR, "GA")
    own = town.person("9003")
    own.is_shown("deductions.card", deduction=1)
    own.sees("본인이 속한 부서의 감점이므로 다른 관리자가 결정합니다.")
    assert own.buttons() == []
    decides(administrator, "감점 확정", "사전 통보 없이 불참하였습니다.")
    for step in ("card", "done"):
        with pytest.raises(Refusal, match="이 감점을 볼 권한이"):
            carer.is_shown(f"deductions.{step}", deduction=1)
    with pytest.raises(Refusal, match="관리자만 할 수 있는 일"):
        carer.is_shown("deductions.proposed", programme=1)


@pytest.mark.usefixtures("absent")
def test_who_never_booked_is_put_before_the_administrators_together(
    town: Town, administrator: Speaker, civil: Speaker
) -> None:
    decides(administrator, "감점 확정", "사전 통보 없이 불참하였습니다.")
    town.time_goes_on(hours=2, minutes=10)
    administrator.sees(
        "성과지표 컨설팅 미참여 감점 제안 2건", "• 민원과 — 예약하지 않음", "• 돌봄과 — 예약하지 않음"
    )
    civil.does_not_see("감점")
    administrator.presses("감점 제안 보기")
    administrator.sees(
        "결정을 기다리는 감점 2건", "민원과 (성과지표 컨설팅 · 2점) 감점 제안", "총무과", "감점 확정"
    )
    administrator.presses("민원과")
    administrator.sees("사유: 예약하지 않음")
    decides(administrator, "감점 확정", "예약 기간에 신청하지 않았습니다.")
    civil.sees("컨설팅 미참여로 감점이 확정되었습니다.", "사유: 예약하지 않음", "[이의신청]")
    administrator.presses("다음 감점 보기")
    administrator.sees("돌봄과 미참여 감점")
    decides(administrator, "감점하지 않음", "신설 부서입니다.")
    assert "다음 감점 보기" not in administrator.buttons()
    administrator.is_shown("deductions.proposed", programme=1)
    administrator.sees("제안된 미참여 감점이 모두 결정되었습니다.")


def test_a_single_department_is_put_as_a_card_with_the_booking_it_gave_up(
    town: Town, officer: Speaker, civil: Speaker, carer: Speaker, administrator: Speaker
) -> None:
    consulting.consultation(town, absence_points=Decimal(2))
    books(officer)
    books(civil, "7. 15.(월) 14:50~15:30")
    books(carer, "7. 15.(월) 15:40~16:20")
    carer.presses("예약 취소")
    begins(town)
    town.time_goes_on(hours=3)
    administrator.sees("돌봄과 미참여 감점", "[감점 확정]")
    administrator.sees("사유: 7. 15.(월) 15:40~16:20 예약을 취소한 뒤 다시 예약하지 않음")
