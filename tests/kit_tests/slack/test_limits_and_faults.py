"""Rate limits as published, and faults on order."""

import asyncio
import time

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.kit.slack import Person, SlackServer
from tests.kit_tests.slack.refusing import refused


async def posts(client: AsyncWebClient, officer: Person, times: int) -> int:
    """How many of so many posts in a row were let through."""
    through = 0
    for _ in range(times):
        try:
            await client.chat_postMessage(channel=officer.id, text="알림")
            through += 1
        except SlackApiError as error:
            assert error.response.status_code == 429 and error.response.headers["Retry-After"] == "1"
    return through


async def test_no_limit_holds_until_it_is_asked_for(client: AsyncWebClient, officer: Person) -> None:
    assert await posts(client, officer, 60) == 60


async def test_a_channel_takes_a_message_a_second(
    server: SlackServer, client: AsyncWebClient, officer: Person
) -> None:
    server.enforces_limits = True
    assert await posts(client, officer, 3) == 1
    assert await posts(client, server.person(), 1) == 1, "another channel has a second of its own"
    server.passes(1)
    assert await posts(client, officer, 3) == 1
    assert server.too_many == 4
    server.limits.burst = 3
    server.passes(10)
    assert await posts(client, officer, 5) == 3


async def test_a_tier_is_so_many_calls_a_minute(
    server: SlackServer, client: AsyncWebClient, officer: Person
) -> None:
    server.enforces_limits = True
    for _ in range(50):
        await client.conversations_open(users=officer.id)
    assert await refused(client.conversations_open(users=officer.id)) == "ratelimited"
    for _ in range(100):
        await client.views_publish(user_id=officer.id, view={"type": "home", "blocks": []})
    assert (
        await refused(client.views_publish(user_id=officer.id, view={"type": "home", "blocks": []}))
        == "ratelimited"
    )
    server.passes(61)
    await client.conversations_open(users=officer.id)
    assert server.too_many == 2


@pytest.mark.parametrize("accepted", [False, True])
async def test_a_call_may_fail_before_it_is_done_or_after(
    server: SlackServer, client: AsyncWebClient, officer: Person, accepted: bool
) -> None:
    server.faults.fails("chat.postMessage", 1, status=500, accepted=accepted)
    with pytest.raises((SlackApiError, aiohttp.ClientError)):
        await client.chat_postMessage(channel=officer.id, text="알림")
    assert len(officer.messages) == accepted
    await client.chat_postMessage(channel=officer.id, text="알림")
    assert len(officer.messages) == 1 + accepted and server.refusals == []


@pytest.mark.parametrize("accepted", [False, True])
async def test_a_connection_may_break_before_a_call_is_done_or_after(
    server: SlackServer, client: AsyncWebClient, officer: Person, accepted: bool
) -> None:
    await client.auth_test()
    server.faults.drops("chat.postMessage", accepted=accepted)
    with pytest.raises(aiohttp.ClientError):
        await client.chat_postMessage(channel=officer.id, text="알림")
    assert len(officer.messages) == accepted
    await client.chat_postMessage(channel=officer.id, text="알림")


async def test_other_faults(server: SlackServer, client: AsyncWebClient, officer: Person) -> None:
    server.faults.ratelimits("chat.postMessage", 30)
    with pytest.raises(SlackApiError) as limited:
        await client.chat_postMessage(channel=officer.id, text="알림")
    assert limited.value.response.headers["Retry-After"] == "30" and server.too_many == 0

    server.faults.refuses("chat.postMessage", "internal_error")
    assert await refused(client.chat_postMessage(channel=officer.id, text="알림")) == "internal_error"

    server.faults.garbles("chat.postMessage", accepted=True)
    with pytest.raises((SlackApiError, AttributeError, ValueError)):
        answer = await client.chat_postMessage(channel=officer.id, text="알림")
        raise ValueError(answer.data)
    assert len(officer.messages) == 1

    server.faults.is_slow("chat.postMessage", 5)
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(client.chat_postMessage(channel=officer.id, text="알림"), 0.05)
    assert len(officer.messages) == 2, "it was done all the same"


async def test_quiet_says_what_is_not(server: SlackServer, client: AsyncWebClient, officer: Person) -> None:
    await server.quiet()
    server.faults.is_slow("auth.test", 0.3)
    call = asyncio.create_task(client.auth_test())
    await asyncio.sleep(0.05)
    with pytest.raises(AssertionError, match="no quiet within"):
        await server.quiet(within=0.1)
    await server.quiet()
    assert call.done()


async def test_it_is_quick_enough_to_load_a_bot_with(server: SlackServer) -> None:
    body, headers = b"channel=C0NONE&text=1", {"Authorization": f"Bearer {server.bot_token}"}
    headers["Content-Type"] = "application/x-www-form-urlencoded"
    async with aiohttp.ClientSession(headers=headers) as session:

        async def calls(times: int) -> None:
            for _ in range(times):
                async with session.post(f"{server.api_url}auth.test", data=body) as response:
                    await response.read()

        began = time.process_time()
        await asyncio.gather(*(calls(50) for _ in range(20)))
        spent = time.process_time() - began
    assert spent < 1, f"1,000 calls took {spent} s, the client's own work included"
