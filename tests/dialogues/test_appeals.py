"""Appeals in chat: the result and why, the appeal with new evidence, its decision by another evaluator, told with
its reason."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlmodel import col, select

from models.doer import Doer
from models.evidence.taking import take_file
from models.organization import Person, Role, RoleHeld
from models.words import Refusal
from tests.dialogues import city
from tests.dialogues.appealing import APPEAL, RESULT, WHY, announced, decided, files
from tests.dialogues.story import closes
from tests.kit.conversation import Speaker, Town
from tests.kit.files import pdf


@pytest.fixture
def out(town: Town, officer: Speaker) -> None:
    """The result of the first half is out."""
    announced(town, officer)


@pytest.fixture
def filed(out: None, officer: Speaker, other_evaluator: Speaker, evaluator: Speaker) -> None:
    """김주무 has appealed against 민원처리율."""
    files(officer, pdf())


def badge(person: Speaker, title: str = APPEAL) -> str:
    return str(person.card(title)["badge"]["label"])


@pytest.mark.usefixtures("out")
def test_the_result_says_who_decided_why_and_until_when_an_appeal_is_taken(officer: Speaker) -> None:
    officer.says("메뉴")
    officer.sees("이의신청 (평가 결과에 대한 이의신청: 7. 29.(월) 18:00까지 · 근무일 15일 남음)")
    officer.presses("이의신청")
    officer.sees("이의신청이 없습니다.")
    officer.presses("평가 결과에서 신청")
    officer.sees(
        "어느 결과에 이의가 있으십니까?",
        "상반기 이의신청: 7. 29.(월) 18:00까지",
        "민원처리율 (상반기 · 인정 실적 93.1 % · 39.2점)",
    )
    officer.presses("민원처리율")
    officer.sees(
        RESULT,
        "목표: 95 %",
        "보고한 실적: 97.3 %",
        "인정 실적: 93.1 %",
        "달성률: 98 %",
        "가중치: 40점",
        "점수: 39.2점",
        "평가 결정: 승인됨 (정평가 · 7. 8.(월) 09:00)",
        "결정 사유: 5월분 12건은 대상이 아닙니다.",
        "이의신청: 7. 29.(월) 18:00까지 · 근무일 15일 남음",
        "[이의신청]",
    )


@pytest.mark.usefixtures("out")
def test_an_appeal_goes_before_an_evaluator_who_has_not_decided_yet_and_its_result_to_officer_and_lead(
    town: Town,
    officer: Speaker,
    lead: Speaker,
    evaluator: Speaker,
    other_evaluator: Speaker,
    stand_in: Speaker,
) -> None:
    officer.says("이의신청")
    officer.presses("평가 결과에서 신청")
    officer.presses("민원처리율")
    officer.presses("이의신청")
    officer.sees("이의신청: 민원처리율", "상반기 · 인정 실적 93.1 %", "이의신청 사유 [now]")
    officer.says(WHY)
    officer.sees("요청하는 실적 [now]")
    officer.says("97.3")
    officer.attaches(pdf(), "5월 처리대장.pdf")
    officer.presses("다음")
    officer.sees(
        "민원처리율의 이의신청을 접수했습니다.",
        "처음 결정에 참여하지 않은 평가자가 심의합니다. 결정 기한: 7. 22.(월) 18:00까지 · 근무일 10일 남음",
    )
    for person in (evaluator, stand_in, lead):
        person.does_not_see(APPEAL)
    other_evaluator.sees(
        APPEAL,
        "이의신청을 검토해 인용할지 기각할지 결정해 주세요.",
        "결정 기한: 7. 22.(월) 18:00까지 · 근무일 10일 남음",
        "인정 실적: 93.1 %",
        "평가 결정: 승인됨 (정평가",
        f"이의신청 사유: {WHY} (김주무 · 7. 8.(월) 09:00)",
        "요청하는 실적: 97.3 %",
        "5월 처리대장.pdf",
        "[인용]",
        "[기각]",
    )
    other_evaluator.presses("인용")
    other_evaluator.sees("지금 인정 실적: 93.1 %", f"이의신청 사유: {WHY}", "요청하는 실적: 97.3 %")
    other_evaluator.sees("인정 실적 [done] 97.3", "사유 [now]")
    other_evaluator.says("5월 처리대장에서 12건을 확인했습니다.")
    other_evaluator.sees("인용하고 담당자와 팀장에게 알렸습니다.", "점수: 39.2점 → 40점", "[이의신청 목록]")
    for person in (officer, lead):
        person.sees(
            "이의신청이 받아들여져 점수를 다시 계산했습니다.",
            "심의 결과: 인용 · 한평가 · 7. 8.(월) 09:00 · 인정 실적 97.3 %: 5월 처리대장에서 12건을 확인했습니다.",
            "새 점수: 39.2점 → 40점",
        )
    assert badge(officer) == badge(lead) == badge(other_evaluator) == "이의신청 인용됨"
    assert badge(officer, RESULT) == "이의신청 인용됨"
    officer.is_shown("my_indicators.history", submission=1)
    officer.sees(
        "→ 승인됨 · 정평가", "→ 인용 · 한평가 · 7. 8.(월) 09:00 · 인정 실적 97.3 %: 5월 처리대장에서"
    )
    officer.does_not_see("승인됨 · 한평가")
    assert officer.card(APPEAL)["buttons"][0]["label"] == "이력 보기"


@pytest.mark.usefixtures("filed")
def test_the_history_of_the_report_has_the_appeal_and_what_became_of_it(
    officer: Speaker, other_evaluator: Speaker
) -> None:
    officer.presses("이의신청 보기")
    officer.presses("이력 보기")
    officer.sees("→ 승인됨 · 정평가", f"이의신청: 김주무, 7. 8.(월) 09:00 신청 — {WHY}", "[이의신청 보기]")
    other_evaluator.presses("기각")
    other_evaluator.sees(f"이의신청 사유: {WHY}")
    other_evaluator.says("6월에 처리한 건입니다.")
    other_evaluator.sees("기각하고 담당자와 팀장에게 알렸습니다.")
    officer.sees(
        "이의신청이 받아들여지지 않았습니다. 점수는 그대로입니다.",
        "심의 결과: 기각 · 한평가 · 7. 8.(월) 09:00: 6월에 처리한 건입니다.",
        "→ 기각 · 한평가 · 7. 8.(월) 09:00: 6월에 처리한 건입니다.",
    )


@pytest.mark.usefixtures("out")
def test_the_history_leads_to_an_appeal_while_one_is_possible(town: Town, officer: Speaker) -> None:
    officer.is_shown("my_indicators.history", submission=1)
    assert officer.buttons() == ["이의신청", "지표로"]
    town.passes(days=22)
    officer.is_shown("my_indicators.history", submission=1)
    assert officer.buttons() == ["지표로"]


def test_before_the_result_is_out_and_after_the_window_it_is_said_why_not(
    town: Town, officer: Speaker
) -> None:
    decided(town, officer)
    officer.is_shown("my_indicators.history", submission=1)
    assert officer.buttons() == ["지표로"]
    officer.says("이의신청")
    assert officer.buttons() == ["처음으로"]
    with pytest.raises(Refusal, match=r"상반기.*아직 마감되지 않았습니다"):
        officer.is_shown("appeals.result", indicator=1, period=1)
    closes(town.person(city.ADMINISTRATOR), "2019년 성과관리 상반기")
    officer.says("이의신청")
    officer.presses("평가 결과에서 신청")
    officer.presses("민원처리율")
    press = officer.button("이의신청")
    town.passes(days=21, hours=10)
    officer.presses_again(press)
    officer.sees("이의신청 기한이 7. 29.(월) 18:00에 끝났습니다. 관리자에게 문의해 주세요.")
    officer.presses("평가 결과 보기")
    officer.sees("이의신청 기한이 7. 29.(월) 18:00에 끝났습니다.")
    assert officer.buttons() == ["이의신청 목록"]
    officer.says("메뉴")
    officer.does_not_see("이의신청")


@pytest.mark.usefixtures("filed")
def test_who_decided_first_sees_why_they_do_not_decide_again(
    evaluator: Speaker, stand_in: Speaker, other_evaluator: Speaker
) -> None:
    for person in (evaluator, stand_in):
        person.says("메뉴")
        person.sees("이의신청 (심의 중인 이의신청 1건)")
        person.presses("이의신청")
        person.presses("민원처리율")
        person.sees("처음 보고하거나 결정하셨으므로 다른 평가자가 결정합니다.")
        assert person.buttons() == ["이력 보기"]
    other_evaluator.says("메뉴")
    other_evaluator.sees("이의신청 (결정을 기다리는 이의신청 1건) 1건")
    other_evaluator.presses("이의신청")
    other_evaluator.sees("결정을 기다리는 이의신청 1건", "민원처리율 (총무과 · 상반기) 이의신청 심의 중")


@pytest.mark.usefixtures("filed")
def test_a_withdrawn_appeal_can_be_filed_anew(town: Town, officer: Speaker, other_evaluator: Speaker) -> None:
    other_evaluator.presses("기각")
    officer.presses("이의신청 보기")
    officer.presses("신청 취하")
    officer.sees("이의신청을 취하했습니다. 기한 안에 다시 신청하실 수 있습니다.")
    assert badge(officer) == badge(other_evaluator) == "이의신청 취하됨"
    other_evaluator.says("6월에 처리한 건입니다.")
    other_evaluator.sees("김주무 님이 7. 8.(월) 09:00에 이의신청을 취하했습니다.", "[이의신청 보기]")
    files(officer, pdf())
    officer.sees("민원처리율의 이의신청을 접수했습니다.")
    officer.presses("이의신청 보기")
    assert badge(officer) == badge(other_evaluator) == "이의신청 심의 중"


@pytest.mark.usefixtures("filed")
def test_who_withdraws_after_the_window_is_told_that_none_can_be_filed_again(
    town: Town, officer: Speaker
) -> None:
    officer.presses("이의신청 보기")
    assert _asks(officer, "신청 취하") == "이의신청을 취하할까요? 심의가 중단됩니다."
    town.passes(days=22)
    officer.says("이의신청")
    officer.presses("민원처리율")
    assert "다시 신청하실 수 없습니다." in _asks(officer, "신청 취하")
    officer.presses("신청 취하")
    officer.sees("이의신청을 취하했습니다.")
    officer.does_not_see("다시 신청하실 수 있습니다.")


def _asks(person: Speaker, label: str) -> str:
    """What is asked once more before that button does anything."""
    buttons = person.card(APPEAL)["buttons"]
    return str(next(one["confirm"] for one in buttons if one["label"] == label))


@pytest.mark.usefixtures("filed")
def test_an_appeal_may_name_no_value_and_a_second_one_is_refused(officer: Speaker, lead: Speaker) -> None:
    lead.says("이의신청")
    lead.presses("평가 결과에서 신청")
    lead.sees("민원처리율 (상반기 · 인정 실적 93.1 % · 39.2점) 이의신청 심의 중")
    lead.presses("민원처리율")
    assert lead.buttons() == ["이의신청 보기", "이의신청 목록"]
    lead.is_shown("appeals.file", indicator=1, period=1)
    lead.sees("김주무 님이 7. 8.(월) 09:00에 이미 이의를 신청했습니다.")


@pytest.mark.usefixtures("filed")
def test_the_appeal_and_its_evidence_are_not_for_other_departments(
    town: Town, civil: Speaker, other_evaluator: Speaker
) -> None:
    civil.says("이의신청")
    civil.sees("이의신청이 없습니다.")
    for step in ("card", "accept", "dismiss", "decided"):
        with pytest.raises(Refusal, match="이 이의신청을 볼 권한이"):
            civil.is_shown(f"appeals.{step}", appeal=1, revision=0)
    with pytest.raises(Refusal, match="이 지표의 결과를 볼 권한이"):
        civil.is_shown("appeals.result", indicator=1, period=1)
    reference = other_evaluator.card(APPEAL)["files"][0]["reference"]
    with town.database.write() as session:
        for person, may in ((other_evaluator, True), (civil, False)):
            doer = Doer.at_work(session, person.person_id, town.now(), "test")
            assert (take_file(session, town.now(), doer, reference) is not None) is may


@pytest.mark.usefixtures("out")
def test_where_no_evaluator_is_left_administrators_are_told_to_name_one(
    town: Town, officer: Speaker, administrator: Speaker
) -> None:
    with town.database.write() as session:
        other = session.exec(select(Person.id).where(Person.code == city.OTHER_EVALUATOR)).one()
        session.delete(session.exec(select(RoleHeld).where(col(RoleHeld.person_id) == other)).one())
    files(officer, pdf())
    administrator.sees(
        APPEAL, "결정할 수 있는 평가자가 없습니다. 처음 결정에 참여하지 않은 평가자를 지정해 주세요."
    )


def test_who_decided_first_is_not_asked_as_somebody_else_s_deputy_either(
    town: Town, officer: Speaker, lead: Speaker, other_evaluator: Speaker, stand_in: Speaker
) -> None:
    with town.database.write() as session:
        other = session.get_one(Person, other_evaluator.person_id)
        session.add(RoleHeld(person_id=stand_in.person_id, role=Role.DEPUTY, stands_in_for_id=other.id))
    announced(town, officer, by=stand_in)
    files(officer, pdf())
    other_evaluator.sees(APPEAL, "평가 결정: 승인됨 (문대행(정평가 대결)", "[인용]")
    stand_in.does_not_see(APPEAL)


@pytest.mark.usefixtures("filed")
def test_who_decides_is_reminded_until_it_is_done_and_the_administrator_when_it_is_late(
    town: Town, officer: Speaker, evaluator: Speaker, other_evaluator: Speaker, administrator: Speaker
) -> None:
    line = "민원처리율 이의신청 · 총무과 — 7. 22.(월) 18:00까지"
    town.clock.move(timedelta(days=11, hours=1))  # Friday 19 July, 10:00
    town.time_goes_on()
    other_evaluator.sees(f"{line} · 근무일 1일 남음")
    for person in (evaluator, officer, administrator):
        person.does_not_see(line)
    town.time_goes_on(days=4)
    other_evaluator.sees(f"{line} · 기한 지남")
    administrator.sees("실적 보고 6건, 결정이 밀린 이의신청 1건")
    evaluator.does_not_see(line)
    other_evaluator.says("이의신청")
    other_evaluator.presses("민원처리율")
    other_evaluator.presses("기각")
    other_evaluator.says("6월에 처리한 건입니다.")
    town.time_goes_on(days=1)
    other_evaluator.does_not_see(line)


@pytest.mark.usefixtures("out")
def test_own_indicators_lead_to_the_results_of_the_last_closed_period_whatever_the_window(
    town: Town, officer: Speaker, lead: Speaker
) -> None:
    officer.says("내 지표")
    officer.presses("마감된 기간의 결과")
    officer.sees(
        "마감된 기간의 결과",
        "민원처리율 (상반기 · 인정 실적 93.1 % · 39.2점)",
        "민원 처리기간 (상반기 · 인정 실적 - · -)",
    )
    town.passes(days=60)
    officer.says("내 지표")
    officer.presses("마감된 기간의 결과")
    officer.presses("민원처리율")
    officer.sees(RESULT, "이의신청 기한이 7. 29.(월) 18:00에 끝났습니다.")
    town.passes(days=400)
    officer.says("내 지표")
    assert "마감된 기간의 결과" not in officer.buttons()


def test_nobody_is_shown_results_of_a_period_that_is_open_or_of_others(
    town: Town, officer: Speaker, civil: Speaker
) -> None:
    decided(town, officer)
    officer.says("내 지표")
    assert "마감된 기간의 결과" not in officer.buttons()
    closes(town.person(city.ADMINISTRATOR), "2019년 성과관리 상반기")
    civil.says("내 지표")
    civil.presses("마감된 기간의 결과")
    civil.does_not_see("민원처리율")
    for code in (city.BUREAU_LEAD, city.ADMINISTRATOR):
        person = town.person(code)
        person.says("내 지표")
        assert "마감된 기간의 결과" not in person.buttons()
