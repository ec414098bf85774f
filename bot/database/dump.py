"""The database as one file, as it stood at one instant, while others go on writing."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
from alembic.runtime.migration import MigrationContext
from sqlmodel import Session

from bot.database.archive import BackupError
from models.store import Database

SQLITE = "database.sqlite"
POSTGRESQL = "database.dump"


@dataclass(frozen=True)
class Contents:
    """What a database holds, read without the models: the schema may be an older one."""

    revision: str
    rows: dict[str, int]
    files: list[str]
    """SHA-256 of every file it knows of."""


def dump(database: Database, folder: Path) -> tuple[Path, Contents]:
    """Writes the database into a file in `folder`; the file and what is in it belong to the same instant."""
    return (
        _dump_sqlite(database, folder / SQLITE)
        if database.is_sqlite
        else _dump(database, folder / POSTGRESQL)
    )


def load_postgresql(url: str, path: Path) -> None:
    """Fills an empty PostgreSQL database from a dump, whole or not at all."""
    whole = ["--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges"]
    _run("pg_restore", url, [*whole, str(path)])


def sqlite_path(url: str) -> Path:
    """The file of a SQLite database."""
    name = sa.make_url(url).database
    if not name or name == ":memory:":
        raise BackupError("A database in memory has no file.")
    return Path(name)


def _dump_sqlite(database: Database, path: Path) -> tuple[Path, Contents]:
    connection = database.engine.raw_connection()
    try:
        source = connection.driver_connection
        assert isinstance(source, sqlite3.Connection)
        with closing(sqlite3.connect(path)) as copy:
            # All pages in one step: one snapshot, which no writer disturbs and which disturbs no writer.
            source.backup(copy)
    finally:
        connection.close()
    copied = Database(f"sqlite:///{path}")
    with copied.read() as session:
        contents = _contents(session)
    copied.close()
    return path, contents


def _dump(database: Database, path: Path) -> tuple[Path, Contents]:
    with database.read() as session:
        # pg_dump looks at the very snapshot that is counted here.
        snapshot = session.execute(sa.select(sa.func.pg_export_snapshot())).scalar_one()
        contents = _contents(session)
        options = ["--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}"]
        _run("pg_dump", database.url, [*options, f"--file={path}"])
    return path, contents


def _contents(session: Session) -> Contents:
    connection = session.connection()
    revision = MigrationContext.configure(connection).get_current_revision()
    if revision is None:
        raise BackupError("The database is empty: there is nothing to back up.")
    names = sorted(sa.inspect(connection).get_table_names())
    rows = {
        name: session.scalar(sa.select(sa.func.count()).select_from(sa.table(name))) or 0 for name in names
    }
    files = session.scalars(sa.text("SELECT sha256 FROM stored_file ORDER BY sha256")).all()
    return Contents(revision, rows, list(files))


def _run(tool: str, url: str, options: list[str]) -> None:
    """Runs a tool of PostgreSQL on the database; the password is handed over where no process list shows it."""
    program = shutil.which(tool)
    if program is None:
        raise BackupError(f"{tool} is missing. Install PostgreSQL's client programs (postgresql-client).")
    given = sa.make_url(url)
    address = sa.URL.create(
        "postgresql", given.username, None, given.host, given.port, given.database, given.query
    ).render_as_string()
    password = {"PGPASSWORD": str(given.password)} if given.password else {}
    # Our own settings, and no shell.
    ended = subprocess.run(  # noqa: S603
        [program, f"--dbname={address}", *options],
        env=os.environ | password,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    if ended.returncode:
        raise BackupError(f"{tool} failed: {ended.stderr.decode(errors='replace').strip()}")
