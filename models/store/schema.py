"""The schema of a database: where it stands, where this program wants it, and the way there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from models.store.database import Database

MIGRATIONS = Path(__file__).parent / "migrations"
# Any number that nothing else in the database locks by.
_UPGRADING = 7_040_118


def head_revision() -> str | None:
    """The revision this program was written for."""
    return ScriptDirectory.from_config(_config()).get_current_head()


def current_revision(database: Database) -> str | None:
    """The revision the database stands at; None where there are no tables yet."""
    with database.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def is_current(database: Database) -> bool:
    """Whether the program may work with the database as it stands."""
    return current_revision(database) == head_revision()


def knows(revision: str) -> bool:
    """Whether this program can read, or bring up to date, a schema of that revision."""
    return any(
        script.revision == revision for script in ScriptDirectory.from_config(_config()).walk_revisions()
    )


def upgrade(database: Database) -> None:
    """Brings the schema to the head in one transaction; with nothing to do it does nothing.

    Two processes that start at once upgrade one after the other.
    """
    with migrating(database) as config:
        command.upgrade(config, "head")


@contextmanager
def migrating(database: Database) -> Iterator[Config]:
    """An alembic configuration whose commands all run in one transaction, committed when the block ends."""
    config = _config()
    with database.engine.connect() as connection, _keys_unchecked(connection), connection.begin():
        if not database.is_sqlite:
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_UPGRADING)))
        config.attributes["connection"] = connection
        yield config
        if database.is_sqlite and (broken := connection.exec_driver_sql("PRAGMA foreign_key_check").all()):
            raise RuntimeError(f"the migration would leave rows that point nowhere: {broken[:5]}")


@contextmanager
def _keys_unchecked(connection: sa.Connection) -> Iterator[None]:
    """SQLite changes a column by rebuilding the table, and dropping the old one would take what refers to it.

    The pragma does nothing inside a transaction, hence by the driver's own connection, before one begins.
    """
    driver = connection.connection.driver_connection if connection.dialect.name == "sqlite" else None
    if driver is None:
        yield
        return
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        driver.execute("PRAGMA foreign_keys=ON")


def _config() -> Config:
    config = Config()
    # The parser of .ini files, which this goes through, takes % for a reference.
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    return config
