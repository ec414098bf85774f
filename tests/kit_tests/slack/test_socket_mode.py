"""Socket Mode, with the library's own client at the other end."""

import asyncio
from typing import Any

import aiohttp
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from tests.kit.slack import Person, SlackServer
from tests.kit_tests.slack.serving import connected


def echoing(server: SlackServer) -> AsyncApp:
    app = AsyncApp(
        token=server.bot_token,
        client=AsyncWebClient(server.bot_token, base_url=server.api_url),
    )

    @app.event("message")
    async def echo(event: dict[str, Any], say: Any) -> None:
        await say(f"들은 말: {event['text']}")

    @app.command("/bogobot")
    async def answer(ack: Any, command: dict[str, Any]) -> None:
        await ack(f"{command['text']}입니다")

    return app


async def raw_socket(server: SlackServer, session: aiohttp.ClientSession) -> aiohttp.ClientWebSocketResponse:
    client = AsyncWebClient(base_url=server.api_url)
    link = await session.ws_connect((await client.apps_connections_open(app_token=server.app_token))["url"])
    assert (await link.receive_json())["type"] == "hello"
    return link


async def test_a_real_app_answers_over_a_socket(server: SlackServer, officer: Person) -> None:
    async with connected(server, echoing(server)):
        await officer.says("안녕하세요")
        await server.quiet()
        assert officer.messages[-1].text == "들은 말: 안녕하세요"
        assert await officer.types_command("/bogobot", "내 지표") == "내 지표입니다"
        assert [one["type"] for one in server.sockets.envelopes] == ["events_api", "slash_commands"]
        assert all(ack.ok for ack in server.acks)


async def test_an_envelope_nobody_acknowledges_goes_to_another_socket(
    server: SlackServer, officer: Person
) -> None:
    server.ack_timeout = 0.05
    async with aiohttp.ClientSession() as session:
        first, second = await raw_socket(server, session), await raw_socket(server, session)
        await officer.says("안녕하세요")
        lost, again = await first.receive_json(timeout=5), await second.receive_json(timeout=5)
        await second.send_json({"envelope_id": again["envelope_id"]})
        await server.quiet()
        assert lost["envelope_id"] != again["envelope_id"] and lost["payload"] == again["payload"]
        assert (lost["retry_attempt"], lost["retry_reason"]) == (0, "")
        assert (again["retry_attempt"], again["retry_reason"]) == (1, "timeout")
        assert [ack.ok for ack in server.acks] == [False, True]


async def test_what_was_said_while_nobody_listened_comes_with_the_next_socket(
    server: SlackServer, officer: Person
) -> None:
    await officer.says("계십니까")
    assert officer.messages == []
    assert "dispatch_failed" in await officer.types_command("/bogobot")
    async with connected(server, echoing(server)):
        await server.quiet()
        assert [one.text for one in officer.messages] == ["들은 말: 계십니까"]
        assert all(one["type"] == "events_api" for one in server.sockets.envelopes), (
            "a command is not tried again"
        )


async def test_a_socket_that_breaks_off_has_taken_nothing(server: SlackServer, officer: Person) -> None:
    async with aiohttp.ClientSession() as session:
        link = await raw_socket(server, session)
        saying = asyncio.create_task(officer.says("안녕하세요"))
        await link.receive_json()
        server.sockets.cut()
        await saying
        assert server.acks[0].reason == "connection_failed"


async def test_a_real_app_connects_anew_when_it_is_asked_to(server: SlackServer, officer: Person) -> None:
    async with connected(server, echoing(server)):
        await server.sockets.disconnect("refresh_requested")
        async with asyncio.timeout(5):
            while server.sockets.opened < 2 or not server.sockets.sockets:
                await asyncio.sleep(0.01)
        await officer.says("아직 계십니까")
        await server.quiet()
        assert officer.messages[-1].text == "들은 말: 아직 계십니까"


async def test_an_address_opens_one_socket_only_and_ten_are_enough(server: SlackServer) -> None:
    async with aiohttp.ClientSession() as session:
        links = [await raw_socket(server, session) for _ in range(10)]
        client = AsyncWebClient(base_url=server.api_url)
        url = (await client.apps_connections_open(app_token=server.app_token))["url"]
        link = await session.ws_connect(url)
        assert (await link.receive_json())["reason"] == "too_many_websockets"
        try:
            await session.ws_connect(url)
        except aiohttp.WSServerHandshakeError as error:
            assert error.status == 403
        else:
            raise AssertionError("the address was good for two")
        for one in links:
            await one.close()


async def test_the_bots_own_messages_come_back_where_they_are_asked_for(
    server: SlackServer, officer: Person
) -> None:
    client = AsyncWebClient(server.bot_token, base_url=server.api_url)
    server.workspace.echoes_bot_messages = True
    async with aiohttp.ClientSession() as session:
        link = await raw_socket(server, session)
        sent = await client.chat_postMessage(channel=officer.id, text="알림")
        posted = await link.receive_json()
        await client.chat_update(channel=sent["channel"], ts=sent["ts"], text="고침")
        changed = await link.receive_json()
    assert posted["payload"]["event"]["bot_id"] == server.workspace.bot_id
    assert changed["payload"]["event"]["subtype"] == "message_changed"
    assert changed["payload"]["event"]["previous_message"]["text"] == "알림"
