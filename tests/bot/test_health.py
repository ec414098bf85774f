"""What those who watch over the bot are told."""

import asyncio
from datetime import timedelta
from pathlib import Path
from threading import Barrier

import pytest
import sqlalchemy as sa

from bot import clockwork, health
from models.messaging.account import web_account
from models.reminding.looking import LOOK_EVERY
from models.reminding.table import Digest, DigestKind, Reminder, ReminderState
from models.store import Database
from tests.kit.served import Served
from tests.kit.served_city import Mishaps


async def test_it_is_healthy_and_ready_while_all_is_well(served: Served) -> None:
    alive = await served.client.get("/healthz")
    assert (alive.status_code, alive.json()["ok"]) == (200, True)
    assert 0 <= alive.json()["tick_age_seconds"] < 60
    ready = await served.client.get("/readyz")
    assert (ready.status_code, ready.json()) == (200, {"ready": True, "faults": []})


async def test_it_is_not_ready_when_nothing_has_ticked_for_a_minute(served: Served) -> None:
    await served.house.tick()
    served.machine.move(timedelta(seconds=61))
    answer = await served.client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json() == {"ready": False, "faults": ["the scheduler has not ticked for 61 seconds"]}
    alive = await served.client.get("/healthz")
    assert (alive.status_code, alive.json()) == (200, {"ok": True, "tick_age_seconds": 61.0})


async def test_it_is_not_ready_while_the_scheduler_is_dead(served: Served, mishaps: Mishaps) -> None:
    await served.house.tick()
    served.house.ticker.stop()
    await asyncio.sleep(0)
    answer = await served.client.get("/readyz")
    assert (answer.status_code, answer.json()["faults"]) == (503, ["the scheduler is dead"])
    served.house.ticker.look_after()
    assert (await served.client.get("/readyz")).status_code == 200
    assert [event["event"] for event in mishaps] == ["scheduler.dead"]
    mishaps.clear()


async def test_a_part_that_keeps_failing_is_named(
    served: Served, monkeypatch: pytest.MonkeyPatch, mishaps: Mishaps
) -> None:
    await served.house.tick()

    def fails(*_: object) -> None:
        raise LookupError("김담당")

    monkeypatch.setattr(clockwork, "course", fails)
    served.clock.move(LOOK_EVERY)
    for _ in range(7):
        served.machine.move(timedelta(seconds=10))
        await served.house.tick()
    answer = await served.client.get("/readyz")
    assert (answer.status_code, answer.json()["faults"]) == (
        503,
        ["reminders has not been done for 70 seconds"],
    )
    assert {(event["event"], event["kind"]) for event in mishaps} == {("tick.failed", "reminders")}
    mishaps.clear()


async def test_reminders_and_digests_are_counted(served: Served) -> None:
    served.write(lambda session: web_account(session, served.clock.now(), served.city.people["officer"]).id)
    served.clock.move(LOOK_EVERY)
    await served.house.tick()
    served.write(lambda session: session.execute(sa.update(Reminder).values(state=ReminderState.TODO)))
    served.clock.move(timedelta(minutes=2))
    figures = (await served.client.get("/metrics")).text
    waits = float(figures.partition("\nbogobot_reminder_wait_seconds ")[2].partition("\n")[0])
    count, duties = len(served.rows(Reminder)), len(served.rows(Digest, Digest.kind == DigestKind.DUTIES))
    assert count and waits >= 120
    assert f'bogobot_reminders{{state="todo"}} {count}.0' in figures
    assert 'bogobot_reminders{state="nowhere"} 0.0' in figures
    assert f'bogobot_digests{{kind="duties"}} {duties}.0' in figures


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
    await _has_done_what_it_was_at(served)
    mishaps.clear()  # a delivery may have been tried meanwhile


async def _has_done_what_it_was_at(served: Served) -> None:
    """Every thread that reads or writes has come to this, and whoever waited for it has heard of it."""
    workers, both = served.house.workers, Barrier(2, timeout=10)
    await asyncio.gather(
        workers.write(lambda _: None), *(workers.read(lambda _: both.wait()) for _ in range(both.parties))
    )
    for _ in range(10):
        await asyncio.sleep(0)


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
    assert 'bogobot_tick_age_seconds{part="reminders"} ' in figures.text
    assert "김담당" not in figures.text
