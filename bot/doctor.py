"""Looks over a city's setup and says, in a sentence each, what is well and what is not."""

from __future__ import annotations

import asyncio
import os
import shutil
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any

import aiohttp
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import func, select

from bot.settings import Settings
from models.organization import Person
from models.plan import Indicator
from models.store import Database
from models.store.schema import current_revision, is_current

_LEAST_FREE = 2 * 1024**3
_ANSWERS_WITHIN = 5
"""Seconds a messenger has to answer in."""


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at."""

    well: bool
    text: str


def examine(settings: Settings) -> Iterator[Finding]:
    """Every finding, in the order an administrator would mend them."""
    checks: list[Callable[[Settings], Iterator[Finding]]] = [
        _data_dir, _key, _database, _port, _telegram, _slack, _chat_mode,
    ]  # fmt: skip
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
        return b"tick_age_seconds" in connection.getresponse().read()
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


def _telegram(settings: Settings) -> Iterator[Finding]:
    token = settings.telegram_token.get_secret_value()
    if not token:
        yield Finding(True, "Telegram: not set up (BOGOBOT_TELEGRAM_TOKEN)")
        return
    way = f"webhook at {settings.telegram_webhook_url}" if settings.telegram_webhook_url else "long polling"
    service = settings.telegram_api_url.rstrip("/")
    answer = asyncio.run(_ask(f"{service}/bot{token}/getMe", {}))
    if answer is None:
        yield Finding(False, f"BOGOBOT_TELEGRAM_API_URL: {service} does not answer. Let the bot reach it.")
    elif not answer.get("ok"):
        yield Finding(
            False, "BOGOBOT_TELEGRAM_TOKEN: Telegram refuses it. Take the token anew from @BotFather."
        )
    else:
        yield Finding(True, f"Telegram: set up, by {way}")


def _slack(settings: Settings) -> Iterator[Finding]:
    token = settings.slack_bot_token.get_secret_value()
    if not token:
        yield Finding(True, "Slack: not set up (BOGOBOT_SLACK_BOT_TOKEN)")
        return
    way = "Socket Mode" if settings.slack_app_token.get_secret_value() else "HTTP at /slack/events"
    answer = asyncio.run(_ask(f"{settings.slack_api_url}auth.test", {"Authorization": f"Bearer {token}"}))
    if answer is None:
        yield Finding(
            False, f"BOGOBOT_SLACK_API_URL: {settings.slack_api_url} does not answer. Let the bot reach it."
        )
    elif not answer.get("ok"):
        yield Finding(
            False, "BOGOBOT_SLACK_BOT_TOKEN: Slack refuses it. Install the app anew and take its xoxb token."
        )
    else:
        yield Finding(True, f"Slack: set up, by {way}")


async def _ask(address: str, headers: dict[str, str]) -> dict[str, Any] | None:
    """What a messenger answers to a call without parameters; None where nothing comes that it could have said.

    Neither the address nor an error's words are passed on: they may hold the token.
    """
    timeout = aiohttp.ClientTimeout(total=_ANSWERS_WITHIN)
    headers = headers | {"Content-Type": "application/x-www-form-urlencoded"}
    try:
        async with (
            aiohttp.ClientSession(timeout=timeout, headers=headers) as session,
            session.post(address, allow_redirects=False) as answer,
        ):
            read = await answer.json(content_type=None)
    except (aiohttp.ClientError, TimeoutError, ValueError):
        return None
    return read if isinstance(read, dict) else None


def _chat_mode(settings: Settings) -> Iterator[Finding]:
    told = {
        "full": "everything can be done on Slack and Telegram",
        "notices": "Slack and Telegram only say that there is something to read in the web messenger",
    }
    yield Finding(True, f"BOGOBOT_CHAT_MODE: {settings.chat_mode}; {told[settings.chat_mode]}")
