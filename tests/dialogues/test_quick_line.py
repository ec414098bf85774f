"""The quick line: an indicator's name and a number, with a file or without, open its form filled in."""

from __future__ import annotations

import unicodedata

import pytest

from handlers.report_actual import quick
from models.submission.lists import Task
from tests.dialogues.story import hands_in
from tests.kit import files
from tests.kit.conversation import Speaker


@pytest.mark.parametrize(
    "line",
    [
        "민원처리율 97.3",
        "민원처리율 97.3%",
        "민원처리율 97.3 %",
        "  민원 처리율\t９７.３ ",
        unicodedata.normalize("NFD", "민원처리율 97.3"),
        "처리율 97.3",
    ],
)
def test_a_name_and_a_number_open_the_form_filled_in(officer: Speaker, line: str) -> None:
    officer.says(line)
    officer.sees("민원처리율", "실적 [done] 97.3 %", "증빙자료 [now]")


def test_a_file_may_come_with_the_line(officer: Speaker) -> None:
    officer.says("민원처리율 97.3", officer.hands_in(files.pdf(), "처리대장.pdf"))
    officer.sees("실적 [done] 97.3 %", "증빙자료 [done] 처리대장.pdf", "설명 [now]")


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("보증 공급액 3902억", "3,902 억원"),
        ("보증 공급액 3,902억원", "3,902 억원"),
        ("보증 공급액 1조 2천억원", "12,000 억원"),
        ("보증 공급액 △3.2", "△3.2 억원"),
        ("상담 가구 2천3백", "2,300 가구"),
        ("상담 가구 2,300가구", "2,300 가구"),
        ("상담 가구 1만 2천", "12,000 가구"),
    ],
)
def test_the_number_may_be_written_as_officials_write_it(civil: Speaker, line: str, value: str) -> None:
    civil.says(line)
    civil.sees(f"실적 [done] {value}")


def test_the_name_alone_opens_the_indicator(officer: Speaker) -> None:
    officer.says("종이 없는 보고")
    officer.sees("종이 없는 보고", "목표: 50 %", "[실적 보고]")


def test_where_several_fit_it_asks_which_and_keeps_the_number_and_the_file(officer: Speaker) -> None:
    officer.says("민원 8", officer.hands_in(files.pdf(), "처리대장.pdf"))
    officer.sees(
        "'민원'에 해당하는 지표가 여럿입니다. 어느 지표입니까?",
        "민원처리율 (총무과 · 상반기 · 근무일 5일 남음) 미제출",
        "민원 처리기간 (총무과 · 상반기 · 근무일 5일 남음) 미제출",
        "[처음으로]",
    )
    officer.presses("민원 처리기간")
    officer.sees("실적 [done] 8 일", "증빙자료 [done] 처리대장.pdf")


def test_the_unit_tells_which_is_meant(officer: Speaker) -> None:
    officer.says("민원 8일")
    officer.sees("민원 처리기간", "실적 [done] 8 일")


def test_a_name_that_several_indicators_contain_asks_which(officer: Speaker) -> None:
    officer.says("민원")
    officer.sees("'민원'에 해당하는 지표가 여럿입니다.")
    officer.presses("민원처리율")
    officer.sees("목표: 95 %", "[실적 보고]")


def test_a_file_alone_asks_which_of_the_open_indicators_it_is_for(officer: Speaker) -> None:
    hands_in(officer, "종이 없는 보고 45")
    officer.attaches(files.pdf(), "처리대장.pdf")
    officer.sees("어느 지표의 증빙입니까?", "민원처리율", "민원 처리기간")
    officer.does_not_see("종이 없는 보고")
    officer.presses("민원처리율")
    officer.sees("실적 [now]", "증빙자료 [done] 처리대장.pdf")


def test_a_file_alone_goes_straight_to_the_only_open_indicator(second: Speaker) -> None:
    second.attaches(files.pdf(), "처리대장.pdf")
    second.sees("민원처리율", "증빙자료 [done] 처리대장.pdf")


def test_a_file_with_words_that_name_nothing_is_not_lost(second: Speaker) -> None:
    second.says("6월 통계입니다", second.hands_in(files.pdf(), "6월 통계.pdf"))
    second.sees("민원처리율", "증빙자료 [done] 6월 통계.pdf")


def test_a_file_from_who_has_nothing_to_report_is_answered(administrator: Speaker) -> None:
    administrator.attaches(files.pdf(), "계획.pdf")
    administrator.sees("지금 보고할 지표가 없습니다. 올리신 파일은 저장하지 않았습니다.", "[처음으로]")


def test_a_line_about_a_report_that_was_handed_in_opens_it_instead_of_a_form(officer: Speaker) -> None:
    hands_in(officer)
    officer.says("민원처리율 99")
    officer.sees("보고한 실적: 97.3 %", "[제출 회수]")


def test_of_two_periods_that_are_asked_for_the_one_due_first_is_meant(officer: Speaker) -> None:
    officer.town.passes(days=150)
    officer.says("민원처리율 97.3")
    officer.sees("상반기 · 목표 95 %")
    officer.presses("취소")
    hands_in(officer)
    officer.says("민원처리율 97.3")
    officer.sees("하반기 · 목표 95 %")


@pytest.mark.parametrize("line", ["민원처리율 97,3", "민원처리율 97.3.1", "민원처리율 1e3", "없는지표 97.3"])
def test_what_is_no_name_with_a_number_is_answered_with_an_example_of_one_s_own(
    second: Speaker, line: str
) -> None:
    second.says(line)
    second.sees(
        f"무슨 말씀인지 알아듣지 못했습니다: '{line}'",
        "지표 이름과 실적을 함께 적어 주세요. 예: 민원처리율 97.3",
        "[처음으로]",
        "[도움말]",
    )


def test_who_has_no_indicator_is_led_to_the_menu_instead(administrator: Speaker) -> None:
    administrator.says("안녕하세요")
    administrator.sees("'메뉴'를 입력하시면 하실 수 있는 일을 보여 드립니다.", "[처음으로]")
    administrator.does_not_see("지표 이름과 실적")


def test_another_s_indicator_is_not_known_to_the_line(civil: Speaker) -> None:
    civil.says("민원처리율 97.3")
    civil.sees("무슨 말씀인지 알아듣지 못했습니다")


def test_ten_kilobytes_are_not_searched_for_a_name_and_only_their_beginning_is_repeated(
    officer: Speaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    searched: list[str] = []

    def named(_tasks: object, name: str) -> list[Task]:
        searched.append(name)
        return []

    monkeypatch.setattr(quick, "named", named)
    officer.says("가 1 " * 2_500)
    officer.sees("알아듣지 못했습니다: '" + "가 1 " * 10 + "…'")
    assert not searched
