"""From the commit to the call of the messenger: a moment."""

import asyncio
import statistics
import time

from tests.outgoing.office import Arrived, Office, until

ROUNDS = 30


async def test_from_commit_to_send_are_milliseconds(office: Office) -> None:
    kim, lee, claiming = office.person("kim"), office.person("lee"), office.claiming()
    own: list[float] = []
    told: list[float] = []
    async with office.courier(claiming) as courier:
        await office.rests()
        for number in range(ROUNDS):
            office.sender.at.clear()
            outcome = await office.workers.write(office._take, kim, Arrived(), claiming, f"{number}")
            committed = time.perf_counter()
            courier.take(outcome.loads)
            await until(lambda: len(office.sender.at) > 0)
            own.append(office.sender.at[0] - committed)
            await office.rests()
            office.sender.at.clear()
            await asyncio.to_thread(office.tell, lee, f"{number}")
            committed = time.perf_counter()
            courier.wake()
            await until(lambda: len(office.sender.at) > 0)
            told.append(office.sender.at[0] - committed)
            await office.rests()
    answers, notices = statistics.median(own) * 1000, statistics.median(told) * 1000
    print(
        f"\n{office.database.engine.name}: an answer after {answers:.2f} ms, a notice after {notices:.2f} ms"
    )
    assert answers < 10 and notices < 50
