"""The city of these tests, on both databases."""

from pathlib import Path

import pytest

from models.store import Database
from tests.consultation.place import Place, settle
from tests.consultation.review import Review
from tests.kit.city import small_city
from tests.kit.consultation import add_review


@pytest.fixture
def place(any_database: Database) -> Place:
    """The city on SQLite, and again on PostgreSQL."""
    return settle(any_database)


@pytest.fixture
def review(database: Database, tmp_path: Path) -> Review:
    """한빛시 with a written review."""
    return Review(small_city(tmp_path, database), add_review(database))


@pytest.fixture
def any_review(any_database: Database, tmp_path: Path) -> Review:
    """The same on SQLite, and again on PostgreSQL."""
    return Review(small_city(tmp_path, any_database), add_review(any_database))
