"""A closed period keeps its scores, whatever is done to the plan afterwards."""

from decimal import Decimal

import pytest
from sqlmodel import select

from models.period import close, reopen
from models.plan import Indicator, Period, Target
from models.scores import FrozenScore, ScoreRow, score_sheet
from models.scoring import Kind, Rollup
from tests.kit.city import JULY, City, small_city


@pytest.fixture
def city(tmp_path, any_database) -> City:
    made = small_city(tmp_path, any_database)
    made.report("G1", "H1", 90)
    made.report("G2", "H1", None, not_applicable=True)
    made.report("W3", "H1", 85)
    made.report("C3", "H1", 900)
    return made


def rows_of(city: City, period: str | None) -> dict[str, ScoreRow]:
    with city.database.read() as session:
        rows = score_sheet(session, city.cycle_id, city.periods[period] if period else None).rows
    return {row.plan.code: row for row in rows}


def set_closed(city: City, period: str, closed: bool) -> None:
    key = city.periods[period]
    with city.database.write() as session:
        doer = city.at_work(session, "administrator", JULY)
        revision = session.get_one(Period, key).revision
        if closed:
            close(session, doer, key, revision)
        else:
            reopen(session, doer, key, revision, "실적 정정")


def import_another_plan(city: City) -> None:
    """What an import may change in an indicator after a period was closed."""
    with city.database.write() as session:
        target = session.exec(select(Target).where(Target.indicator_id == city.indicators["G1"])).one()
        target.value = Decimal(50)
        session.add(target)
    city.change(Indicator, city.indicators["G1"], weight=Decimal(10), kind=Kind.LOWER_RATIO, digits=0)
    city.change(Indicator, city.indicators["G3"], weight=Decimal(60), department_id=city.departments["CIV"])
    city.change(Indicator, city.indicators["W3"], steps="0:10", cap=Decimal(50), rollup=Rollup.SUM)
    city.add_indicator("G9", "새 지표", "GEN", 30, Kind.HIGHER, target=1)


def test_a_closed_period_is_not_moved_by_a_later_import(city):
    before = rows_of(city, "H1")
    set_closed(city, "H1", True)
    assert rows_of(city, "H1") == before
    import_another_plan(city)
    after = rows_of(city, "H1")
    assert after == before
    assert after["G1"].figures.points == Decimal("54.11")  # 90 / 95 = 94.7 % of 57.14
    assert after["G3"].department.code == "GEN"


def test_the_open_period_and_the_year_go_with_the_import(city):
    set_closed(city, "H1", True)
    import_another_plan(city)
    assert rows_of(city, "H2")["G1"].plan.kind is Kind.LOWER_RATIO
    assert rows_of(city, None)["G1"].figures.target == 50
    assert "G9" in rows_of(city, None)


def test_the_year_is_frozen_with_the_last_period(city):
    city.report("G1", "H2", 94)
    set_closed(city, "H2", True)
    set_closed(city, "H1", True)
    before = rows_of(city, None)
    import_another_plan(city)
    assert rows_of(city, None) == before
    assert before["G1"].figures.values == (90, 94)
    assert before["C3"].figures.achievement == Decimal("39.1")


def test_reopening_lets_the_scores_move_again(city):
    set_closed(city, "H1", True)
    set_closed(city, "H2", True)
    set_closed(city, "H1", False)
    import_another_plan(city)
    assert rows_of(city, "H1")["G1"].figures.target == 50
    assert "G9" in rows_of(city, None)
    assert "G9" not in rows_of(city, "H2")
    with city.database.read() as session:
        assert {one.period_id for one in session.exec(select(FrozenScore))} == {city.periods["H2"]}


def test_a_period_closed_twice_keeps_the_later_scores(city):
    set_closed(city, "H1", True)
    set_closed(city, "H1", False)
    city.report("G3", "H1", 1)
    set_closed(city, "H1", True)
    assert rows_of(city, "H1")["G3"].figures.points == Decimal("42.86")
    with city.database.read() as session:
        frozen = session.exec(select(FrozenScore)).all()
    assert len(frozen) == 12
    assert {one.frozen_at for one in frozen} == {JULY}


def test_what_could_not_be_reckoned_stays_so_and_says_so(city):
    set_closed(city, "H1", True)
    figures = rows_of(city, "H1")["C3"].figures
    assert (figures.recognised, figures.achievement) == (900, None)
    assert figures.fault is not None
