"""An indicator that is reported in some periods only: in the others nobody is asked for it."""

from __future__ import annotations

import pytest
from sqlmodel import Session, select

from models.doer import Doer
from models.plan import Indicator, Period
from models.scores import FrozenScore
from models.submission import Entry, save
from models.words import Refusal, translator
from tests.dialogues.city import LEAD, OFFICER
from tests.dialogues.story import closes, fills_in, hands_in
from tests.kit.conversation import Speaker, Town


def reported_only(town: Town, code: str, periods: str) -> None:
    with town.database.write() as session:
        session.exec(select(Indicator).where(Indicator.code == code)).one().report_periods = periods


def place(session: Session, code: str, period: str) -> tuple[Indicator, Period]:
    indicator = session.exec(select(Indicator).where(Indicator.code == code)).one()
    where = Period.cycle_id == indicator.cycle_id, Period.code == period
    return indicator, session.exec(select(Period).where(*where)).one()


def test_an_officer_is_not_asked_in_the_other_periods(any_town: Town) -> None:
    reported_only(any_town, "GA-01", "H2")
    officer = any_town.person(OFFICER)
    officer.says("메뉴")
    officer.sees("내 지표 (보고할 지표 2건)")
    officer.says("내 지표")
    officer.sees("민원 처리기간", "종이 없는 보고")
    officer.does_not_see("민원처리율")
    officer.says("민원처리율 97.3")
    officer.sees("무슨 말씀인지 알아듣지 못했습니다: '민원처리율 97.3'")


def test_a_quick_line_goes_to_the_period_in_which_it_is_reported(town: Town, officer: Speaker) -> None:
    reported_only(town, "GA-01", "H2")
    town.passes(days=150)
    officer.says("민원처리율 97.3")
    officer.sees("하반기 · 목표 95 %")
    officer.presses("취소")
    officer.says("민원 처리기간 7")
    officer.sees("상반기 · 목표 8 일")


def test_who_opens_it_all_the_same_is_told_when_it_is_reported(town: Town, officer: Speaker) -> None:
    with town.database.read() as session:
        indicator, period = place(session, "GA-01", "H1")
    here = {"indicator": indicator.id or 0, "period": period.id or 0}
    officer.says("내 지표")
    officer.presses("민원처리율")
    reported_only(town, "GA-01", "H2")
    officer.presses("실적 보고")
    officer.sees("민원처리율은 상반기에 보고하지 않는 지표입니다. 보고하는 기간: 하반기")
    officer.is_shown("report_actual.open", **here)
    officer.sees("목표: 95 %")
    officer.does_not_see("[실적 보고]")


def test_nothing_is_saved_for_a_period_in_which_it_is_not_reported(town: Town) -> None:
    reported_only(town, "GA-01", "H2")
    with town.database.write() as session:
        indicator, period = place(session, "GA-01", "H1")
        doer = Doer.at_work(session, indicator.officer_id or 0, town.clock.now(), "web")
        with pytest.raises(Refusal) as refused:
            save(session, doer, indicator.id or 0, period.id or 0, Entry(None, note="없음"))
        words = translator("ko")(refused.value.phrase)
    assert words == "민원처리율은 상반기에 보고하지 않는 지표입니다. 보고하는 기간: 하반기"


def test_a_draft_that_was_begun_before_is_not_handed_in(town: Town, officer: Speaker) -> None:
    submit = fills_in(officer)
    reported_only(town, "GA-01", "H2")
    officer.presses_again(submit)
    officer.sees("민원처리율은 상반기에 보고하지 않는 지표입니다.")


def test_the_board_has_what_is_reported_and_offers_no_period_in_which_nothing_is(
    any_town: Town,
) -> None:
    lead = any_town.person(LEAD)
    reported_only(any_town, "IN-01", "H2")
    reported_only(any_town, "GA-01", "H2")
    lead.says("부서 현황")
    lead.sees("부서 현황 · 2019년 성과관리 상반기", "지표 2건 — 미제출 2건", "가중치는 60점입니다.")
    lead.does_not_see("민원처리율", "[다른 기간]")
    any_town.passes(days=150)
    lead.says("부서 현황")
    lead.presses("다른 기간")
    lead.sees("2019년 성과관리 상반기", "2019년 성과관리 하반기", "2019년 혁신과제 하반기")
    lead.does_not_see("2019년 혁신과제 상반기")


def test_the_progress_of_the_city_counts_what_is_reported(
    town: Town, officer: Speaker, administrator: Speaker
) -> None:
    for code in ("GA-02", "CI-01", "CI-02"):
        reported_only(town, code, "H2")
    hands_in(officer)
    administrator.says("관리")
    administrator.presses("전체 진행")
    administrator.presses("2019년 성과관리 상반기 보기")
    administrator.sees("지표 22건 중 승인 0건", "총무과 (승인 0/2 · 미제출 1건)")
    administrator.does_not_see("민원과")


def test_reports_of_a_period_that_the_plan_leaves_out_wait_for_nobody(
    town: Town, officer: Speaker, lead: Speaker
) -> None:
    hands_in(officer)
    lead.says("대기함")
    lead.sees("민원처리율")
    reported_only(town, "GA-01", "H2")
    lead.says("대기함")
    lead.does_not_see("민원처리율")


def test_a_digest_tells_only_of_what_is_reported(town: Town, officer: Speaker) -> None:
    reported_only(town, "GA-01", "H2")
    town.time_goes_on(minutes=1)
    officer.sees("챙기실 일이 2건 있습니다.", "민원 처리기간", "종이 없는 보고")
    officer.does_not_see("민원처리율")


def test_a_closed_period_has_no_score_of_it(town: Town, officer: Speaker, administrator: Speaker) -> None:
    reported_only(town, "GA-01", "H2")
    closes(administrator, "2019년 성과관리 상반기")
    administrator.sees("마감")
    with town.database.read() as session:
        indicator, period = place(session, "GA-01", "H1")
        assert period.closed_at is not None
        kept = session.exec(select(FrozenScore.indicator_id).where(FrozenScore.period_id == period.id)).all()
    assert kept and indicator.id not in kept


def test_what_is_not_reported_is_not_open_when_an_indicator_moves(town: Town, evaluator: Speaker) -> None:
    reported_only(town, "GA-01", "H2")
    evaluator.says("계획")
    evaluator.presses("지표 이관")
    evaluator.presses("총무과")
    evaluator.presses("모두 선택")
    evaluator.presses("3개 옮기기")
    evaluator.presses("민원과")
    evaluator.presses("박민원")
    evaluator.sees("아직 보고하지 않은 실적이 2건 있습니다.")
