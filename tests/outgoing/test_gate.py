"""A gate lets through what the messenger allows and no more, whoever waits, in a time that is moved."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.outgoing.gate import Gate, Gates


class MovedLoop(asyncio.SelectorEventLoop):
    """A loop whose time goes on at once to when something is due, instead of waiting for it."""

    def __init__(self) -> None:
        super().__init__()
        self.moved = 1_000.0
        select = self._selector.select  # type: ignore[attr-defined]

        def at_once(timeout: float | None) -> Any:
            if timeout is not None and timeout > 0:
                self.moved += timeout
            return select(0)

        self._selector.select = at_once  # type: ignore[attr-defined]

    def time(self) -> float:
        return self.moved


def moved(work: Coroutine[Any, Any, Any]) -> Any:
    loop = MovedLoop()
    try:
        return loop.run_until_complete(work)
    finally:
        loop.close()


def gate(most: int, seconds: float) -> Gate:
    return Gate(most, seconds, asyncio.get_running_loop().time)


def most_in_any_window(times: list[float], seconds: float) -> int:
    return max((sum(1 for one in times if at <= one <= at + seconds) for at in times), default=0)


COMERS = st.lists(
    st.tuples(
        st.floats(0, 12, allow_nan=False),  # when it comes
        st.booleans(),  # urgent
        st.none() | st.floats(0, 6, allow_nan=False),  # how long it has patience
    ),
    max_size=60,
)
HOLDS = st.lists(st.tuples(st.floats(0, 12), st.floats(0.01, 5)), max_size=3)


@settings(max_examples=150, deadline=None)
@given(COMERS, HOLDS, st.integers(1, 5), st.floats(0.05, 3))
def test_never_more_than_allowed_in_any_window_and_everybody_passes(
    comers: list[tuple[float, bool, float | None]],
    holds: list[tuple[float, float]],
    most: int,
    seconds: float,
) -> None:
    async def crowd() -> None:
        loop = asyncio.get_running_loop()
        one, began = gate(most, seconds), loop.time()
        passed: list[float] = []

        async def comes(at: float, urgent: bool, patience: float | None) -> None:
            await asyncio.sleep(at)
            with suppress(TimeoutError):
                async with asyncio.timeout(patience):
                    await one.enter(urgent=urgent)
                    passed.append(loop.time())

        async def holds_it(at: float, for_seconds: float) -> tuple[float, float]:
            await asyncio.sleep(at)
            one.hold(for_seconds)
            return loop.time(), loop.time() + for_seconds

        coming = [asyncio.create_task(comes(*comer)) for comer in comers]
        held = await asyncio.gather(*(holds_it(*hold) for hold in holds))
        await asyncio.gather(*coming)
        assert most_in_any_window(passed, seconds) <= most
        assert not [at for at in passed for start, end in held if start < at < end - 1e-6]
        assert len(passed) >= sum(patience is None for _, _, patience in comers)
        longest = seconds * (len(comers) / most + 1) + sum(for_seconds for _, for_seconds in holds)
        assert loop.time() - began <= 12 + longest + 6 + 1
        assert not one._urgent and not one._others

    moved(crowd())


def test_a_turn_whose_owner_is_gone_goes_to_the_next() -> None:
    async def story() -> None:
        one = gate(1, 10)
        await one.enter()
        first = asyncio.create_task(one.enter())
        second = asyncio.create_task(one.enter())
        await asyncio.sleep(0)
        began = asyncio.get_running_loop().time()
        passes = one._pass

        def cancelled_before_it_can_go_on() -> float:
            asyncio.get_running_loop().call_soon(first.cancel)
            return passes()

        one._pass = cancelled_before_it_can_go_on  # type: ignore[method-assign]
        await second
        assert first.cancelled()
        assert asyncio.get_running_loop().time() - began < 10.1

    moved(story())


def test_who_gives_up_waiting_leaves_nothing_behind() -> None:
    async def story() -> None:
        one = gate(1, 1)
        one.hold(3_600)
        waiting = [asyncio.create_task(one.enter()) for _ in range(100)]
        await asyncio.sleep(1)
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
        assert not one._others and one.held_for == pytest.approx(3_599)

    moved(story())


def test_urgent_ones_go_first_and_one_turn_in_five_is_the_others() -> None:
    async def story() -> list[str]:
        one, order = gate(1, 1), []

        async def comes(name: str) -> None:
            await one.enter(urgent=name == "answer")
            order.append(name)

        names = ["notice"] * 6 + ["answer"] * 12
        await asyncio.gather(*(comes(name) for name in names))
        return order

    order = moved(story())
    # The first was there before there was any crowd.
    assert order[:1] == ["notice"]
    assert order[1:11] == (["answer"] * 4 + ["notice"]) * 2
    assert order[11:] == ["answer"] * 4 + ["notice"] * 3


def test_an_answer_alone_does_not_wait() -> None:
    async def story() -> float:
        one = gate(30, 1)
        began = asyncio.get_running_loop().time()
        for _ in range(30):
            await one.enter(urgent=True)
        return asyncio.get_running_loop().time() - began

    assert moved(story()) == 0


def test_three_thousand_that_wait_are_cheap_and_keep_the_full_rate() -> None:
    async def story() -> float:
        one = gate(30, 1)
        began = asyncio.get_running_loop().time()
        await asyncio.gather(*(one.enter() for _ in range(3_000)))
        return asyncio.get_running_loop().time() - began

    began = time.process_time()
    assert 99 <= moved(story()) <= 99.1
    assert time.process_time() - began < 1.0


def test_gates_are_forgotten_when_they_say_nothing_any_more() -> None:
    async def story() -> None:
        gates = Gates(1, 1, asyncio.get_running_loop().time)
        busy = gates["busy"]
        busy.hold(1_000)
        for number in range(5_200):
            await gates[str(number)].enter()
            await asyncio.sleep(0.01)
        assert gates["busy"] is busy
        assert len(gates._gates) < 5_000

    moved(story())
