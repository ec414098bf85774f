"""Slack over HTTP: who is let through, what is answered, and that nothing is answered before it was committed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, get_args

import httpx
import pytest

from bot.slack import http, turns
from bot.turn import take_turn
from models.messaging.inbox import Inbox
from models.store import Database
from tests.kit.served_city import mishaps  # noqa: F401
from tests.kit.slack import SlackServer, payloads
from tests.kit.slack.http_events import FORM, JSON, Forgery
from tests.slack.talking import OFFICER, Talking, failing_once, read, talking, until


@pytest.fixture
async def talk(hanbit: Database, tmp_path: Path) -> AsyncIterator[Talking]:
    async with talking(hanbit, tmp_path, "slack_http") as talk:
        yield talk


def event(talk: Talking, text: str) -> dict[str, Any]:
    """Words of the officer's, as Slack would bring them."""
    workspace = talk.slack.workspace
    message = payloads.typed_message(workspace, workspace.users[f"U{OFFICER}"], text) | {"ts": "1.000001"}
    direct = workspace.direct_message(f"U{OFFICER}")
    said = payloads.message_event(direct, message | {"type": "message"})
    return payloads.event_callback(workspace, said)


async def test_no_forged_request_is_let_through(talk: Talking) -> None:
    officer = await talk.linked(OFFICER)
    await talk.settles()
    before, taken = read(officer), len(talk.rows(Inbox))
    for forgery in get_args(Forgery):
        for kind in (JSON, FORM):
            ack = await talk.slack.http.forges(forgery, event(talk, "내 지표"), kind)
            assert ack.status == 401, (forgery, kind)
    await talk.settles()
    assert (read(officer), len(talk.rows(Inbox))) == (before, taken)


async def test_a_genuine_request_is_let_through(talk: Talking) -> None:
    officer = await talk.linked(OFFICER)
    assert (await talk.slack.http.posts(event(talk, "내 지표"))).status == 200
    await talk.sees(officer, "보고할 지표 3건")


async def test_a_request_that_is_replayed_is_acknowledged_and_not_taken_again(talk: Talking) -> None:
    officer = await talk.linked(OFFICER)
    await officer.says("도움말")
    await talk.settles()
    before, taken = len(officer.messages), len(talk.rows(Inbox))
    assert (await talk.slack.http.replays()).status == 200
    await talk.settles()
    assert (len(officer.messages), len(talk.rows(Inbox))) == (before, taken)


@pytest.mark.parametrize("announced", [True, False])
async def test_a_body_over_a_megabyte_is_refused(talk: Talking, announced: bool) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(30):
            yield b"x" * 100_000

    body = b"x" * (http.LARGEST_BODY + 1) if announced else pieces()
    async with httpx.AsyncClient() as client:
        answer = await client.post(talk.slack.request_url, content=body)
    assert answer.status_code == 413


async def test_slack_may_verify_the_address_and_look_at_the_certificate(talk: Talking) -> None:
    assert await talk.slack.http.verifies_url()
    async with httpx.AsyncClient() as client:
        answer = await client.post(talk.slack.request_url, data={"ssl_check": "1", "token": "of-old"})
        assert (answer.status_code, answer.content) == (200, b"")
        assert (await client.post(talk.slack.request_url, data={"ssl_check": "0"})).status_code == 401
        assert (await client.get(talk.slack.request_url)).status_code == 405


@pytest.mark.parametrize(
    "body",
    [
        *(b"", b"{", b"[]", b"\xff\xfe", b"payload=%7B", b"[" * 100_000, b'{"team": 5}'),
        b'{"type": "event_callback", "event": null}',
        b'{"type": "block_actions", "user": {"id": "U1"}, "team": {"id": "T1"}, "actions": []}',
    ],
)
async def test_what_is_signed_and_cannot_be_read_is_refused_and_not_a_failure(
    talk: Talking,
    body: bytes,
    mishaps: list[Any],  # noqa: F811
) -> None:
    async with httpx.AsyncClient() as client:
        for kind in (JSON, FORM):
            headers = talk.slack.http.signed(body, kind)
            answer = await client.post(talk.slack.request_url, content=body, headers=headers)
            assert answer.status_code in (400, 404), (kind, answer.status_code)
    mishaps.clear()


async def test_words_of_a_command_may_hold_any_word(talk: Talking) -> None:
    """Bolt reads a form in which the word occurs as one that holds nothing else."""
    officer = await talk.linked(OFFICER)
    assert "보고봇과의 대화에서" in await officer.types_command("/bogobot", "payload")
    await talk.sees(officer, "알아듣지 못했습니다: 'payload'")


async def test_a_turn_that_fails_is_answered_by_a_5xx_and_taken_when_slack_brings_it_again(
    talk: Talking,
    monkeypatch: pytest.MonkeyPatch,
    mishaps: list[Any],  # noqa: F811
) -> None:
    officer = await talk.linked(OFFICER)
    monkeypatch.setattr(turns, "take_turn", failing_once(take_turn, LookupError("민원처리율 97.3")))
    await officer.says("내 지표")
    await talk.sees(officer, "보고할 지표 3건", "저절로 다시 처리되니")
    await until(lambda: talk.slack.acks[-1].attempt == 1, lambda: str(talk.slack.acks[-1]))
    acks = talk.slack.acks[-2:]
    assert [(ack.status, ack.attempt) for ack in acks] == [(500, 0), (200, 1)]
    assert [one["event"] for one in mishaps] == ["turn.failed"]
    mishaps.clear()


async def test_before_slack_has_said_who_we_are_nothing_is_acknowledged(
    hanbit: Database, tmp_path: Path
) -> None:
    def busy(server: SlackServer) -> None:
        server.faults.fails("auth.test", 2)

    async with talking(hanbit, tmp_path, "slack_http", before=busy) as talk:
        officer = talk.slack.person(f"U{OFFICER}")
        await officer.says(talk.town.code(OFFICER))
        assert {ack.status for ack in talk.slack.acks} == {503}
        [slack] = talk.town.house.channels
        assert slack.faults() == ["Slack does not let the bot in (status 503)"]
        await until(lambda: slack.faults() == [], lambda: str(slack.faults()))
        await talk.settles()
        await talk.sees(officer, "무엇을 도와드릴까요?")


async def test_answers_come_within_half_a_second(talk: Talking) -> None:
    officer = await talk.linked(OFFICER)
    for text in ("내 지표", "도움말", "메뉴", "민원처리율 97.3"):
        await officer.says(text)
    slowest = max(ack.seconds for ack in talk.slack.acks[1:])
    assert slowest < 0.5
