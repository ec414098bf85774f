"""Bots that are born in milliseconds: a process imports everything once and forks one each time it is asked.

    python -m tests.kills.zygote <log>      reads one JSON line a birth and answers with the pid

It has one thread and no event loop of its own, so that what is forked is clean. What is born runs the channels of
`bot.app.running`, over the settings it was given, until it is killed; it says when it reaches the point it waits for.
"""

from __future__ import annotations

import asyncio
import gc
import json
import os
import signal
import sys
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import configure_mappers

from bot.app import running
from bot.logs import set_up_logs
from bot.settings import Settings
from models.clock import MovableClock, SystemClock
from models.words import say, translator
from models.working_days import WorkingDays
from tests.kills import points
from tests.kills.labels import label_calls
from tests.kills.pace import keep_no_pace

# What the channels load where they are used, loaded once here.
import bot.slack.channel  # isort: skip
import bot.telegram.channel  # noqa: F401  # isort: skip


def main(log: str) -> None:
    """Forks until its input ends."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for them, and none stays a zombie
    _warm_up()
    tell({"ready": os.getpid()})
    for line in sys.stdin:
        born = os.fork()
        if born == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            live(json.loads(line), log)
        tell({"pid": born})


def live(wanted: dict[str, Any], log: str) -> None:
    """One life."""
    said_to, errors = os.dup(1), os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(errors, 1)
    os.dup2(errors, 2)
    set_up_logs()
    label_calls(wanted["life"])
    keep_no_pace()
    points.stop_at(points.Point(wanted["point"]), wanted["nth"], lambda: _reached(said_to, wanted["life"]))
    settings = Settings(_env_file=None, **wanted["settings"])
    clock = MovableClock(datetime.fromisoformat(wanted["now"]), ticking=False)

    async def run() -> None:
        async with running(settings, clock, SystemClock()):
            await asyncio.Event().wait()

    asyncio.run(run())


def tell(answer: dict[str, int]) -> None:
    print(json.dumps(answer), flush=True)


def _reached(said_to: int, life: int) -> None:
    os.write(said_to, json.dumps({"reached": life}).encode() + b"\n")


def _warm_up() -> None:
    """What every life would do again at its beginning."""
    configure_mappers()
    WorkingDays().is_working(date(2019, 7, 8))
    for locale in ("ko", "en"):
        translator(locale)(say("처음으로"))
    gc.collect()
    gc.freeze()


if __name__ == "__main__":
    main(sys.argv[1])
