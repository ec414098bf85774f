"""Who may call what, and what calls are answered with."""

from typing import Any

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from tests.kit.slack import Person, SlackServer
from tests.kit_tests.slack.refusing import answer_of, refused

# The library warns of what these tests do on purpose.
pytestmark = pytest.mark.filterwarnings("ignore:The top-level `text` argument is missing")


async def test_the_library_says_hello(server: SlackServer, client: AsyncWebClient) -> None:
    answer = await client.auth_test()
    assert answer["user_id"] == server.bot_user_id and answer["team_id"] == server.team_id
    assert [call.method for call in server.calls] == ["auth.test"] and not server.refusals


async def test_tokens_are_checked(server: SlackServer) -> None:
    def client(token: str | None) -> AsyncWebClient:
        return AsyncWebClient(token, base_url=server.api_url)

    assert await refused(client(None).auth_test()) == "not_authed"
    assert await refused(client("xoxb-other").auth_test()) == "invalid_auth"
    assert await refused(client(server.app_token).auth_test()) == "not_allowed_token_type"
    assert (
        await refused(client(server.bot_token).apps_connections_open(app_token=server.bot_token))
        == "not_allowed_token_type"
    )
    server.workspace.is_account_active = False
    assert await refused(client(server.bot_token).auth_test()) == "account_inactive"


async def test_a_token_may_stand_in_a_form_but_not_in_json(server: SlackServer) -> None:
    async with aiohttp.ClientSession(server.api_url) as session:
        token = {"token": server.bot_token}
        async with session.post("auth.test", data=token) as response:
            assert (await response.json())["ok"]
        async with session.post("auth.test", json=token) as response:
            assert (await response.json())["error"] == "not_authed"
        async with session.post("chat.nothing", data=token) as response:
            assert (await response.json())["error"] == "unknown_method"
        async with session.post("auth.test", data=b"{", headers={"Content-Type": "text/csv"}) as response:
            assert (await response.json())["error"] == "invalid_post_type"


async def test_a_scope_that_was_not_granted(
    server: SlackServer, client: AsyncWebClient, officer: Person
) -> None:
    server.scopes.remove("chat:write")
    answer = await answer_of(client.chat_postMessage(channel=officer.id, text="안녕하세요"))
    assert answer["error"] == "missing_scope" and answer["needed"] == "chat:write"
    server.scopes.remove("users:read.email")
    assert "email" not in (await client.users_info(user=officer.id))["user"]["profile"]


async def test_a_message_to_a_person_opens_their_direct_message(
    client: AsyncWebClient, officer: Person
) -> None:
    answer = await client.chat_postMessage(channel=officer.id, text="안녕하세요 &lt;귀하&gt;")
    assert answer["channel"].startswith("D") and answer["channel"] == officer.direct.id
    assert officer.messages[-1].text == "안녕하세요 <귀하>" and officer.messages[-1].ts == answer["ts"]


async def test_messages_that_go_nowhere(server: SlackServer, client: AsyncWebClient, officer: Person) -> None:
    closed, robot = server.channel("closed", has_bot=False), server.person(is_bot=True)
    stranger = server.person(is_stranger=True, team_id="T0OTHER")

    async def error(channel: str, **words: Any) -> str:
        return await refused(client.chat_postMessage(channel=channel, **({"text": "가"} | words)))

    assert (
        await error("U0NOBODY") == await error("D0NOWHERE") == await error(stranger.id) == "channel_not_found"
    )
    assert await error(robot.id) == "cannot_dm_bot"
    assert await error(closed) == "not_in_channel"
    assert await error(officer.id, text="") == "no_text"
    assert await error(officer.id, text="가" * 40_001) == "msg_too_long"
    assert await error(officer.id, blocks="[{") == "invalid_blocks_format"
    assert await error(officer.id, metadata={"event_type": "sent"}) == "invalid_metadata_format"
    assert await error("") == "invalid_arguments"
    server.workspace.messages_tab_enabled = False
    assert await error(officer.id) == "messages_tab_disabled"
    assert not officer.messages


async def test_a_message_is_updated_and_deleted(client: AsyncWebClient, officer: Person) -> None:
    metadata = {"event_type": "sent", "event_payload": {"id": 7}}
    blocks = [{"type": "section", "text": {"type": "mrkdwn", "text": "*처음*"}}]
    sent = await client.chat_postMessage(channel=officer.id, text="처음", blocks=blocks, metadata=metadata)
    assert officer.messages[-1].text == "처음"
    own = await officer.says("그것은 제 말입니다")
    place = {"channel": sent["channel"], "ts": sent["ts"]}

    await client.chat_update(**place, attachments=[{"text": "붙임", "fallback": "붙임"}])
    assert officer.messages[-1].text == "처음", "blocks that are left out stay where there is no text"
    await client.chat_update(**place, text="다음")
    assert officer.messages[-1].text == "다음" and officer.messages[-1].edited
    assert officer.messages[-1].raw["metadata"] == metadata, "metadata that is left out stays"

    assert await refused(client.chat_update(**place)) == "no_text"
    assert await refused(client.chat_update(**place, text="가" * 4001)) == "msg_too_long"
    assert (
        await refused(client.chat_update(channel=place["channel"], ts="1.000001", text="가"))
        == "message_not_found"
    )
    assert (
        await refused(client.chat_update(channel=officer.id, ts=place["ts"], text="가"))
        == "channel_not_found"
    )
    assert (
        await refused(client.chat_update(channel=place["channel"], ts=own.ts, text="가"))
        == "cant_update_message"
    )
    assert await refused(client.chat_delete(channel=place["channel"], ts=own.ts)) == "cant_delete_message"

    await client.chat_delete(**place)
    assert officer.messages == [] and len(officer.said) == 1


async def test_history_and_threads_are_read_back(
    server: SlackServer, client: AsyncWebClient, officer: Person
) -> None:
    metadata = {"event_type": "sent", "event_payload": {"id": 7}}
    first = await client.chat_postMessage(channel=officer.id, text="하나", metadata=metadata)
    channel = first["channel"]
    await client.chat_postMessage(channel=channel, text="실 안에서", thread_ts=first["ts"])
    await client.chat_postMessage(channel=channel, text="둘")

    assert "reply_count" not in server.calls_of("chat.postMessage")[0].answer["message"], "as it was answered"

    history = await client.conversations_history(channel=channel)
    assert [one["text"] for one in history["messages"]] == ["둘", "하나"]
    assert history["messages"][1]["reply_count"] == 1 and "metadata" not in history["messages"][1]

    full = await client.conversations_history(
        channel=channel, include_all_metadata=True, oldest=first["ts"], latest=first["ts"], inclusive=True
    )
    assert [one["metadata"]["event_payload"] for one in full["messages"]] == [{"id": 7}]

    page = await client.conversations_history(channel=channel, limit=1)
    rest = await client.conversations_history(
        channel=channel, cursor=page["response_metadata"]["next_cursor"]
    )
    assert page["has_more"] and [one["text"] for one in rest["messages"]] == ["하나"]

    thread = await client.conversations_replies(channel=channel, ts=first["ts"])
    assert [one["text"] for one in thread["messages"]] == ["하나", "실 안에서"]
    assert await refused(client.conversations_replies(channel=channel, ts="1.000001")) == "thread_not_found"


async def test_people_are_looked_up(server: SlackServer, client: AsyncWebClient, officer: Person) -> None:
    gone = server.person(name="퇴직자", email="gone@hanbit.go.kr", deleted=True)
    stranger = server.person(is_stranger=True)
    guest = server.person(is_restricted=True)
    assert (await client.users_info(user=guest.id))["user"]["is_restricted"]
    assert (await client.users_lookupByEmail(email="officer@hanbit.go.kr"))["user"]["id"] == officer.id
    assert await refused(client.users_lookupByEmail(email="gone@hanbit.go.kr")) == "users_not_found"
    assert await refused(client.users_info(user="U0NOBODY")) == "user_not_found"
    assert await refused(client.users_info(user=stranger.id)) == "user_not_found"
    assert await refused(client.conversations_open(users=gone.id)) == "user_disabled"
    assert stranger.id not in [one["id"] for one in (await client.users_list())["members"]]


async def test_a_direct_message_is_opened_once(client: AsyncWebClient, officer: Person) -> None:
    first = await client.conversations_open(users=officer.id)
    again = await client.conversations_open(users=[officer.id], return_im=True)
    assert first["channel"] == {"id": officer.direct.id} and "already_open" not in first.data
    assert again["already_open"] and again["channel"]["user"] == officer.id
    assert (await client.conversations_info(channel=officer.direct.id))["channel"]["is_im"]


async def test_an_ephemeral_is_shown_to_one_person(
    server: SlackServer, client: AsyncWebClient, officer: Person
) -> None:
    other = server.person()
    await client.chat_postEphemeral(channel=officer.direct.id, user=officer.id, text="이미 처리되었습니다")
    assert [one.text for one in officer.ephemerals] == ["이미 처리되었습니다"]
    assert not other.ephemerals and not officer.messages
    wrong = client.chat_postEphemeral(channel=officer.direct.id, user=other.id, text="가")
    assert await refused(wrong) == "user_not_in_channel"


@pytest.mark.parametrize("blocks", [[{"type": "divider"}]])
async def test_blocks_without_words_to_fall_back_on_are_noted(
    server: SlackServer, client: AsyncWebClient, officer: Person, blocks: list[dict[str, Any]]
) -> None:
    await client.chat_postMessage(channel=officer.id, text="선", blocks=blocks)
    assert not server.complaints
    await client.chat_postMessage(channel=officer.id, blocks=blocks)
    assert server.complaints == ["chat.postMessage: blocks without a text to fall back on"]
