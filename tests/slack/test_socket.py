"""Socket Mode: sockets that come and go, and envelopes that are acknowledged once they were taken."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.slack import pauses, turns
from bot.turn import take_turn
from models.messaging.inbox import Inbox
from models.store import Database
from tests.kit.served_city import mishaps  # noqa: F401
from tests.kit.slack import SlackServer
from tests.slack.talking import OFFICER, Talking, failing_once, talking, until


@pytest.fixture
async def talk(hanbit: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Talking]:
    monkeypatch.setattr(pauses, "_FIRST", 0.01)
    async with talking(hanbit, tmp_path) as talk:
        yield talk


async def test_a_turn_that_fails_is_not_acknowledged_and_is_taken_when_it_comes_again(
    talk: Talking,
    monkeypatch: pytest.MonkeyPatch,
    mishaps: list[Any],  # noqa: F811
) -> None:
    officer = await talk.linked(OFFICER)
    talk.slack.ack_timeout = 0.5
    monkeypatch.setattr(turns, "take_turn", failing_once(take_turn, LookupError("민원처리율 97.3")))
    await officer.says("내 지표")
    await talk.sees(officer, "보고할 지표 3건", "저절로 다시 처리되니")
    assert [one["event"] for one in mishaps] == ["turn.failed"]
    mishaps.clear()


async def test_nothing_is_acknowledged_before_it_is_committed(
    talk: Talking, monkeypatch: pytest.MonkeyPatch
) -> None:
    officer = await talk.linked(OFFICER)
    taken, acks = [], len(talk.slack.acks)

    def watched(*args: Any) -> Any:
        outcome = take_turn(*args)
        taken.append(len(talk.slack.acks))
        return outcome

    monkeypatch.setattr(turns, "take_turn", watched)
    await officer.says("내 지표")
    assert taken == [acks] and talk.slack.acks[-1].ok


async def test_a_socket_that_is_to_be_replaced_still_acknowledges_and_the_next_is_open_already(
    talk: Talking,
) -> None:
    officer = await talk.linked(OFFICER)
    await talk.slack.sockets.disconnect("warning")
    await until(lambda: len(talk.slack.sockets.sockets) == 2, lambda: "one socket")
    for text in ("내 지표", "도움말", "메뉴", "지표"):
        await officer.says(text)
    assert all(ack.ok for ack in talk.slack.acks[-4:])
    assert {one["socket"] for one in talk.slack.sockets.envelopes[-4:]} == {0, 1}


@pytest.mark.parametrize("reason", ["refresh_requested", "link_disabled"])
async def test_a_socket_that_slack_closes_is_opened_again(talk: Talking, reason: Any) -> None:
    officer = await talk.linked(OFFICER)
    await talk.slack.sockets.disconnect(reason)
    await officer.says("도움말")
    await talk.sees(officer, "이렇게 입력해 보세요")


async def test_a_connection_that_breaks_off_is_opened_again_and_nothing_is_lost(talk: Talking) -> None:
    officer = await talk.linked(OFFICER)
    talk.slack.sockets.cut()
    await officer.says("도움말")
    await talk.sees(officer, "이렇게 입력해 보세요")
    assert talk.slack.sockets.opened == 2


async def test_what_was_taken_on_a_socket_that_broke_off_is_not_taken_again(
    talk: Talking, monkeypatch: pytest.MonkeyPatch
) -> None:
    officer = await talk.linked(OFFICER)
    loop = asyncio.get_running_loop()

    def breaking(*args: Any) -> Any:
        outcome = take_turn(*args)
        loop.call_soon_threadsafe(talk.slack.sockets.cut)
        monkeypatch.setattr(turns, "take_turn", take_turn)
        return outcome

    monkeypatch.setattr(turns, "take_turn", breaking)
    taken = len(talk.rows(Inbox))
    await officer.says("도움말")
    await until(lambda: talk.slack.acks[-1].ok, lambda: str(talk.slack.acks[-3:]))
    await talk.sees(officer, "이렇게 입력해 보세요")
    assert len(talk.rows(Inbox)) == taken + 1
    assert sum("이렇게 입력해 보세요" in one.text for one in officer.messages) == 1


async def test_an_open_that_is_refused_is_tried_again(talk: Talking) -> None:
    officer = await talk.linked(OFFICER)
    talk.slack.faults.refuses("apps.connections.open", "internal_error", 2)
    talk.slack.faults.fails("apps.connections.open")
    talk.slack.faults.drops("apps.connections.open")
    talk.slack.sockets.cut()
    await officer.says("도움말")
    await talk.sees(officer, "이렇게 입력해 보세요")


async def test_a_minute_without_a_socket_is_a_fault(talk: Talking) -> None:
    await talk.linked(OFFICER)
    [slack] = talk.town.house.channels
    assert slack.faults() == []
    talk.slack.faults.refuses("apps.connections.open", "invalid_auth", 10_000)
    talk.slack.sockets.cut()
    await until(lambda: not talk.slack.sockets.sockets, lambda: "it stands")
    talk.town.machine.move(timedelta(seconds=50))
    assert slack.faults() == []
    talk.town.machine.move(timedelta(seconds=20))
    await until(lambda: "invalid_auth" in str(slack.faults()), lambda: str(slack.faults()))


async def test_a_socket_that_brings_something_is_there_though_it_did_not_say_hello(
    hanbit: Database, tmp_path: Path
) -> None:
    def without_hello(server: SlackServer) -> None:
        server.sockets._hello = lambda: {"type": "hi"}  # type: ignore[method-assign]

    async with talking(hanbit, tmp_path, before=without_hello) as talk:
        await talk.linked(OFFICER)
        talk.town.machine.move(timedelta(minutes=2))
        assert talk.town.house.channels[0].faults() == []


async def test_pauses_grow_up_to_a_minute_and_heed_what_slack_asks_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    monkeypatch.setattr(asyncio, "sleep", sleep)
    growing = pauses.Pauses()
    for _ in range(10):
        await growing.wait()
    assert slept == [0.5, 1, 2, 4, 8, 16, 32, 60, 60]
    growing.reset()
    await growing.wait()
    assert len(slept) == 9
