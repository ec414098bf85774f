"""One life of the bot, from its first day to its last, in rounds."""

from __future__ import annotations

import resource
import time
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from models.store import Database
from tests.soak.crowd import Crowd, open_crowd
from tests.soak.rounds import play, quiet

_PATIENCE, _LONG_PATIENCE = 30.0, 150.0


@dataclass
class Life:
    """What came of it."""

    seed: int
    enforcing: bool
    rounds: int = 0
    acts: int = 0
    seconds: float = 0.0
    wrong: list[str] = field(default_factory=list)
    acknowledged: list[float] = field(default_factory=list)
    resident: list[int] = field(default_factory=list)
    """Megabytes at most, after each round."""

    def told(self) -> str:
        """In a few lines."""
        times = sorted(self.acknowledged) or [0.0]
        p99, most = times[int(len(times) * 0.99)], times[-1]
        head = f"seed {self.seed}{' with limits' if self.enforcing else ''}: {self.rounds} rounds, {self.acts} acts, "
        figures = (
            f"{self.seconds:.0f} s, Slack acknowledged p99 {p99 * 1000:.0f} ms, most {most * 1000:.0f} ms, "
        )
        memory = f"{self.resident} MB"
        return "\n".join([head + figures + memory, *(f"  WRONG {one}" for one in self.wrong)])


async def live(
    database: Database,
    folder: Path,
    seed: int,
    *,
    enforcing: bool,
    seconds: float,
    round_seconds: float = 12.0,
) -> Life:
    """Rounds until the time is over or something is wrong. The seed says what people try and what fails; when they
    do is up to the machine."""
    random, life, begun = Random(seed), Life(seed, enforcing), time.monotonic()
    patience = _LONG_PATIENCE if enforcing else _PATIENCE
    async with open_crowd(database, folder, random, enforcing=enforcing) as crowd:
        life.wrong += [f"at the start: {one}" for one in await quiet(crowd, patience)]
        while not life.wrong and time.monotonic() - begun < seconds:
            faulty = life.rounds % 3 != 0
            life.wrong += await play(crowd, random, seconds=round_seconds, faulty=faulty, patience=patience)
            _count(life, crowd)
        if life.wrong:
            life.wrong += [f"{one.code} {type(one).__name__} did {one.did[-8:]}" for one in crowd.everybody]
    life.seconds = time.monotonic() - begun
    return life


def _count(life: Life, crowd: Crowd) -> None:
    life.rounds += 1
    life.acts = crowd.acts
    life.acknowledged = [ack.seconds for ack in crowd.slack.acks if ack.ok]
    life.resident.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
