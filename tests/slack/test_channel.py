"""Slack as a channel: what starts with it, what stops with it, and what it says is wrong."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from models.messaging.account import Messenger
from models.messaging.outbox import Outbox, Sending
from models.store import Database
from tests.kit.served_city import mishaps  # noqa: F401
from tests.kit.slack import SlackServer
from tests.slack.talking import OFFICER, talking, until


async def test_routes_are_there_for_who_has_a_signing_secret(hanbit: Database, tmp_path: Path) -> None:
    async with talking(hanbit, tmp_path, "slack_http") as talk:
        [slack] = talk.town.house.channels
        assert slack.messenger is Messenger.SLACK and len(slack.routes) == 1
        assert talk.slack.calls_of("apps.connections.open") == []


async def test_there_are_none_for_who_has_only_a_socket(hanbit: Database, tmp_path: Path) -> None:
    async with talking(hanbit, tmp_path) as talk:
        [slack] = talk.town.house.channels
        assert slack.routes == []
        await talk.settles()
        await until(lambda: slack.faults() == [], lambda: str(slack.faults()))


async def test_a_token_that_is_refused_is_a_fault_and_the_web_messenger_works_on(
    hanbit: Database,
    tmp_path: Path,
    mishaps: list[Any],  # noqa: F811
) -> None:
    def closed(server: SlackServer) -> None:
        server.workspace.is_account_active = False

    async with talking(hanbit, tmp_path, before=closed) as talk:
        [slack] = talk.town.house.channels
        await until(lambda: "account_inactive" in str(slack.faults()), lambda: str(slack.faults()))
        officer = await talk.town.person(OFFICER, on="web")
        await officer.says("내 지표")
        await officer.sees("보고할 지표")
        assert talk.slack.calls_of("apps.connections.open") == []
        assert talk.slack.bot_token not in str(mishaps) + str(slack.faults())
        mishaps.clear()


async def test_what_a_process_that_is_gone_was_sending_is_settled(hanbit: Database, tmp_path: Path) -> None:
    async with talking(hanbit, tmp_path) as talk:
        officer = await talk.linked(OFFICER)
        await talk.settles()
        with talk.town.database.write() as session:
            for row in talk.rows(Outbox):
                row.state, row.claimed_by = Sending.SENDING, "of-a-process-that-is-gone"
                session.merge(row)
        await talk.town.house.tick()
        sent = lambda: {row.state for row in talk.rows(Outbox)} == {Sending.SENT}  # noqa: E731
        await until(sent, lambda: str(talk.rows(Outbox)))
        assert len(officer.messages) == 1


async def test_it_ends_at_once_and_leaves_no_connection(hanbit: Database, tmp_path: Path) -> None:
    async with talking(hanbit, tmp_path) as talk:
        await talk.linked(OFFICER)
        [link] = [one.link for one in talk.slack.sockets.sockets]
        client = talk.town.house.channels[0]._client  # type: ignore[attr-defined]
        assert not client.session.closed
    assert client.session.closed and link.closed
