"""Each city's year, played through the dialogues as its test plays it, in seconds of the processor.

    python -m benchmarks.years [city …]

A year is its own test in `tests/cities`: people report, confirm, decide, rate and give in chat, periods are closed,
results announced, and all of it is held against the tables worked out by hand. Beside it the floor: the independent
program of `tests/cities/by_hand` that only reckons the same results from the files.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.cities.answers import EXAMPLES

_TESTS = Path(__file__).parents[1] / "tests" / "cities"
_ANSWERS = ("실적", "평가", "소관", "가감점", "설문")


def seconds(command: list[str]) -> float:
    """Seconds of the processor a command takes, with all that it starts."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def answers(city: str) -> int:
    """How many answers the year has: reports, papers, values, bonuses, survey answers."""
    files = (EXAMPLES / city / "actuals" / f"{name}.csv" for name in _ANSWERS)
    return sum(len(file.read_text(encoding="utf-8").splitlines()) - 1 for file in files if file.exists())


def by_hand() -> float:
    """Seconds for the tables of all cities by the independent program."""
    return seconds([sys.executable, "-m", "tests.cities.by_hand", "--check"])


def main(*asked: str) -> None:
    cities = sorted(path.name for path in EXAMPLES.glob("*-[0-9]*") if path.is_dir())
    print(f"{'city':14} {'answers':>8} {'its year':>9} {'an answer':>10}")
    for city in cities:
        short = city.split("-")[0]
        test = _TESTS / f"test_{short}.py"
        if not test.exists() or (asked and short not in asked):
            continue
        with tempfile.TemporaryDirectory() as folder:
            options = ["-q", "-p", "no:cacheprovider", "--basetemp", f"{folder}/run"]
            took = seconds([sys.executable, "-m", "pytest", *options, str(test)])
        count = answers(city)
        print(f"{city:14} {count:8,} {took:7.1f} s {took / count * 1000:7.1f} ms", flush=True)
    print(f"all tables by hand, from the files: {by_hand():.1f} s")


if __name__ == "__main__":
    main(*sys.argv[1:])
