"""한빛시 with both messengers, and its people on them."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any
from unittest.mock import patch

from sqlmodel import col, select

from bot.outgoing.load import Load
from bot.slack.sender import SlackSender
from bot.telegram.sender import TelegramSender
from models.messaging.arrival import Arrival
from models.messaging.outbox import Outbox, Sending
from models.store import Database
from tests.contract.town import Town, open_town
from tests.dialogues.city import (
    ADMINISTRATOR,
    BUREAU_LEAD,
    CARER,
    CIVIL,
    DEPUTY,
    EVALUATOR,
    LEAD,
    LEAVER,
    OFFICER,
    OTHER_EVALUATOR,
    SAFETY,
    SECOND,
    STAND_IN,
)
from tests.kit.slack import SlackServer
from tests.kit.telegram import TelegramServer
from tests.soak.logs import Lines, captured
from tests.soak.on_slack import OnSlack
from tests.soak.on_telegram import OnTelegram
from tests.soak.person import Someone

TELEGRAM = (OFFICER, DEPUTY, CIVIL, SAFETY, LEAD, EVALUATOR, STAND_IN, ADMINISTRATOR, LEAVER)
SLACK = (OFFICER, SECOND, CARER, LEAD, BUREAU_LEAD, OTHER_EVALUATOR, ADMINISTRATOR)
Send = Callable[[Any, Load], Awaitable[str | None]]


@dataclass
class Crowd:
    """Everybody, and the town they are in."""

    town: Town
    telegram: TelegramServer
    slack: SlackServer
    lines: Lines
    folder: Path
    linked: list[Someone]
    strangers: list[Someone]
    sent: Counter[tuple[str, int]]
    """How often each row of the outbox was sent and answered."""

    @property
    def everybody(self) -> list[Someone]:
        return [*self.linked, *self.strangers]

    @property
    def acts(self) -> int:
        return sum(one.acts for one in self.everybody)

    def waiting(self) -> list[str]:
        """What is still on its way, in or out."""
        open_states = (Sending.TODO, Sending.SENDING, Sending.UNKNOWN)
        with self.town.database.read() as session:
            rows = session.exec(select(Outbox).where(col(Outbox.state).in_(open_states))).all()
            kept = session.exec(select(Arrival)).all()
            out = [f"{row.messenger} {row.operation} {row.id} is {row.state}: {row.fault}" for row in rows]
            return [*out, *(f"{one.messenger} arrival {one.id}: {one.state} {one.fault}" for one in kept)]


@asynccontextmanager
async def open_crowd(
    database: Database, folder: Path, random: Random, *, enforcing: bool
) -> AsyncIterator[Crowd]:
    """Everybody linked and at their first screen. `enforcing`: the services keep to their limits, and so does the
    bot; else neither does, and everything is quick."""
    with ExitStack() as stack:
        lines = stack.enter_context(captured())
        sent: Counter[tuple[str, int]] = Counter()
        for sender in (TelegramSender, SlackSender):
            stack.enter_context(patch.object(sender, "send", _counted(sender.send, sent)))
        async with open_town("web", database, folder, both=True, paced=enforcing) as town:
            assert town.telegram is not None
            assert town.slack is not None
            town.telegram.enforces_limits = town.slack.enforces_limits = enforcing
            crowd = Crowd(town, town.telegram, town.slack, lines, folder, [], [], sent)
            _gather(crowd, random)
            # A fresh code voids the one before, also that for another messenger.
            for messenger in (OnTelegram, OnSlack):
                for one in crowd.linked:
                    if isinstance(one, messenger):
                        await one.types(town.code(one.code))
                await town.telegram.quiet()
                await town.slack.quiet()
            yield crowd


def _counted(send: Send, sent: Counter[tuple[str, int]]) -> Send:
    async def counting(self: Any, load: Load) -> str | None:
        shown = await send(self, load)
        sent[self.messenger.value, load.outbox_id] += 1
        return shown

    return counting


def _gather(crowd: Crowd, random: Random) -> None:
    telegram, slack = crowd.telegram, crowd.slack
    group, channel = telegram.group(), slack.channel("성과관리")
    first = [_on_telegram(telegram, code, random, group) for code in (*TELEGRAM, "낯선이")]
    second = [_on_slack(slack, code, random, channel) for code in (*SLACK, "낯선이")]
    for one in first:
        one.others = first
    for other in second:
        other.others = second
    crowd.linked[:] = [*first[:-1], *second[:-1]]
    crowd.strangers[:] = [first[-1], second[-1]]


def _on_telegram(server: TelegramServer, code: str, random: Random, group: object) -> OnTelegram:
    number = 5_000_000_000 + (int(code) if code.isdecimal() else 99_999)
    own = Random(random.random())
    return OnTelegram(code, own, server=server, person=server.person(number, code), group=group)  # type: ignore[arg-type]


def _on_slack(server: SlackServer, code: str, random: Random, channel: str) -> OnSlack:
    name = code if code.isdecimal() else "99999"
    own = Random(random.random())
    return OnSlack(code, own, server=server, person=server.person(f"U{name}", code), channel=channel)
