"""Fixtures of a running bot, for tests/bot and tests/web."""

from __future__ import annotations

import logging
import shutil
from collections.abc import AsyncIterator, Iterator, MutableMapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import structlog

from tests.kit.city import City, small_city
from tests.kit.databases import sqlite_copy
from tests.kit.served import Served, serving

Mishaps = list[MutableMapping[str, Any]]


@pytest.fixture(scope="session")
def city_made(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> City:
    """한빛시 in a migrated database; to copy, not to use."""
    folder = tmp_path_factory.mktemp("city")
    shutil.copy(migrated_file, folder / "city.sqlite")
    city = small_city(folder)
    city.database.close()
    return city


@pytest.fixture
def city(city_made: City, tmp_path: Path) -> Iterator[City]:
    """한빛시 with its plan of 2019 and not one report, in a database of its own."""
    with sqlite_copy(Path(str(city_made.database.engine.url.database)), tmp_path) as copy:
        yield replace(city_made, database=copy)


@pytest.fixture
async def served(city: City, tmp_path: Path) -> AsyncIterator[Served]:
    """한빛시's bot, running."""
    async with serving(city, tmp_path) as served:
        yield served


@pytest.fixture(autouse=True)
def mishaps(caplog: pytest.LogCaptureFixture) -> Iterator[Mishaps]:
    """What went wrong in the bot. A test fails on anything it does not expect, and clears what it does."""
    with structlog.testing.capture_logs() as logged:
        yield logged
    assert not [event for event in logged if event["log_level"] == "error"]
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]
