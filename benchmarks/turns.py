"""How long people wait for an answer: Seoul's people talk over WebSockets with a server in its own process.

    python -m benchmarks.turns [seconds] [turns a second] [people]

Answers arrive at a constant rate whether or not the ones before were served, and each is timed from the moment it
was due, so a server that stalls cannot hide it (no coordinated omission). In the same run, over the same sockets,
pings that touch no database are timed as well: the difference between the two is what the bot takes.
"""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles
from time import perf_counter
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from benchmarks.town import Answerer, Event, Town, seoul
from bot.web.sessions import Sessions
from handlers.dialogue.answers import FromMessenger, PressedToken, Said
from models.clock import SystemClock
from models.messaging.account import Account
from models.store import Database

_BAR = 100.0
_GIVES_UP_AFTER = 30.0


@dataclass
class Waits:
    """Milliseconds people waited, from when they were due to answer."""

    acknowledged: list[float] = field(default_factory=list)
    answered: list[float] = field(default_factory=list)
    pings: list[float] = field(default_factory=list)
    refused: int = 0


@dataclass
class Window:
    """One person's open window, with at most one answer of theirs under way."""

    socket: ClientConnection
    answerer: Answerer
    waits: Waits
    free: asyncio.Lock = field(default_factory=asyncio.Lock)
    _due: float = 0.0
    _key: str = ""
    _pinged: float = 0.0
    _is_acknowledged: bool = False
    _answered: asyncio.Event = field(default_factory=asyncio.Event)

    async def read(self) -> None:
        """Sees everything the server sends, and notes what was waited for."""
        with suppress(ConnectionClosed):
            async for raw in self.socket:
                self._see(json.loads(raw))

    def _see(self, event: Event) -> None:
        self.answerer.see(event)
        match event["op"]:
            case "ack" if event["id"] == self._key:
                self._is_acknowledged = True
                self.waits.acknowledged.append(_since(self._due))
            case "line" if event["line"]["who"] == "bot" and event["line"]["body"]["live"]:
                if self._is_acknowledged and not self._answered.is_set():
                    self.waits.answered.append(_since(self._due))
                if self._is_acknowledged or not self._key:
                    self._answered.set()
            case "pong":
                self.waits.pings.append(_since(self._pinged))
            case "refused":
                self.waits.refused += 1
                self._answered.set()

    async def answer(self, key: str, due: float) -> None:
        """One answer and the wait for what follows; whoever is still waiting for the last answers after that."""
        async with self.free:
            self._key, self._due, self._is_acknowledged = key, due, False
            self._answered.clear()
            await self.socket.send(json.dumps({"id": key} | _message(self.answerer.answer())))
            async with asyncio.timeout(_GIVES_UP_AFTER):
                await self._answered.wait()

    async def ping(self, due: float) -> None:
        self._pinged = due
        await self.socket.send('{"op": "ping"}')

    async def first_screen(self) -> None:
        async with asyncio.timeout(_GIVES_UP_AFTER):
            await self._answered.wait()


def _since(moment: float) -> float:
    return (perf_counter() - moment) * 1000


def _message(answer: FromMessenger) -> dict[str, Any]:
    match answer:
        case Said(text, files):
            return {"op": "say", "text": text, "files": list(files)}
        case PressedToken(token):
            return {"op": "press", "token": token}
    raise ValueError(answer)


@asynccontextmanager
async def server(data_dir: Path) -> AsyncIterator[tuple[str, int]]:
    """`bogobot demo` over that data: its WebSocket's address and its process."""
    process = await asyncio.create_subprocess_exec(
        Path(sys.executable).with_name("bogobot"), "demo", "--no-browser",
        env=os.environ | {"BOGOBOT_DATA_DIR": str(data_dir), "BOGOBOT_PORT": "0"},
        stdout=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout is not None
    try:
        address = (await process.stdout.readline()).decode().split()[-1]
        yield address.replace("http", "ws", 1) + "/ws", process.pid
    finally:
        process.terminate()
        await process.wait()


def log_in(town: Town) -> list[str]:
    """A session for everybody."""
    database = Database(town.settings.database)
    sessions = Sessions(town.settings.signing_key(), SystemClock(), town.clock.clock)
    with database.write() as session:
        values = [sessions.begin(session, session.get_one(Account, one.account_id)) for one in town.answerers]
    database.close()
    return values


async def load(town: Town, address: str, process: int, rate: float, seconds: float) -> Waits:
    """Opens everybody's window, then sends answers at the rate for so long."""
    waits, windows, readers = Waits(), [], []
    for session, answerer in zip(log_in(town), town.answerers, strict=True):
        socket = await connect(address, max_size=None)
        await socket.send(json.dumps({"op": "hello", "session": session}))
        windows.append(Window(socket, answerer, waits))
        readers.append(asyncio.create_task(windows[-1].read()))
        await windows[-1].first_screen()
    await _steady(windows, rate, len(windows))  # what is done for the first time only is not measured
    for kind in (waits.acknowledged, waits.answered, waits.pings):
        kind.clear()
    used, count = processor_seconds(process), int(rate * seconds)
    await _steady(windows, rate, count)
    used = processor_seconds(process) - used
    print(f"{count} turns of {len(windows)} people, {rate:g} a second; refused: {waits.refused}")
    print(
        f"the server used {used / count * 1000:.1f} ms of processor a turn, {used / seconds:.0%} of one core"
    )
    for window, reader in zip(windows, readers, strict=True):
        await window.socket.close()
        await reader
    return waits


async def _steady(windows: list[Window], rate: float, count: int) -> None:
    begin, answers = perf_counter() + 0.1, []
    for number in range(count):
        due = begin + number / rate
        await asyncio.sleep(due - perf_counter())
        window = windows[number % len(windows)]
        answers.append(asyncio.create_task(window.answer(f"{begin}-{number}", due)))
        if number % 5 == 0:
            await windows[(number + len(windows) // 2) % len(windows)].ping(due)
    await asyncio.gather(*answers)


def processor_seconds(process: int) -> float:
    """Seconds of processor a process has used so far (Linux)."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def report(waits: Waits) -> None:
    floor = _percentiles(waits.pings)
    print(f"{'ms':22}{'p50':>8}{'p99':>8}{'most':>8}{'p50/ping':>10}")
    kinds = {
        "answer to acknowledged": waits.acknowledged,
        "answer to its screen": waits.answered,
        "ping": waits.pings,
    }
    for title, kind in kinds.items():
        p50, p99 = _percentiles(kind)
        print(f"{title:22}{p50:8.1f}{p99:8.1f}{max(kind):8.1f}{p50 / floor[0]:10.1f}")
    print(
        f"the bar: p99 under {_BAR:.0f} ms - {'held' if _percentiles(waits.answered)[1] < _BAR else 'MISSED'}"
    )


def _percentiles(values: Iterable[float]) -> tuple[float, float]:
    cuts = quantiles(values, n=100)
    return cuts[49], cuts[98]


async def main() -> None:
    seconds, rate, people = (float(one) for one in (*sys.argv[1:], *("20", "50", "200")[len(sys.argv) - 1 :]))
    with tempfile.TemporaryDirectory(dir=".") as folder:
        town = seoul(Path(folder), int(people))
        async with server(Path(folder)) as (address, process):
            waits = await load(town, address, process, rate, seconds)
    report(waits)


if __name__ == "__main__":
    asyncio.run(main())
