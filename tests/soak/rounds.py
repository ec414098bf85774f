"""Rounds of random use: faults come and go, then all grows quiet, and everything must be as it should."""

from __future__ import annotations

import asyncio
import time
from datetime import timedelta
from random import Random

from sqlmodel import col, select

from models.messaging.account import Account, Messenger
from models.messaging.conversation import Conversation, DrawnScreen
from models.organization import Person
from tests.soak import faults
from tests.soak.checks import STALE, find_wrong
from tests.soak.crowd import Crowd
from tests.soak.on_slack import OnSlack
from tests.soak.on_telegram import OnTelegram
from tests.soak.person import Someone

_LOOKS_EVERY = 0.1
_TICKS_EVERY = 1.0
_A_WHILE = timedelta(seconds=40)


async def play(crowd: Crowd, random: Random, *, seconds: float, faulty: bool, patience: float) -> list[str]:
    """One round; what is wrong after it. `patience`: seconds until it has to be quiet."""
    until = time.monotonic() + seconds
    trouble = asyncio.create_task(_trouble(crowd, random, until)) if faulty else None
    await asyncio.gather(*(_lives(one, until) for one in crowd.everybody))
    if trouble is not None:
        await trouble
    faults.end(crowd.telegram, crowd.slack)
    await _everybody_is_back(crowd)
    left = await quiet(crowd, patience)
    if left:
        return [f"not quiet after {patience} s: {one}" for one in left]
    wrong = find_wrong(crowd, faulty=faulty)
    wrong += await _buttons_work(crowd, random, patience)
    crowd.telegram.refusals.clear()
    _between(crowd, random)
    return wrong


async def quiet(crowd: Crowd, patience: float) -> list[str]:
    """Waits until nothing is on its way; what still is when patience ends."""
    until, tick_at = time.monotonic() + patience, 0.0
    calm = 0
    while calm < 4:
        now = time.monotonic()
        if now > until:
            return [*crowd.waiting(), *_unsettled(crowd)]
        if now > tick_at:
            # Pauses after failures are the machine's minutes.
            crowd.town.machine.move(_A_WHILE)
            for channel in crowd.town.house.channels:
                await channel.tick()
            tick_at = now + _TICKS_EVERY
        await asyncio.sleep(_LOOKS_EVERY)
        calm = 0 if crowd.waiting() or _unsettled(crowd) else calm + 1
    return []


def _unsettled(crowd: Crowd) -> list[str]:
    state = crowd.telegram.state
    found = [f"{state.updates.unsettled} updates"] if state.updates.unsettled else []
    found += [f"{state.calls_under_way} calls"] if state.calls_under_way else []
    return [*found, *(["Slack is busy"] if crowd.slack._busy else [])]


async def _lives(one: Someone, until: float) -> None:
    while time.monotonic() < until:
        if one.random.random() < 0.4:
            await one.wanders(one.random.randint(1, 6))
        else:
            await one.acts_once()
        await asyncio.sleep(one.random.uniform(0.0, 0.4))


async def _trouble(crowd: Crowd, random: Random, until: float) -> None:
    while time.monotonic() < until:
        if random.random() < 0.5:
            faults.strike_telegram(crowd.telegram, random)
        else:
            faults.strike_slack(crowd.slack, random)
        await asyncio.sleep(random.uniform(0.05, 0.4))


async def _everybody_is_back(crowd: Crowd) -> None:
    for one in crowd.everybody:
        if isinstance(one, OnTelegram):
            if one.ways()[0][0] == "unblocks":
                await one.person.unblocks_the_bot()
        elif isinstance(one, OnSlack) and one.person.user.get("is_restricted"):
            await one.person.becomes(is_restricted=False)
    await crowd.slack.retry_now()


async def _buttons_work(crowd: Crowd, random: Random, patience: float) -> list[str]:
    """Where somebody stands, a button does what it says, and nobody is told that it is an old one."""
    wrong = []
    for account, screen in _standing(crowd):
        one = _at(crowd, account)
        if one is None or not screen.message or not screen.actions:
            continue
        before = one.reads().count(STALE[0])
        value = f"{screen.token}.{random.randrange(len(screen.actions))}"
        if isinstance(one, OnTelegram):
            await one.person.presses_data(int(screen.message.split(",")[-1]), value)
        elif isinstance(one, OnSlack):
            shown = [place for place in one.person.messages if place.ts == screen.message.partition(":")[2]]
            working = [p for p in (shown[0].pressables if shown else ()) if screen.token in str(p.element)]
            if not working:
                wrong.append(f"{one.code} on Slack has no button of screen {screen.id} {screen.step}")
                continue
            await one.person.presses(random.choice(working))
        if left := await quiet(crowd, patience):
            return [*wrong, *left]
        if one.reads().count(STALE[0]) > before:
            wrong.append(f"{one.code}: a button of {screen.kind} {screen.step} ({value}) was an old one")
    return wrong


def _standing(crowd: Crowd) -> list[tuple[Account, DrawnScreen]]:
    with crowd.town.database.read() as session:
        rows = session.exec(
            select(Account, DrawnScreen)
            .join(DrawnScreen, col(DrawnScreen.account_id) == col(Account.id))
            .join(Conversation, col(Conversation.screen_id) == col(DrawnScreen.id))
            .join(Person, col(Person.id) == col(Account.person_id))
            .where(col(DrawnScreen.live), col(Account.address).is_not(None))
            .where(col(Account.unreachable_since).is_(None), Account.messenger != Messenger.WEB)
            .where(DrawnScreen.expires_at > crowd.town.clock.now())
            .where(col(Person.left_on).is_(None))
        ).all()
        session.expunge_all()
        return [(account, screen) for account, screen in rows]


def _at(crowd: Crowd, account: Account) -> Someone | None:
    for one in crowd.linked:
        if isinstance(one, OnTelegram) and str(one.person.user_id) == account.address:
            return one
        if isinstance(one, OnSlack) and str(account.address).endswith(f":{one.person.id}"):
            return one
    return None


def _between(crowd: Crowd, random: Random) -> None:
    """Days pass, and identifiers begin anew."""
    if random.random() < 0.5:
        crowd.town.passes(days=random.randint(0, 3), hours=random.randint(0, 20))
    if random.random() < 0.5 and not crowd.telegram.updates.unsettled:
        crowd.telegram.updates.restart_ids(random.randrange(1, 300_000_000))
