"""Three thousand notices to three thousand people, through servers that enforce the published limits.

    python -m benchmarks.notices [how many]

The bot runs in this process as it does in a city; what is waiting in its outbox was written before it starts. The
server counts: how many arrived in how long, and how often it had to say 429. Telegram allows 30 messages a second
overall; Slack one a second to each person and none overall that is published.
"""

from __future__ import annotations

import asyncio
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from sqlmodel import Session

from bot.app import running
from bot.settings import Settings
from handlers.dialogue.screens import Go, Notice
from handlers.dialogue.sending import post
from handlers.dialogue.talk import Talk
from handlers.dialogue.text import lines
from models.clock import SystemClock
from models.messaging.account import Account, Messenger
from models.organization import Person
from models.store import Database
from models.store.schema import upgrade
from models.words import say
from tests.kit.slack import slack_server
from tests.kit.telegram import telegram_server

TELEGRAM_A_SECOND = 30
_FIRST_ID = 6_000_000_000


async def main(count: int) -> None:
    """Prints one line a messenger."""
    seconds, too_many = await on_telegram(count)
    rate = count / seconds
    share = 100 * rate / TELEGRAM_A_SECOND
    print(
        f"Telegram: {count} in {seconds:.1f} s, {rate:.2f} a second, {share:.1f} % of the limit, {too_many} × 429"
    )
    seconds, too_many = await on_slack(count)
    print(f"Slack: {count} in {seconds:.1f} s, {count / seconds:.1f} a second, {too_many} × 429")


async def on_telegram(count: int) -> tuple[float, int]:
    """Seconds from the first message to the last, and how many 429s were met."""
    async with telegram_server() as server:
        for place in range(count):
            await server.person(_FIRST_ID + place).says("/start")
        server.updates.clear()
        server.enforces_limits = True
        settings = {"telegram_token": server.token, "telegram_api_url": server.url}
        moments = await _deliver(
            count,
            Messenger.TELEGRAM,
            lambda place: str(_FIRST_ID + place),
            settings,
            lambda: [call.moment for call in server.calls if call.method == "sendMessage"],
        )
        return moments[-1] - moments[0], server.too_many


async def on_slack(count: int) -> tuple[float, int]:
    """The same on Slack."""
    async with slack_server() as server:
        people = [server.person(name=f"사람 {place}") for place in range(count)]
        server.enforces_limits = True
        settings = {
            "slack_bot_token": server.bot_token,
            "slack_app_token": server.app_token,
            "slack_api_url": server.api_url,
        }
        moments = await _deliver(
            count,
            Messenger.SLACK,
            lambda place: f"{server.team_id}:{people[place].id}",
            settings,
            lambda: [call.at for call in server.calls_of("chat.postMessage")],
        )
        return moments[-1] - moments[0], server.too_many


async def _deliver(
    count: int,
    messenger: Messenger,
    address: Callable[[int], str],
    settings: dict[str, str],
    moments: Callable[[], list[float]],
) -> list[float]:
    folder = Path(tempfile.mkdtemp(prefix="notices_", dir="."))
    given = Settings(_env_file=None, data_dir=folder, **settings)  # type: ignore[arg-type]
    database = Database(given.database)
    upgrade(database)
    with database.write() as session:
        for place in range(count):
            _notice(session, place, messenger, address(place))
    database.close()
    try:
        async with running(given, SystemClock(), SystemClock()):
            over = time.monotonic() + count
            while len(found := moments()) < count and time.monotonic() < over:
                await asyncio.sleep(0.2)
        return found
    finally:
        shutil.rmtree(folder)


def _notice(session: Session, place: int, messenger: Messenger, address: str) -> None:
    now = datetime.now(UTC)
    person = Person(code=str(place), name=f"사람 {place}")
    session.add(person)
    session.flush()
    account = Account(
        person_id=person.id or 0, messenger=messenger, address=address, linked_at=now, last_used_at=now
    )
    session.add(account)
    session.flush()
    talk = Talk(session, now, person, account, is_reader=True)
    post(talk, Go("account.help"), Notice(lines(say("보고 기한이 사흘 남았습니다."))), {})


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 3000))
