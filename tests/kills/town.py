"""한빛시 on a service's own server and a database, its people linked, and bots that live and die over it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest.mock import patch

from sqlmodel import Session, select

from models.messaging.account import Messenger
from models.messaging.linking import link
from models.organization import Department, Person, Role, RoleHeld
from models.store import Database
from tests.dialogues import city
from tests.kills.delivered import keys_on_slack, keys_on_telegram, watch_updates
from tests.kills.ledger import Ledger, watch_slack, watch_telegram
from tests.kills.lives import Lives, lives_of
from tests.kit.city import no_reminders
from tests.kit.slack import SlackServer, delivery, slack_server
from tests.kit.telegram import TelegramServer

_EVER, _A_WHILE = 10_000, 60.0
_ACKNOWLEDGED_WITHIN = 20.0


@dataclass
class Town:
    """Everything there is but the bot."""

    messenger: Messenger
    database: Database
    folder: Path
    service: TelegramServer | SlackServer
    ledger: Ledger
    lives: Lives
    open_after: dict[int, set[int]] = field(default_factory=dict)
    """By life: rows of the outbox that were not settled when it ended."""
    _confirmed: list[dict[str, Any]] = field(default_factory=list)

    async def is_acknowledged(self) -> None:
        """Waits until the service has heard of all it brought that it was taken in."""
        async with asyncio.timeout(_ACKNOWLEDGED_WITHIN):
            if isinstance(self.service, TelegramServer):
                await self.service.until(lambda: not self.not_taken_in())
            else:
                await self.service.quiet()
                assert all(ack.ok for ack in self.service.acks[-1:])

    async def brings_again(self) -> None:
        """Slack would bring events again in minutes."""
        if isinstance(self.service, SlackServer):
            await self.service.retry_now()

    def not_taken_in(self) -> list[str]:
        """What the service has left to bring."""
        if isinstance(self.service, TelegramServer):
            return [f"update {key}" for key in self.service.updates.pending]
        return [f"event {one.payload['event']}" for one in self.service.deliveries.waiting]

    def delivered(self) -> list[str]:
        """Keys of what the service brought and was told it was taken in."""
        if isinstance(self.service, TelegramServer):
            return list(keys_on_telegram(self._confirmed))
        return list(keys_on_slack(self.service))

    def link(self, code: str) -> tuple[int, str]:
        """Links the person of that code; their id and their account's."""
        number = 5_000_000_000 + int(code)
        address = str(number) if self.messenger is Messenger.TELEGRAM else f"{_team(self.service)}:U{code}"
        with self.database.write() as session:
            person_id = session.exec(select(Person.id).where(Person.code == code)).first()
            assert person_id is not None
            link(session, city.MONDAY, self.messenger, address, person_id)
        return person_id, address


@asynccontextmanager
async def open_town(
    messenger: Messenger, database: Database, folder: Path, *, reminds: bool = False
) -> AsyncIterator[Town]:
    """한빛시 as it was imported on Monday 8 July 2019, 09:00, before any bot was born.

    `reminds`: of what is due; without it nothing is in flight but what people say and are answered.
    """
    with database.write() as session:
        _give_the_carers_a_lead(session)
        if not reminds:
            session.add_all(no_reminders())
    url = database.engine.url.render_as_string(hide_password=False)
    settings: dict[str, Any] = {"data_dir": str(folder), "database_url": url, "secret_key": "k" * 40}
    ledger = Ledger()
    async with AsyncExitStack() as stack:
        service: TelegramServer | SlackServer
        if messenger is Messenger.TELEGRAM:
            service = await stack.enter_async_context(_telegram(ledger))
            settings |= {"telegram_token": service.token, "telegram_api_url": service.url}
        else:
            # It brings an event until it is taken, where the real one gives up after the third time.
            stack.enter_context(patch.object(delivery, "MOST_RETRIES", _EVER))
            service = await stack.enter_async_context(slack_server())
            service.deliveries.retry_delays = (0.0, *[_A_WHILE] * _EVER)
            watch_slack(service, ledger)
            settings |= {"slack_bot_token": service.bot_token, "slack_app_token": service.app_token}
            settings |= {"slack_api_url": service.api_url}
        log = folder / "bots.log"
        lives = await stack.enter_async_context(lives_of(settings, city.MONDAY, log))
        town = Town(messenger, database, folder, service, ledger, lives)
        if isinstance(service, TelegramServer):
            town._confirmed = watch_updates(service)
        yield town


def _give_the_carers_a_lead(session: Session) -> None:
    """Somebody who is told of each of their reports, which are many."""
    lead = session.exec(select(Person.id).where(Person.code == city.LEAD)).first()
    place = session.exec(select(Department.id).where(Department.name == "돌봄과")).first()
    assert lead is not None
    session.add(RoleHeld(person_id=lead, role=Role.TEAM_LEAD, department_id=place))


@asynccontextmanager
async def _telegram(ledger: Ledger) -> AsyncIterator[TelegramServer]:
    server = TelegramServer()
    watch_telegram(server, ledger)
    await server.start()
    try:
        yield server
    finally:
        await server.stop()


def _team(service: TelegramServer | SlackServer) -> str:
    assert isinstance(service, SlackServer)
    return service.team_id
