"""The database: SQLite by default, PostgreSQL where a city wants it. The one place that commits."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlmodel import Session, SQLModel

# Names that alembic can find again on both databases.
SQLModel.metadata.naming_convention = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

_BUSY_MILLISECONDS = 15_000


class Database:
    """Sessions over one engine: `write()` is a transaction of its own, `read()` one consistent snapshot."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.is_sqlite = url.startswith("sqlite")
        self.engine = (
            _sqlite(url) if self.is_sqlite else sa.create_engine(url, pool_size=8, pool_pre_ping=True)
        )
        reading: dict[str, Any] = {"bogobot_reading": True}
        if not self.is_sqlite:
            reading |= {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        self._snapshots = self.engine.execution_options(**reading)

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A session whose work is committed when the block ends, and undone when it raises."""
        with Session(self.engine, expire_on_commit=False) as session, session.begin():
            yield session

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session that sees the database as it stood at its first query, and writes nothing."""
        with Session(self._snapshots, autoflush=False) as session:
            yield session

    def close(self) -> None:
        self.engine.dispose()


def _sqlite(url: str) -> sa.Engine:
    engine = sa.create_engine(
        url,
        connect_args={"check_same_thread": False, "timeout": _BUSY_MILLISECONDS / 1000},
        pool_size=8,
        pool_reset_on_return=None,  # every session here ends its transaction itself
    )

    @event.listens_for(engine, "connect")
    def _on_connect(connection: Any, _record: Any) -> None:
        # The driver's own BEGIN is deferred and would lose updates between reading and writing.
        connection.isolation_level = None
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute(f"PRAGMA busy_timeout={_BUSY_MILLISECONDS}")

    @event.listens_for(engine, "begin")
    def _on_begin(connection: sa.Connection) -> None:
        reading = connection.get_execution_options().get("bogobot_reading")
        connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")

    return engine
