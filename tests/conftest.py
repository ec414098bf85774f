"""Fixtures every test may ask for: databases, and what becomes of tests whose tools are missing."""

import gc
import logging
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog

from models.store import Database
from tests.dialogues import city
from tests.kit.databases import (
    PostgresServer,
    postgres_binaries,
    postgres_running,
    quick_databases,
    sqlite_copy,
    sqlite_template,
)

NEEDS_A_TOOL = ("browser", "libreoffice", "postgres")
TAKES_LONG = ("tests/kills/test_random_kills.py", "tests/cities/")


@pytest.fixture(scope="session", autouse=True)
def _quick_databases() -> Iterator[None]:
    with quick_databases():
        yield


@pytest.fixture(autouse=True)
def _log_of_its_own() -> Iterator[None]:
    """A command that a test has run in this process leaves no log behind, to a stream that is closed by now."""
    yield
    if structlog.is_configured():
        structlog.reset_defaults()
        for handler in [one for one in logging.root.handlers if type(one).__module__ == "bot.logs"]:
            logging.root.removeHandler(handler)


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty SQLite database at the head of the migrations; to copy, not to use."""
    return sqlite_template(tmp_path_factory.mktemp("template"))


@pytest.fixture
def database(migrated_file: Path, tmp_path: Path) -> Iterator[Database]:
    """A fresh SQLite database."""
    with sqlite_copy(migrated_file, tmp_path) as copy:
        yield copy


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """A PostgreSQL server for this session alone."""
    binaries = postgres_binaries()
    if binaries is None:
        pytest.skip("PostgreSQL's server programs are missing: apt-get install postgresql")
    with postgres_running(binaries) as server:
        yield server


@pytest.fixture
def postgres_database(postgres_server: PostgresServer) -> Iterator[Database]:
    """A fresh PostgreSQL database; mark the test with `postgres`."""
    with postgres_server.copy() as copy:
        yield copy


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def any_database(request: pytest.FixtureRequest) -> Database:
    """The test runs on a fresh SQLite database, and again on a fresh PostgreSQL one."""
    name = "database" if request.param == "sqlite" else "postgres_database"
    found: Database = request.getfixturevalue(name)
    return found


@pytest.fixture(scope="session")
def hanbit_file(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """한빛시 on Monday 8 July 2019, 09:00, its plan imported and nothing else done; to copy, not to use."""
    folder = tmp_path_factory.mktemp("hanbit")
    with sqlite_copy(migrated_file, folder) as database:
        city.settle(database, folder)
    return folder / "bogobot.sqlite"


@pytest.fixture
def hanbit(hanbit_file: Path, tmp_path: Path) -> Iterator[Database]:
    """한빛시 on SQLite."""
    with sqlite_copy(hanbit_file, tmp_path) as copy:
        yield copy


@pytest.fixture(scope="session")
def postgres_hanbit_template(
    postgres_server: PostgresServer, tmp_path_factory: pytest.TempPathFactory
) -> str:
    """The name of 한빛시's database on PostgreSQL; to copy, not to use."""
    name = "template_hanbit"
    with postgres_server.lasting(name) as database:
        city.settle(database, tmp_path_factory.mktemp("hanbit"))
    return name


@pytest.fixture
def postgres_hanbit(postgres_server: PostgresServer, postgres_hanbit_template: str) -> Iterator[Database]:
    """한빛시 on PostgreSQL; mark the test with `postgres`."""
    with postgres_server.copy(postgres_hanbit_template) as copy:
        yield copy


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def any_hanbit(request: pytest.FixtureRequest) -> Database:
    """한빛시 on SQLite, and again on PostgreSQL."""
    name = "hanbit" if request.param == "sqlite" else "postgres_hanbit"
    found: Database = request.getfixturevalue(name)
    return found


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes a minute by itself begins first, so that nobody waits for it at the end."""
    items.sort(key=lambda item: not item.nodeid.startswith(TAKES_LONG))


def pytest_collection_finish() -> None:
    """Ten thousand tests stay in memory to the end: looked through again and again they would cost a third of the
    time."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Where CI is set every tool has to be there: a test that was skipped for want of one has failed."""
    report = yield
    wanted = [name for name in NEEDS_A_TOOL if item.get_closest_marker(name)]
    if os.environ.get("CI") and wanted and report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"skipped, which counts as failed where CI is set: {reason}"
    return report
