"""A town hall, on SQLite or on both databases."""

from __future__ import annotations

import pytest

from models.store import Database
from tests.reminding.hall import Hall


@pytest.fixture
def hall(database: Database) -> Hall:
    return Hall(database)


@pytest.fixture
def any_hall(any_database: Database) -> Hall:
    return Hall(any_database)
