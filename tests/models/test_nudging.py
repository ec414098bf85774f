"""Nudging as a rule: who may ask whom to hurry, how often, when."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from models.reminding.circle import Circle
from models.reminding.nudging import nudge, nudged_by
from models.reminding.sources import still_to_do
from models.store import Database
from models.words import Refusal
from tests.kit.city import JULY, City, small_city


@pytest.fixture
def city(any_database: Database, tmp_path: Path) -> City:
    """한빛시 on Monday 15 July 2019, 14:00: nothing was handed in by the 10th."""
    return small_city(tmp_path, any_database)


def _nudges(city: City, by: str, officer: str = "officer", about: str = "G1", hours: float = 0) -> None:
    now = JULY + timedelta(hours=hours)
    subject = f"report:{city.indicators[about]}.{city.periods['H1']}"
    with city.database.write() as session:
        doer = city.at_work(session, by, now)
        circle = Circle.on(session, doer.today)
        duties = list(still_to_do(session, circle, now, [subject]).values())
        assert duties
        nudge(session, doer, circle, city.people[officer], duties)


def test_who_leads_the_officer_nudges_them_and_nobody_else_does(city: City) -> None:
    _nudges(city, "lead")
    for other in ("officer", "evaluator", "administrator", "civil"):
        with pytest.raises(Refusal, match="챙기는 팀장만"):
            _nudges(city, other)


def test_a_lead_does_not_nudge_beside_the_own_departments(city: City) -> None:
    with pytest.raises(Refusal, match="챙기는 팀장만"):
        _nudges(city, "lead", "carer", "W1")


def test_once_a_day_each(city: City) -> None:
    _nudges(city, "lead")
    with pytest.raises(Refusal, match="오늘은 이미"):
        _nudges(city, "lead", hours=1)
    _nudges(city, "lead", "civil", "C1")
    _nudges(city, "lead", hours=24)
    with city.database.read() as session:
        today = nudged_by(session, city.people["lead"], JULY.date())
    assert set(today) == {city.people["officer"], city.people["civil"]}


def test_neither_at_night_nor_on_a_day_off(city: City) -> None:
    for hours in (7, 5 * 24):
        with pytest.raises(Refusal, match="알림을 보내지 않는 시간"):
            _nudges(city, "lead", hours=hours)


def test_of_more_subjects_than_a_statement_takes_values_all_are_asked_for(city: City) -> None:
    """A large city late on everything is one digest of one administrator."""
    real = f"report:{city.indicators['G1']}.{city.periods['H1']}"
    with city.database.read() as session:
        circle = Circle.on(session, JULY.date())
        many = [real, *(f"report:{number}.0" for number in range(1000, 271_000))]
        assert list(still_to_do(session, circle, JULY, many)) == [real]
