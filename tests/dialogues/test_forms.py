"""Forms, asked field by field: what an answer, a file, a word or a button does at any moment."""

from __future__ import annotations

import pytest
from sqlmodel import select

from models.submission import SubmissionVersion
from models.words import translator
from tests.dialogues.story import hands_in
from tests.kit import files
from tests.kit.conversation import Speaker, Town


@pytest.fixture
def reporter(officer: Speaker) -> Speaker:
    """김주무 before the empty form of 민원 처리기간."""
    officer.says("민원 처리기간")
    officer.presses("실적 보고")
    return officer


@pytest.fixture
def returner(officer: Speaker, evaluator: Speaker) -> Speaker:
    """정평가 before the empty form that returns 종이 없는 보고."""
    hands_in(officer, "종이 없는 보고 45")
    evaluator.presses("반려")
    return evaluator


def _notes(town: Town) -> list[str]:
    with town.database.read() as session:
        return [version.note for version in session.exec(select(SubmissionVersion))]


def test_fields_are_asked_one_after_the_other(reporter: Speaker) -> None:
    reporter.sees("실적 [now]", "증빙자료 [later]", "설명 [later]")
    assert reporter.buttons() == ["해당 없음", "임시저장", "취소"]
    reporter.says("8")
    reporter.sees("실적 [done] 8 일", "증빙자료 [now]", "설명 [later]")
    assert reporter.buttons() == ["파일 없이 계속", "이전", "임시저장", "취소", "고치기: 실적"]
    reporter.presses("파일 없이 계속")
    reporter.sees("증빙자료 [done] 없음", "설명 [now]")
    reporter.says("상반기 평균입니다.")
    reporter.sees("제출 전 확인: 민원 처리기간", "실적: 8 일", "설명: 상반기 평균입니다.")


def test_back_leads_to_the_field_before_with_its_answer(reporter: Speaker) -> None:
    reporter.says("8")
    reporter.presses("이전")
    reporter.sees("실적 [now] 8 일", "[그대로 두고 계속]")
    assert "이전" not in reporter.buttons()
    reporter.presses("그대로 두고 계속")
    reporter.sees("실적 [done] 8 일", "증빙자료 [now]")


def test_an_answer_can_be_changed_and_the_others_stay(reporter: Speaker) -> None:
    reporter.says("8")
    reporter.presses("파일 없이 계속")
    reporter.presses("고치기: 실적")
    reporter.says("7.5")
    reporter.sees("실적 [done] 7.5 일", "증빙자료 [done] 없음", "설명 [now]")


def test_what_may_be_left_out_can_be_skipped_and_what_is_needed_cannot(reporter: Speaker) -> None:
    reporter.presses("해당 없음")
    reporter.sees("실적 [done]", "증빙자료 [now]")


def test_what_is_needed_has_no_skip_and_is_asked_again_when_left_empty(returner: Speaker) -> None:
    returner.presses("기타")
    assert returner.buttons() == ["이전", "취소", "고치기: 반려 사유"]
    returner.says(" \t ")
    returner.sees("보완할 내용 [now]")
    returner.says("\u200b\u0000")
    returner.sees("보완할 내용은 꼭 필요합니다. 입력해 주세요.")


@pytest.mark.parametrize("way", ["button", "word"])
def test_cancel_leaves_without_a_trace(town: Town, reporter: Speaker, way: str) -> None:
    reporter.says("8")
    reporter.presses("취소") if way == "button" else reporter.says(" 취소 ")
    reporter.sees("민원 처리기간", "미제출", "[실적 보고]")
    assert _notes(town) == []


def test_cancel_is_understood_in_one_s_own_language_however_it_is_written(
    reporter: Speaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(translator("en")._catalogue, "취소", "Cancel")
    reporter.says("language")
    reporter.presses("English")
    reporter.says("민원 처리기간 8")
    reporter.says("cancel")
    assert reporter.news()[-1]["kind"] == "card"


@pytest.mark.parametrize("word", ["메뉴", "내 지표", "도움말", "대기함"])
def test_a_command_in_the_middle_keeps_what_was_entered_as_a_draft(reporter: Speaker, word: str) -> None:
    reporter.says("8")
    reporter.attaches(files.pdf(), "처리대장.pdf")
    reporter.says(word)
    reporter.sees("임시저장했습니다. '내 지표'에서 이어서 작성하실 수 있습니다.")
    reporter.says("민원 처리기간")
    reporter.sees("작성 중", "작성 중인 실적: 8 일", "처리대장.pdf")


def test_a_button_elsewhere_keeps_what_was_entered_as_a_draft(officer: Speaker) -> None:
    officer.says("민원처리율")
    past = officer.button("내 지표")
    officer.says("민원 처리기간 8")
    officer.presses_again(past)
    officer.sees(
        "임시저장했습니다.", "민원 처리기간 (상반기 · 7. 15.(월) 18:00까지 · 근무일 5일 남음) 작성 중"
    )


def test_a_command_before_anything_was_entered_keeps_nothing(town: Town, reporter: Speaker) -> None:
    reporter.says("메뉴")
    reporter.does_not_see("임시저장")
    assert _notes(town) == []


def test_a_button_of_a_screen_that_is_gone_leaves_the_form_as_it_is(returner: Speaker) -> None:
    returner.presses("증빙 부족")
    returner.says("6월분이 없습니다.")
    returner.presses_again("no-such-screen.0")
    returner.sees(
        "지난 화면의 버튼입니다. 새 화면에서 다시 선택해 주세요.",
        "반려 사유 [done] 증빙 부족",
        "보완할 내용 [done] 6월분이 없습니다.",
        "새 기한 [now]",
    )


@pytest.mark.parametrize(
    "odd",
    [
        "팔",
        "8,0",
        "1,23",
        "8..1",
        "1e3",
        "1_000",
        "NaN",
        "∞",
        "- 3",
        "▲3",
        "8 9",
        "⁸",
        "½",
        "9" * 60,
        "--8",
        "8%%",
    ],
)
def test_a_number_that_cannot_be_read_is_asked_again_with_an_example(reporter: Speaker, odd: str) -> None:
    reporter.attaches(files.pdf(), "처리대장.pdf")
    reporter.says(odd)
    (body,) = reporter.news()
    (value,) = [field for field in body["fields"] if field["name"] == "value"]
    assert value["state"] == "now"
    assert any(example in value["error"] for example in ("1,234.5", "97.3", "3.2", "3902억", "3,902"))
    reporter.sees("증빙자료 [done] 처리대장.pdf")
    reporter.says("8")
    reporter.sees("실적 [done] 8 일")


def test_another_unit_than_the_indicator_s_is_asked_about(reporter: Speaker) -> None:
    reporter.says("8시간")
    reporter.sees("이 지표의 단위는 일입니다. 97.3 또는 97.3일처럼 적어 주세요.")


def test_ten_kilobytes_are_too_long_and_what_was_given_before_is_kept(reporter: Speaker) -> None:
    reporter.says("9" * 10_000)
    reporter.sees("너무 깁니다. 수 하나만 적어 주세요.", "실적 [now]")
    reporter.says("8")
    reporter.presses("파일 없이 계속")
    reporter.says("가" * 10_000)
    reporter.sees(
        "2,000자까지 적을 수 있습니다. 지금은 10,000자입니다. 줄여서 다시 적어 주세요.", "실적 [done] 8 일"
    )
    reporter.says("가" * 2_000)
    reporter.sees("제출 전 확인: 민원 처리기간", "실적: 8 일")


def test_words_are_kept_as_they_were_meant(town: Town, reporter: Speaker) -> None:
    reporter.says("8")
    reporter.presses("파일 없이 계속")
    reporter.says("  첫 줄\n둘째 줄\u0007 <b>굵게</b> {name:을/를} %s \U0001f600 ")
    reporter.sees("제출 전 확인")
    assert _notes(town) == ["첫 줄\n둘째 줄 <b>굵게</b> {name:을/를} %s \U0001f600"]


def test_a_file_may_come_at_any_field_and_leaves_the_open_one_open(reporter: Speaker) -> None:
    reporter.attaches(files.pdf(), "하나.pdf")
    reporter.sees("실적 [now]", "증빙자료 [done] 하나.pdf")
    reporter.says("8")
    reporter.sees("설명 [now]")
    reporter.attaches(files.png(), "둘.png")
    reporter.sees("설명 [now]", "증빙자료 [done] 하나.pdf, 둘.png")


def test_a_file_with_words_gives_both(reporter: Speaker) -> None:
    reporter.says("8", reporter.hands_in(files.pdf(), "하나.pdf"))
    reporter.sees("실적 [done] 8 일", "증빙자료 [done] 하나.pdf", "설명 [now]")


def test_a_file_with_words_that_cannot_be_read_is_kept(reporter: Speaker) -> None:
    reporter.says("여덟", reporter.hands_in(files.pdf(), "하나.pdf"))
    reporter.sees("수를 읽지 못했습니다.", "실적 [now]", "증빙자료 [done] 하나.pdf")


def test_files_can_be_taken_out_again(reporter: Speaker) -> None:
    reporter.says("8")
    reporter.attaches(files.pdf(), "하나.pdf")
    reporter.attaches(files.png(), "둘.png")
    reporter.presses("빼기: 하나.pdf")
    reporter.sees("증빙자료 [now] 둘.png")
    reporter.presses("빼기: 둘.png")
    reporter.sees("증빙자료 [now] 없음", "[파일 없이 계속]")


def test_words_where_files_are_awaited_are_not_taken_for_anything(reporter: Speaker) -> None:
    reporter.says("8")
    reporter.says("잠시만요")
    reporter.sees(
        "지금은 파일을 기다리고 있습니다. 파일을 올리거나 아래 버튼을 눌러 주세요.", "증빙자료 [now]"
    )


def test_more_files_than_may_be_attached_are_refused_and_those_before_stay(reporter: Speaker) -> None:
    reporter.says("8")
    ten = [reporter.hands_in(files.png(width=number), f"{number}.png") for number in range(1, 11)]
    reporter.says("", *ten)
    reporter.attaches(files.pdf(), "열하나.pdf")
    reporter.sees("파일은 10개까지 첨부할 수 있습니다. 나머지를 빼 주세요.", "1.png, 2.png")
    reporter.does_not_see("열하나.pdf")
    reporter.presses("다음")
    reporter.sees("설명 [now]")


def test_a_form_without_files_refuses_them_and_keeps_the_rest(returner: Speaker) -> None:
    returner.presses("증빙 부족")
    returner.attaches(files.pdf(), "참고.pdf")
    returner.sees(
        "이 단계에서는 파일을 받지 않습니다. 먼저 이 입력을 마쳐 주세요.",
        "반려 사유 [done] 증빙 부족",
        "보완할 내용 [now]",
    )


def test_a_choice_is_typed_by_its_words_or_pressed(returner: Speaker) -> None:
    returner.says(" 대상 기간 착오 ")
    returner.sees("반려 사유 [done] 대상 기간 착오", "보완할 내용 [now]")
    returner.presses("이전")
    returner.presses("기타")
    returner.sees("반려 사유 [done] 기타")


def test_a_quick_line_in_the_middle_of_a_form_is_an_answer_to_it(reporter: Speaker) -> None:
    reporter.says("민원처리율 97.3")
    reporter.sees("민원 처리기간", "실적 [now]", "수를 읽지 못했습니다.")
