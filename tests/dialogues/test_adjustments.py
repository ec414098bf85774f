"""Bonus and deduction in chat: proposed, decided by another, told to whose it is."""

from __future__ import annotations

import pytest

from models.organization import Role
from models.words import Refusal
from tests.dialogues.story import closes
from tests.kit.consultation import add_person
from tests.kit.conversation import Speaker, Town
from tests.kit.schemes import institutions

OTHER = "9002"
YEAR = "2019년 성과관리 연간 기관평가"
REASON = "우수사례 경진대회 최우수(총무과-1234)"


@pytest.fixture
def other(town: Town) -> Speaker:
    """A second administrator."""
    institutions(town.database)
    add_person(town.database, OTHER, "배관리", Role.ADMINISTRATOR)
    return town.person(OTHER)


def proposes(person: Speaker, points: str = "1.5", part: str = "가점", to: str = "총무과") -> None:
    with_points(person, points, part, to)
    person.says(REASON)


def with_points(person: Speaker, points: str, part: str = "가점", to: str = "총무과") -> None:
    person.says("가감점")
    person.presses("제안하기")
    person.presses(f"{YEAR} · {part}")
    person.presses(to)
    person.says(points)


def decides(person: Speaker, how: str, reason: str = "상장을 확인했습니다.") -> None:
    person.presses(how)
    person.says(reason)


def test_what_another_confirms_is_told_to_the_department_and_redrawn_everywhere(
    other: Speaker,
    administrator: Speaker,
    evaluator: Speaker,
    officer: Speaker,
    lead: Speaker,
    civil: Speaker,
) -> None:
    proposes(administrator)
    administrator.sees("총무과 가점 +1.5점", "제안했습니다. 다른 관리자나 평가자가 확정하면 반영됩니다.")
    for person in (other, evaluator):
        person.sees(
            "반영할지 결정해 주세요.",
            "점수: +1.5점",
            "최대 2점 · 지금까지 확정 0점",
            f"제안 사유: {REASON}",
            "[확정]",
        )
    for person in (officer, lead, civil):
        person.does_not_see("가점")
    decides(other, "확정")
    other.sees("확정하고 대상에게 통보했습니다.")
    for person in (officer, lead):
        person.sees("총무과 가점", "확정됨", "확정 사유: 상장을 확인했습니다. (배관리 · 7. 8.(월) 09:00)")
        assert person.card("총무과 가점")["buttons"] == []
    civil.does_not_see("가점")
    assert evaluator.card("총무과 가점")["badge"]["label"] == "확정됨"
    administrator.sees("확정됨")


def test_who_proposed_it_cannot_decide_and_is_told_why(other: Speaker, administrator: Speaker) -> None:
    proposes(administrator)
    administrator.says("가감점")
    administrator.presses("총무과")
    administrator.sees("본인이 제안한 가감점은 결정할 수 없습니다.")
    assert administrator.buttons() == ["제안 취소"]


def test_who_proposed_it_takes_it_back(
    other: Speaker, administrator: Speaker, evaluator: Speaker, officer: Speaker
) -> None:
    proposes(administrator)
    for person in (other, evaluator):
        person.sees("[확정]")
        assert "제안 취소" not in person.buttons()
    administrator.says("가감점")
    administrator.presses("총무과")
    decides(administrator, "제안 취소", "부서를 잘못 골랐습니다.")
    administrator.sees("총무과 가점 +1.5점", "제안을 취소했습니다.")
    for person in (other, evaluator):
        card = person.card("총무과 가점")
        assert (card["badge"]["label"], card["buttons"]) == ("제안 취소됨", [])
        person.sees("제안 취소 사유: 부서를 잘못 골랐습니다.")
    officer.does_not_see("가점")


def test_what_is_dropped_is_told_to_who_proposed_it_alone(
    other: Speaker, administrator: Speaker, officer: Speaker
) -> None:
    proposes(administrator, "0.5", "감점")
    other.sees("총무과 감점", "점수: △0.5점")
    decides(other, "반영하지 않음", "이미 시정했습니다.")
    administrator.sees("반영하지 않음", "반영하지 않는 사유: 이미 시정했습니다. (배관리")
    officer.does_not_see("감점")
    officer.says("가감점")
    officer.sees("등록된 가점과 감점이 없습니다.")
    with pytest.raises(Refusal, match="볼 권한이 없습니다"):
        officer.is_shown("adjustments.card", adjustment=1)


def test_more_than_counts_may_be_confirmed_and_the_card_says_what_counts(
    other: Speaker, administrator: Speaker, officer: Speaker
) -> None:
    for _ in range(2):
        proposes(administrator)
        decides(other, "확정")
    officer.sees("최대 2점 · 확정 3점 가운데 2점만 반영")


def test_what_was_confirmed_is_withdrawn_with_a_reason(
    other: Speaker, administrator: Speaker, evaluator: Speaker, officer: Speaker
) -> None:
    proposes(administrator)
    decides(other, "확정")
    evaluator.says("가감점")
    evaluator.presses("총무과")
    decides(evaluator, "확정 철회", "수상이 취소되었습니다.")
    officer.sees("철회됨", "철회 사유: 수상이 취소되었습니다. (정평가")


def test_a_form_that_comes_too_late_says_who_was_quicker(
    other: Speaker, administrator: Speaker, evaluator: Speaker
) -> None:
    proposes(administrator)
    evaluator.presses("확정")
    decides(other, "반영하지 않음", "근거가 없습니다.")
    evaluator.says("상장을 확인했습니다.")
    evaluator.sees("배관리 님이 7. 8.(월) 09:00에 먼저 반영하지 않기로 했습니다.", "[가감점 보기]")


def test_none_or_less_is_asked_again(other: Speaker, administrator: Speaker) -> None:
    with_points(administrator, "0")
    administrator.sees("점수를 0보다 크게 적어 주세요.")
    administrator.says("1.5점")
    administrator.sees("수상, 지적 사항, 문서번호")


def test_for_one_s_own_department_an_office_holder_only_looks(
    town: Town, other: Speaker, administrator: Speaker
) -> None:
    add_person(town.database, "9003", "총평가", Role.EVALUATOR, "GA")
    own = town.person("9003")
    proposes(administrator)
    own.sees("본인이나 본인이 속한 부서의 가감점은 결정할 수 없습니다.")
    assert own.card("총무과 가점")["buttons"] == []


def test_officers_have_nothing_to_propose(other: Speaker, officer: Speaker) -> None:
    officer.says("가감점")
    assert "제안하기" not in officer.buttons()
    officer.is_shown("adjustments.parts")
    officer.sees("지금 가점이나 감점을 제안할 수 있는 평가가 없습니다.")
    with pytest.raises(Refusal, match="관리자, 평가자, 소관부서만"):
        officer.is_shown("adjustments.propose", cycle=1, scheme="INST", part="PLUS", period=None, subject=1)


def test_in_a_closed_year_nothing_is_offered(other: Speaker, administrator: Speaker) -> None:
    proposes(administrator)
    for half in ("상반기", "하반기"):
        closes(administrator, f"2019년 성과관리 {half}")
    other.says("가감점")
    other.presses("총무과")
    other.sees("마감된 기간입니다. 마감을 해제해야 결정할 수 있습니다.")
    assert other.buttons() == []


def test_evaluators_see_what_waits_from_the_list(other: Speaker, administrator: Speaker) -> None:
    proposes(administrator)
    other.says("가감점")
    other.sees("총무과 (가점 +1.5점) 결정 대기")
