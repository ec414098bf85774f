"""Which version of a scheme a figure is worked out with: last year's, this year's, that of the second half."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from models.audit import Actor, record
from models.plan import Cycle
from models.planning.file import subject_of
from models.planning.table import DepartmentPlan, PlanState
from models.planning.versions import record_versions
from models.scheme.owning import open_item
from models.scheme.result import result_of, scheme_on
from models.scheme.table import Combine, OwnerValue, Source
from models.scores import score_sheet
from models.store import Database
from models.words import Refusal
from tests.kit.city import JULY, City, small_city
from tests.kit.schemes import Row, add_scheme, new_version, subject_id

D = Decimal


@pytest.fixture
def city(database: Database, tmp_path: Path) -> City:
    return small_city(tmp_path, database)


def halves(first: int, second: int) -> list[Row]:
    both = {"source": Source.OWNER, "owner": "CIV", "combine": Combine.MEAN}
    return [
        {"code": "A", "name": "하나", "points": first, **both},
        {"code": "B", "name": "둘", "points": second, **both},
    ]


def gives(city: City, part: str, period: str, value: int) -> None:
    with city.database.write() as session:
        session.add(
            OwnerValue(
                subject_id=subject_id(session, "GEN"), part=part, period_id=city.periods[period], value=D(value),
                given_at=JULY, given_by_id=city.people["civil"],
            )
        )  # fmt: skip


def points(city: City, period: str | None) -> list[Decimal]:
    with city.database.read() as session:
        key = city.periods[period] if period else None
        (one,) = result_of(session, city.cycle_id, "INST", key).subjects
        return [each.points for each in one.score.parts]


def test_a_half_goes_by_the_version_of_its_last_day_and_the_year_by_that_of_the_year_s(city: City) -> None:
    add_scheme(city.database, halves(40, 60), [{"place": "GEN"}])
    new_version(city.database, date(2019, 7, 1), halves(80, 20))
    gives(city, "A", "H1", 40)
    gives(city, "B", "H1", 15)
    gives(city, "A", "H2", 40)
    gives(city, "B", "H2", 20)
    # 40 of 40 and 15 of 60; 40 of 80 and 20 of 20. The year's pieces are all worked out with its own version.
    assert points(city, "H1") == [D(40), D(15)]
    assert points(city, "H2") == [D(40), D(20)]
    assert points(city, None) == [D(40), D("17.5")]


def test_a_version_holds_from_its_very_day_and_before_the_first_there_is_the_first(city: City) -> None:
    add_scheme(city.database, halves(40, 60), [{"place": "GEN"}], valid_from=date(2019, 3, 1))
    new_version(city.database, date(2019, 7, 1), halves(80, 20))
    with city.database.read() as session:
        found = {
            day: scheme_on(session, city.cycle_id, "INST", day).valid_from
            for day in (date(2019, 1, 1), date(2019, 6, 30), date(2019, 7, 1))
        }
        assert list(found.values()) == [date(2019, 3, 1), date(2019, 3, 1), date(2019, 7, 1)]
        with pytest.raises(Refusal, match="평가체계"):
            scheme_on(session, city.cycle_id, "NONE", date(2019, 1, 1))


def test_the_owner_is_asked_by_the_version_with_which_the_value_is_reckoned(city: City) -> None:
    add_scheme(city.database, halves(40, 60), [{"place": "GEN"}])
    new_version(city.database, date(2019, 7, 1), halves(80, 20))
    with city.database.read() as session:
        most = [
            open_item(session, city.cycle_id, "INST", "A", city.periods[half]).part.points
            for half in ("H1", "H2")
        ]
    assert most == [D(40), D(80)]


def test_last_year_is_worked_out_with_last_year_s_scheme(city: City) -> None:
    add_scheme(city.database, halves(40, 60), [{"place": "GEN"}])
    gives(city, "A", "H1", 20)
    gives(city, "B", "H1", 30)
    before = points(city, "H1")
    with city.database.write() as session:
        session.add(
            Cycle(code="2020", name="2020년 성과관리", starts_on=date(2020, 1, 1), ends_on=date(2020, 12, 31))
        )
    add_scheme(city.database, halves(90, 10), [{"place": "GEN"}], cycle="2020")
    assert points(city, "H1") == before == [D(20), D(30)]


def test_what_was_not_confirmed_by_then_did_not_count_then(city: City) -> None:
    planned, confirmed = datetime(2019, 2, 1, tzinfo=UTC), datetime(2019, 3, 1, tzinfo=UTC)
    with city.database.write() as session:
        session.get_one(Cycle, city.cycle_id).asks_plan_confirmation = True
        record_versions(session, planned, city.indicators.values(), person_id=None, channel="test")
        for code, at in (("GEN", confirmed), ("CIV", datetime(2019, 4, 1, tzinfo=UTC))):
            session.add(
                DepartmentPlan(
                    cycle_id=city.cycle_id, department_id=city.departments[code], state=PlanState.CONFIRMED,
                    changed_at=at, confirmed_at=at,
                )
            )  # fmt: skip
    assert counted(city, datetime(2019, 2, 15, tzinfo=UTC)) == set()
    assert counted(city, datetime(2019, 3, 15, tzinfo=UTC)) == {"GEN"}
    assert counted(city, datetime(2019, 5, 1, tzinfo=UTC)) == counted(city, None) == {"GEN", "CIV"}


def test_a_plan_confirmed_once_more_had_been_confirmed_before(city: City) -> None:
    planned, again = datetime(2019, 2, 1, tzinfo=UTC), datetime(2019, 9, 1, tzinfo=UTC)
    with city.database.write() as session:
        session.get_one(Cycle, city.cycle_id).asks_plan_confirmation = True
        record_versions(session, planned, city.indicators.values(), person_id=None, channel="test")
        here = city.departments["GEN"]
        record(session, planned, Actor(None, "test"), "plan.confirmed", subject_of(city.cycle_id, here))
        session.add(
            DepartmentPlan(
                cycle_id=city.cycle_id, department_id=here, state=PlanState.CONFIRMED, changed_at=again,
                confirmed_at=again,
            )
        )  # fmt: skip
    assert counted(city, datetime(2019, 3, 1, tzinfo=UTC)) == {"GEN"}


def counted(city: City, as_of: datetime | None) -> set[str]:
    with city.database.read() as session:
        return {row.department.code for row in score_sheet(session, city.cycle_id, None, as_of).rows}
