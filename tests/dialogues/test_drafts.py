"""A draft is its officers' alone: whoever else may see the indicator sees what was handed in, and no more."""

from __future__ import annotations

import pytest
from sqlmodel import select

from models.submission import Submission
from tests.dialogues.city import ADMINISTRATOR, EVALUATOR, LEAD
from tests.dialogues.story import hands_in, returns
from tests.kit import files
from tests.kit.conversation import Speaker, Town, shown

DRAFT = ("96.6", "아직 확인 중입니다.", "초안.png")
"""What nobody but the officers reads: the value, the note, the evidence."""
OTHERS = (LEAD, EVALUATOR, ADMINISTRATOR)
SCREENS = ("report_actual.open", "review.card", "my_indicators.history")


def _drafts(officer: Speaker) -> None:
    officer.says("민원처리율 96.6", officer.hands_in(files.png(), "초안.png"))
    officer.says("아직 확인 중입니다.")
    officer.sees("제출 전 확인: 민원처리율", *DRAFT)


def _drafts_anew(officer: Speaker, lead: Speaker) -> None:
    """A report is handed in, comes back, and its next version is begun."""
    hands_in(officer)
    returns(lead)
    officer.presses("고쳐서 다시 보고")
    officer.presses("고치기: 실적")
    officer.says("96.6", officer.hands_in(files.png(), "초안.png"))
    officer.says("아직 확인 중입니다.")
    officer.sees("제출 전 확인: 민원처리율", *DRAFT)


def _opens(reader: Speaker, step: str) -> None:
    with reader.town.database.read() as session:
        report = session.exec(select(Submission)).one()
    if step == "report_actual.open":
        reader.is_shown(step, indicator=report.indicator_id, period=report.period_id)
    else:
        reader.is_shown(step, submission=report.id or 0)


@pytest.mark.parametrize("step", SCREENS)
@pytest.mark.parametrize("code", OTHERS)
def test_a_first_draft_is_kept_from_others(town: Town, officer: Speaker, code: str, step: str) -> None:
    _drafts(officer)
    reader = town.person(code)
    _opens(reader, step)
    reader.sees("민원처리율", "작성 중")
    reader.does_not_see(*DRAFT, "작성 중인 실적", "보고한 실적", "→ 달성률")


@pytest.mark.parametrize("step", SCREENS)
@pytest.mark.parametrize("code", OTHERS)
def test_while_the_next_version_is_written_others_see_the_one_that_was_handed_in(
    town: Town, officer: Speaker, lead: Speaker, code: str, step: str
) -> None:
    _drafts_anew(officer, lead)
    reader = town.person(code)
    _opens(reader, step)
    reader.sees(
        "97.3 %", "처리대장.pdf", "작성 중", "6월 통계를 붙여 주세요." if step != "review.card" else ""
    )
    reader.does_not_see(*DRAFT, "작성 중인 실적", "바뀐 점")


def test_the_card_of_who_returned_it_does_not_follow_the_draft(officer: Speaker, lead: Speaker) -> None:
    _drafts_anew(officer, lead)
    card = shown(lead.card("민원처리율"))
    assert "보고한 실적: 97.3 %" in card
    assert not [words for words in DRAFT if words in card]


def test_a_form_from_before_does_not_tell_the_draft(officer: Speaker, evaluator: Speaker) -> None:
    hands_in(officer, "종이 없는 보고 45")
    evaluator.presses("다른 값으로 승인")
    officer.presses("제출 내용 보기")
    officer.presses("제출 회수")
    officer.presses("실적 보고")
    officer.presses("고치기: 실적")
    officer.says("46.6")
    officer.presses("임시저장")
    evaluator.says("마흔")
    evaluator.sees("그사이 내용이 바뀌었습니다.")
    evaluator.does_not_see("46.6")


@pytest.mark.parametrize("step", ["report_actual.open", "my_indicators.history"])
def test_who_reports_the_indicator_too_goes_on_with_the_draft(
    officer: Speaker, second: Speaker, lead: Speaker, step: str
) -> None:
    _drafts_anew(officer, lead)
    _opens(second, step)
    second.sees("96.6 %", "작성 중")


def test_once_handed_in_it_is_there_for_who_decides(officer: Speaker, lead: Speaker) -> None:
    _drafts(officer)
    officer.presses("제출하기")
    lead.sees("보고한 실적: 96.6 %", "설명: 아직 확인 중입니다.", "초안.png", "[확인]")
