"""Looks over a city's setup and says, in a sentence each, what is well and what is not."""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import func, select

from bot.settings import Settings
from models.organization import Person
from models.plan import Indicator
from models.store import Database
from models.store.schema import current_revision, is_current

_LEAST_FREE = 2 * 1024**3


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at."""

    well: bool
    text: str


def examine(settings: Settings) -> Iterator[Finding]:
    """Every finding, in the order an administrator would mend them."""
    checks: list[Callable[[Settings], Iterator[Finding]]] = [_data_dir, _key, _database, _port]
    for check in checks:
        yield from check(settings)


def _data_dir(settings: Settings) -> Iterator[Finding]:
    path = settings.data_dir.resolve()
    place = next(one for one in (path, *path.parents) if one.exists())
    if not os.access(place, os.W_OK):
        yield Finding(False, f"BOGOBOT_DATA_DIR: {path} cannot be written. Give the bot's user the right to.")
        return
    free = shutil.disk_usage(place).free
    enough = free >= _LEAST_FREE
    advice = "" if enough else " Evidence needs room: free at least 2 GiB."
    yield Finding(enough, f"BOGOBOT_DATA_DIR: {path}, {free // 1024**2:,} MiB free.{advice}")


def _key(settings: Settings) -> Iterator[Finding]:
    if settings.secret_key.get_secret_value():
        yield Finding(True, "BOGOBOT_SECRET_KEY: set")
        return
    path: Path = settings.data_dir / "secret.key"
    if path.exists() and path.stat().st_mode & 0o077:
        yield Finding(False, f"{path} can be read by others. Run: chmod 600 {path}")
    else:
        yield Finding(True, f"BOGOBOT_SECRET_KEY: not set; {path} is used, made at the first start")


def _database(settings: Settings) -> Iterator[Finding]:
    name = settings.database.split("://", 1)[0]
    if settings.database_url == "" and not (settings.data_dir / "bogobot.db").exists():
        yield Finding(True, f"database: {name}, none yet; `bogobot import` makes it")
        return
    try:
        database = Database(settings.database)
        revision = current_revision(database)
        if revision is None:
            yield Finding(True, f"database: {name}, empty; `bogobot import` fills it")
        elif not is_current(database):
            yield Finding(False, f"database: {name}, of another version. Run: bogobot db upgrade")
        else:
            yield _contents(database, name)
        database.close()
    except (SQLAlchemyError, ModuleNotFoundError) as error:
        hint = " Run: uv sync --extra postgres" if isinstance(error, ModuleNotFoundError) else ""
        reason = str(error.__cause__ or error).strip().splitlines()[0]
        yield Finding(False, f"BOGOBOT_DATABASE_URL: {name} does not answer ({reason}).{hint}")


def _is_ours(settings: Settings) -> bool:
    """Whether it is this bot that uses the port."""
    connection = HTTPConnection(settings.host, settings.port, timeout=3)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().read() == b"ok\n"
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def _contents(database: Database, name: str) -> Finding:
    with database.read() as session:
        people = session.exec(select(func.count()).select_from(Person)).one()
        indicators = session.exec(select(func.count()).select_from(Indicator)).one()
    if not people:
        return Finding(False, f"database: {name}, but nobody is in it. Run: bogobot import PLAN")
    return Finding(True, f"database: {name}, {people} people, {indicators} indicators")


def _port(settings: Settings) -> Iterator[Finding]:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            if _is_ours(settings):
                yield Finding(True, f"web messenger: {settings.address}, running")
            else:
                yield Finding(
                    False,
                    f"BOGOBOT_HOST, BOGOBOT_PORT: {settings.host}:{settings.port} cannot be listened on "
                    f"({error.strerror}). Choose another port or stop what uses it.",
                )
            return
    public = settings.host not in ("127.0.0.1", "::1", "localhost")
    if public and not settings.address.startswith("https://"):
        yield Finding(
            False,
            "BOGOBOT_PUBLIC_URL does not begin with https://: put the bot behind a proxy that does TLS.",
        )
    else:
        yield Finding(True, f"web messenger: {settings.address}")
