"""An hour of random use, or as many minutes as one has: `python -m tests.soak MINUTES SEED`."""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from pathlib import Path

from tests.dialogues import city
from tests.kit.databases import sqlite_copy, sqlite_template
from tests.soak.life import live


async def soak(minutes: float, seed: int) -> int:
    """Lives of a few minutes each, every second one under the services' limits. How many went wrong."""
    until, wrong = time.monotonic() + 60 * minutes, 0
    while time.monotonic() < until:
        with tempfile.TemporaryDirectory() as folder:
            template = sqlite_template(Path(folder))
            with sqlite_copy(template, Path(folder)) as database:
                city.settle(database, Path(folder))
                enforcing = seed % 2 == 1
                left = until - time.monotonic()
                life = await live(database, Path(folder), seed, enforcing=enforcing, seconds=min(180.0, left))
        print(life.told(), flush=True)
        wrong += bool(life.wrong)
        seed += 1
    return wrong


if __name__ == "__main__":
    given = [float(one) for one in sys.argv[1:3]]
    sys.exit(
        asyncio.run(soak(given[0] if given else 10, int(given[1]) if len(given) > 1 else int(time.time())))
        > 0
    )
