"""What those who watch over the bot are told."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from bot import health
from models.messaging.account import web_account
from models.store import Database
from tests.kit.served import Served
from tests.kit.served_city import Mishaps


async def test_it_is_healthy_and_ready_while_all_is_well(served: Served) -> None:
    alive = await served.client.get("/healthz")
    assert (alive.status_code, alive.text) == (200, "ok\n")
    ready = await served.client.get("/readyz")
    assert (ready.status_code, ready.json()) == (200, {"ready": True, "faults": []})


async def test_it_is_not_ready_when_nothing_has_ticked_for_a_minute(served: Served) -> None:
    answer = await served.client.get("/readyz")
    async with asyncio.timeout(5):
        while answer.status_code == 200:  # the first tick may just be coming to its end
            served.machine.move(timedelta(seconds=61))
            answer = await served.client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json() == {"ready": False, "faults": ["the scheduler has stopped ticking"]}
    assert (await served.client.get("/healthz")).status_code == 200


@pytest.mark.parametrize("gone", ["missing", "another folder", "no database"])
async def test_it_is_not_ready_without_its_database(
    served: Served, tmp_path: Path, gone: str, mishaps: Mishaps
) -> None:
    place = tmp_path / gone / "city.sqlite" if gone == "another folder" else tmp_path / f"{gone}.sqlite"
    if gone == "no database":
        place.write_bytes(b"this is no database" * 100)
    kept, served.house.workers.database = served.house.workers.database, Database(f"sqlite:///{place}")
    answer = await served.client.get("/readyz")
    assert answer.status_code == 503
    [fault] = answer.json()["faults"]
    assert fault.startswith("the database does not answer: ") and str(tmp_path) not in fault
    served.house.workers.database.close()
    served.house.workers.database = kept
    assert (await served.client.get("/readyz")).status_code == 200
    mishaps.clear()  # a delivery may have been tried meanwhile


async def test_a_database_that_hangs_is_no_reason_to_hang(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "_ANSWERS_WITHIN", 0)
    answer = await served.client.get("/readyz")
    assert answer.status_code == 503 and "TimeoutError" in answer.text


async def test_the_figures_count_windows_and_messages(served: Served) -> None:
    served.write(lambda session: web_account(session, served.clock.now(), served.city.people["officer"]).id)
    async with served.window("officer") as officer:
        await officer.says("도움말")
        await officer.sees("이렇게 입력해 보세요")
        figures = await served.client.get("/metrics")
    assert figures.headers["content-type"].startswith("text/plain")
    assert "bogobot_windows 1.0" in figures.text
    assert 'bogobot_outbox{messenger="web",state="sent"}' in figures.text
    assert "bogobot_tick_age_seconds 0.0" in figures.text
    assert "김담당" not in figures.text
