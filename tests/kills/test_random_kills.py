"""Killed with -9 at any moment, hundreds of times, while people go on talking."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from time import monotonic

import pytest

from models.messaging.account import Messenger
from models.store import Database
from tests.dialogues.city import CARER, LEAD, OFFICER, SECOND
from tests.kills import checks, drive
from tests.kills.people import arrives, reports, someone, wavers
from tests.kills.town import open_town

KILLS = 100
"""Of each messenger on each database; together two thousand."""
_SLOWEST = 0.015
"""Seconds that a message and its answer are each on their way, at most."""


@pytest.mark.parametrize("messenger", [Messenger.TELEGRAM, Messenger.SLACK])
async def test_nothing_is_lost_or_done_twice(
    messenger: Messenger,
    any_hanbit: Database,
    tmp_path: Path,
    record_property: Callable[[str, object], None],
) -> None:
    async with open_town(messenger, any_hanbit, tmp_path) as town:
        carer, lead = someone(town, CARER), someone(town, LEAD)
        waverers = [someone(town, SECOND), someone(town, OFFICER)]
        await town.lives.begins()
        await asyncio.gather(*(arrives(one) for one in (carer, lead, *waverers)))
        await drive.ends(town)

        town.ledger.slowest = _SLOWEST
        began, stop = monotonic(), asyncio.Event()
        work = [wavers(one, stop) for one in waverers] + [reports(carer, stop)]
        talk = asyncio.gather(*work)
        hit, longest = await drive.kills(town, KILLS, seed=KILLS)
        seconds = monotonic() - began
        await town.lives.begins()
        stop.set()
        await drive.comes_to_its_end(town, talk)
        await drive.rests(town)
        await drive.ends(town)

        told = {
            "kills": hit.total(), "hit": dict(hit), "longest life": f"{longest:.3f} s", "seconds": round(seconds),
            "rounds": [one.rounds for one in (*waverers, carer)], "messages twice": checks.duplicates(town),
        }  # fmt: skip
        record_property("kills", str(told))
        print(messenger, told)
        wrong = checks.find_wrong(town, [carer, *waverers], lead, town.delivered())
        assert not wrong, "\n".join([f"{len(wrong)} faults; {told}", *wrong[:40]])
        assert all(hit[where] >= KILLS // 100 for where in ("start", "turn", "send", "settle")), told
        assert min(one.rounds for one in (*waverers, carer)) >= 3, told
