"""An office on both databases; a test fails on any error in the log that it does not expect."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from models.store import Database
from tests.kit.served_city import mishaps
from tests.outgoing.office import Office

__all__ = ["mishaps"]


@pytest.fixture
def office(any_database: Database, tmp_path: Path) -> Iterator[Office]:
    office = Office(any_database, tmp_path)
    yield office
    office.workers.close()
