"""The bot over 한빛시 with a Slack beside it, and people who are linked to it.

async with talking(hanbit, tmp_path) as talk:
    officer = await talk.linked(OFFICER)
    await officer.says("내 지표")
    await talk.sees(officer, "민원처리율")
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import pytest
from sqlmodel import col, select

from bot.slack import pacing
from models.audit import AuditRow
from models.messaging.account import Account, Messenger
from models.reminding.looking import LOOK_EVERY, Seen
from models.store import Database
from scheduler import due
from tests.contract import town as town_module
from tests.contract.talker import until
from tests.contract.town import Town, open_town
from tests.dialogues.city import ADMINISTRATOR, EVALUATOR, LEAD, OFFICER
from tests.kit.slack import Person, SlackServer, slack_server

__all__ = ["ADMINISTRATOR", "EVALUATOR", "LEAD", "OFFICER", "Talking", "talking", "until"]
T = TypeVar("T")


@dataclass
class Talking:
    """A town with its Slack."""

    town: Town
    slack: SlackServer

    async def linked(self, code: str, **flags: Any) -> Person:
        """The person of that number, linked and at their first screen."""
        person = self.slack.person(f"U{code}", code, **flags)
        await person.says(self.town.code(code))
        await self.sees(person, "무엇을 도와드릴까요?")
        return person

    async def sees(self, person: Person, *words: str) -> None:
        """These words are somewhere before that person, or will be in a moment."""
        for word in words:
            await until(lambda: word in read(person), lambda: f"{word!r} is not in:\n{read(person)}")  # noqa: B023

    async def presses(self, person: Person, label: str) -> Any:
        """Presses the newest button whose label holds these words, once it is there."""

        def found() -> str | None:
            return next((one for one in person.buttons() if label in one), None)

        await until(lambda: found() is not None, lambda: f"no {label!r}: {person.buttons()}\n{read(person)}")
        return await person.presses(str(found()))

    async def opens(self, person: Person) -> None:
        """Waits for a modal."""
        await until(lambda: person.modal is not None, lambda: f"no modal:\n{read(person)}")

    async def settles(self) -> None:
        """Everything was brought, taken and answered."""
        await until(
            lambda: bool(self.slack.sockets.sockets) or bool(self.slack.request_url), lambda: "no socket"
        )
        await self.slack.retry_now()
        await self.slack.quiet(0.15)

    def audited(self, action: str) -> int:
        """How often something is in the audit."""
        return len(self.rows(AuditRow, AuditRow.action == action))

    def account(self, code: str) -> Account | None:
        """The Slack account of that number, if it is linked."""
        here = col(Account.address).endswith(f":U{code}")
        found = self.rows(Account, Account.messenger == Messenger.SLACK, here)
        return found[0] if found else None

    def rows(self, kind: type[T], *conditions: Any) -> list[T]:
        """Rows of a table as they stand."""
        with self.town.database.read() as session:
            return list(session.exec(select(kind).where(*conditions)))


def read(person: Person) -> str:
    """Everything before a person, read out."""
    shown = [*(one.text for one in person.messages), *(one.text for one in person.ephemerals)]
    if person.home is not None:
        shown.append(person.home.text)
    return "\n".join(shown)


@asynccontextmanager
async def talking(
    database: Database,
    folder: Path,
    way: str = "slack",
    *,
    before: Callable[[SlackServer], None] = lambda _: None,
    **settings: Any,
) -> AsyncIterator[Talking]:
    """The bot over 한빛시 as it was imported; at its end no token has reached another host. `way` is slack or
    slack_http; `before` is done with Slack before the bot starts."""
    with pytest.MonkeyPatch.context() as patch:
        # One message a second is kept to elsewhere; here it would only make people wait.
        patch.setattr(pacing, "POSTS_SECONDS", 0.0)
        patch.setattr(pacing, "_POST_MARGIN", 0.0)
        # At nine o'clock a digest would come between; tests/contract has those.
        patch.setattr(due, "look", lambda _session, now: Seen([], now + LOOK_EVERY))

        @asynccontextmanager
        async def prepared() -> AsyncIterator[SlackServer]:
            async with slack_server() as server:
                before(server)
                yield server

        patch.setattr(town_module, "slack_server", prepared)
        async with open_town(way, database, folder, **settings) as town:
            assert town.slack is not None
            yield Talking(town, town.slack)
            assert town.slack.given_away == []


def failing_once(work: Callable[..., T], error: Exception) -> Callable[..., T]:
    """`work`, which fails the first time it is done."""
    left = [error]

    def done(*args: Any) -> T:
        if left:
            raise left.pop()
        return work(*args)

    return done
