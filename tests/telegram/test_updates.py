"""Long polling: what is not committed is not confirmed, and what goes wrong is waited out."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from structlog.testing import capture_logs
from telegram import Chat, Message, Update, User
from telegram.error import Conflict, InvalidToken

from bot.telegram.transport import AnswerLost, TooManyRequests
from bot.telegram.updates import Poller
from models.clock import MovableClock


class Over(BaseException):
    """The service has no more to say."""


class Service:
    """Answers getUpdates with what it was given, in order, and notes what it was asked."""

    def __init__(self, *answers: Sequence[Update] | Exception) -> None:
        self.answers = list(answers)
        self.offsets: list[int | None] = []
        self.raw: list[dict[str, Any]] = []

    async def get_updates(self, offset: int | None, **_asked: Any) -> Sequence[Update]:
        self.offsets.append(offset)
        if not self.answers:
            raise Over
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    async def _post(self, endpoint: str, asked: dict[str, Any]) -> Any:
        assert endpoint == "getUpdates" and asked["allowed_updates"]
        return self.raw


class Bench:
    """A poller at work: what it took, and how long it waited."""

    def __init__(self, *answers: Sequence[Update] | Exception) -> None:
        self.service = Service(*answers)
        self.machine = MovableClock(datetime(2019, 7, 15, tzinfo=UTC), ticking=False)
        self.taken: list[int] = []
        self.waits: list[float] = []
        self.broken: set[int] = set()
        self.poller = Poller(self.service, self.take, self.machine, self.sleep)  # type: ignore[arg-type]

    async def take(self, update: Update) -> None:
        await asyncio.sleep(0)
        if update.update_id in self.broken:
            raise OSError
        self.taken.append(update.update_id)

    async def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)

    async def run(self) -> None:
        with pytest.raises(Over), capture_logs():
            await self.poller.run()


def update(number: int, chat: int = 1) -> Update:
    at = datetime(2019, 7, 15, tzinfo=UTC)
    return Update(
        number, Message(number, at, Chat(chat, "private"), from_user=User(chat, "가", False), text="가")
    )


async def test_an_offset_is_used_once_and_never_after_an_empty_answer() -> None:
    bench = Bench([update(7), update(8)], [], [update(2)], [], [])
    await bench.run()
    assert bench.service.offsets == [None, 9, None, 3, None, None]
    assert bench.taken == [7, 8, 2]


async def test_an_offset_is_forgotten_with_an_answer() -> None:
    bench = Bench([update(7)], AnswerLost("x"), [update(7)], [])
    await bench.run()
    assert bench.service.offsets == [None, 8, None, 8, None]


async def test_what_could_not_be_kept_is_not_confirmed_nor_is_what_follows_in_its_chat() -> None:
    bench = Bench([update(1), update(2), update(3, chat=2), update(4)], [])
    bench.broken = {2}
    await bench.run()
    assert bench.service.offsets == [None, 2, None]
    assert sorted(bench.taken) == [1, 3] and bench.waits[0] > 0


async def test_when_the_first_could_not_be_kept_nothing_is_confirmed() -> None:
    bench = Bench([update(1), update(2, chat=2)])
    bench.broken = {1}
    await bench.run()
    assert bench.service.offsets == [None, None]


async def test_chats_are_taken_at_once_and_one_chat_in_order() -> None:
    bench = Bench([update(1), update(2), update(3, chat=2)])
    await bench.run()
    assert bench.taken == [1, 3, 2]


@pytest.mark.parametrize("error", [Conflict("x"), AnswerLost("x"), InvalidToken(), RuntimeError()])
async def test_a_fault_is_waited_out_longer_each_time_and_never_for_ever(error: Exception) -> None:
    bench = Bench(*[error] * 9, [update(1)], error)
    if isinstance(error, RuntimeError):
        bench.service._post = _raises(error)  # type: ignore[method-assign]
    await bench.run()
    assert bench.waits[:9] == [0.5, 1, 2, 4, 8, 16, 30, 30, 30]
    assert bench.waits[-1] == 0.5
    assert bench.taken == [1]


async def test_a_fault_long_after_the_last_is_waited_out_from_the_beginning() -> None:
    breath = 0.5
    bench = Bench(AnswerLost("x"), AnswerLost("x"), [], AnswerLost("x"))
    await bench.run()
    assert bench.waits == [0.5, 1, breath, 0.5]


def _raises(error: Exception) -> Any:
    async def call(_endpoint: str, _asked: dict[str, Any]) -> Any:
        raise error

    return call


async def test_as_long_as_the_service_asks_it_is_left_alone() -> None:
    bench = Bench(TooManyRequests(77))
    await bench.run()
    assert bench.waits == [77]


async def test_an_update_that_cannot_be_kept_is_not_asked_for_without_end() -> None:
    bench = Bench(*[[update(1)]] * 3)
    bench.broken = {1}
    await bench.run()
    assert bench.waits == [0.5, 1, 2]


async def test_empty_answers_at_once_are_no_busy_loop() -> None:
    bench = Bench([], [], [])
    await bench.run()
    assert len(bench.waits) == 3


async def test_an_update_the_library_cannot_read_holds_up_no_other() -> None:
    bench = Bench(TypeError("unreadable"), [])
    good = update(6).to_dict()
    bench.service.raw = [{"update_id": 5, "message": {"message_id": 1}}, good]
    await bench.run()
    assert bench.taken == [5, 6] and bench.service.offsets[1] == 7


async def test_what_is_being_taken_when_it_ends_comes_to_its_end() -> None:
    begun, go_on, ended = asyncio.Event(), asyncio.Event(), []

    async def take(_update: Update) -> None:
        begun.set()
        await go_on.wait()
        ended.append(True)

    bench = Bench([update(1)])
    poller = Poller(bench.service, take, bench.machine)  # type: ignore[arg-type]
    task = asyncio.create_task(poller.run())
    await begun.wait()
    task.cancel()
    await asyncio.sleep(0)
    assert not task.done()
    go_on.set()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert ended == [True]


async def test_faults_are_told_once_they_last() -> None:
    bench = Bench([])
    await bench.run()
    assert bench.poller.faults() == []
    bench.service.answers = [InvalidToken()]
    await bench.run()
    assert bench.poller.faults() == ["Telegram refuses the token"]
    bench.service.answers = [[]]
    await bench.run()
    assert bench.poller.faults() == []
    bench.machine.move(timedelta(minutes=5, seconds=1))
    assert bench.poller.faults() == ["nothing was fetched from Telegram for more than five minutes"]


async def test_another_poller_is_told_after_a_minute_though_updates_come_between() -> None:
    bench = Bench(Conflict("x"))
    await bench.run()
    assert bench.poller.faults() == []
    bench.machine.move(timedelta(seconds=61))
    bench.service.answers = [[], Conflict("x")]
    await bench.run()
    assert bench.poller.faults() == ["another program fetches the updates of this Telegram bot"]
    bench.machine.move(timedelta(minutes=3))
    assert bench.poller.faults() == []
    bench.service.answers = [[], Conflict("x")]
    await bench.run()
    assert bench.poller.faults() == []
