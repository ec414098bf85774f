"""Menus: a page at a time, and searched by typing where they are very long."""

from __future__ import annotations

from tests.dialogues.city import DISTRICTS
from tests.dialogues.story import hands_in
from tests.kit.conversation import Speaker


def _choices(person: Speaker) -> list[str]:
    return [choice["label"] for choice in person.screens()[-1]["choices"]]


def _codes(administrator: Speaker) -> None:
    administrator.says("관리")
    administrator.presses("연결 코드")


def test_a_long_menu_is_shown_a_page_at_a_time_where_it_stands(carer: Speaker) -> None:
    carer.says("내 지표")
    count = len(carer.screens())
    names = [f"{name}동 방문 돌봄" for name in DISTRICTS]
    assert _choices(carer) == names[:8]
    carer.sees("쪽 1/3")
    assert "이전 쪽" not in carer.buttons()
    carer.presses("다음 쪽")
    assert _choices(carer) == names[8:16]
    carer.presses("다음 쪽")
    assert _choices(carer) == names[16:]
    carer.sees("쪽 3/3")
    assert "다음 쪽" not in carer.buttons()
    carer.presses("이전 쪽")
    assert _choices(carer) == names[8:16]
    assert len(carer.screens()) == count


def test_a_page_shows_how_things_stand_when_it_is_turned(carer: Speaker) -> None:
    carer.says("내 지표")
    carer.presses("다음 쪽")
    hands_in(carer, "가람동 방문 돌봄 100")
    carer.says("내 지표")
    assert _choices(carer)[0] == "나래동 방문 돌봄"
    carer.presses("다음 쪽")
    carer.presses("다음 쪽")
    assert _choices(carer)[-1] == "가람동 방문 돌봄"


def test_a_very_long_menu_is_searched_by_typing_part_of_a_name_or_of_what_stands_beside(
    administrator: Speaker,
) -> None:
    _codes(administrator)
    administrator.sees("이름의 일부를 입력하면 찾아 드립니다.")
    administrator.says("정평")
    administrator.sees("'정평' 검색 결과 1건")
    assert _choices(administrator) == ["정평가"]
    administrator.says("총무과 팀장")
    assert _choices(administrator) == ["최팀장"]
    administrator.presses("검색 지우기")
    administrator.sees("쪽 1/5")


def test_found_pages_are_turned_within_what_was_found(administrator: Speaker) -> None:
    _codes(administrator)
    administrator.says("직원")
    administrator.sees("'직원' 검색 결과 20건", "쪽 1/3")
    administrator.presses("다음 쪽")
    administrator.sees("'직원' 검색 결과 20건", "쪽 2/3")
    assert all(name.endswith("직원") for name in _choices(administrator))


def test_nothing_found_says_so_and_leaves_a_way_back(administrator: Speaker) -> None:
    _codes(administrator)
    administrator.says("세종대왕")
    administrator.sees("'세종대왕'에 맞는 항목이 없습니다. 다른 말로 찾아 보세요.", "[관리로]")
    assert "검색 지우기" in administrator.buttons()


def test_of_a_long_text_only_the_beginning_is_searched_for(administrator: Speaker) -> None:
    _codes(administrator)
    administrator.says("가" * 10_000)
    assert administrator.screens()[-1]["search"]["query"] == "가" * 80


def test_a_short_menu_is_not_searched(administrator: Speaker) -> None:
    administrator.says("관리")
    administrator.says("마감")
    administrator.sees("무슨 말씀인지 알아듣지 못했습니다: '마감'")


def test_commands_lead_away_from_a_menu_that_is_searched(administrator: Speaker) -> None:
    _codes(administrator)
    administrator.says("메뉴")
    administrator.sees("무엇을 도와드릴까요?")


def test_a_menu_pressed_becomes_the_next_menu_where_it_stands(administrator: Speaker) -> None:
    count = len(administrator.screens())
    administrator.presses("관리")
    administrator.presses("전체 진행")
    administrator.presses("총무과")
    assert len(administrator.screens()) == count
