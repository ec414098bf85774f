"""Moves between departments: whose an indicator was on a day, who may order them, what follows."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import Session, col, select

from models.audit import AuditRow
from models.organization import Department, Person, RoleHeld
from models.plan import Cycle, Indicator, Period
from models.planning import again
from models.planning import moves as planning_moves
from models.planning.drafting import end_indicator, write_indicator
from models.planning.file import open_plan
from models.planning.holding import held_by, held_on, holders, is_in_force
from models.planning.moves import CLOCK, Handover, apply_moves, cancel_move, move_indicators, moves_wait
from models.planning.table import DepartmentPlan, IndicatorMove, IndicatorVersion, PlanState
from models.reminding.circle import Circle
from models.reminding.missing import missing_reports
from models.reminding.of_reports import REPORTS
from models.scheme.table import Part, Scheme, Source, Subject
from models.scores import score_sheet
from models.scores.progress import department_progress
from models.scores.weights import weights_in
from models.store import Database
from models.words import Refusal
from tests.kit.city import JULY, City, small_city

TODAY = date(2019, 7, 15)


@pytest.fixture
def city(database: Database, tmp_path: Path) -> City:
    return small_city(tmp_path, database)


@pytest.fixture
def any_city(any_database: Database, tmp_path: Path) -> City:
    """Where the questions themselves may differ."""
    return small_city(tmp_path, any_database)


def move(
    session: Session, city: City, *codes: str, to: str = "CIV", on: date = TODAY, **more: Any
) -> list[Handover]:
    doer = city.at_work(session, more.pop("by", "administrator"), more.pop("now", JULY))
    ids = [city.indicators[code] for code in codes]
    officer = city.people[more.pop("officer", "civil")]
    return move_indicators(session, doer, ids, city.departments[to], on, officer, more.pop("reason", "개편"))


def codes(city: City, ids: object) -> dict[str, str]:
    names = {key: code for code, key in city.departments.items()}
    return {code: names[place] for code, key in city.indicators.items() for one, place in ids if one == key}  # type: ignore[attr-defined]


def test_until_the_day_of_the_move_an_indicator_was_the_first_department_s(any_city: City) -> None:
    city = any_city
    with city.database.write() as session:
        move(session, city, "G1", "G2", on=date(2019, 5, 1))
        move(session, city, "G1", to="CARE", on=date(2019, 7, 1))
        for day, places in (
            (date(2019, 4, 30), {"G1": "GEN", "G2": "GEN"}),
            (date(2019, 5, 1), {"G1": "CIV", "G2": "CIV"}),
            (date(2019, 6, 30), {"G1": "CIV", "G2": "CIV"}),
            (date(2019, 7, 1), {"G1": "CARE", "G2": "CIV"}),
        ):
            found = codes(city, session.execute(sa.select(col(Indicator.id), held_on(day))).all())
            assert {code: found[code] for code in ("G1", "G2", "G3")} == {**places, "G3": "GEN"}
            for place in ("GEN", "CIV", "CARE"):
                query = sa.select(col(Indicator.code)).where(held_by([city.departments[place]], day))
                theirs = {code for code, own in found.items() if own == place}
                assert set(session.scalars(query)) == theirs
            assert holders(session, [city.indicators["G1"]], day) == {city.departments[places["G1"]]}


def test_points_and_weights_of_a_period_stay_where_the_indicator_was_on_its_last_day(any_city: City) -> None:
    city = any_city
    city.report("G1", "H1", 95)
    with city.database.write() as session:
        before = points(session, city, "H1")
        move(session, city, "G1", on=date(2019, 7, 1))
        assert points(session, city, "H1") == before == {"GEN": "40.00"}
        assert points(session, city, None) == {"CIV": "40.00"}
        for period, weights in (("H1", {"G1": 40, "G2": 30, "G3": 30}), ("H2", {"G2": 30, "G3": 30})):
            one = session.get_one(Period, city.periods[period])
            assert weights_in(session, one, [city.departments["GEN"]]) == {
                city.indicators[code]: Decimal(weight) for code, weight in weights.items()
            }


def points(session: Session, city: City, period: str | None) -> dict[str, str]:
    sheet = score_sheet(session, city.cycle_id, city.periods[period] if period else None)
    return {one.department.code: f"{one.points:f}" for one in sheet.departments if one.points}


def test_a_move_to_come_moves_nothing_before_its_day_and_is_done_once(any_city: City) -> None:
    city = any_city
    with city.database.write() as session:
        (ordered,) = move(session, city, "G1", on=date(2019, 7, 17))
        assert not ordered.is_done and not ordered.subjects
        assert not moves_wait(session, JULY + timedelta(days=1))
        assert apply_moves(session, JULY + timedelta(days=1)) == []
        row = session.get_one(Indicator, city.indicators["G1"])
        assert row.department_id == city.departments["GEN"]
        assert moves_wait(session, JULY + timedelta(days=2))
        seen_by_another = list(ordered.moves)
        (done,) = apply_moves(session, JULY + timedelta(days=2))
        assert done.is_done and row.department_id == city.departments["CIV"]
        assert row.officer_id == city.people["civil"]
        assert {one.code: total for one, total in done.off_balance} == {"GEN": 60, "CIV": 140}
        assert not moves_wait(session, JULY + timedelta(days=2))
        assert apply_moves(session, JULY + timedelta(days=2)) == []
        assert planning_moves._apply(session, JULY, CLOCK, seen_by_another) == []
        (version,) = session.exec(select(IndicatorVersion)).all()
        assert (version.effective_on, version.reason) == (date(2019, 7, 17), "개편")
        assert version.plan["department_id"] == city.departments["CIV"]
        actions = session.exec(select(AuditRow.action).order_by(col(AuditRow.id))).all()
        assert actions == ["plan.move", "plan.change"]


def test_only_administrators_and_evaluators_move_and_never_without_a_reason(city: City) -> None:
    with city.database.write() as session:
        for by in ("officer", "lead", "consultant"):
            with pytest.raises(Refusal, match="관리자와 평가자만"):
                move(session, city, "G1", by=by)
        with pytest.raises(Refusal, match="사유를"):
            move(session, city, "G1", reason=" ")
        move(session, city, "G1", by="evaluator")


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"to": "GEN"}, "이미 총무과의 지표"),
        ({"on": date(2019, 1, 1)}, "이관일은"),
        ({"on": date(2020, 1, 1)}, "이관일은"),
    ],
)
def test_what_cannot_be_is_refused(city: City, more: dict[str, Any], says: str) -> None:
    with city.database.write() as session, pytest.raises(Refusal, match=says):
        move(session, city, "G1", **more)


def test_an_indicator_has_one_move_at_a_time_in_order_of_time(city: City) -> None:
    with city.database.write() as session:
        move(session, city, "G1", on=date(2019, 7, 10))
        with pytest.raises(Refusal, match="이미 정해져 있습니다"):
            move(session, city, "G1", to="CARE", on=date(2019, 7, 10))
        (ordered,) = move(session, city, "G1", to="CARE", on=date(2019, 8, 1))
        with pytest.raises(Refusal, match="이미 정해져 있습니다"):
            move(session, city, "G1", to="GEN", on=date(2019, 9, 1))
        doer = city.at_work(session, "administrator", JULY)
        key = ordered.moves[0].id or 0
        with pytest.raises(Refusal, match="관리자와 평가자만"):
            cancel_move(session, city.at_work(session, "officer", JULY), key)
        cancel_move(session, doer, key)
        with pytest.raises(Refusal, match="이미 취소된"):
            cancel_move(session, doer, key)
        done = session.exec(select(IndicatorMove)).one()
        with pytest.raises(Refusal, match="이미 이관된"):
            cancel_move(session, doer, done.id or 0)


def asks(session: Session, city: City) -> None:
    session.get_one(Cycle, city.cycle_id).asks_plan_confirmation = True
    session.flush()


def plan(session: Session, city: City, place: str, state: PlanState, **more: Any) -> DepartmentPlan:
    confirmed_at = JULY - timedelta(days=30) if state is PlanState.CONFIRMED else None
    row = DepartmentPlan(
        cycle_id=city.cycle_id, department_id=city.departments[place], state=state, changed_at=JULY,
        **{"confirmed_at": confirmed_at, **more},
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row


def test_both_plans_are_to_be_confirmed_again_and_what_was_proposed_for_it_is_forgotten(city: City) -> None:
    with city.database.write() as session:
        asks(session, city)
        proposed = {"G1": {"weight": "50"}, "G2": {"weight": "20"}}
        gone = plan(session, city, "GEN", PlanState.REVIEW, proposed=proposed, confirmed_at=JULY)
        came = plan(session, city, "CIV", PlanState.CONFIRMED)
        move(session, city, "G1")
        for one in (gone, came):
            session.refresh(one)
            assert (one.state, one.reason, one.revision) == (PlanState.DRAFT, "개편", 1)
        assert gone.proposed == {"G2": {"weight": "20"}}


def test_what_was_confirmed_stays_in_force_in_a_department_whose_plan_never_was(any_city: City) -> None:
    city = any_city
    city.report("G1", "H1", 95)
    with city.database.write() as session:
        asks(session, city)
        assert points(session, city, "H1") == {}
        progress = department_progress(session, JULY, city.periods["H1"])
        assert [one.code for one in progress] == []
        plan(session, city, "GEN", PlanState.CONFIRMED)
        assert points(session, city, "H1") == {"GEN": "40.00"}
        move(session, city, "G1", on=date(2019, 7, 1))
        assert is_in_force(session, city.indicators["G1"])
        assert not is_in_force(session, city.indicators["C1"])
        assert points(session, city, "H1") == {"GEN": "40.00"}
        assert points(session, city, None) == {"CIV": "40.00"}
        # A draft of the new department's plan changes nothing of it.
        doer = city.at_work(session, "civil", JULY)
        key = (session, doer, city.cycle_id, city.departments["CIV"])
        write_indicator(*key, 0, "G1", {"weight": Decimal(10)})
        end_indicator(*key, 1, "C1")
        assert points(session, city, None) == {"CIV": "40.00"}
        assert open_plan(session, city.cycle_id, city.departments["CIV"]).proposed == {"G1": {"weight": "10"}}
        assert session.get_one(Indicator, city.indicators["C1"]).ends_on == date(2019, 1, 1)


def test_the_subjects_concerned_are_rated_again(city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[list[str], str]] = []
    with city.database.write() as session:
        subjects = {}
        for scheme, below in (("ORG", True), ("TEAM", False)):
            one = Scheme(cycle_id=city.cycle_id, code=scheme, name=scheme, valid_from=date(2019, 1, 1))
            session.add(one)
            session.flush()
            session.add(
                Part(scheme_id=one.id or 0, code="A", name="A", source=Source.INDICATORS, below=below)
            )
            for place in ("ADM", "GEN", "CIV", "CARE"):
                subject = Subject(
                    cycle_id=city.cycle_id, scheme=scheme, code=place, department_id=city.departments[place]
                )
                session.add(subject)
                session.flush()
                subjects[subject.id] = f"{scheme} {place}"

        def rate_again(_session: Session, _now: object, ids: list[int], reason: str) -> int:
            asked.append((sorted(subjects[one] for one in ids), reason))
            return 0

        monkeypatch.setattr(again, "rate_again", rate_again)
        (done,) = move(session, city, "G1")
        wanted = ["ORG ADM", "ORG CIV", "ORG GEN", "TEAM CIV", "TEAM GEN"]
        assert asked == [(wanted, "개편")]
        assert sorted(subjects[one.id] for one in done.subjects) == wanted


def test_what_is_not_reported_weighs_what_it_did_where_it_was(city: City) -> None:
    with city.database.write() as session:
        move(session, city, "G1", "G2", "G3", on=date(2019, 7, 1))
        duties = REPORTS.duties(session, Circle.on(session, TODAY), JULY, None)
        missing = {
            one.indicator.code: one
            for one in missing_reports(session, list(duties))
            if one.period.code == "H1"
        }
    assert (missing["G1"].department.code, missing["G1"].weight) == ("CIV", Decimal(40))


def test_who_is_not_there_any_more_gets_no_indicator_nor_does_a_department_that_is_gone(city: City) -> None:
    city.change(Person, city.people["civil"], left_on=TODAY)
    with city.database.write() as session, pytest.raises(Refusal, match="근무하지 않는 담당자"):
        move(session, city, "G1")
    city.change(Department, city.departments["CARE"], ends_on=TODAY)
    with city.database.write() as session, pytest.raises(Refusal, match="그날 없는 부서"):
        move(session, city, "G1", to="CARE", officer="carer")


def test_an_evaluator_moves_only_within_what_they_evaluate(city: City) -> None:
    with city.database.write() as session:
        role = select(RoleHeld).where(RoleHeld.person_id == city.people["evaluator"])
        session.exec(role).one().department_id = city.departments["ADM"]
        session.flush()
        for indicator, to in (("W1", "CIV"), ("G1", "CARE")):
            with pytest.raises(Refusal, match="관리자와 평가자만"):
                move(session, city, indicator, to=to, by="evaluator")
        move(session, city, "G1", to="CIV", by="evaluator")
