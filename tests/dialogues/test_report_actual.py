"""Reporting an actual: from the first word to the decision, and everything that may come between."""

from __future__ import annotations

from tests.dialogues.city import (
    ADMINISTRATOR,
    CIVIL,
    DEPUTY,
    EVALUATOR,
    LEAD,
    OFFICER,
    OTHER_EVALUATOR,
    SECOND,
)
from tests.dialogues.story import closes, fills_in, hands_in, returns
from tests.kit import files
from tests.kit.conversation import Speaker, Town


def test_a_report_goes_from_the_officer_to_the_team_lead_to_the_evaluator_and_back(any_town: Town) -> None:
    officer, lead = any_town.person(OFFICER), any_town.person(LEAD)
    evaluator, other = any_town.person(EVALUATOR), any_town.person(OTHER_EVALUATOR)

    officer.says("민원처리율 97.3")
    officer.sees("상반기 · 목표 95 %", "7. 15.(월) 18:00까지 · 근무일 5일 남음", "실적 [done] 97.3 %")
    officer.attaches(files.pdf(), "처리대장.pdf")
    officer.sees("증빙자료 [now] 처리대장.pdf")
    officer.presses("다음")
    officer.says("상반기 누계입니다.")
    officer.sees(
        "제출 전 확인: 민원처리율",
        "목표 95 · 실적 97.3 → 달성률 102.4 % → 상한 100 → 40.00/40점",
        "계산: 97.3 ÷ 95 × 100",
        "설명: 상반기 누계입니다.",
        "증빙자료: 1개",
    )
    officer.presses("제출하기")
    officer.sees("민원처리율을 제출했습니다.", "다음 단계는 팀장 확인입니다.", "[내 지표]")

    lead.sees("민원처리율", "보고한 실적: 97.3 %", "제출: 김주무 · 7. 8.(월) 09:00", "처리대장.pdf", "[확인]")
    evaluator.does_not_see("민원처리율")
    lead.presses("확인")
    lead.sees("민원처리율을 확인했습니다.", "남은 검토가 없습니다.")
    officer.sees("팀장이 민원처리율을 확인했습니다.", "최팀장 · 7. 8.(월) 09:00")

    evaluator.sees("팀장 확인됨 · 최팀장", "[승인]", "[다른 값으로 승인]", "[반려]")
    evaluator.presses("승인")
    officer.sees(
        "민원처리율이 승인되었습니다.", "정평가 · 7. 8.(월) 09:00", "인정 실적: 97.3 %", "[지표 보기]"
    )
    assert other.card("민원처리율")["badge"]["label"] == "승인됨 · 정평가 · 7. 8.(월) 09:00"
    assert [button["label"] for button in other.card("민원처리율")["buttons"]] == ["이력 보기"]


def test_a_report_can_be_made_button_by_button(any_town: Town) -> None:
    officer = any_town.person(OFFICER)
    officer.presses("내 지표")
    officer.presses("민원 처리기간")
    officer.presses("실적 보고")
    officer.sees("실적 [now]", "숫자로 적어 주세요. 예: 97.3", "증빙자료 [later]", "설명 [later]")
    officer.says("10")
    officer.attaches(files.png(), "화면.png")
    officer.presses("다음")
    officer.presses("건너뛰기")
    officer.sees("목표 8 · 실적 10 → 달성률 80 % → 24.00/30점", "계산: 8 ÷ 10 × 100")
    officer.presses("제출하기")
    officer.sees("민원 처리기간을 제출했습니다.")


def test_a_cycle_without_confirmation_goes_straight_to_the_evaluators(
    officer: Speaker, lead: Speaker, evaluator: Speaker
) -> None:
    hands_in(officer, "종이 없는 보고 45")
    officer.sees("다음 단계는 평가자 검토입니다.")
    evaluator.sees("종이 없는 보고", "[승인]")
    lead.does_not_see("종이 없는 보고")


def test_without_evidence_it_cannot_be_handed_in_and_says_what_is_missing(officer: Speaker) -> None:
    officer.says("민원처리율 97.3")
    officer.presses("파일 없이 계속")
    officer.presses("건너뛰기")
    officer.sees("보완 필요: 증빙자료가 없습니다. 증빙 파일을 한 개 이상 첨부해 주세요.", "증빙자료: 없음")
    assert officer.buttons() == ["고치기", "나중에"]
    officer.presses("고치기")
    officer.attaches(files.pdf(), "처리대장.pdf")
    officer.presses("다음")
    officer.presses("건너뛰기")
    officer.does_not_see("보완 필요")
    officer.presses("제출하기")
    officer.sees("제출했습니다.")


def test_an_indicator_that_asks_for_no_evidence_is_handed_in_without(civil: Speaker) -> None:
    civil.says("상담 가구 2300")
    civil.presses("파일 없이 계속")
    civil.presses("건너뛰기")
    civil.presses("제출하기")
    civil.sees("상담 가구를 제출했습니다.")


def test_what_does_not_apply_needs_a_note_and_no_evidence(
    officer: Speaker, lead: Speaker, evaluator: Speaker
) -> None:
    officer.says("민원 처리기간")
    officer.presses("실적 보고")
    officer.presses("해당 없음")
    officer.presses("파일 없이 계속")
    officer.sees("실적 [done] 해당 없음  ", "증빙자료 [done] 없음")
    officer.presses("건너뛰기")
    officer.sees("실적: 해당 없음", "보완 필요: '해당 없음'으로 제출하려면 그 사유를 '설명'에 적어 주세요.")
    assert "제출하기" not in officer.buttons()
    officer.presses("고치기")
    officer.presses("해당 없음")
    officer.presses("파일 없이 계속")
    officer.says("상반기에는 접수된 민원이 없습니다.")
    officer.presses("제출하기")
    lead.sees("보고한 실적: 해당 없음", "설명: 상반기에는 접수된 민원이 없습니다.")
    lead.presses("확인")
    evaluator.presses("승인")
    officer.sees("인정 실적: 해당 없음")


def test_words_of_a_button_that_skips_may_be_typed(officer: Speaker) -> None:
    officer.says("민원 처리기간")
    officer.presses("실적 보고")
    officer.says("해당 없음")
    officer.says("파일 없이 계속")
    officer.says("상반기에는 접수된 민원이 없습니다.")
    officer.sees("실적: 해당 없음", "증빙자료: 없음", "[제출하기]")


def test_a_field_tells_with_what_words_it_may_be_left_empty(officer: Speaker, evaluator: Speaker) -> None:
    officer.says("민원 처리기간")
    officer.presses("실적 보고")
    skips = {one["name"]: one["skip"] for one in officer.screens()[-1]["fields"]}
    assert skips == {"value": "해당 없음", "files": "파일 없이 계속", "note": "건너뛰기"}
    officer.presses("취소")
    hands_in(officer, "종이 없는 보고 45")
    evaluator.presses("반려")
    assert {one["skip"] for one in evaluator.screens()[-1]["fields"]} == {None}


def test_the_card_of_the_check_follows_the_report_to_its_end(officer: Speaker, evaluator: Speaker) -> None:
    fills_in(officer, "종이 없는 보고 45")
    assert officer.screens()[-1]["badge"] == {"label": "제출 전", "tone": "neutral"}
    officer.presses("제출하기")

    def check() -> tuple[str, dict[str, str]]:
        card = next(one for one in officer.screens() if one["kind"] == "card")
        facts = {label: "".join(span.get("t", "") for span in line) for label, line in card["facts"]}
        return f"{card['title']} / {card['badge']['label']}", facts

    title, facts = check()
    assert title == "종이 없는 보고 / 제출됨"
    assert (facts["실적"], facts["보고 기한"]) == ("45 %", "7. 12.(금) 18:00")
    evaluator.presses("다른 값으로 승인")
    evaluator.says("40")
    evaluator.says("5월분은 대상이 아닙니다.")
    title, facts = check()
    assert title == "종이 없는 보고 / 승인됨" and facts["인정 실적"] == "40 %"
    card = next(one for one in officer.screens() if one["kind"] == "card")
    assert "실적 40 → 달성률 80 %" in str(card["text"]) and "근무일" not in str(card)


def test_the_card_of_the_check_of_a_returned_report_has_its_new_deadline(
    officer: Speaker, evaluator: Speaker
) -> None:
    hands_in(officer, "종이 없는 보고 45")
    returns(evaluator)
    card = next(one for one in officer.screens() if one["kind"] == "card")
    assert (card["title"], card["badge"]["label"]) == ("종이 없는 보고", "반려됨")
    assert "7. 19.(금) 18:00까지 · 근무일 9일 남음" in str(card["facts"])


def test_a_form_of_a_report_handed_in_meanwhile_says_so_and_lets_go(
    officer: Speaker, second: Speaker
) -> None:
    second.says("민원처리율 90")
    hands_in(officer)
    second.attaches(files.pdf(), "처리대장.pdf")
    second.sees("민원처리율은 이미 제출되었습니다.", "[처음으로]")
    second.says("민원처리율")
    second.sees("제출됨")


def test_a_value_far_from_the_past_is_asked_about_and_not_refused(officer: Speaker) -> None:
    officer.says("민원처리율 973", officer.hands_in(files.pdf(), "처리대장.pdf"))
    officer.presses("건너뛰기")
    officer.sees(
        "지난 2년의 범위(91.2~93.75)와 차이가 큽니다. 단위와 숫자를 한 번 더 확인해 주세요.", "[제출하기]"
    )


def test_a_value_like_those_of_the_past_is_not_asked_about(officer: Speaker) -> None:
    officer.says("민원처리율 97.3", officer.hands_in(files.pdf(), "처리대장.pdf"))
    officer.presses("건너뛰기")
    officer.does_not_see("차이가 큽니다")


def test_a_draft_is_kept_for_later_and_nobody_is_told(officer: Speaker, lead: Speaker) -> None:
    officer.says("민원처리율 97.3")
    officer.attaches(files.pdf(), "처리대장.pdf")
    officer.presses("임시저장")
    officer.sees(
        "임시저장했습니다. '내 지표'에서 이어서 작성하실 수 있습니다.", "작성 중", "작성 중인 실적: 97.3 %"
    )
    lead.says("대기함")
    lead.sees("결정을 기다리는 보고가 없습니다.")
    officer.says("내 지표")
    officer.sees("민원처리율 (상반기 · 7. 15.(월) 18:00까지 · 근무일 5일 남음) 작성 중")
    officer.presses("민원처리율")
    officer.presses("실적 보고")
    officer.sees("실적 [done] 97.3 %", "증빙자료 [done] 처리대장.pdf", "설명 [now]")


def test_a_draft_forgets_what_was_taken_out_of_it(officer: Speaker) -> None:
    officer.says("민원처리율 97.3", officer.hands_in(files.pdf(), "처리대장.pdf"))
    officer.presses("임시저장")
    officer.presses("실적 보고")
    officer.presses("고치기: 증빙자료")
    officer.presses("빼기: 처리대장.pdf")
    officer.presses("임시저장")
    officer.sees("임시저장했습니다.", "작성 중인 실적: 97.3 %")
    officer.does_not_see("처리대장.pdf")


def test_the_check_can_be_left_for_later(officer: Speaker) -> None:
    officer.says("민원처리율 97.3", officer.hands_in(files.pdf(), "처리대장.pdf"))
    officer.presses("건너뛰기")
    officer.presses("나중에")
    officer.sees("민원처리율 (상반기 · 7. 15.(월) 18:00까지 · 근무일 5일 남음) 작성 중")


def test_a_report_can_be_taken_back_while_it_is_undecided(officer: Speaker, lead: Speaker) -> None:
    hands_in(officer)
    confirm = lead.button("확인")
    officer.presses("제출 내용 보기")
    officer.presses("제출 회수")
    officer.sees("제출을 회수했습니다. 고친 뒤 다시 제출해 주세요.", "회수됨", "[실적 보고]")
    assert lead.card("민원처리율")["badge"]["label"] == "회수됨"
    lead.presses_again(confirm)
    lead.sees("담당자가 제출을 회수했습니다. 다시 제출되면 알려 드리겠습니다.")
    officer.presses("실적 보고")
    officer.presses("고치기: 실적")
    officer.says("96")
    officer.presses("건너뛰기")
    officer.presses("제출하기")
    lead.sees("보고한 실적: 96 %", "지난 제출(1차)에서 바뀐 점", "실적: 97.3 % → 96 %", "[확인]")


def test_a_decided_report_cannot_be_taken_back(officer: Speaker, evaluator: Speaker) -> None:
    hands_in(officer, "종이 없는 보고 45")
    officer.presses("제출 내용 보기")
    withdraw = officer.button("제출 회수")
    evaluator.presses("승인")
    assert "제출 회수" not in [button["label"] for button in officer.card("종이 없는 보고")["buttons"]]
    officer.presses_again(withdraw)
    officer.sees("정평가 님이 7. 8.(월) 09:00에 먼저 승인했습니다.")


def test_a_returned_report_is_answered_and_the_reviewer_sees_what_changed(any_town: Town) -> None:
    officer, lead = any_town.person(OFFICER), any_town.person(LEAD)
    hands_in(officer)
    returns(lead, "6월 통계를 붙여 주세요.", due="7. 19.")
    officer.sees(
        "민원처리율이 반려되었습니다.",
        "최팀장 · 7. 8.(월) 09:00",
        "사유: 증빙 부족 — 6월 통계를 붙여 주세요.",
        "새 기한: 7. 19.(금) 18:00까지 · 근무일 9일 남음",
    )
    officer.presses("지표 보기")
    officer.sees("반려 사유: 증빙 부족 — 6월 통계를 붙여 주세요.", "[고쳐서 다시 보고]")
    officer.presses("고쳐서 다시 보고")
    officer.sees("실적 [done] 97.3 %", "증빙자료 [done] 처리대장.pdf", "7. 19.(금) 18:00까지")
    officer.attaches(files.png(), "6월 통계.png")
    officer.says("6월 통계를 덧붙였습니다.")
    officer.sees("증빙자료: 2개")
    officer.presses("제출하기")
    lead.sees("지난 제출(1차)에서 바뀐 점", "설명이 바뀌었습니다.", "추가된 증빙: 6월 통계.png", "[확인]")
    lead.does_not_see("빠진 증빙")


def test_evidence_taken_out_is_told_to_the_reviewer_and_stays_with_the_version_before(
    officer: Speaker, lead: Speaker
) -> None:
    hands_in(officer, evidence="5월.pdf")
    returns(lead)
    officer.presses("고쳐서 다시 보고")
    officer.presses("고치기: 증빙자료")
    officer.presses("빼기: 5월.pdf")
    officer.attaches(files.png(), "6월.png")
    officer.presses("다음")
    officer.presses("건너뛰기")
    officer.presses("제출하기")
    lead.sees("추가된 증빙: 6월.png", "빠진 증빙: 5월.pdf")
    lead.presses("이력 보기")
    lead.sees("5월.pdf", "6월.png")


def test_looking_at_a_returned_report_and_leaving_begins_no_new_version(
    officer: Speaker, lead: Speaker
) -> None:
    hands_in(officer)
    returns(lead)
    officer.presses("고쳐서 다시 보고")
    officer.says("내 지표")
    officer.sees("민원처리율 (상반기 · 7. 19.(금) 18:00까지 · 근무일 9일 남음) 반려됨", "반려 1건")
    officer.does_not_see("임시저장했습니다")


def test_an_old_button_does_not_open_a_report_that_was_handed_in_again(
    officer: Speaker, lead: Speaker
) -> None:
    hands_in(officer)
    returns(lead)
    mend = officer.button("고쳐서 다시 보고")
    officer.presses_again(mend)
    officer.says("보완했습니다.")
    officer.presses("제출하기")
    officer.presses_again(mend)
    officer.sees("민원처리율은 이미 제출되었습니다. '내 지표'에서 진행 상황을 확인해 주세요.", "[처음으로]")


def test_nothing_is_reported_in_a_closed_period(town: Town, officer: Speaker) -> None:
    officer.says("민원처리율 97.3", officer.hands_in(files.pdf(), "처리대장.pdf"))
    officer.presses("건너뛰기")
    closes(town.person(ADMINISTRATOR), "2019년 성과관리 상반기")
    officer.presses("제출하기")
    officer.sees("상반기는 마감되어 변경할 수 없습니다. 필요하면 관리자에게 마감 해제를 요청해 주세요.")
    officer.presses("고치기")
    officer.sees("상반기는 마감되어 변경할 수 없습니다.", "[처음으로]")
    officer.says("내 지표")
    officer.does_not_see("민원처리율")


def test_a_deputy_reports_for_who_is_away_and_is_shown_as_deputy(town: Town, lead: Speaker) -> None:
    deputy = town.person(DEPUTY)
    hands_in(deputy)
    lead.sees("제출: 송대결(김주무 대결) · 7. 8.(월) 09:00")


def test_both_the_deputy_and_who_was_away_are_told_of_the_decision(town: Town, lead: Speaker) -> None:
    officer, deputy = town.person(OFFICER), town.person(DEPUTY)
    hands_in(deputy)
    returns(lead)
    deputy.sees("민원처리율이 반려되었습니다.")
    officer.sees("민원처리율이 반려되었습니다.", "[고쳐서 다시 보고]")


def test_when_the_deputy_s_days_are_over_who_was_away_is_still_told(town: Town, lead: Speaker) -> None:
    officer, deputy = town.person(OFFICER), town.person(DEPUTY)
    hands_in(deputy)
    town.passes(days=7)
    returns(lead)
    officer.sees("민원처리율이 반려되었습니다.")
    deputy.does_not_see("반려")


def test_a_deputy_hands_nothing_in_after_the_last_day(town: Town, deputy: Speaker, lead: Speaker) -> None:
    deputy.says("민원처리율 97.3", deputy.hands_in(files.pdf(), "처리대장.pdf"))
    deputy.presses("건너뛰기")
    town.passes(days=5)
    deputy.presses("제출하기")
    deputy.sees("민원처리율은 담당자만 보고할 수 있습니다.")
    lead.does_not_see("민원처리율")


def test_a_deputy_begins_nothing_after_the_last_day(town: Town, deputy: Speaker) -> None:
    deputy.says("민원처리율")
    town.passes(days=5)
    deputy.presses("실적 보고")
    deputy.sees("민원처리율은 담당자만 보고할 수 있습니다.", "[처음으로]")


def test_a_form_that_is_no_longer_theirs_lets_a_deputy_go(town: Town, deputy: Speaker) -> None:
    deputy.says("민원처리율 97.3")
    town.passes(days=5)
    deputy.says("메뉴")
    deputy.sees("무엇을 도와드릴까요?")
    deputy.says("내 지표")
    deputy.sees("지금 보고할 지표가 없습니다.")


def test_of_two_officers_writing_the_same_report_only_what_was_seen_is_handed_in(
    officer: Speaker, second: Speaker, lead: Speaker
) -> None:
    officer.says("민원처리율 97.3", officer.hands_in(files.pdf(), "처리대장.pdf"))
    officer.presses("건너뛰기")
    submit = officer.button("제출하기")
    second.says("민원처리율 90")
    second.presses("임시저장")
    officer.presses_again(submit)
    officer.sees("그사이 내용이 바뀌었습니다. 새로 고친 화면에서 다시 확인해 주세요.")
    assert dict(officer.card("제출 전 확인: 민원처리율")["facts"])["실적"] == [{"t": "90 %"}]
    lead.does_not_see("민원처리율")
    officer.presses("제출하기")
    lead.sees("보고한 실적: 90 %")


def test_a_report_pressed_twice_is_handed_in_once(officer: Speaker, lead: Speaker) -> None:
    officer.says("민원처리율 97.3", officer.hands_in(files.pdf(), "처리대장.pdf"))
    officer.presses("건너뛰기")
    submit = officer.button("제출하기")
    officer.presses_again(submit)
    officer.presses_again(submit)
    officer.sees("이미 제출되어 검토 중입니다. 고치려면 먼저 제출을 회수해 주세요.")
    assert [body["title"] for body in lead.screens() if body["kind"] == "card"] == ["민원처리율"]


def test_another_s_file_cannot_be_handed_in(town: Town, officer: Speaker) -> None:
    theirs = town.person(CIVIL).hands_in(files.pdf(), "남의것.pdf")
    officer.says("민원처리율 97.3")
    officer.says("", theirs)
    officer.sees("올리신 파일 1개를 찾을 수 없습니다. 다시 올려 주세요.")
    officer.does_not_see("남의것.pdf")


def test_the_same_file_twice_is_kept_once(officer: Speaker) -> None:
    officer.says("민원처리율 97.3")
    officer.attaches(files.pdf(), "처리대장.pdf")
    officer.attaches(files.pdf(), "처리대장 사본.pdf")
    officer.presses("다음")
    officer.presses("건너뛰기")
    officer.sees("증빙자료: 1개")


def test_who_does_not_report_an_indicator_sees_it_without_the_buttons_of_who_does(lead: Speaker) -> None:
    lead.says("현황")
    lead.presses("다른 기간")
    lead.presses("2019년 성과관리 상반기")
    lead.presses("민원처리율")
    lead.sees("목표: 95 %", "미제출")
    lead.does_not_see("[실적 보고]")


def test_a_card_from_before_the_report_was_begun_shows_how_it_stands_now(town: Town) -> None:
    officer, second = town.person(OFFICER), town.person(SECOND)
    second.says("민원처리율")
    hands_in(officer)
    card = second.card("민원처리율")
    assert card["badge"]["label"] == "제출됨"
    assert "실적 보고" not in [button["label"] for button in card["buttons"]]
