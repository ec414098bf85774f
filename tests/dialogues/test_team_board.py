"""The team lead's board: who has handed in what, what is missing, what is late, and how much weight is at stake."""

from __future__ import annotations

from sqlmodel import col, select

from models.plan import Indicator
from tests.dialogues.city import LEAD, OFFICER
from tests.dialogues.story import hands_in, returns
from tests.kit.conversation import Speaker, Town


def _board_of_the_plan(person: Speaker) -> None:
    person.says("부서 현황")
    person.presses("다른 기간")
    person.presses("2019년 성과관리 상반기")


def test_the_board_counts_and_puts_first_what_needs_attention(any_town: Town) -> None:
    lead, officer = any_town.person(LEAD), any_town.person("1001")
    hands_in(officer)
    _board_of_the_plan(lead)
    lead.sees(
        "부서 현황 · 2019년 성과관리 상반기",
        "지표 3건 — 미제출 2건, 제출 1건\n",
        "아직 제출되지 않은 가중치는 60점입니다.",
        "민원 처리기간 (총무과 · 김주무 · 근무일 5일 남음) 미제출",
        "청렴교육 이수율 (총무과 · 최팀장 · 근무일 5일 남음) 미제출",
        "민원처리율 (총무과 · 김주무) 제출됨",
    )
    assert lead.buttons()[-3:] == ["민원 처리기간", "청렴교육 이수율", "민원처리율"]


def test_what_is_late_comes_first_and_what_came_back_with_more_time_is_not_late(
    town: Town, officer: Speaker, lead: Speaker
) -> None:
    hands_in(officer)
    returns(lead, due="7. 26.")
    town.passes(days=8)
    _board_of_the_plan(lead)
    lead.sees(
        "지표 3건 — 미제출 2건, 반려 1건, 기한 지남 2건\n",
        "민원 처리기간 (총무과 · 김주무 · 기한 지남) 기한 지남",
        "민원처리율 (총무과 · 김주무 · 근무일 8일 남음) 반려됨",
        "아직 제출되지 않은 가중치는 100점입니다.",
    )
    assert lead.buttons()[-1] == "민원처리율"


def test_the_periods_that_are_open_can_be_told_apart(lead: Speaker) -> None:
    lead.says("현황")
    lead.sees("부서 현황 · 2019년 혁신과제 상반기", "종이 없는 보고")
    lead.presses("다른 기간")
    lead.sees(
        "어느 기간을 볼까요?",
        "2019년 혁신과제 상반기 (근무일 4일 남음)",
        "2019년 성과관리 상반기 (근무일 5일 남음)",
    )


def test_a_report_on_the_board_is_confirmed_from_there(officer: Speaker, lead: Speaker) -> None:
    hands_in(officer)
    _board_of_the_plan(lead)
    lead.presses("민원처리율")
    lead.presses("확인")
    lead.sees("민원처리율을 확인했습니다.")


def test_a_lead_sees_what_is_below_and_nothing_beside(lead: Speaker, bureau_lead: Speaker) -> None:
    _board_of_the_plan(lead)
    lead.does_not_see("상담 가구", "방문 돌봄")
    _board_of_the_plan(bureau_lead)
    bureau_lead.sees("민원처리율", "상담 가구 (민원과 · 박민원", "지표 5건")
    bureau_lead.does_not_see("방문 돌봄")


def test_who_leads_no_team_is_told_whose_screen_it_is(officer: Speaker) -> None:
    officer.says("부서 현황")
    officer.sees("부서 현황은 팀장이 보는 화면입니다.", "[처음으로]")


def test_a_board_with_everything_handed_in_says_so(town: Town, lead: Speaker) -> None:
    hands_in(town.person(OFFICER), "종이 없는 보고 45")
    lead.says("부서 현황")
    lead.sees("지표 1건 — 제출 1건\n", "모두 제출되었습니다.")
    lead.does_not_see("가중치")


def test_the_board_begins_with_the_first_period_in_which_something_is_left_to_do(
    town: Town, lead: Speaker, evaluator: Speaker, administrator: Speaker
) -> None:
    hands_in(town.person(OFFICER), "종이 없는 보고 45")
    lead.says("부서 현황")
    lead.sees("부서 현황 · 2019년 혁신과제 상반기")
    evaluator.presses("승인")
    lead.says("부서 현황")
    lead.sees("부서 현황 · 2019년 성과관리 상반기")
    administrator.says("관리")
    administrator.presses("전체 진행")
    administrator.sees("전체 진행 · 2019년 혁신과제 상반기", "승인 1건")
    with town.database.write() as session:
        others = select(Indicator).where(col(Indicator.code).startswith("IN-"), Indicator.code != "IN-01")
        for one in session.exec(others):
            one.report_periods = "H2"
    administrator.says("관리")
    administrator.presses("전체 진행")
    administrator.sees("전체 진행 · 2019년 성과관리 상반기")
