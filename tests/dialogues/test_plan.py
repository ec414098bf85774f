"""Plans in chat: drafted, consulted on, handed in, returned, confirmed, adjusted; indicators that move."""

from __future__ import annotations

from decimal import Decimal

import pytest
from sqlmodel import col, select

import reports.charts as charts
from models.audit import AuditRow
from models.plan import Cycle, Indicator, PastActual
from models.planning.table import IndicatorVersion
from models.words import Refusal
from tests.dialogues import city, planning
from tests.dialogues.planning import adds, changes, confirmed, opens, points, row_of
from tests.dialogues.story import hands_in
from tests.kit import files
from tests.kit.consultation import add_review
from tests.kit.conversation import Speaker, Town

TITLE = "총무과 성과계획"


@pytest.fixture
def planned(town: Town) -> Town:
    """한빛시, where plans are confirmed in chat."""
    planning.asks_for_plans(town)
    return town


@pytest.fixture(autouse=True)
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[charts.Trend]:
    """What is drawn. Real pictures take a while: they are drawn in the gallery."""
    shown: list[charts.Trend] = []

    def trend(one: charts.Trend) -> bytes:
        shown.append(one)
        return files.png()

    monkeypatch.setattr(charts, "trend", trend)
    return shown


def badge(person: Speaker, title: str = TITLE) -> str:
    return str(person.card(title)["badge"]["label"])


def approves(town: Town, report: str) -> None:
    """An officer's report of an indicator of 총무과, confirmed and approved."""
    hands_in(town.person(city.OFFICER), report)
    lead, evaluator = town.person(city.LEAD), town.person(city.EVALUATOR)
    for person, label in ((lead, "확인"), (evaluator, "승인")):
        person.says("대기함")
        person.presses(report.rpartition(" ")[0])
        person.presses(label)


def test_a_plan_is_drafted_consulted_on_returned_and_confirmed(
    planned: Town, officer: Speaker, lead: Speaker, evaluator: Speaker, administrator: Speaker
) -> None:
    consultant = planned.person(planning.CONSULTANT)
    opens(officer)
    officer.sees("작성 중", "가중치 합: 100점", "점검 결과: 확인 필요 2건", "[팀장에게 제출 요청]")
    adds(officer, "민원 만족도", "시민 만족을 위해 노력", "80", "20")
    officer.sees("저장했습니다. 점검 결과를 확인해 주세요.", "산식에 셀 수 있는 것이 없습니다")
    officer.presses("지표 목록")
    changes(officer, "민원처리율", 가중치="20")
    officer.presses("지표 목록")
    officer.sees("가중치 합 100점")
    changes(officer, "민원 만족도", 산식="만족 응답 수 ÷ 전체 응답 수 × 100")
    officer.does_not_see("셀 수 있는 것이 없습니다")
    opens(officer)
    officer.presses("컨설팅 요청")
    consultant.sees("지표를 살펴보고 의견을 주세요.", TITLE)
    assert badge(officer) == "컨설팅 중"
    opens(lead)
    lead.presses("검토 요청")
    lead.sees("검토를 요청했습니다.")
    evaluator.sees(TITLE, "확정하거나 사유를 적어 반려해 주세요.", "• [확인 필요] 산식이 비어 있습니다.")
    evaluator.presses("반려")
    evaluator.says("민원 처리기간의 산식을 적어 주세요.")
    for person in (officer, lead):
        person.sees("사유: 민원 처리기간의 산식을 적어 주세요.")
        assert badge(person) == "작성 중"
    officer.presses("지표 보기")
    changes(officer, "민원 처리기간", 산식="처리일수 합 ÷ 처리 건수")
    officer.presses("지표 목록")
    officer.presses("계획으로")
    officer.presses("팀장에게 제출 요청")
    lead.sees(TITLE, "[검토 요청]")
    lead.presses("검토 요청")
    evaluator.presses("확정")
    officer.sees("확정됨", "확정자: 정평가 · 7. 8.(월) 09:00", "[조정 신청]")
    assert badge(consultant) == "확정됨"
    for person in (evaluator, administrator):
        person.does_not_see("추가 사전평가")
    name, new = row_of(planned, "GA-04")
    assert (name, new.name, new.weight, new.unit) == ("총무과", "민원 만족도", Decimal(20), "건")


def test_nothing_is_reported_before_its_plan_is_confirmed_and_nobody_is_reminded(
    planned: Town, officer: Speaker
) -> None:
    with planned.database.read() as session:
        (row,) = session.exec(select(Indicator).where(Indicator.code == "GA-01"))
    officer.says("내 지표")
    officer.sees("종이 없는 보고")
    officer.does_not_see("민원처리율")
    officer.is_shown("report_actual.open", indicator=row.id or 0, period=1)
    officer.presses("실적 보고")
    officer.sees("민원처리율은 성과계획이 아직 확정되지 않아 보고할 수 없습니다.")
    officer.says("메뉴")
    planned.time_goes_on(days=1)
    officer.sees("종이 없는 보고")
    officer.does_not_see("민원처리율")
    confirmed(planned, "총무과")
    planned.time_goes_on(days=1)
    officer.sees("민원처리율")
    hands_in(officer, "민원처리율 97.3")
    officer.sees("제출했습니다")


def test_a_plan_in_which_something_is_plainly_wrong_is_not_handed_in(planned: Town, lead: Speaker) -> None:
    opens(lead)
    lead.presses("지표 보기")
    changes(lead, "민원처리율", 가중치="45")
    opens(lead)
    lead.presses("검토 요청")
    lead.sees("가중치 합이 105입니다. 100이 되게 고친 뒤 다시 시도해 주세요.")
    lead.presses("지표 보기")
    changes(lead, "민원처리율", 가중치="40", 목표치="0")
    lead.sees("[고쳐야 함] 목표가 0이면 비율로 셈할 수 없습니다.")
    opens(lead)
    lead.sees("고쳐야 함 1건, 확인 필요 2건")
    lead.presses("검토 요청")
    lead.sees("민원처리율: 목표가 0이면 비율로 셈할 수 없습니다.")


def test_an_adjustment_changes_nothing_before_it_is_confirmed(
    planned: Town, officer: Speaker, lead: Speaker, evaluator: Speaker, administrator: Speaker
) -> None:
    confirmed(planned, "총무과")
    approves(planned, "민원처리율 95")
    before = points(planned)
    assert before == {"총무과": "40.00"}
    opens(officer)
    officer.presses("조정 신청")
    officer.says("하반기 조직개편")
    evaluator.sees("조정 중", "사유: 하반기 조직개편")
    officer.presses("지표 보기")
    changes(officer, "민원처리율", 가중치="20", 목표치="100")
    officer.sees("확정되면 바뀌는 내용", "• 가중치: 40 → 20", "• 목표치: 95 → 100")
    officer.presses("지표 목록")
    adds(officer, "상담 건수", "상담 건수 합계", "300", "20")
    officer.presses("지표 목록")
    officer.presses("청렴교육 이수율")
    officer.presses("지표 빼기")
    officer.presses("지표 목록")
    changes(officer, "민원 처리기간", 산식="처리일수 합 ÷ 처리 건수", 가중치="60")
    assert points(planned) == before
    officer.says("민원처리율")
    officer.sees("목표: 95 %", "가중치: 40점")
    opens(lead)
    lead.sees("확정되면 바뀌는 지표", "• 변경: 민원처리율", "• 제외: 청렴교육 이수율", "• 추가: 상담 건수")
    lead.presses("검토 요청")
    lead.sees("검토를 요청했습니다.")
    evaluator.presses("확정")
    evaluator.sees("계획을 확정하고")
    assert points(planned) == {"총무과": "19.00"}
    administrator.sees("추가 사전평가 대상", "• 총무과", "사유: 하반기 조직개편")
    with planned.database.read() as session:
        key = row_of(planned, "GA-01")[1].id
        versions = session.exec(
            select(IndicatorVersion)
            .where(IndicatorVersion.indicator_id == key)
            .order_by(col(IndicatorVersion.number))
        ).all()
        told = [(one.plan["weight"], one.plan["targets"][""], one.reason) for one in versions]
    assert told == [("40", "95", ""), ("20", "100", "하반기 조직개편")]
    assert row_of(planned, "GA-03")[1].ends_on == planned.now().date()


def test_an_adjustment_can_be_given_up(planned: Town, officer: Speaker, lead: Speaker) -> None:
    confirmed(planned, "총무과")
    opens(officer)
    officer.presses("조정 신청")
    officer.says("목표를 다시 봅니다.")
    officer.presses("지표 보기")
    changes(officer, "민원처리율", 목표치="99")
    opens(officer)
    officer.presses("조정 취소")
    assert badge(officer) == "확정됨"
    officer.presses("지표 보기")
    officer.presses("민원처리율")
    officer.sees("목표: 95 %")
    officer.does_not_see("확정되면", "[고치기]")


def test_who_is_late_is_told_who_was_quicker(
    planned: Town, lead: Speaker, evaluator: Speaker, other_evaluator: Speaker
) -> None:
    opens(lead)
    lead.presses("검토 요청")
    press = other_evaluator.button("확정")
    evaluator.presses("확정")
    other_evaluator.presses_again(press)
    other_evaluator.sees("정평가 님이 7. 8.(월) 09:00에 먼저 계획을 확정했습니다.")
    other_evaluator.does_not_see("[확정]")


def test_two_who_draft_at_once_do_not_write_over_each_other(
    planned: Town, officer: Speaker, second: Speaker
) -> None:
    for person in (officer, second):
        opens(person)
        person.presses("지표 보기")
        person.presses("민원처리율")
        person.presses("고치기")
        person.presses("고치기: 목표치")
    officer.says("97")
    officer.presses("건너뛰기")
    second.says("98")
    second.presses("건너뛰기")
    second.sees("그사이 계획이 바뀌었습니다.")
    assert "목표: 97 %" in officer.reads()


def test_who_handed_a_plan_in_does_not_confirm_it(planned: Town) -> None:
    """정평가 is an officer of 기획예산과 as well; here they lead it, too."""
    from models.organization import Department, Role, RoleHeld

    evaluator, other = planned.person(city.EVALUATOR), planned.person(city.OTHER_EVALUATOR)
    with planned.database.write() as session:
        place = session.exec(select(Department.id).where(Department.code == "GA")).one()
        session.add(RoleHeld(person_id=evaluator.person_id, role=Role.TEAM_LEAD, department_id=place))
    opens(evaluator)
    evaluator.presses("검토 요청")
    evaluator.does_not_see("[확정]")
    assert "확정" in other.buttons()


def test_a_stranger_sees_no_plan_and_an_officer_confirms_none(
    planned: Town, officer: Speaker, carer: Speaker
) -> None:
    cycle, place = 1, row_of(planned, "GA-01")[1].department_id
    with pytest.raises(Refusal, match="이 계획을 볼 권한이 없습니다"):
        carer.is_shown("plan.card", cycle=cycle, department=place)
    for step in ("plan.findings", "plan.move", "plan.moves"):
        with pytest.raises(Refusal, match="관리자와 평가자만"):
            officer.is_shown(step)


def test_the_form_of_a_kind_asks_for_what_it_needs(planned: Town, officer: Speaker) -> None:
    opens(officer)
    officer.presses("지표 추가")
    officer.sees("무사고 (0이면 100 %, 생길 때마다 단계표대로 낮아집니다. 예: 안전사고 0:100; 1:80; 3:0)")
    officer.presses("무사고")
    for word in ("안전사고", "안전사고 건수", "건", "0대100", "0:100; 1:80; 3:0", "5"):
        officer.says(word)
    officer.presses("건너뛰기")
    officer.sees("단계표에서 읽지 못한 부분이 있습니다: 0대100.")
    officer.presses("고치기: 단계표")
    officer.says("0:100; 1:80; 3:0")
    officer.presses("건너뛰기") if "건너뛰기" in officer.buttons() else None
    officer.sees("단계표: 0:100; 1:80; 3:0", "배점방식: 무사고")
    officer.presses("작성 요령")
    officer.sees("작성 요령: 무사고", "주의: 우연에 크게 좌우되는 값이면 예방 활동을 함께 재세요.")


def test_targets_of_periods_are_written_in_one_line(planned: Town, officer: Speaker) -> None:
    opens(officer)
    officer.presses("지표 보기")
    officer.presses("민원처리율")
    officer.presses("고치기")
    officer.says("삼분기:90")
    officer.sees("삼분기 기간이 없습니다. 상반기:48처럼 적어 주세요.")
    officer.presses("고치기: 기간별 목표치")
    officer.says("상반기:90; 하반기:95")
    officer.sees("기간별 목표치: 상반기:90; 하반기:95")


def test_the_picture_shows_where_the_past_years_lead(
    planned: Town, officer: Speaker, drawn: list[charts.Trend]
) -> None:
    key = row_of(planned, "GA-01")[1].id or 0
    with planned.database.write() as session:
        session.add(PastActual(indicator_id=key, year=2016, value=Decimal("89.5")))
    opens(officer)
    officer.presses("지표 보기")
    officer.presses("민원처리율")
    officer.sees("목표 95가 지난 실적의 추세 95.7")
    officer.presses("추이 그림")
    planned.do_errands()
    officer.sees("민원처리율 추이", "최소제곱법")
    (picture,) = [body["picture"] for body in officer.screens() if "picture" in body]
    assert picture["name"] == "민원처리율 추이.png"
    assert (drawn[0].projected, drawn[0].target, drawn[0].words.end) == (
        Decimal("95.733"),
        Decimal(95),
        "2019",
    )
    officer.presses("지표로")
    officer.presses("지표 목록")
    officer.presses("민원 처리기간")
    officer.presses("추이 그림")
    officer.sees("지난 실적이 3년 이상 있고 목표가 있는 지표만")


def test_the_whole_city_is_looked_through_for_what_an_evaluator_would_ask(
    planned: Town, administrator: Speaker
) -> None:
    administrator.says("계획")
    administrator.presses("지표 점검")
    administrator.presses("2019년 성과관리")
    administrator.sees("지표 점검: 2019년 성과관리", "총무과 (확인 필요 2건)")
    administrator.presses("총무과")
    administrator.sees(TITLE, "민원 처리기간(GA-02)")


def test_the_written_review_is_at_hand(planned: Town, officer: Speaker) -> None:
    add_review(planned.database)
    consultant = planned.person(planning.CONSULTANT)
    opens(officer)
    assert "서면검토 자료" in officer.buttons()
    officer.presses("컨설팅 요청")
    consultant.presses("서면검토 의견")
    consultant.sees("총무과")


def moves(
    person: Speaker, day: str, *, source: str = "총무과", to: str = "민원과", officer: str = "박민원"
) -> None:
    """Orders that 민원처리율 goes to another department."""
    person.says("계획")
    person.presses("지표 이관")
    person.presses(source)
    person.presses("민원처리율")
    person.presses("1개 옮기기")
    person.presses(to)
    person.presses(officer)
    person.says(day)
    person.says("2019년 하반기 조직개편")


def test_an_indicator_moves_on_its_day_and_points_stay_where_they_were_earned(
    any_town: Town,
) -> None:
    town = any_town
    planning.asks_for_plans(town)
    officer, civil, lead = (town.person(code) for code in (city.OFFICER, city.CIVIL, city.LEAD))
    administrator, evaluator = town.person(city.ADMINISTRATOR), town.person(city.EVALUATOR)
    confirmed(town, "총무과", "민원과")
    approves(town, "민원처리율 95")
    assert points(town, "H1") == points(town) == {"총무과": "40.00"}
    moves(administrator, "7. 10.")
    administrator.sees("7. 10.(수)부터 총무과 지표가 민원과로 이관될 예정입니다.")
    for person in (officer, civil, lead):
        person.sees("이관될 예정입니다.", "• 민원처리율", "사유: 2019년 하반기 조직개편")
    assert points(town) == {"총무과": "40.00"}
    town.time_goes_on(days=1)
    assert row_of(town, "GA-01")[0] == "총무과"
    town.time_goes_on(days=1)
    name, row = row_of(town, "GA-01")
    assert (name, row.officer_id, row.deputy_officer_id) == ("민원과", civil.person_id, None)
    civil.sees(
        "7. 10.(수)부터 총무과 지표가 민원과로 이관되었습니다.", "두 부서의 성과계획을 다시 확정해야 합니다."
    )
    evaluator.sees("추가 사전평가 대상", "• 총무과", "• 민원과")
    assert points(town, "H1") == {"총무과": "40.00"}
    assert points(town) == {"민원과": "40.00"}
    opens(lead)
    lead.sees("조정 중", "가중치 합: 60점")
    assert "조정 취소" in lead.buttons()
    lead.presses("조정 취소")
    lead.sees("지표가 이관되어 다시 확정해야 하는 계획입니다.")
    with town.database.read() as session:
        kept = session.exec(select(IndicatorVersion).where(IndicatorVersion.indicator_id == row.id)).all()
        last = max(kept, key=lambda one: one.number)
        assert (last.plan["department_id"], last.reason) == (row.department_id, "2019년 하반기 조직개편")
        assert f"{last.effective_on}" == "2019-07-10"
        done = session.exec(select(AuditRow.action).where(AuditRow.subject == f"indicator:{row.id}")).all()
    assert done == ["plan.move", "plan.change"]
    town.time_goes_on(days=1)
    assert points(town) == {"민원과": "40.00"}


def test_a_move_on_a_day_off_waits_for_the_next_morning(planned: Town, administrator: Speaker) -> None:
    moves(administrator, "7. 13.")  # a Saturday
    planned.time_goes_on(days=5)
    assert row_of(planned, "GA-01")[0] == "총무과"
    planned.time_goes_on(days=1, hours=15)
    assert row_of(planned, "GA-01")[0] == "총무과"
    planned.time_goes_on(hours=9)
    assert row_of(planned, "GA-01")[0] == "민원과"
    administrator.sees("추가 사전평가 대상")


def test_a_move_entered_late_is_done_at_once_and_the_new_department_reports_what_is_open(
    planned: Town, officer: Speaker, civil: Speaker, evaluator: Speaker
) -> None:
    confirmed(planned, "총무과", "민원과")
    evaluator.says("계획")
    evaluator.presses("지표 이관")
    evaluator.presses("총무과")
    evaluator.presses("모두 선택")
    evaluator.presses("민원 처리기간")
    evaluator.presses("청렴교육 이수율")
    evaluator.presses("1개 옮기기")
    evaluator.presses("민원과")
    evaluator.presses("지정하지 않음")
    evaluator.sees("아직 보고하지 않은 실적이 1건 있습니다. 옮기면 새 부서가 보고합니다.")
    evaluator.says("2019. 7. 1.")
    evaluator.says("조직개편")
    evaluator.sees("7. 1.(월)부터 총무과 지표가 민원과로 이관되었습니다.")
    officer.says("내 지표")
    officer.does_not_see("민원처리율")
    hands_in(civil, "민원처리율 95")
    assert points(planned, "H1") == {}


def test_a_planned_move_can_be_cancelled_and_is_not_ordered_twice(
    planned: Town, administrator: Speaker, officer: Speaker, civil: Speaker
) -> None:
    moves(administrator, "8. 1.")
    moves(administrator, "9. 2.", to="돌봄과", officer="나돌봄")
    administrator.sees("민원처리율은 8. 1.(목)에 민원과로 이관하도록 이미 정해져 있습니다.")
    administrator.says("계획")
    administrator.presses("이관 예정")
    administrator.presses("민원처리율")
    administrator.sees("민원처리율 이관을 취소했습니다.", "예정된 지표 이관이 없습니다.")
    for person in (officer, civil):
        person.sees("8. 1.(목)에 민원과로 예정되었던 민원처리율 이관이 취소되었습니다.")
    planned.time_goes_on(days=30)
    assert row_of(planned, "GA-01")[0] == "총무과"


def test_where_no_confirmation_is_asked_for_weights_that_do_not_sum_up_are_told(
    town: Town, administrator: Speaker, officer: Speaker
) -> None:
    moves(administrator, "7. 8.")
    administrator.sees("총무과의 가중치 합이 60입니다.", "민원과의 가중치 합이 140입니다.")
    opens(officer)
    officer.does_not_see("[지표 추가]", "[조정 신청]")
    officer.sees("확정됨", "점검 결과: 확인 필요 2건")


def test_the_year_that_is_over_asks_for_no_plan(town: Town, officer: Speaker) -> None:
    officer.says("메뉴")
    assert "성과계획" not in officer.buttons()
    planning.asks_for_plans(town)
    officer.says("메뉴")
    assert "성과계획" in officer.buttons()
    with town.database.write() as session:
        for cycle in session.exec(select(Cycle)):
            cycle.ends_on = town.now().date().replace(day=1)
            session.add(cycle)
    officer.says("계획")
    officer.sees("작성하거나 검토할 성과계획이 없습니다.")


def test_who_reports_sees_the_picture_from_the_indicator(town: Town, officer: Speaker) -> None:
    officer.says("민원처리율")
    assert "추이 그림" not in officer.buttons()
    with town.database.write() as session:
        session.add(
            PastActual(indicator_id=row_of(town, "GA-01")[1].id or 0, year=2016, value=Decimal("89.5"))
        )
    officer.says("민원처리율")
    officer.presses("추이 그림")
    town.do_errands()
    assert any("picture" in body for body in officer.screens())


def test_two_who_draft_at_once_do_not_hold_each_other_up(
    planned: Town, officer: Speaker, lead: Speaker
) -> None:
    opens(officer)
    opens(lead)
    officer.presses("지표 추가")
    officer.presses("상향")
    for word in ("민원 만족도", "만족 응답 수 ÷ 전체 응답 수 × 100", "점", "80"):
        officer.says(word)
    # Meanwhile another indicator is added, and one is changed.
    adds(lead, "민원 처리 건수", "처리한 민원 수", "300", "20")
    officer.presses("건너뛰기")
    officer.says("20")
    officer.presses("건너뛰기")
    officer.sees("저장했습니다.", "민원 만족도")
    officer.presses("지표 목록")
    officer.presses("민원처리율")
    officer.presses("고치기")
    lead.presses("지표 목록")
    changes(lead, "민원 처리 건수", 가중치="10")
    officer.presses("고치기: 가중치")
    officer.says("20")
    _leaves_the_rest(officer)
    officer.sees("저장했습니다.", "가중치: 20점")


def test_of_two_who_change_one_indicator_the_second_is_told(
    planned: Town, officer: Speaker, lead: Speaker
) -> None:
    for person in (officer, lead):
        opens(person)
        person.presses("지표 보기")
    officer.presses("민원처리율")
    officer.presses("고치기")
    changes(lead, "민원처리율", 가중치="30")
    officer.presses("고치기: 가중치")
    officer.says("20")
    _leaves_the_rest(officer)
    officer.sees("그사이 계획이 바뀌었습니다.")
    assert row_of(planned, "GA-01")[1].weight == 30


def _leaves_the_rest(officer: Speaker) -> None:
    """Of what may be left out, in the form of 민원처리율."""
    for _ in range(2):
        if "건너뛰기" in officer.buttons():
            officer.presses("건너뛰기")


def test_a_plan_that_was_handed_in_meanwhile_is_not_drafted_for_nothing(
    planned: Town, officer: Speaker, lead: Speaker
) -> None:
    opens(officer)
    press = officer.button("지표 추가")
    opens(lead)
    lead.presses("검토 요청")
    officer.presses_again(press)
    officer.sees("검토 중인 계획입니다. 고치려면 먼저 계획을 회수해 주세요.")
