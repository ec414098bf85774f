"""Events, clicks and commands over HTTP: signed, tried again, replayed and forged."""

import json
from typing import Any, get_args

import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.signature import SignatureVerifier
from slack_sdk.web.async_client import AsyncWebClient

from tests.kit.slack import Person, SlackServer
from tests.kit.slack.http_events import Forgery
from tests.kit_tests.slack.serving import Bot, serving


def real_app(server: SlackServer) -> AsyncApp:
    return AsyncApp(
        token=server.bot_token,
        signing_secret=server.signing_secret,
        client=AsyncWebClient(server.bot_token, base_url=server.api_url),
    )


async def test_a_real_app_takes_the_challenge_and_answers_a_message(
    server: SlackServer, officer: Person
) -> None:
    app = real_app(server)

    @app.event("message")
    async def echo(event: dict[str, Any], say: Any) -> None:
        await say(f"들은 말: {event['text']}")

    async with serving(server, Bot(app)):
        assert await server.http.verifies_url()
        said = await officer.says("실적 < 목표 & https://hanbit.go.kr")
        await server.quiet()
        heard = json.loads(server.http.sent[-1].body)["event"]["text"]
        assert heard == "실적 &lt; 목표 &amp; <https://hanbit.go.kr>"
        assert said.text == "실적 < 목표 & https://hanbit.go.kr"
        assert officer.messages[-1].text == "들은 말: 실적 < 목표 & https://hanbit.go.kr"
    assert server.acks[-1].ok and server.acks[-1].delivery.payload["event"]["channel_type"] == "im"


async def test_an_event_that_failed_comes_again_and_a_click_does_not(
    server: SlackServer, officer: Person
) -> None:
    async with serving(server) as bot:
        bot.status = 500
        await officer.says("안녕하세요")
        await server.quiet()
        assert [ack.reason for ack in server.acks] == ["http_error", "http_error"], (
            "the first retry is at once"
        )
        await server.retry_now()
        bot.status = 200
        await server.retry_now()
        await server.quiet()
        numbers = [one.get("X-Slack-Retry-Num") for one in bot.headers]
        assert numbers == [None, "1", "2", "3"] and bot.headers[1]["X-Slack-Retry-Reason"] == "http_error"
        assert len({one["event_id"] for one in bot.came}) == 1 and not server.deliveries.waiting

        bot.status = 500
        assert "dispatch_failed" in await officer.types_command("/bogobot", "도움말")
        await server.retry_now()
        assert len(bot.came) == 5 and bot.came[-1]["command"] == "/bogobot"


async def test_an_event_that_always_fails_is_given_up(server: SlackServer, officer: Person) -> None:
    server.deliveries.retry_delays = (0, 0, 0)
    async with serving(server) as bot:
        bot.status = 503
        await officer.says("안녕하세요")
        await server.quiet()
        assert len(bot.came) == 4 and len(server.deliveries.given_up) == 1


async def test_an_event_comes_again_as_it_was_unless_the_app_wants_none(
    server: SlackServer, officer: Person
) -> None:
    async with serving(server) as bot:
        bot.status = 500
        said = await officer.says("안녕하세요")
        await server.quiet()
        officer.direct.messages[said.ts]["blocks"].clear()
        await server.retry_now()
        assert len(bot.came) == 3 and bot.came[0] == bot.came[1] == bot.came[2]
        bot.wants_no_retry = True
        await server.retry_now()
        await officer.says("한 번만")
        await server.quiet()
        assert len(bot.came) == 5 and len(server.deliveries.given_up) == 2


async def test_an_app_that_is_slow_or_not_there_is_tried_again(server: SlackServer, officer: Person) -> None:
    server.ack_timeout = 0.05
    async with serving(server) as bot:
        bot.delay = 0.2
        await officer.says("안녕하세요")
        assert server.acks[-1].reason == "http_timeout" and server.acks[-1].status == 0
        assert "operation_timeout" in await officer.types_command("/bogobot")
    await server.quiet()
    await officer.says("계십니까")
    assert server.acks[-1].reason == "connection_failed"


async def test_every_forgery_is_told_from_the_genuine_one(server: SlackServer) -> None:
    verifier = SignatureVerifier(server.signing_secret)
    payload = {"type": "event_callback", "event": {"type": "message"}}

    def genuine() -> bool:
        sent = server.http.sent[-1]
        try:
            return verifier.is_valid_request(sent.body, sent.headers)
        except (ValueError, TypeError):
            return False

    async with serving(server) as bot:
        await server.http.posts(payload)
        assert genuine()
        for forgery in get_args(Forgery):
            await server.http.forges(forgery, payload)
            assert not genuine(), forgery
        assert len(bot.came) == 1 + len(get_args(Forgery)), "every one of them arrives"


@pytest.mark.parametrize(
    "forgery", ["wrong_signature", "no_signature", "stale", "other_body", "other_secret"]
)
async def test_a_real_app_refuses_a_forged_request(server: SlackServer, forgery: Forgery) -> None:
    async with serving(server, Bot(real_app(server))):
        assert (await server.http.forges(forgery, {"type": "event_callback"})).status == 401


async def test_a_request_is_replayed_to_the_letter(server: SlackServer, officer: Person) -> None:
    async with serving(server) as bot:
        await officer.says("한 번만")
        await server.http.replays()
        assert bot.came[0] == bot.came[1] and bot.headers[0] == bot.headers[1]


async def test_what_a_command_is_answered_with_is_shown(server: SlackServer, officer: Person) -> None:
    async with serving(server) as bot:
        bot.answer = {"text": "*내 지표* 3건", "response_type": "ephemeral"}
        assert await officer.types_command("/bogobot", "내 지표") == "내 지표 3건"
        assert officer.ephemerals[-1].text == "내 지표 3건" and not officer.messages
        assert bot.came[0]["text"] == "내 지표" and bot.came[0]["user_id"] == officer.id
        bot.answer = {"response_type": "everybody", "text": "가"}
        assert "dispatch_failed" in await officer.types_command("/bogobot")
        assert len(server.complaints) == 1


async def test_accounts_that_change_are_told(server: SlackServer, officer: Person) -> None:
    async with serving(server) as bot:
        await officer.becomes(deleted=True)
    assert bot.events[0]["type"] == "user_change" and bot.events[0]["user"]["deleted"]
