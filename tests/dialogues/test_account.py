"""The first screen by role, help, words that lead somewhere from anywhere, and the language."""

from __future__ import annotations

import pytest
from sqlmodel import col, select

from models.audit import AuditRow
from tests.dialogues.story import hands_in
from tests.kit.conversation import Speaker


def test_the_first_screen_shows_what_each_role_can_do_and_how_much_waits(
    officer: Speaker, lead: Speaker, evaluator: Speaker, administrator: Speaker
) -> None:
    officer.sees("총무과 김주무 님, 안녕하세요.", "무엇을 도와드릴까요?", "내 지표 (보고할 지표 3건) 3건")
    assert officer.buttons() == ["내 지표", "부재 · 대결", "도움말", "언어 · Language"]
    hands_in(officer)
    lead.says("메뉴")
    lead.sees("검토 대기함 (결정을 기다리는 보고 1건) 1건")
    assert lead.buttons() == [
        "내 지표",
        "부서 현황",
        "검토 대기함",
        "부재 · 대결",
        "도움말",
        "언어 · Language",
    ]
    assert evaluator.screens()[-1]["choices"][1]["detail"] == [{"t": "결정을 기다리는 보고가 없습니다."}]
    assert evaluator.buttons() == ["내 지표", "검토 대기함", "부재 · 대결", "도움말", "언어 · Language"]
    assert administrator.buttons() == ["관리", "부재 · 대결", "도움말", "언어 · Language"]


@pytest.mark.parametrize(
    ("word", "answer"),
    [
        ("메뉴", "무엇을 도와드릴까요?"),
        ("처음으로", "무엇을 도와드릴까요?"),
        ("/start", "무엇을 도와드릴까요?"),
        ("도움말", "이렇게 입력해 보세요"),
        ("?", "이렇게 입력해 보세요"),
        ("내 지표", "보고할 지표 3건"),
        (" 내지표 ", "보고할 지표 3건"),
        ("부서 현황", "부서 현황은 팀장이 보는 화면입니다."),
        ("대기함", "결정을 기다리는 보고가 없습니다."),
        ("Language", "어느 언어로 안내해 드릴까요?"),
    ],
)
def test_words_lead_somewhere_from_anywhere(officer: Speaker, word: str, answer: str) -> None:
    officer.says("민원처리율")
    officer.says(word)
    officer.sees(answer)


def test_help_tells_what_can_be_typed(officer: Speaker) -> None:
    officer.presses("도움말")
    officer.sees("'민원처리율 97.3'", "'취소' — 작성 중인 양식을 닫습니다.", "[처음으로]")
    officer.presses("처음으로")
    officer.sees("무엇을 도와드릴까요?")


def test_the_language_changes_at_once_and_back_and_is_noted(officer: Speaker) -> None:
    officer.presses("언어 · Language")
    officer.sees("한국어", "English")
    officer.presses("English")
    officer.says("mine")
    officer.sees("Fri 12 Jul 18:00")
    officer.does_not_see("7. 12.(금)")
    officer.says("language")
    officer.presses("한국어")
    officer.sees("무엇을 도와드릴까요?")
    officer.says("내 지표")
    officer.sees("7. 12.(금) 18:00까지")
    with officer.town.database.read() as session:
        query = select(AuditRow).where(AuditRow.action == "account.language").order_by(col(AuditRow.id))
        assert [row.detail["locale"] for row in session.exec(query)] == ["en", "ko"]


def test_what_others_do_is_told_in_one_s_own_language(officer: Speaker, evaluator: Speaker) -> None:
    hands_in(officer, "종이 없는 보고 45")
    officer.says("language")
    officer.presses("English")
    evaluator.presses("승인")
    evaluator.sees("7. 8.(월) 09:00")
    officer.sees("Mon 8 Jul 09:00")
    officer.does_not_see("7. 8.(월)")
