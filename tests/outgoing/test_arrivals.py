"""What could not be taken at once is taken later: in order, at its time, again where it failed."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError
from sqlmodel import Session, select

import bot.arrivals as arrivals
from bot.arrivals import Arrivals
from bot.parts import Deliveries, Parts
from bot.wakeful import Wakeful
from models.messaging.arrival import Arrival, ArrivalState, done, keep
from tests.kit.served_city import Mishaps
from tests.outgoing.office import BOOK, TELEGRAM, Office, until


class Taking:
    """Arrivals with a way of taking them that does as it is told."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.taken: list[list[str]] = []
        self.given_up: list[list[str]] = []
        self.faults: list[Exception] = []
        self.is_closed: asyncio.Event | None = None
        self.began = 0
        parts = Parts(
            office.workers, office.clock, office.machine, BOOK, office.vault, office.claiming(), Deliveries(),
            Wakeful("errands", asyncio.Event().wait), "", "ko",  # type: ignore[arg-type]
        )  # fmt: skip
        self.arrivals = Arrivals(parts, TELEGRAM, self._take, self._give_up)
        self._keys = 0

    def keep(self, address: str, words: str, *, bundle: str = "", seconds: float = 0) -> None:
        self._keys += 1
        with self.office.database.write() as session:
            keep(
                session, self.office.clock.now(), f"{self._keys}", TELEGRAM, address, {"words": words},
                ready_at=self.office.machine.now() + timedelta(seconds=seconds), bundle=bundle,
            )  # fmt: skip
        self.arrivals.wake(address)

    def left(self) -> list[Arrival]:
        with self.office.database.read() as session:
            return list(session.exec(select(Arrival)))

    async def _take(self, bundle: Sequence[Arrival]) -> None:
        self.began += 1
        if self.is_closed is not None:
            await self.is_closed.wait()
        if self.faults:
            raise self.faults.pop(0)
        await self.office.workers.write(self._done, bundle)

    def _done(self, session: Session, bundle: Sequence[Arrival]) -> None:
        if done(session, bundle):
            self.taken.append([arrival.payload["words"] for arrival in bundle])

    async def _give_up(self, bundle: Sequence[Arrival]) -> None:
        self.given_up.append([arrival.payload["words"] for arrival in bundle])


@pytest.fixture
async def taking(office: Office) -> AsyncIterator[Callable[[], Taking]]:
    tasks = []

    def begin() -> Taking:
        taking = Taking(office)
        tasks.append(asyncio.create_task(taking.arrivals.run()))
        return taking

    yield begin
    for task in tasks:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def test_what_comes_from_one_address_is_taken_in_order(taking: Callable[[], Taking]) -> None:
    one = taking()
    for number in range(6):
        one.keep("a", f"a{number}")
        one.keep("b", f"b{number}")
    await until(lambda: not one.left())
    for address in "ab":
        assert [words for [words] in one.taken if words[0] == address] == [f"{address}{n}" for n in range(6)]


async def test_a_bundle_is_taken_whole_when_its_last_has_come(
    office: Office, taking: Callable[[], Taking]
) -> None:
    one = taking()
    one.keep("a", "1", bundle="album", seconds=1)
    one.keep("a", "2", bundle="album", seconds=1)
    await until(lambda: one.arrivals._waiting_at == {"a"})
    assert one.taken == []
    office.machine.move(timedelta(seconds=1))
    one.arrivals.wake()
    await until(lambda: one.taken == [["1", "2"]])


async def test_a_bundle_is_not_taken_without_what_comes_while_it_is_looked_at(
    office: Office, taking: Callable[[], Taking], monkeypatch: pytest.MonkeyPatch
) -> None:
    one = taking()
    await until(lambda: not one.arrivals.is_waiting("a"))
    read = office.workers.read

    async def takes_its_time(work: Any, *args: Any) -> Any:
        found = await read(work, *args)
        if found:
            monkeypatch.setattr(office.workers, "read", read)
            one.keep("a", "2", bundle="album", seconds=1)
            office.machine.move(timedelta(seconds=1))
        return found

    monkeypatch.setattr(office.workers, "read", takes_its_time)
    one.keep("a", "1", bundle="album", seconds=1)
    await until(lambda: bool(one.taken))
    assert one.taken == [["1", "2"]]


async def test_an_address_is_waited_for_from_before_the_first_look_until_it_is_taken(
    taking: Callable[[], Taking],
) -> None:
    one = taking()
    assert one.arrivals.is_waiting("anybody"), "a former process may have left something"
    await until(lambda: not one.arrivals.is_waiting("anybody"))
    one.is_closed = asyncio.Event()
    one.keep("a", "1")
    assert one.arrivals.is_waiting("a")
    await until(lambda: one.began == 1)
    assert one.arrivals.is_waiting("a") and not one.arrivals.is_waiting("b")
    one.is_closed.set()
    await until(lambda: not one.arrivals.is_waiting("a"))
    assert one.taken == [["1"]]


async def test_what_is_kept_while_it_looks_is_waited_for(
    office: Office, taking: Callable[[], Taking], monkeypatch: pytest.MonkeyPatch
) -> None:
    one = taking()
    await until(lambda: not one.arrivals.is_waiting("a"))
    read = office.workers.read

    async def keeps_meanwhile(work: Any, *args: Any) -> Any:
        found = await read(work, *args)
        monkeypatch.setattr(office.workers, "read", read)
        one.is_closed = asyncio.Event()
        one.keep("a", "1")
        seen.append(one.arrivals.is_waiting("a"))
        asyncio.get_running_loop().call_soon(lambda: seen.append(one.arrivals.is_waiting("a")))
        return found

    seen: list[bool] = []
    monkeypatch.setattr(office.workers, "read", keeps_meanwhile)
    one.arrivals.wake()
    await until(lambda: one.began == 1)
    assert seen == [True, True]


async def test_what_fails_is_tried_again_after_a_pause_and_given_up_at_last(
    office: Office, taking: Callable[[], Taking], mishaps: Mishaps
) -> None:
    one = taking()
    one.faults = [LookupError() for _ in range(9)]
    one.keep("a", "1")
    for tries in range(1, 4):
        await until(lambda: [arrival.tries for arrival in one.left()] == [tries])  # noqa: B023
        one.arrivals.wake()
        await asyncio.sleep(0.01)
        assert one.began == tries
        office.machine.move(timedelta(minutes=3))
        one.arrivals.wake()
    await until(lambda: one.given_up == [["1"]])
    assert [arrival.state for arrival in one.left()] == [ArrivalState.FAILED]
    one.faults.clear()
    one.keep("a", "2")
    await until(lambda: one.taken == [["2"]])
    assert {event["event"] for event in mishaps} == {"arrival.failed"}
    mishaps.clear()


async def test_where_not_even_the_failure_can_be_written_down_it_is_taken_later(
    office: Office, taking: Callable[[], Taking], mishaps: Mishaps, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(*_: Any) -> Any:
        raise OperationalError("UPDATE", {}, Exception("locked"))

    write = office.workers.write
    monkeypatch.setattr(arrivals, "_PAUSE", 0.05)
    one = taking()
    await until(lambda: not one.arrivals.is_waiting("a"))
    monkeypatch.setattr(office.workers, "write", away)
    one.keep("a", "1")
    await until(lambda: len(mishaps) == 2)
    assert one.began == 1
    monkeypatch.setattr(office.workers, "write", write)
    await until(lambda: one.taken == [["1"]])
    mishaps.clear()


async def test_what_was_in_the_middle_of_being_taken_is_taken_by_the_next(
    taking: Callable[[], Taking],
) -> None:
    first = taking()
    first.is_closed = asyncio.Event()
    first.keep("a", "1")
    await until(lambda: first.began == 1)
    second = taking()
    await until(lambda: second.taken == [["1"]])
    first.is_closed.set()
    await until(lambda: not first.arrivals._taking)
    assert first.taken == []
