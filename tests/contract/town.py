"""한빛시's bot as it runs, with one messenger's service beside it, and its people on that messenger."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlmodel import select

from bot.app import running
from bot.settings import Settings
from bot.web.house import House
from models.audit import Actor
from models.clock import MovableClock
from models.messaging.account import make_code, web_account
from models.organization import Person
from models.store import Database
from tests.contract.on_slack import OnSlack
from tests.contract.on_telegram import OnTelegram
from tests.contract.on_web import OnWeb
from tests.contract.talker import Talker
from tests.dialogues import city
from tests.kit.served import listening
from tests.kit.slack import SlackServer, slack_server
from tests.kit.telegram import TelegramServer, telegram_server
from tests.kit.unpaced import unpaced
from tests.kit.window import Window

WAYS = ("web", "telegram", "telegram_webhook", "slack", "slack_http")
"""The messengers, each by every way it can be reached."""


@dataclass
class Town:
    """A city whose people can be talked to."""

    way: str
    database: Database
    clock: MovableClock
    machine: MovableClock
    house: House
    url: str
    telegram: TelegramServer | None
    slack: SlackServer | None
    _open: AsyncExitStack
    _people: dict[str, Talker] = field(default_factory=dict)

    async def person(self, code: str, *, on: str = "") -> Talker:
        """The person of that code, linked and at their first screen; `on` another messenger than this run's."""
        way = on or self.way
        if f"{way}:{code}" not in self._people:
            self._people[f"{way}:{code}"] = await self._comes(code, way.partition("_")[0])
        return self._people[f"{way}:{code}"]

    def passes(self, **time: float) -> None:
        self.clock.move(timedelta(**time))

    def code(self, person: str) -> str:
        """A fresh link code."""
        with self.database.write() as session:
            person_id = session.exec(select(Person.id).where(Person.code == person)).one()
            return make_code(session, self.clock.now(), Actor(None, "test"), person_id or 0)

    async def _comes(self, code: str, messenger: str) -> Talker:
        if messenger == "web":
            return OnWeb(await self._open.enter_async_context(Window(self.url, self._session(code))))
        if messenger == "telegram":
            assert self.telegram is not None
            on_telegram = OnTelegram(self.telegram.person(5_000_000_000 + int(code), code))
            await on_telegram.says(f"/start {self.code(code)}")
            await on_telegram.sees("안녕하세요")
            return on_telegram
        assert self.slack is not None
        on_slack = OnSlack(self.slack, self.slack.person(f"U{code}", code))
        await on_slack.says(self.code(code))
        await on_slack.sees("안녕하세요")
        return on_slack

    def _session(self, code: str) -> str:
        with self.database.write() as session:
            person_id = session.exec(select(Person.id).where(Person.code == code)).one()
            return self.house.sessions.begin(session, web_account(session, self.clock.now(), person_id or 0))


@asynccontextmanager
async def open_town(
    way: str, database: Database, folder: Path, *, both: bool = False, paced: bool = False, **settings: Any
) -> AsyncIterator[Town]:
    """The bot over 한빛시 on Monday 8 July 2019, 09:00, just imported; `both` has Telegram and Slack at once, `paced`
    waits as long between two messages as a real messenger asks for."""
    clock = MovableClock(city.MONDAY, ticking=False)
    machine = MovableClock(datetime.now(UTC))
    port = _free_port()
    async with AsyncExitStack() as stack:
        if not paced:
            stack.enter_context(unpaced())
        telegram = slack = None
        if way.startswith("telegram") or both:
            telegram = await stack.enter_async_context(telegram_server())
            settings |= {"telegram_token": telegram.token, "telegram_api_url": telegram.url}
        if way == "telegram_webhook":
            settings |= {"telegram_webhook_url": f"http://127.0.0.1:{port}/telegram"}
            settings |= {"telegram_webhook_secret": "a-secret-of-the-tests"}
        if way.startswith("slack") or both:
            slack = await stack.enter_async_context(slack_server())
            settings |= {"slack_bot_token": slack.bot_token, "slack_api_url": slack.api_url}
            settings |= {"slack_app_token": slack.app_token} if way != "slack_http" else {}
            settings |= {"slack_signing_secret": slack.signing_secret} if way == "slack_http" else {}
        given = Settings(_env_file=None, data_dir=folder, database_url=_url(database), port=port, **settings)
        house = await stack.enter_async_context(running(given, clock, machine))
        url = await stack.enter_async_context(listening(house, port))
        if slack is not None and way == "slack_http":
            slack.request_url = f"{url}/slack/events"
        windows = await stack.enter_async_context(AsyncExitStack())
        yield Town(way, database, clock, machine, house, url, telegram, slack, windows)


def _url(database: Database) -> str:
    return database.engine.url.render_as_string(hide_password=False)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])
