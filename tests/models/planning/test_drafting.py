"""The way of a plan: who may do what, and what a draft leaves as it is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session, col, select

from models.audit import AuditRow
from models.doer import Doer
from models.organization import Role, RoleHeld
from models.period import close
from models.plan import Cycle, Indicator, Target, periods_of
from models.planning import confirming, drafting
from models.planning.drafts import drafts_of, total_weight
from models.planning.file import PlanFile, open_plan
from models.planning.period_targets import read_targets, write_targets
from models.planning.table import IndicatorVersion, PlanState
from models.scoring import Kind, Rollup
from models.store import Database
from models.words import Refusal
from tests.kit.city import JULY, City, small_city

ALL: dict[str, Any] = {"name": "새 지표", "formula": "건수 합계", "weight": Decimal(10), "kind": Kind.HIGHER}


@pytest.fixture
def city(database: Database, tmp_path: Path) -> City:
    """한빛시, in which plans are confirmed."""
    city = small_city(tmp_path, database)
    city.change(Cycle, city.cycle_id, asks_plan_confirmation=True)
    return city


class Desk:
    """People at work on the plan of 총무과."""

    def __init__(self, session: Session, city: City) -> None:
        self.session, self.city = session, city
        self.place = city.departments["GEN"]

    def doer(self, person: str) -> Doer:
        return self.city.at_work(self.session, person, JULY)

    def plan(self) -> PlanFile:
        return open_plan(self.session, self.city.cycle_id, self.place)

    def does(self, verb: Callable[..., Any], person: str, *more: Any) -> Any:
        given = (self.session, self.doer(person), self.city.cycle_id, self.place, self.plan().revision)
        return verb(*given, *more)

    def writes(self, code: str | None, person: str = "officer", **values: Any) -> Any:
        return self.does(drafting.write_indicator, person, code, values)

    def confirms(self) -> None:
        self.does(confirming.hand_in, "lead")
        self.does(confirming.confirm, "evaluator")


@pytest.mark.parametrize("who", ["lead", "civil"])
def test_nobody_decides_on_a_plan_they_handed_in_or_that_was_handed_in_in_their_name(
    city: City, who: str
) -> None:
    lead, civil = city.people["lead"], city.people["civil"]
    with city.database.write() as session:
        session.add_all(RoleHeld(person_id=one, role=Role.EVALUATOR) for one in (lead, civil))
        session.add(RoleHeld(person_id=civil, role=Role.DEPUTY, stands_in_for_id=lead))
        desk = Desk(session, city)
        desk.does(confirming.hand_in, who)
        for person in {who, "lead"}:
            assert not confirming.may_confirm(desk.doer(person), desk.plan())
            for verb, more in ((confirming.confirm, ()), (confirming.return_plan, ("사유",))):
                with pytest.raises(Refusal, match="본인이 제출한 계획"):
                    desk.does(verb, person, *more)
        desk.does(confirming.confirm, "evaluator")


def test_only_who_works_there_drafts_only_the_lead_hands_in_only_an_evaluator_decides(city: City) -> None:
    with city.database.write() as session:
        desk = Desk(session, city)
        for person in ("civil", "evaluator", "consultant", "administrator"):
            with pytest.raises(Refusal, match="담당자와 팀장만"):
                desk.writes("G1", person, weight=Decimal(1))
            with pytest.raises(Refusal, match="담당자와 팀장만"):
                desk.does(confirming.ask_consultant, person)
        for person in ("officer", "evaluator"):
            with pytest.raises(Refusal, match="팀장만 검토를 요청"):
                desk.does(confirming.hand_in, person)
        desk.does(confirming.hand_in, "lead")
        for person in ("officer", "lead", "administrator"):
            for verb in (confirming.confirm, confirming.return_plan):
                with pytest.raises(Refusal, match="평가자만"):
                    desk.does(verb, person, *(["사유"] if verb is confirming.return_plan else []))
        desk.does(confirming.confirm, "evaluator")


@pytest.mark.parametrize(
    ("state", "says"),
    [
        (PlanState.CONSULTATION, "컨설팅 중인 계획"),
        (PlanState.REVIEW, "검토 중인 계획"),
        (PlanState.CONFIRMED, "먼저 조정을 신청"),
    ],
)
def test_what_is_with_others_is_not_drafted(city: City, state: PlanState, says: str) -> None:
    with city.database.write() as session:
        desk = Desk(session, city)
        match state:
            case PlanState.CONSULTATION:
                desk.does(confirming.ask_consultant, "officer")
            case PlanState.REVIEW:
                desk.does(confirming.hand_in, "lead")
            case PlanState.CONFIRMED:
                desk.confirms()
        with pytest.raises(Refusal, match=says):
            desk.writes("G1", weight=Decimal(1))
        with pytest.raises(Refusal, match=says):
            desk.does(drafting.end_indicator, "officer", "G1")
        with pytest.raises(Refusal, match="담당자와 팀장만"):
            desk.does(confirming.take_back, "civil")
        if state is not PlanState.CONFIRMED:
            desk.does(confirming.take_back, "officer")
            desk.writes("G1", weight=Decimal(1))


def test_every_step_goes_from_its_own_state_only(city: City) -> None:
    with city.database.write() as session:
        desk = Desk(session, city)
        for verb, person, more in (
            (confirming.confirm, "evaluator", ()),
            (confirming.return_plan, "evaluator", ("사유",)),
            (confirming.adjust, "officer", ("사유",)),
            (confirming.take_back, "officer", ()),
        ):
            with pytest.raises(Refusal, match="그사이 계획이 바뀌었습니다"):
                desk.does(verb, person, *more)
        with pytest.raises(Refusal, match="확정된 적이 없는"):
            desk.does(confirming.give_up, "officer")
        desk.does(confirming.hand_in, "lead")
        with pytest.raises(Refusal, match=r"최팀장 님이 .* 먼저 검토를 요청했습니다"):
            desk.does(confirming.ask_consultant, "officer")
        with pytest.raises(Refusal, match="사유를"):
            desk.does(confirming.return_plan, "evaluator", " ")


def test_where_no_confirmation_is_asked_for_nothing_is_drafted_in_chat(city: City) -> None:
    city.change(Cycle, city.cycle_id, asks_plan_confirmation=False)
    with city.database.write() as session:
        desk = Desk(session, city)
        assert desk.plan().state is PlanState.CONFIRMED
        with pytest.raises(Refusal, match="파일로 등록하는 성과주기"):
            desk.writes("G1", weight=Decimal(1))
        with pytest.raises(Refusal, match="파일로 등록하는 성과주기"):
            desk.does(confirming.adjust, "officer", "사유")
        with pytest.raises(Refusal, match="파일로 등록하는 성과주기"):
            desk.does(confirming.ask_consultant, "officer")


def test_before_the_first_confirmation_a_draft_is_the_indicator_itself(city: City) -> None:
    with city.database.write() as session:
        desk = Desk(session, city)
        draft = desk.writes(None, **ALL, targets={"": Decimal("12.5")})
        row = session.exec(select(Indicator).where(Indicator.code == draft.code)).one()
        assert (row.name, row.weight, row.officer_id) == ("새 지표", Decimal(10), city.people["officer"])
        assert session.exec(select(Target).where(Target.indicator_id == row.id)).one().value == Decimal(
            "12.5"
        )
        desk.writes("G1", weight=Decimal(30))
        assert session.get_one(Indicator, city.indicators["G1"]).weight == 30
        assert desk.plan().proposed == {}
        assert total_weight(drafts_of(session, desk.plan())) == 100
        numbers = session.exec(select(IndicatorVersion.indicator_id).order_by(col(IndicatorVersion.id))).all()
        assert numbers == [row.id, city.indicators["G1"]]
        fields = session.exec(select(AuditRow.detail).where(AuditRow.action == "plan.change")).all()
        assert {"field": "weight", "before": "40", "after": "30", "period": None} in fields


def test_afterwards_it_is_a_proposal_until_it_is_confirmed(city: City) -> None:
    with city.database.write() as session:
        desk = Desk(session, city)
        desk.confirms()
        desk.does(confirming.adjust, "officer", "개편")
        new = desk.writes(None, **ALL)
        desk.writes("G1", weight=Decimal(30))
        assert session.exec(select(Indicator).where(Indicator.code == new.code)).first() is None
        assert session.get_one(Indicator, city.indicators["G1"]).weight == 40
        desk.writes("G1", weight=Decimal(40))
        assert set(desk.plan().proposed) == {new.code}
        assert desk.does(drafting.end_indicator, "officer", new.code) is None
        assert desk.plan().proposed == {}
        desk.writes("G1", weight=Decimal(30))
        desk.does(drafting.end_indicator, "officer", "G2")
        desk.writes("G3", weight=Decimal(70))
        desk.does(drafting.keep_indicator, "officer", "G2")
        desk.writes("G3", weight=Decimal(40))
        desk.confirms()
        weights = {
            code: session.get_one(Indicator, city.indicators[code]).weight for code in ("G1", "G2", "G3")
        }
        assert weights == {"G1": 30, "G2": 30, "G3": 40}
        assert desk.plan().proposed == {}


def test_the_target_of_a_closed_period_stays(city: City) -> None:
    city.set_target("G1", "H1", 90)
    h1 = str(city.periods["H1"])
    with city.database.write() as session:
        desk = Desk(session, city)
        desk.confirms()
        close(session, desk.doer("administrator"), city.periods["H1"], 0)
        desk.does(confirming.adjust, "officer", "개편")
        for targets in ({"": Decimal(96)}, {"": Decimal(96), h1: Decimal(91)}):
            with pytest.raises(Refusal, match="마감되어 목표를 바꿀 수 없습니다"):
                desk.writes("G1", targets=targets)
        desk.writes("G1", targets={"": Decimal(96), h1: Decimal(90)})


def test_a_table_that_cannot_be_read_is_refused_at_once(city: City) -> None:
    with city.database.write() as session:
        desk = Desk(session, city)
        with pytest.raises(Refusal, match="단계표에서 읽지 못한"):
            desk.writes("G1", kind=Kind.ZERO, steps="0=100")
        with pytest.raises(Refusal, match="추진 단계에서 읽지 못한"):
            desk.writes("G1", kind=Kind.MILESTONE, steps="0:100")


def test_who_saw_an_older_plan_is_refused(city: City) -> None:
    with city.database.write() as session:
        desk = Desk(session, city)
        desk.writes("G1", weight=Decimal(30))
        with pytest.raises(Refusal, match="그사이 계획이 바뀌었습니다"):
            drafting.write_indicator(
                session, desk.doer("officer"), city.cycle_id, desk.place, 0, "G1", {"weight": Decimal(20)}
            )


def test_an_empty_plan_is_not_handed_in_and_one_of_mileage_need_not_sum_to_a_hundred(city: City) -> None:
    with city.database.write() as session:
        desk = Desk(session, city)
        for code in ("G1", "G2"):
            desk.does(drafting.end_indicator, "officer", code)
        with pytest.raises(Refusal, match="가중치 합이 30"):
            desk.does(confirming.hand_in, "lead")
        session.get_one(Cycle, city.cycle_id).counts_mileage = True
        session.flush()
        desk.does(confirming.hand_in, "lead")
        desk.does(confirming.take_back, "lead")
        desk.does(drafting.end_indicator, "officer", "G3")
        with pytest.raises(Refusal, match="지표가 없습니다"):
            desk.does(confirming.hand_in, "lead")


def test_what_cannot_be_rolled_up_is_not_handed_in_unless_it_is_reported_once(city: City) -> None:
    with city.database.write() as session:
        desk = Desk(session, city)
        desk.writes("G3", rollup=Rollup.SUM)
        with pytest.raises(Refusal, match="‘여부’의 합계나 평균"):
            desk.does(confirming.hand_in, "lead")
        desk.writes("G3", report_periods="H2")
        desk.does(confirming.hand_in, "lead")


def test_targets_of_periods_are_read_back_as_they_are_written(city: City) -> None:
    with city.database.read() as session:
        periods = periods_of(session, city.cycle_id)
    read = read_targets("상반기:48; H2：1,095.5", periods, "건")
    assert read == {str(city.periods["H1"]): Decimal(48), str(city.periods["H2"]): Decimal("1095.5")}
    plain = {key: f"{value:f}" for key, value in read.items()} | {"": "3"}
    assert write_targets(plain, periods) == "상반기:48; 하반기:1095.5"
    with pytest.raises(Refusal, match="3분기 기간이 없습니다"):
        read_targets("3분기:1", periods, "건")


def test_the_audit_tells_every_step_with_its_reason(city: City) -> None:
    with city.database.write() as session:
        desk = Desk(session, city)
        desk.confirms()
        desk.does(confirming.adjust, "officer", "개편")
        rows = session.exec(select(AuditRow).where(AuditRow.subject == desk.plan().subject)).all()
    told = [(one.action, one.detail["before"], one.detail["reason"]) for one in rows]
    assert told == [
        ("plan.review", "draft", None),
        ("plan.confirmed", "review", None),
        ("plan.draft", "confirmed", "개편"),
    ]
    assert rows[0].at == JULY < JULY + timedelta(1)


def test_only_a_plan_that_was_confirmed_before_is_evaluated_once_more(
    city: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[list[int], str]] = []
    monkeypatch.setattr(
        confirming, "evaluate_again", lambda _session, _now, _cycle, places, why: asked.append((places, why))
    )
    with city.database.write() as session:
        desk = Desk(session, city)
        desk.confirms()
        assert asked == []
        desk.does(confirming.adjust, "officer", "개편")
        desk.confirms()
        assert asked == [([desk.place], "개편")]
