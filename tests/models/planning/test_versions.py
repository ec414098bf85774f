"""Versions of indicators: what the plan said of each as of an instant."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from sqlmodel import Session, col, select

from models.plan import Indicator, Target
from models.planning.table import IndicatorVersion
from models.planning.versions import PLANNED, columns_of, plan_as_of, record_versions
from models.scoring import Kind
from models.store import Database
from tests.kit.city import JULY, City, small_city
from tests.kit.plans import small_plan
from tests.reports.plan.checking import bring

LATER = JULY + timedelta(days=3)


@pytest.fixture
def city(database: Database, tmp_path: Path) -> City:
    return small_city(tmp_path, database)


def record(session: Session, city: City, *codes: str, **more: object) -> list[int]:
    ids = [city.indicators[code] for code in codes]
    entered = {"now": JULY, "person_id": city.people["administrator"], "channel": "test", **more}
    return record_versions(session, entered.pop("now"), ids, **entered)  # type: ignore[arg-type]


def versions(session: Session, city: City, code: str) -> list[IndicatorVersion]:
    query = select(IndicatorVersion).where(IndicatorVersion.indicator_id == city.indicators[code])
    return list(session.exec(query.order_by(col(IndicatorVersion.number))))


def test_a_version_keeps_what_the_plan_says_with_numbers_as_digits(city: City) -> None:
    city.set_target("C1", "H1", "2.5")
    with city.database.write() as session:
        record(session, city, "C1", reason="등록")
        (one,) = versions(session, city, "C1")
    assert (one.number, one.effective_on, one.reason, one.channel) == (1, date(2019, 1, 1), "등록", "test")
    assert one.plan | {} == one.plan and set(one.plan) == {*PLANNED, "targets"}
    assert one.plan["targets"] == {"": "3", str(city.periods["H1"]): "2.5"}
    assert (one.plan["weight"], one.plan["cap"], one.plan["kind"]) == ("40", "120", "lower_mirror")
    assert (one.plan["department_id"], one.plan["ends_on"]) == (city.departments["CIV"], None)


def test_every_column_of_an_indicator_that_people_set_is_kept() -> None:
    assert set(Indicator.model_fields) - {*PLANNED} == {"id", "cycle_id", "position"}


def test_the_columns_can_be_read_back(city: City) -> None:
    with city.database.write() as session:
        record(session, city, "W2")
        (one,) = versions(session, city, "W2")
        row = session.get_one(Indicator, city.indicators["W2"])
        assert columns_of(one.plan) == {name: getattr(row, name) for name in PLANNED}


def test_what_did_not_change_gets_no_version(city: City) -> None:
    with city.database.write() as session:
        assert record(session, city, "G1", "G2") == [city.indicators["G1"], city.indicators["G2"]]
        session.get_one(Indicator, city.indicators["G2"]).weight = Decimal(31)
        assert record(session, city, "G1", "G2", now=LATER) == [city.indicators["G2"]]
        assert record(session, city, "G1", "G2", now=LATER) == []
        assert [one.number for one in versions(session, city, "G2")] == [1, 2]
        assert versions(session, city, "G2")[1].effective_on == date(2019, 7, 18)


def test_a_target_alone_makes_a_version(city: City) -> None:
    with city.database.write() as session:
        record(session, city, "G1")
        query = select(Target).where(Target.indicator_id == city.indicators["G1"])
        session.exec(query).one().value = Decimal("95.5")
        assert record(session, city, "G1", effective_on=date(2019, 9, 1)) == [city.indicators["G1"]]
        last = versions(session, city, "G1")[-1]
        assert (last.plan["targets"], last.effective_on) == ({"": "95.5"}, date(2019, 9, 1))


def test_the_plan_as_of_an_instant_is_the_last_version_until_then(
    any_database: Database, tmp_path: Path
) -> None:
    city = small_city(tmp_path, any_database)
    with city.database.write() as session:
        record(session, city, "G1")
        session.get_one(Indicator, city.indicators["G1"]).kind = Kind.YES_NO
        record(session, city, "G1", now=LATER)
        key = city.indicators["G1"]
        instants = (JULY - timedelta(seconds=1), JULY, LATER - timedelta(seconds=1), LATER)
        found = [plan_as_of(session, [key, city.indicators["G2"]], at) for at in instants]
    assert found[0] == {}
    assert [one[key].plan["kind"] for one in found[1:]] == ["higher", "higher", "yes_no"]


def test_an_import_records_what_it_added_and_what_it_changed(database: Database, tmp_path: Path) -> None:
    sheets = small_plan()
    bring(database, sheets, tmp_path)
    with database.read() as session:
        first = session.exec(select(IndicatorVersion)).all()
        assert {one.indicator_id for one in first} == set(session.exec(select(Indicator.id)))
        assert {one.number for one in first} == {1}
    bring(database, sheets, tmp_path)
    column = sheets["목표"][0].index("목표치")
    code = sheets["목표"][1][sheets["목표"][0].index("지표코드")]
    sheets["목표"][1][column] = 93
    bring(database, sheets, tmp_path)
    with database.read() as session:
        changed = session.exec(select(IndicatorVersion).where(IndicatorVersion.number == 2)).all()
        assert [session.get_one(Indicator, one.indicator_id).code for one in changed] == [code]
        assert "93" in changed[0].plan["targets"].values()
