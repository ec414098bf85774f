"""Databases for tests, each fresh and built by the migrations: SQLite, and PostgreSQL where it is installed.

Building is dear and copying cheap, so a template is migrated once per session and every test gets a copy. So is
the compiling of statements, which an engine of its own would do anew in every test.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

import psycopg
import sqlalchemy as sa

from models.store import Database
from models.store.schema import upgrade

_OWNER = "bogobot"
_TEMPLATE = "template_bogobot"
# What makes a server slow is what makes it safe; nothing here has to survive a power cut.
_FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=60")

# By the name of a database: what knows its dialect, and the statements compiled for it so far.
_compiled: dict[str, tuple[sa.Dialect, dict[Any, Any]]] = {}


@contextmanager
def quick_databases() -> Iterator[None]:
    """Engines of this process share what they compile, and SQLite leaves writing to the disk to the system.

    Each test has an engine of its own, which would compile every statement anew. A process that is killed loses
    nothing that it has committed; only a power cut would tell the difference.
    """
    opens = Database.__init__

    def opens_quickly(database: Database, url: str) -> None:
        opens(database, url)
        if database.is_sqlite:
            sa.event.listen(database.engine, "connect", _leave_writing_to_the_system)
        name = database.engine.dialect.name
        for engine in (database.engine, database._snapshots) if name in _compiled else ():
            engine.dialect, statements = _compiled[name]
            engine.update_execution_options(compiled_cache=statements)

    with patch.object(Database, "__init__", opens_quickly):
        yield


def _leave_writing_to_the_system(connection: Any, _record: object) -> None:
    connection.execute("PRAGMA synchronous=OFF")


def sqlite_template(folder: Path) -> Path:
    """A migrated, empty SQLite file."""
    path = folder / "template.sqlite"
    database = Database(f"sqlite:///{path}")
    upgrade(database)
    _compiled.setdefault(database.engine.dialect.name, (database.engine.dialect, {}))
    database.close()
    return path


@contextmanager
def sqlite_copy(template: Path, folder: Path) -> Iterator[Database]:
    """A database of its own in `folder`."""
    database = Database(f"sqlite:///{shutil.copy(template, folder / 'bogobot.sqlite')}")
    yield database
    database.close()


@dataclass
class PostgresServer:
    """A running throwaway server that listens on a socket in `folder`, and nowhere else."""

    folder: Path
    made: int = 0

    def url(self, name: str) -> str:
        return f"postgresql+psycopg://{_OWNER}@/{name}?host={self.folder}"

    def migrate_template(self) -> None:
        self.run(f"CREATE DATABASE {_TEMPLATE}")
        database = Database(self.url(_TEMPLATE))
        upgrade(database)
        _compiled.setdefault(database.engine.dialect.name, (database.engine.dialect, {}))
        database.close()

    @contextmanager
    def copy(self, template: str = _TEMPLATE) -> Iterator[Database]:
        """A database of its own; `template0` gives one without any tables."""
        self.made += 1
        name = f"city_{self.made}"
        with self.lasting(name, template) as database:
            yield database
        self.run(f"DROP DATABASE {name} WITH (FORCE)")

    @contextmanager
    def lasting(self, name: str, template: str = _TEMPLATE) -> Iterator[Database]:
        """A database of that name that stays, and can be copied once the block has ended."""
        self.run(f"CREATE DATABASE {name} TEMPLATE {template}")
        database = Database(self.url(name))
        yield database
        database.close()

    def run(self, statement: str) -> None:
        with psycopg.connect(host=str(self.folder), user=_OWNER, dbname="postgres", autocommit=True) as one:
            one.execute(statement)


def postgres_binaries() -> Path | None:
    """The folder of PostgreSQL's server programs: Debian's newest, else the one on the PATH."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    found = shutil.which("initdb")
    if not debian and found is None:
        return None
    return debian[-1].parent if debian else Path(str(found)).resolve().parent


@contextmanager
def postgres_running(binaries: Path) -> Iterator[PostgresServer]:
    """A cluster that is gone afterwards, its processes even when this process was killed."""
    # A socket's path may have 107 bytes at most, so it is not in pytest's long folders.
    folder = Path(tempfile.mkdtemp(prefix="bogobot-pg-"))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
    data = folder / "data"
    initdb = [f"{binaries}/initdb", "--no-sync", "--auth=trust", f"--username={_OWNER}"]
    server: subprocess.Popen[bytes] | None = None
    try:
        subprocess.run(
            [*_as_server(), *initdb, "--encoding=UTF8", "--locale=C", f"--pgdata={data}"],
            check=True, capture_output=True, cwd=folder,
        )  # fmt: skip
        options = ("listen_addresses=", f"unix_socket_directories={folder}", *_FAST)
        settings = [word for option in options for word in ("-c", option)]
        with (folder / "log").open("wb") as log:
            server = subprocess.Popen(
                [*_as_server(), f"{binaries}/postgres", "-D", str(data), *settings],
                cwd=folder, stdout=log, stderr=log,
            )  # fmt: skip
        _wait_until_ready(server, folder)
        running = PostgresServer(folder)
        running.migrate_template()
        yield running
    finally:
        if server is not None:
            server.send_signal(2)
            server.wait(30)
        shutil.rmtree(folder, ignore_errors=True)


def _as_server() -> list[str]:
    """The server refuses to run as root, and has to end with us: an INT is its word for doing so at once."""
    user = ["--reuid=postgres", "--regid=postgres", "--init-groups"] if os.geteuid() == 0 else []
    return ["setpriv", *user, "--pdeathsig=INT"]


def _wait_until_ready(server: subprocess.Popen[bytes], folder: Path) -> None:
    while server.poll() is None:
        lines = folder / "data" / "postmaster.pid"
        if lines.exists() and "ready" in lines.read_text():
            return
        try:
            server.wait(0.02)
        except subprocess.TimeoutExpired:
            continue
    raise RuntimeError((folder / "log").read_text())
