"""A form that keeps no draft, left half filled in: what was entered is there when the same form is opened again."""

from __future__ import annotations

from tests.dialogues.test_adjustments import REASON, YEAR, proposes, with_points
from tests.kit.conversation import Speaker, Town
from tests.kit.schemes import institutions

BACK = "적으시던 내용을 이어서 보여 드립니다."


def opens(person: Speaker, to: str = "총무과", part: str = "가점") -> None:
    person.says("가감점")
    person.presses("제안하기")
    person.presses(f"{YEAR} · {part}")
    person.presses(to)


def test_a_word_in_between_costs_nothing(town: Town, administrator: Speaker) -> None:
    institutions(town.database)
    with_points(administrator, "1.5")
    administrator.says("메뉴")
    opens(administrator)
    assert BACK in administrator.toasts()
    administrator.sees("1.5")
    administrator.says(REASON)
    administrator.sees("총무과 가점 +1.5점", "제안했습니다.")


def test_what_was_handed_in_is_not_given_back(town: Town, administrator: Speaker) -> None:
    institutions(town.database)
    proposes(administrator)
    opens(administrator)
    assert BACK not in administrator.toasts()
    administrator.says("0.5")
    administrator.says("메뉴")
    opens(administrator)
    administrator.says(REASON)
    administrator.sees("+0.5점")
    opens(administrator)
    assert BACK not in administrator.toasts()


def test_the_form_of_another_subject_is_another_form(town: Town, administrator: Speaker) -> None:
    institutions(town.database)
    with_points(administrator, "1.5")
    opens(administrator, to="민원과")
    assert BACK not in administrator.toasts()
    administrator.says("메뉴")
    opens(administrator)
    assert BACK in administrator.toasts()


def test_who_cancels_begins_anew(town: Town, administrator: Speaker) -> None:
    institutions(town.database)
    with_points(administrator, "1.5")
    administrator.presses("취소")
    opens(administrator)
    assert BACK not in administrator.toasts()


def test_the_next_day_it_is_forgotten(town: Town, administrator: Speaker) -> None:
    institutions(town.database)
    with_points(administrator, "1.5")
    administrator.says("메뉴")
    town.passes(days=2)
    opens(administrator)
    assert BACK not in administrator.toasts()
