"""What a turn on Telegram costs, beside the same conversation in bare python-telegram-bot with its pickle persistence.

    python -m benchmarks.telegram_turns [seconds]

Both bots are processes of their own and talk with the same server on this machine, one after the other, at 100
people and at 10,000. Everybody goes through three steps again and again, `at once` people at a time. Measured are
turns a second and the processor time of the bot's process, all of its work included. Ours commits every turn to the
disk before it answers; the other keeps its state in memory and writes it down once a minute.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from models.messaging.account import Account, Messenger
from models.organization import Person as PersonRow
from models.store import Database
from models.store.schema import upgrade
from tests.kit.telegram import TelegramServer, telegram_server
from tests.kit.telegram.people import Person

PEOPLE = (100, 10_000)
AT_ONCE = 20
FIRST_ID = 6_000_000_000
_TICK = os.sysconf("SC_CLK_TCK")
_WAITS = 20.0


@dataclass
class Figures:
    """Of one bot at one number of people."""

    turns: int
    seconds: float
    processor: float

    @property
    def a_second(self) -> float:
        return self.turns / self.seconds

    @property
    def milliseconds(self) -> float:
        """Of processor time a turn."""
        return self.processor / self.turns * 1000


async def main(seconds: float) -> None:
    """Prints a table."""
    print(f"{'people':>8} {'bot':>10} {'turns a second':>15} {'processor ms a turn':>20} {'times bare':>11}")
    for count in PEOPLE:
        bare = await measure("bare", count, seconds)
        ours = await measure("ours", count, seconds)
        for name, one in (("bare", bare), ("ours", ours)):
            ratio = one.milliseconds / bare.milliseconds
            print(f"{count:>8} {name:>10} {one.a_second:>15.0f} {one.milliseconds:>20.2f} {ratio:>11.2f}")


async def measure(name: str, count: int, seconds: float) -> Figures:
    """One bot, warmed up, under as many people at a time as keep it busy."""
    folder = Path(tempfile.mkdtemp(prefix="three_steps_", dir="."))
    async with telegram_server() as server:
        people = [server.person(FIRST_ID + place) for place in range(count)]
        if name == "ours":
            _link(folder, count)
        bot = await asyncio.create_subprocess_exec(
            sys.executable, "-m", f"benchmarks.three_steps.{name}", server.url, server.token, str(folder),
            stderr=asyncio.subprocess.DEVNULL,
        )  # fmt: skip
        try:
            await _talk(server, people[:AT_ONCE], 2.0)
            begun, processor = time.perf_counter(), _processor(bot.pid)
            turns = await _talk(server, people, seconds)
            return Figures(turns, time.perf_counter() - begun, _processor(bot.pid) - processor)
        finally:
            bot.kill()
            await bot.wait()
            shutil.rmtree(folder)


async def _talk(server: TelegramServer, people: list[Person], seconds: float) -> int:
    """Everybody in turn goes through the steps, some at once, until the time is over; how many turns there were."""
    waiting = asyncio.Queue[Person]()
    for person in people:
        waiting.put_nowait(person)
    over, turns = time.perf_counter() + seconds, 0

    async def one() -> None:
        nonlocal turns
        while time.perf_counter() < over:
            person = waiting.get_nowait()
            for words, answer in (("/start", "이름을 적어"), ("김보고", "숫자를 적어"), ("97", "감사합니다")):
                await _turn(server, person, words, answer)
                turns += 1
            # What was said is over: the server shall not carry the whole history along.
            person.chat.messages.clear()
            waiting.put_nowait(person)

    await asyncio.gather(*(one() for _ in range(min(AT_ONCE, len(people)))))
    return turns


async def _turn(server: TelegramServer, person: Person, words: str, answer: str) -> None:
    said = await person.says(words)

    def is_answered() -> bool:
        newest = next(reversed(person.chat.messages.values()), None)
        return newest is not None and newest.message_id > said.message_id and answer in newest.text

    async with asyncio.timeout(_WAITS):
        while not is_answered():
            await asyncio.sleep(0.001)


def _processor(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICK


def _link(folder: Path, count: int) -> None:
    database, now = Database(f"sqlite:///{folder.resolve() / 'bogobot.db'}"), datetime.now(UTC)
    upgrade(database)
    with database.write() as session:
        for place in range(count):
            session.add(PersonRow(id=place + 1, code=str(place), name=f"사람 {place}"))
        session.flush()
        for place in range(count):
            session.add(
                Account(
                    person_id=place + 1, messenger=Messenger.TELEGRAM, address=str(FIRST_ID + place),
                    linked_at=now, last_used_at=now,
                )
            )  # fmt: skip
    database.close()


if __name__ == "__main__":
    asyncio.run(main(float(sys.argv[1]) if len(sys.argv) > 1 else 15.0))
