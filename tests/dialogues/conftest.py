"""A city to talk with, set up by importing its plan, and its people."""

from collections.abc import Callable
from pathlib import Path

import pytest

from models.audit import Actor
from models.clock import MovableClock
from models.evidence.vault import Vault
from models.store import Database
from reports.plan import import_plan
from tests.dialogues import city
from tests.kit.conversation import Speaker, Town


def _settle(database: Database, folder: Path) -> Town:
    town = Town(database, Vault(folder / "evidence"), MovableClock(city.MONDAY, ticking=False))
    with database.write() as session:
        import_plan(session, town.now(), Actor(None, "test"), city.plan_folder(folder / "plan"))
    return town


@pytest.fixture
def town(database: Database, tmp_path: Path) -> Town:
    """한빛시 on Monday 8 July 2019, 09:00."""
    return _settle(database, tmp_path)


@pytest.fixture
def any_town(any_database: Database, tmp_path: Path) -> Town:
    """The same on SQLite, and again on PostgreSQL."""
    return _settle(any_database, tmp_path)


def _person(code: str) -> Callable[[Town], Speaker]:
    def person(town: Town) -> Speaker:
        return town.person(code)

    return person


officer = pytest.fixture(_person(city.OFFICER), name="officer")
second = pytest.fixture(_person(city.SECOND), name="second")
deputy = pytest.fixture(_person(city.DEPUTY), name="deputy")
civil = pytest.fixture(_person(city.CIVIL), name="civil")
carer = pytest.fixture(_person(city.CARER), name="carer")
safety = pytest.fixture(_person(city.SAFETY), name="safety")
lead = pytest.fixture(_person(city.LEAD), name="lead")
bureau_lead = pytest.fixture(_person(city.BUREAU_LEAD), name="bureau_lead")
evaluator = pytest.fixture(_person(city.EVALUATOR), name="evaluator")
other_evaluator = pytest.fixture(_person(city.OTHER_EVALUATOR), name="other_evaluator")
stand_in = pytest.fixture(_person(city.STAND_IN), name="stand_in")
administrator = pytest.fixture(_person(city.ADMINISTRATOR), name="administrator")
