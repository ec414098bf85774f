"""Three thousand reminders to three thousand people, through servers that enforce the published limits.

    python -m benchmarks.notices [how many]

The bot runs in this process as it does in a city. Its first tick finds that everybody has a report due tomorrow, and
gathers a digest for each, drawn as it leaves. The server counts: how many arrived in how long, and how often it had to
say 429. Telegram allows 30 messages a second overall; Slack one a second to each person and none overall that is
published.
"""

from __future__ import annotations

import asyncio
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from sqlmodel import Session

from bot.app import running
from bot.settings import Settings
from models.clock import MovableClock, SystemClock
from models.messaging.account import Account, Messenger
from models.organization import Department, DepartmentKind, Person
from models.plan import Cycle, Indicator, Period
from models.scoring import Kind
from models.store import Database
from models.store.schema import upgrade
from tests.kit.slack import slack_server
from tests.kit.telegram import telegram_server

TELEGRAM_A_SECOND = 30
_FIRST_ID = 6_000_000_000
_TUESDAY = datetime(2019, 7, 9, 1, tzinfo=UTC)
"""A working morning, ten o'clock in Seoul, whenever this is run."""


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
        _city(session, count, messenger, address)
    database.close()
    try:
        async with running(given, MovableClock(_TUESDAY), SystemClock()):
            over = time.monotonic() + count
            while len(found := moments()) < count and time.monotonic() < over:
                await asyncio.sleep(0.2)
        return found
    finally:
        shutil.rmtree(folder)


def _city(session: Session, count: int, messenger: Messenger, address: Callable[[int], str]) -> None:
    """Everybody reports an indicator; all are due tomorrow."""
    place = Department(code="A", name="총무과", kind=DepartmentKind.DIVISION, path="/A/")
    cycle = Cycle(code="2019", name="2019년", starts_on=date(2019, 1, 1), ends_on=date(2019, 12, 31))
    people = [Person(code=str(number), name=f"사람 {number}") for number in range(count)]
    session.add_all([place, cycle, *people])
    session.flush()
    assert place.id is not None and cycle.id is not None
    period = Period(
        cycle_id=cycle.id, code="H1", name="상반기", starts_on=cycle.starts_on, ends_on=date(2019, 6, 30),
        report_due=_TUESDAY + timedelta(days=1), review_due=_TUESDAY + timedelta(days=30),
    )  # fmt: skip
    session.add(period)
    for number, person in enumerate(people):
        account = Account(
            person_id=person.id or 0, messenger=messenger, linked_at=_TUESDAY, last_used_at=_TUESDAY
        )
        account.address = address(number)
        session.add(account)
        session.add(
            Indicator(
                cycle_id=cycle.id,
                code=str(number),
                name=f"민원처리율 {number}",
                department_id=place.id,
                officer_id=person.id,
                kind=Kind.HIGHER,
                weight=Decimal(100),
            )
        )


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 3000))
