"""A city to talk with, set up by importing its plan, and its people."""

from collections.abc import Callable
from pathlib import Path

import pytest

from models.clock import MovableClock
from models.evidence.child import Inspected
from models.evidence.inspection.faults import Fault
from models.evidence.inspection.look import look
from models.evidence.kinds import kind_by_name
from models.evidence.refusals import refusal
from models.evidence.vault import Vault
from models.store import Database
from tests.dialogues import city
from tests.kit.conversation import Speaker, Town


def _town(database: Database, folder: Path) -> Town:
    return Town(database, Vault(folder / "evidence"), MovableClock(city.MONDAY, ticking=False))


@pytest.fixture
def town(hanbit: Database, tmp_path: Path) -> Town:
    """한빛시 on Monday 8 July 2019, 09:00."""
    return _town(hanbit, tmp_path)


@pytest.fixture
def any_town(any_hanbit: Database, tmp_path: Path) -> Town:
    """The same on SQLite, and again on PostgreSQL."""
    return _town(any_hanbit, tmp_path)


@pytest.fixture(autouse=True)
def no_child(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files are looked into right here: that a child process does it is tested in tests/models/evidence."""
    monkeypatch.setattr("models.evidence.vault.inspect", _looked_into)


def _looked_into(path: Path, name: str) -> Inspected:
    kind = kind_by_name(name)
    try:
        with path.open("rb") as file:
            look(file, kind)
    except Fault as fault:
        raise refusal(fault.reason, fault.values, fault.entry) from None
    return Inspected(kind, path.stat().st_size)


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
