"""Killed while the clock does its work: everybody still has one digest of everything, each morning."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median
from time import monotonic

import pytest
from sqlmodel import Session, col, select

from models.clock import local_day
from models.messaging.account import Messenger
from models.messaging.conversation import DrawnScreen
from models.messaging.outbox import NOTHING_LEFT, Outbox, Sending
from models.reminding.looking import look, next_to_send
from models.reminding.table import Digest, Reminder
from models.store import Database
from tests.dialogues.city import ADMINISTRATOR, CARER, LEAD, MONDAY, OFFICER
from tests.kills import checks, drive
from tests.kills.people import arrives, someone
from tests.kills.points import WAITS_FOR_ITS_KILLER, Point
from tests.kills.town import Town, open_town

PEOPLE = (OFFICER, CARER, LEAD, ADMINISTRATOR)
LIVES_A_MORNING = 2
MORNINGS_ON_END = [MONDAY + timedelta(weeks=week, days=day) for week in range(4) for day in range(5)]
KILLS = LIVES_A_MORNING * len(MORNINGS_ON_END)
_LOOKS, _PATIENCE = 6, 10.0
_SPREAD = 2.2
"""How long a life lasts at most, in times of what it takes from birth to the first message that is sent."""


@dataclass(frozen=True)
class Death:
    """Where the bot dies in a morning."""

    point: Point = Point.NOWHERE
    nth: int = 1
    after: bool | None = None
    """Of a message that hangs on its way: whether it was taken."""
    in_flight: bool = False
    """Messages are on their way then, and may come twice."""

    def __str__(self) -> str:
        hanging = {
            None: "",
            False: "while a digest is sent",
            True: "while a digest is sent, after it was taken",
        }
        return self.point or hanging[self.after]


MORNINGS = [
    (12, Death(Point.BEFORE_WRITING)),
    (15, Death(Point.BETWEEN_PIECES)),
    (16, Death(Point.BETWEEN_PIECES, nth=3)),
    (17, Death(Point.BEFORE_DIGESTS)),
    (18, Death(Point.AFTER_DIGESTS)),
    (19, Death(Point.BEFORE_SENDING, nth=2, in_flight=True)),
    (22, Death(after=False, in_flight=True)),
    (23, Death(after=True, in_flight=True)),
    (24, Death(Point.BEFORE_RECORDING, in_flight=True)),
]
"""Days of July on which something is due or late for everybody, and how the bot dies then."""


BOTH = [
    pytest.param(Messenger.TELEGRAM, "hanbit", id="telegram-sqlite"),
    pytest.param(Messenger.SLACK, "postgres_hanbit", id="slack-postgres", marks=[pytest.mark.postgres]),
]


@pytest.fixture
def chosen(request: pytest.FixtureRequest) -> Database:
    found: Database = request.getfixturevalue(request.param)
    return found


@pytest.mark.parametrize(("messenger", "chosen"), BOTH, indirect=["chosen"])
async def test_every_morning_has_one_digest_wherever_the_bot_dies(
    messenger: Messenger, chosen: Database, tmp_path: Path
) -> None:
    async with open_town(messenger, chosen, tmp_path, reminds=True) as town:
        people = await _everybody(town)
        for day, death in MORNINGS:
            before = checks.duplicates(town)
            town.lives.now = MONDAY.replace(day=day)
            await _dies(town, death)
            await town.lives.begins()
            await _has_done_all(town)
            await drive.ends(town)
            with town.database.read() as session:
                today = local_day(town.lives.now)
                told = select(Digest.person_id, Digest.kind).where(Digest.day == today)
                digests = Counter((one, kind) for one, kind in session.exec(told) if one in people)
                wrong = [*_wrong(session, town), *checks._sent_again(town)]
                wrong += [f"{key}: {n}" for key, n in digests.items() if n > 1]
            assert {one for one, _ in digests} >= set(people[:3])
            assert not wrong, "\n".join([f"day {day}, {death}", *wrong])
            twice = checks.duplicates(town) - before
            assert death.in_flight or not twice, str(death)
            if death.after and messenger is Messenger.TELEGRAM:
                assert twice, str(death)


@pytest.mark.parametrize(("messenger", "chosen"), BOTH, indirect=["chosen"])
async def test_days_of_kills_lose_no_reminder_and_tell_none_twice(
    messenger: Messenger, chosen: Database, tmp_path: Path
) -> None:
    async with open_town(messenger, chosen, tmp_path, reminds=True) as town:
        await _everybody(town)
        town.ledger.slowest = 0.015
        chance, hit, lasted = random.Random(KILLS), Counter[str](), [0.2]
        for number in range(KILLS):
            town.lives.now = MORNINGS_ON_END[number // LIVES_A_MORNING]
            born = monotonic()
            await town.lives.begins()
            if number % (3 * LIVES_A_MORNING):
                await asyncio.sleep(chance.uniform(0, _SPREAD * median(lasted)))
            else:
                await drive._sends(town)
                lasted.append(monotonic() - born)
            hit[await drive.ends(town)] += 1
        await town.lives.begins()
        await _has_done_all(town)
        await drive.ends(town)
        with town.database.read() as session:
            wrong = [*_wrong(session, town), *checks._sent_again(town)]
            digests = len(session.exec(select(Digest.id)).all())
        assert not wrong, "\n".join([f"{len(wrong)} faults; {dict(hit)}", *wrong[:40]])
        print(messenger, dict(hit), digests, "digests", checks.duplicates(town), "twice")
        assert len(hit) >= 2 and digests > 10, (hit, digests)


async def _everybody(town: Town) -> list[int]:
    """People who talk with the bot, and have what there is to say on the first day; their ids."""
    everybody = [someone(town, code) for code in PEOPLE]
    await town.lives.begins()
    await asyncio.gather(*(arrives(one) for one in everybody))
    await drive.rests(town)
    await drive.ends(town)
    return [one.person_id for one in everybody]


async def _dies(town: Town, death: Death) -> None:
    """A bot lives until it comes to the point, and no longer."""
    if death.after is not None:
        method = "sendMessage" if town.messenger is Messenger.TELEGRAM else "chat.postMessage"
        held = town.ledger.holds(method, after=death.after)
        await town.lives.begins()
        await held.comes()
    else:
        await town.lives.begins(death.point, death.nth)
        await town.lives.reaches_its_point()
        if death.point not in WAITS_FOR_ITS_KILLER:
            await town.lives.is_gone()
    await drive.ends(town)


async def _has_done_all(town: Town) -> None:
    """Waits until nothing is due and everything is sent.

    A life looks when it is born and minutes later. What a killed one had written and this one found no way to tell
    makes something due for administrators, which the next look finds: that of another life, whose clock stands too.
    """
    for _ in range(_LOOKS):
        done = await _does_all_it_knows(town)
        await drive.rests(town)
        if done:
            return
        await drive.ends(town)
        await town.lives.begins()
    raise AssertionError(f"after {_LOOKS} looks there is still something due")


async def _does_all_it_knows(town: Town) -> bool:
    """Waits until nothing waits to be sent; whether nothing more is due by then, or soon after."""
    until = monotonic() + _PATIENCE
    while monotonic() < until:
        with town.database.read() as session:
            if next_to_send(session) > town.lives.now and not look(session, town.lives.now).new:
                return True
        await asyncio.sleep(0.02)
    return False


def _wrong(session: Session, town: Town) -> Iterator[str]:
    """Every digest is one message that came; each reminder is told in one of them; one at a time for each kind.

    One of which nothing was left to say as it left is no message: its digest is free, and may be told of later.
    """
    posts = town.ledger.posts()
    linked = {one.person_id for one in session.exec(select(DrawnScreen))}
    screens = session.exec(select(DrawnScreen).where(col(DrawnScreen.step).startswith("reminders.")))
    digest_of = {screen.id: screen.data["digest"] for screen in screens}
    by_digest: dict[int, list[Outbox]] = {}
    for row in session.exec(select(Outbox).where(col(Outbox.screen_id).in_(digest_of))):
        by_digest.setdefault(digest_of[row.screen_id], []).append(row)
    seen: Counter[tuple[int, str, datetime]] = Counter()
    for digest in session.exec(select(Digest).where(col(Digest.person_id).in_(linked))):
        seen[digest.person_id, digest.kind, digest.made_at] += 1
        of_it = by_digest.get(digest.id or 0, [])
        told = [row for row in of_it if row.fault != NOTHING_LEFT]
        if not of_it or len(told) > 1:
            yield f"digest {digest.id} is {len(told)} messages, and came {len(of_it) - len(told)} times to nothing"
        for row in told:
            came = len(posts.get(row.id or 0, []))
            if row.state is not Sending.SENT or not came:
                yield f"row {row.id} of digest {digest.id} is {row.state}, and came {came} times"
    yield from (f"{key} has {count} digests at once" for key, count in seen.items() if count > 1)
    untold = select(Reminder).where(col(Reminder.digest_id).is_(None), col(Reminder.person_id).in_(linked))
    # What is found after the day's view of the city was told comes with tomorrow's.
    untold = untold.where(Reminder.send_at <= town.lives.now)
    yield from (f"{one.kind} of {one.subject} is {one.state}, untold" for one in session.exec(untold))
