"""What indicators weigh in a period, as the score sheet has it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from models.plan import Indicator, Period
from models.scores import score_sheet
from models.scores.weights import weights_in
from models.store import Database
from models.submission import State
from models.submission.table import Submission
from tests.kit.city import City, small_city


@pytest.fixture
def city(any_database: Database, tmp_path: Path) -> City:
    """한빛시 in either database."""
    return small_city(tmp_path, any_database)


def _weights(city: City, *departments: str) -> dict[str, Decimal]:
    codes = {key: code for code, key in city.indicators.items()}
    with city.database.read() as session:
        period = session.get_one(Period, city.periods["H1"])
        found = weights_in(session, period, [city.departments[code] for code in departments])
    return {codes[key]: weight for key, weight in found.items()}


def test_scored_indicators_weigh_what_the_plan_says_and_others_nothing(city: City) -> None:
    assert _weights(city, "CARE") == {"W1": 40, "W2": 30, "W3": 30}


def test_they_are_what_the_score_sheet_has(city: City) -> None:
    city.report("G1", "H1", None, not_applicable=True)
    reopened = city.report("C1", "H1", None, State.SUBMITTED, not_applicable=True)
    city.change(Submission, reopened, recognised_not_applicable=True)
    city.change(Indicator, city.indicators["C2"], ends_on=date(2019, 5, 1))
    with city.database.read() as session:
        rows = score_sheet(session, city.cycle_id, city.periods["H1"]).rows
    sheet = {
        row.plan.code: row.figures.weight for row in rows if row.department.code in ("GEN", "CIV", "CARE")
    }
    found = _weights(city, "GEN", "CIV", "CARE")
    assert found == {code: weight for code, weight in sheet.items() if weight is not None}
    assert [found["G1"], found["G2"], found["C1"]] == [Decimal(0), Decimal(50), Decimal(40)]
    assert "C2" not in found
