"""What the kinds of indicator ask of an actual: yes or no by choice, and nothing that cannot be."""

from __future__ import annotations

import pytest

from tests.dialogues.city import EVALUATOR
from tests.dialogues.story import hands_in
from tests.kit import files
from tests.kit.conversation import Speaker, Town


def _opens(person: Speaker, indicator: str) -> None:
    person.says(indicator)
    person.presses("실적 보고")


def _error(person: Speaker) -> str:
    """What is said to be wrong beside the field of the value, the only one where anything is."""
    fields = {one["name"]: one.get("error", "") for one in person.screens()[-1]["fields"]}
    value = str(fields.pop("value"))
    assert not any(fields.values())
    return value


@pytest.mark.parametrize(
    ("answer", "line"),
    [
        ("달성", "달성함 → 달성률 100 % → 25.00/25점"),
        ("미달성", "달성하지 못함 → 달성률 0 % → 0.00/25점"),
    ],
)
@pytest.mark.parametrize("way", ["button", "word"])
def test_yes_or_no_is_asked_by_choice(safety: Speaker, answer: str, line: str, way: str) -> None:
    _opens(safety, "안전 인증")
    safety.sees("실적 [now]", "달성했습니까? 해당 사항이 없으면 '해당 없음'을 선택하고")
    assert safety.buttons() == ["해당 없음", "임시저장", "취소", "달성", "미달성"]
    safety.presses(answer) if way == "button" else safety.says(f" {answer} ")
    safety.sees(f"실적 [done] {answer}")
    safety.attaches(files.pdf(), "인증서.pdf")
    safety.presses("다음")
    safety.presses("건너뛰기")
    safety.sees(line, f"실적: {answer}\n", "[제출하기]")


def test_the_target_of_yes_or_no_is_said_in_words(safety: Speaker) -> None:
    safety.says("안전 인증")
    safety.sees("목표: 달성\n")
    safety.presses("실적 보고")
    safety.sees("상반기 · 목표 달성\n")


def test_a_draft_of_yes_or_no_is_gone_on_with(safety: Speaker) -> None:
    _opens(safety, "안전 인증")
    safety.presses("미달성")
    safety.presses("임시저장")
    safety.presses("실적 보고")
    safety.sees("실적 [done] 미달성", "증빙자료 [now]")


def test_yes_or_no_may_not_apply(safety: Speaker) -> None:
    _opens(safety, "안전 인증")
    safety.presses("해당 없음")
    safety.presses("파일 없이 계속")
    safety.says("올해는 심사가 없습니다.")
    safety.sees("실적: 해당 없음", "[제출하기]")


@pytest.mark.parametrize(("number", "answer"), [("1", "달성"), ("0", "미달성")])
def test_a_quick_line_answers_yes_or_no_with_one_or_nought(safety: Speaker, number: str, answer: str) -> None:
    safety.says(f"안전 인증 {number}")
    safety.sees(f"실적 [done] {answer}", "증빙자료 [now]")


@pytest.mark.parametrize("number", ["2", "-1", "0.5"])
def test_a_quick_line_cannot_answer_yes_or_no_otherwise(safety: Speaker, number: str) -> None:
    safety.says(f"안전 인증 {number}", safety.hands_in(files.pdf(), "인증서.pdf"))
    safety.sees("실적 [now]", "증빙자료 [done] 인증서.pdf")
    assert _error(safety) == "보기에 있는 항목 가운데 하나를 선택해 주세요."
    safety.presses("달성")
    safety.sees("실적 [done] 달성", "설명 [now]")


IMPOSSIBLE = [
    ("재난센터 착공", "100.1", "누적 추진율은 0에서 100 사이로 적어 주세요. 예: 70"),
    ("재난센터 착공", "-0.1", "누적 추진율은 0에서 100 사이로 적어 주세요. 예: 70"),
    ("공사장 안전사고", "-1", "발생 건수는 0 이상으로 적어 주세요. 예: 0"),
]


@pytest.mark.parametrize(("indicator", "value", "wrong"), IMPOSSIBLE)
def test_what_cannot_be_is_refused_beside_its_field_and_asked_again(
    safety: Speaker, indicator: str, value: str, wrong: str
) -> None:
    _opens(safety, indicator)
    safety.says(value)
    safety.sees("실적 [now]", "증빙자료 [later]")
    assert _error(safety) == wrong
    safety.says("0")
    safety.sees("실적 [done] 0", "증빙자료 [now]")


@pytest.mark.parametrize(("indicator", "value", "wrong"), IMPOSSIBLE)
def test_what_cannot_be_is_refused_in_a_quick_line_too(
    safety: Speaker, indicator: str, value: str, wrong: str
) -> None:
    safety.says(f"{indicator} {value}", safety.hands_in(files.pdf(), "대장.pdf"))
    safety.sees(indicator, "실적 [now]", "증빙자료 [done] 대장.pdf")
    assert _error(safety) == wrong
    safety.presses("임시저장")
    safety.sees("임시저장했습니다.", "작성 중인 실적: -", "대장.pdf")


@pytest.mark.parametrize(("indicator", "value", "wrong"), IMPOSSIBLE)
def test_what_cannot_be_is_not_recognised_either(
    town: Town, safety: Speaker, indicator: str, value: str, wrong: str
) -> None:
    evaluator = town.person(EVALUATOR)
    hands_in(safety, f"{indicator} 0")
    evaluator.presses("다른 값으로 승인")
    evaluator.says(value)
    evaluator.sees("인정 실적 [now]", "사유 [later]")
    assert _error(evaluator) == wrong


def test_yes_or_no_is_recognised_as_one_or_nought(town: Town, safety: Speaker) -> None:
    evaluator = town.person(EVALUATOR)
    hands_in(safety, "안전 인증 1")
    evaluator.presses("다른 값으로 승인")
    evaluator.says("2")
    assert _error(evaluator) == "달성했으면 1, 아니면 0으로 적어 주세요."
    evaluator.says("0")
    evaluator.sees("사유 [now]")


def test_a_sum_without_a_target_for_the_period_is_not_held_against_any(town: Town, safety: Speaker) -> None:
    evaluator = town.person(EVALUATOR)
    safety.says("소화기 보급 40", safety.hands_in(files.pdf(), "대장.pdf"))
    safety.presses("건너뛰기")
    safety.sees("실적: 40 대", "이 기간에는 목표치가 없어 점수는 연말에 계산합니다.", "[제출하기]")
    safety.does_not_see("달성률")
    safety.presses("제출하기")
    evaluator.sees("소화기 보급", "보고한 실적: 40 대", "[승인]")
    evaluator.does_not_see("달성률")
    evaluator.presses("승인")
    safety.sees("소화기 보급이 승인되었습니다.", "인정 실적: 40 대")
