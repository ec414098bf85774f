"""Deciding on reports: the queue, confirming, approving as it is or with another value, returning, deputies."""

from __future__ import annotations

import pytest

from tests.dialogues.city import (
    ADMINISTRATOR,
    BUREAU_LEAD,
    CIVIL,
    EVALUATOR,
    LEAD,
    OFFICER,
    OTHER_EVALUATOR,
    STAND_IN,
)  # fmt: skip
from tests.dialogues.story import closes, hands_in, returns
from tests.kit.conversation import Speaker, Town


def test_the_queue_shows_the_oldest_first_and_how_long_it_waits(town: Town, bureau_lead: Speaker) -> None:
    hands_in(town.person(CIVIL), "보증 공급액 3902억")
    town.passes(days=2)
    hands_in(town.person(CIVIL), "상담 가구 2300")
    town.passes(days=1)
    hands_in(town.person(OFFICER))
    bureau_lead.says("대기함")
    bureau_lead.sees(
        "검토 대기 3건",
        "먼저 제출된 보고부터 보여 드립니다.",
        "보증 공급액 (민원과 · 상반기) 3일 지남",
        "상담 가구 (민원과 · 상반기) 1일 지남",
        "민원처리율 (총무과 · 상반기) 오늘 제출",
    )
    assert bureau_lead.buttons()[-3:] == ["보증 공급액", "상담 가구", "민원처리율"]


def test_the_queue_can_be_narrowed_to_a_department_and_a_period_and_widened_again(
    town: Town, evaluator: Speaker, bureau_lead: Speaker
) -> None:
    officer, civil = town.person(OFFICER), town.person(CIVIL)
    hands_in(officer, "종이 없는 보고 45")
    hands_in(officer)
    hands_in(civil, "상담 가구 2300")
    bureau_lead.presses("확인")
    bureau_lead.presses("다음 보고 보기")
    bureau_lead.presses("확인")
    evaluator.says("대기함")
    evaluator.sees("검토 대기 3건")
    evaluator.presses("부서별로 보기")
    evaluator.sees("총무과 (2건)", "민원과 (1건)")
    evaluator.presses("총무과")
    evaluator.sees("검토 대기 2건", "민원처리율", "종이 없는 보고")
    evaluator.does_not_see("상담 가구")
    evaluator.presses("기간별로 보기")
    evaluator.sees("2019년 성과관리 상반기 (1건)", "2019년 혁신과제 상반기 (1건)")
    evaluator.presses("2019년 혁신과제 상반기")
    evaluator.sees("검토 대기 1건", "종이 없는 보고")
    evaluator.presses("전체 보기")
    evaluator.sees("검토 대기 3건")


def test_an_empty_queue_says_so(evaluator: Speaker) -> None:
    evaluator.says("대기함")
    evaluator.sees("결정을 기다리는 보고가 없습니다.", "[처음으로]")


def test_an_emptied_filter_leads_back_to_the_whole_queue(officer: Speaker, evaluator: Speaker) -> None:
    hands_in(officer, "종이 없는 보고 45")
    evaluator.says("대기함")
    evaluator.presses("부서별로 보기")
    officer.presses("제출 내용 보기")
    officer.presses("제출 회수")
    evaluator.presses("총무과")
    evaluator.sees("이 조건에서 기다리는 보고가 없습니다.", "[전체 보기]", "[처음으로]")


def test_one_decision_leads_to_the_next(
    officer: Speaker, evaluator: Speaker, civil: Speaker, lead: Speaker
) -> None:
    hands_in(officer)
    hands_in(officer, "민원 처리기간 8")
    lead.says("대기함")
    lead.presses("민원처리율")
    lead.presses("확인")
    lead.sees("민원처리율을 확인했습니다.", "남은 검토 1건")
    lead.presses("다음 보고 보기")
    lead.sees("민원 처리기간", "[확인]")
    lead.presses("확인")
    lead.sees("남은 검토가 없습니다.", "[대기함으로]")
    assert "다음 보고 보기" not in lead.buttons()


def test_a_team_lead_returns_without_the_evaluator(
    officer: Speaker, lead: Speaker, evaluator: Speaker
) -> None:
    hands_in(officer)
    returns(lead)
    lead.sees("민원처리율을 반려했습니다.")
    officer.sees("민원처리율이 반려되었습니다.", "최팀장")
    evaluator.does_not_see("민원처리율")


def test_another_value_is_recognised_with_a_reason(any_town: Town) -> None:
    officer, evaluator = any_town.person(OFFICER), any_town.person(EVALUATOR)
    hands_in(officer, "종이 없는 보고 45")
    evaluator.presses("다른 값으로 승인")
    evaluator.sees("다른 값으로 승인: 종이 없는 보고", "보고한 실적은 45 %입니다.")
    evaluator.says("마흔")
    evaluator.sees("수를 읽지 못했습니다.")
    evaluator.says("40")
    evaluator.says(" ")
    evaluator.sees("사유 [now]")
    evaluator.says("5월분은 대상이 아닙니다.")
    evaluator.sees("종이 없는 보고를 승인했습니다.")
    officer.sees("종이 없는 보고가 승인되었습니다.", "인정 실적: 40 %", "사유: 5월분은 대상이 아닙니다.")
    officer.presses("지표 보기")
    officer.sees("보고한 실적: 45 %", "인정 실적: 40 %", "인정 사유: 5월분은 대상이 아닙니다. (정평가)")
    card = evaluator.card("종이 없는 보고")
    assert "목표 50 · 실적 40 → 달성률 80 % → 80.00/100점" in card["text"][0][0]["t"]


def test_returning_asks_for_a_reason_what_to_mend_and_until_when(
    officer: Speaker, evaluator: Speaker
) -> None:
    hands_in(officer, "종이 없는 보고 45")
    evaluator.presses("반려")
    evaluator.sees("반려: 종이 없는 보고", "사유와 새 기한은 담당자에게 바로 전달됩니다.", "반려 사유 [now]")
    assert evaluator.buttons()[1:] == [
        "증빙 부족", "증빙과 실적 불일치", "산식·계산 오류", "대상 기간 착오", "설명 보완 필요", "기타"
    ]  # fmt: skip
    evaluator.says("아무거나")
    evaluator.sees("보기에 있는 항목 가운데 하나를 선택해 주세요.")
    evaluator.says("산식·계산 오류")
    evaluator.sees("보완할 내용 [now]")
    evaluator.says("분모를 확인해 주세요.")
    evaluator.sees("새 기한 [now]", "그날 18:00까지입니다. 예: 2019-07-11")
    evaluator.says("7월 19일")
    evaluator.sees("종이 없는 보고를 반려했습니다.")
    officer.sees(
        "사유: 산식·계산 오류 — 분모를 확인해 주세요.", "새 기한: 7. 19.(금) 18:00까지 · 근무일 9일 남음"
    )


@pytest.mark.parametrize(
    ("day", "wrong"),
    [
        ("내일", "날짜를 알아볼 수 없습니다. 2019-07-15 또는 7. 15.처럼 적어 주세요."),
        ("2019-02-30", "없는 날짜입니다. 2019-07-15처럼 적어 주세요."),
        ("2019-07-05", "지난 날짜입니다. 7. 8.(월) 이후의 날짜를 적어 주세요."),
        ("7. 5.", "반년 넘게 남은 날짜입니다. 날짜와 연도를 확인해 주세요."),
        ("9019-07-19", "반년 넘게 남은 날짜입니다. 날짜와 연도를 확인해 주세요."),
    ],
)
def test_a_deadline_that_cannot_be_meant_is_asked_again_and_the_rest_is_kept(
    officer: Speaker, evaluator: Speaker, day: str, wrong: str
) -> None:
    hands_in(officer, "종이 없는 보고 45")
    returns(evaluator, "분모를 확인해 주세요.", due=day)
    evaluator.sees(
        wrong, "새 기한 [now]", "반려 사유 [done] 증빙 부족", "보완할 내용 [done] 분모를 확인해 주세요."
    )
    evaluator.says("2019. 7. 19.(금)")
    officer.sees("새 기한: 7. 19.(금) 18:00까지")


def test_today_is_no_deadline_after_office_hours(town: Town, officer: Speaker, evaluator: Speaker) -> None:
    hands_in(officer, "종이 없는 보고 45")
    town.passes(hours=10)
    returns(evaluator, due="7. 8.")
    evaluator.sees("새 기한은 지금보다 뒤여야 합니다. 다른 날짜를 적어 주세요.", "새 기한 [now]")


def test_returning_can_be_cancelled(officer: Speaker, evaluator: Speaker) -> None:
    hands_in(officer, "종이 없는 보고 45")
    evaluator.presses("반려")
    evaluator.presses("증빙 부족")
    evaluator.presses("취소")
    evaluator.sees("종이 없는 보고", "[승인]", "[반려]")


def test_nobody_decides_on_what_they_reported_not_even_their_deputy(any_town: Town) -> None:
    evaluator, stand_in = any_town.person(EVALUATOR), any_town.person(STAND_IN)
    other = any_town.person(OTHER_EVALUATOR)
    hands_in(evaluator, "열린회의 개최 10")
    evaluator.says("대기함")
    evaluator.sees("결정을 기다리는 보고가 없습니다.")
    other.sees("열린회의 개최", "[승인]")
    stand_in.does_not_see("열린회의 개최")
    for person in (evaluator, stand_in):
        person.is_shown("review.card", submission=1)
        person.sees("본인이 보고했거나 대결하는 분이 보고한 실적이므로 다른 평가자나 팀장이 결정합니다.")
        person.does_not_see("[승인]", "[반려]")
    other.presses("승인")
    evaluator.sees("열린회의 개최가 승인되었습니다.", "한평가")


def test_what_a_deputy_may_not_decide_is_not_in_their_queue(evaluator: Speaker, stand_in: Speaker) -> None:
    hands_in(evaluator, "열린회의 개최 10")
    stand_in.says("대기함")
    stand_in.sees("결정을 기다리는 보고가 없습니다.")


def test_a_team_lead_s_own_report_is_confirmed_by_the_lead_above(town: Town) -> None:
    lead, bureau_lead = town.person(LEAD), town.person(BUREAU_LEAD)
    hands_in(lead, "청렴교육 이수율 90")
    lead.says("현황")
    lead.presses("다른 기간")
    lead.presses("2019년 성과관리 상반기")
    lead.presses("청렴교육 이수율")
    lead.sees("본인이 보고했거나 대결하는 분이 보고한 실적이므로 다른 평가자나 팀장이 결정합니다.")
    lead.does_not_see("[확인]", "[반려]")
    bureau_lead.presses("확인")
    lead.sees("팀장이 청렴교육 이수율을 확인했습니다.", "정국장")


def test_a_deputy_decides_and_is_shown_as_deputy(
    officer: Speaker, evaluator: Speaker, stand_in: Speaker
) -> None:
    hands_in(officer, "종이 없는 보고 45")
    stand_in.presses("승인")
    officer.sees("종이 없는 보고가 승인되었습니다.", "문대행(정평가 대결) · 7. 8.(월) 09:00")
    assert (
        evaluator.card("종이 없는 보고")["badge"]["label"] == "승인됨 · 문대행(정평가 대결) · 7. 8.(월) 09:00"
    )


def test_a_deputy_whose_days_are_over_is_not_told(town: Town, officer: Speaker, stand_in: Speaker) -> None:
    town.passes(days=24)
    hands_in(officer, "종이 없는 보고 45")
    officer.sees("제출했습니다.")
    stand_in.does_not_see("종이 없는 보고")


def test_a_deputy_decides_nothing_after_the_last_day(town: Town, officer: Speaker, stand_in: Speaker) -> None:
    hands_in(officer, "종이 없는 보고 45")
    town.passes(days=24)
    stand_in.presses("승인")
    stand_in.sees("평가자만 승인하거나 반려할 수 있습니다.")
    officer.says("내 지표")
    officer.sees("종이 없는 보고 (상반기 · 검토를 기다리는 중)")


def test_an_evaluator_cannot_go_before_the_team_lead(
    town: Town, officer: Speaker, evaluator: Speaker
) -> None:
    hands_in(officer)
    evaluator.says("대기함")
    evaluator.sees("결정을 기다리는 보고가 없습니다.")


def test_nothing_is_decided_in_a_closed_period(town: Town, officer: Speaker, evaluator: Speaker) -> None:
    hands_in(officer, "종이 없는 보고 45")
    closes(town.person(ADMINISTRATOR), "2019년 혁신과제 상반기")
    evaluator.presses("승인")
    evaluator.sees("상반기는 마감되어 변경할 수 없습니다. 필요하면 관리자에게 마감 해제를 요청해 주세요.")
    card = evaluator.card("종이 없는 보고")
    assert [button["label"] for button in card["buttons"]] == ["이력 보기"]
    assert "마감된 기간이라 결정할 수 없습니다." in card["text"][-1][0]["t"]
    evaluator.says("대기함")
    evaluator.sees("결정을 기다리는 보고가 없습니다.")


def test_a_form_of_a_decision_that_comes_too_late_says_who_was_quicker_and_lets_go(
    officer: Speaker, evaluator: Speaker, other_evaluator: Speaker
) -> None:
    hands_in(officer, "종이 없는 보고 45")
    evaluator.presses("반려")
    other_evaluator.presses("승인")
    evaluator.presses("증빙 부족")
    evaluator.sees("한평가 님이 7. 8.(월) 09:00에 먼저 승인했습니다.", "[보고 보기]", "[대기함으로]")
    form = next(body for body in evaluator.screens() if body["kind"] == "form")
    assert not form["live"]
    evaluator.presses("보고 보기")
    evaluator.sees("승인됨 · 한평가")
    officer.does_not_see("반려")


@pytest.mark.parametrize("way", ["반려", "다른 값으로 승인"])
def test_a_decision_is_not_begun_on_a_report_that_was_taken_back_meanwhile(
    officer: Speaker, evaluator: Speaker, way: str
) -> None:
    hands_in(officer, "종이 없는 보고 45")
    press = evaluator.button(way)
    officer.presses("제출 내용 보기")
    officer.presses("제출 회수")
    evaluator.presses_again(press)
    evaluator.sees("담당자가 제출을 회수했습니다. 다시 제출되면 알려 드리겠습니다.", "[보고 보기]")


def test_a_form_of_a_decision_is_over_when_the_report_comes_anew(
    officer: Speaker, evaluator: Speaker
) -> None:
    hands_in(officer, "종이 없는 보고 45")
    evaluator.presses("다른 값으로 승인")
    officer.presses("제출 내용 보기")
    officer.presses("제출 회수")
    officer.presses("실적 보고")
    officer.presses("고치기: 실적")
    officer.says("46")
    officer.presses("건너뛰기")
    officer.presses("제출하기")
    evaluator.says("40")
    evaluator.sees("그사이 내용이 바뀌었습니다.", "[보고 보기]")
    evaluator.says("41")
    evaluator.sees("무슨 말씀인지 알아듣지 못했습니다")


def test_a_form_of_a_decision_ends_when_its_period_is_closed(
    town: Town, officer: Speaker, evaluator: Speaker
) -> None:
    hands_in(officer, "종이 없는 보고 45")
    evaluator.presses("반려")
    evaluator.presses("증빙 부족")
    closes(town.person(ADMINISTRATOR), "2019년 혁신과제 상반기")
    evaluator.says("6월분이 없습니다.")
    evaluator.sees("상반기는 마감되어 변경할 수 없습니다.", "[보고 보기]")


def test_who_lost_the_right_to_decide_is_let_go_of_the_form(
    town: Town, officer: Speaker, stand_in: Speaker
) -> None:
    hands_in(officer, "종이 없는 보고 45")
    stand_in.presses("반려")
    town.passes(days=24)
    stand_in.presses("증빙 부족")
    stand_in.sees("이 보고를 볼 권한이 없습니다.", "[처음으로]")
    stand_in.says("6월분이 없습니다.")
    stand_in.sees("무슨 말씀인지 알아듣지 못했습니다")


def test_what_waits_for_a_decision_says_so_and_only_to_who_decides(
    officer: Speaker, lead: Speaker, evaluator: Speaker
) -> None:
    hands_in(officer, "종이 없는 보고 45")
    evaluator.sees("검토하실 보고가 도착했습니다.")
    lead.is_shown("review.card", submission=1)
    lead.does_not_see("검토하실 보고가 도착했습니다.")
    evaluator.presses("승인")
    assert evaluator.card("종이 없는 보고")["prompt"] == []


def test_only_an_approval_is_good_news(officer: Speaker, evaluator: Speaker) -> None:
    hands_in(officer, "종이 없는 보고 45")
    returns(evaluator)
    assert evaluator.screens()[-1]["tone"] == "neutral"
    officer.presses("고쳐서 다시 보고")
    officer.says("보완했습니다.")
    officer.presses("제출하기")
    evaluator.presses("승인")
    assert evaluator.screens()[-1]["tone"] == "good"


def test_the_queue_warns_when_the_time_to_decide_runs_out_and_not_before(
    town: Town, officer: Speaker, evaluator: Speaker
) -> None:
    hands_in(officer, "종이 없는 보고 45")

    def tones() -> list[str]:
        evaluator.says("메뉴")
        home = evaluator.screens()[-1]["choices"][1]["badge"]["tone"]
        evaluator.says("대기함")
        return [home, evaluator.screens()[-1]["choices"][0]["badge"]["tone"]]

    town.passes(days=14)  # Monday 22 July; decided until Friday 26
    assert tones() == ["neutral", "waiting"]
    town.passes(days=1)
    assert tones() == ["warning", "warning"]
