"""From the command `bogobot demo` to the first screen in a window: with fresh data, and again with that data.

    python -m benchmarks.demo_start [rounds]

The rounds take turns with a Python that only imports the libraries a web server with a database needs: what is
above that is the bot's own.
"""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter
from urllib.request import urlopen

from websockets.asyncio.client import connect

_BAR = 3.0
_LIBRARIES = "import sqlmodel, starlette.applications, uvicorn, websockets.asyncio.server"


async def first_screen(data_dir: Path) -> float:
    """Seconds until the officer of the demo has their first screen, as its page would show it."""
    started = perf_counter()
    process = await asyncio.create_subprocess_exec(
        Path(sys.executable).with_name("bogobot"), "demo", "--no-browser",
        env=os.environ | {"BOGOBOT_DATA_DIR": str(data_dir), "BOGOBOT_PORT": "0"},
        stdout=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout is not None
    try:
        address = (await process.stdout.readline()).decode().split()[-1]
        state = await asyncio.to_thread(lambda: json.load(urlopen(f"{address}/demo/state")))
        async with connect(address.replace("http", "ws", 1) + "/ws", max_size=None) as socket:
            await socket.send(json.dumps({"op": "hello", "session": state["people"][0]["session"]}))
            while True:
                event = json.loads(await socket.recv())
                if event["op"] == "line" or event.get("lines"):
                    return perf_counter() - started
    finally:
        process.terminate()
        await process.wait()


def libraries() -> float:
    """Seconds until Python has the libraries and nothing else."""
    started = perf_counter()
    subprocess.run([sys.executable, "-c", _LIBRARIES], check=True)
    return perf_counter() - started


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    seconds: dict[str, list[float]] = {"libraries alone": [], "fresh data": [], "with data": []}
    for _ in range(rounds):
        with tempfile.TemporaryDirectory(dir=".") as folder:
            seconds["libraries alone"].append(libraries())
            for title in ("fresh data", "with data"):
                seconds[title].append(asyncio.run(first_screen(Path(folder))))
    floor = median(seconds["libraries alone"])
    print(f"{'':18}{'median s':>10}{'least':>8}{'ratio':>8}   of {rounds}")
    for title, each in seconds.items():
        print(f"{title:18}{median(each):10.2f}{min(each):8.2f}{median(each) / floor:8.1f}")
    slowest = max(median(each) for each in seconds.values())
    print(f"the bar: first screen in under {_BAR:.0f} s - {'held' if slowest < _BAR else 'MISSED'}")


if __name__ == "__main__":
    main()
