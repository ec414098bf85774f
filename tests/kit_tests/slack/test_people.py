"""What people see and do in messages."""

from typing import Any

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from tests.kit.slack import Person, SlackServer
from tests.kit_tests.slack.serving import serving

Body = dict[str, Any]


def plain(text: str) -> Body:
    return {"type": "plain_text", "text": text}


def button(label: str, **more: Any) -> Body:
    return {
        "type": "button",
        "action_id": f"press-{label}",
        "text": plain(label),
        "value": f"token-{label}",
        **more,
    }


SURE = {
    "title": plain("승인"),
    "text": plain("되돌릴 수 없습니다."),
    "confirm": plain("예"),
    "deny": plain("아니요"),
}
MENU = {
    "type": "static_select",
    "action_id": "menu",
    "options": [{"text": plain("1분기"), "value": "q1"}, {"text": plain("2분기"), "value": "q2"}],
}


def card(*elements: Body, text: str = "*민원처리율* 97.3 &amp; `승인 대기`") -> list[Body]:
    return [
        {"type": "header", "text": plain("실적 검토")},
        {"type": "section", "text": {"type": "mrkdwn", "text": text}, "fields": [plain("목표 95")]},
        {"type": "context", "elements": [{"type": "mrkdwn", "text": "<https://hanbit.go.kr|자세히>"}]},
        {"type": "actions", "elements": [*elements]},
    ]


async def test_a_card_is_read_out_in_plain_words(
    server: SlackServer, client: AsyncWebClient, officer: Person
) -> None:
    text = f"*<@{officer.id}>* 님의 *민원처리율* 97.3 &gt; 95 (5*3*2, snake_case_name)"
    await client.chat_postMessage(
        channel=officer.id, text="검토", blocks=card(button("승인"), MENU, text=text)
    )
    shown = officer.messages[-1]
    assert shown.text.splitlines() == [
        "실적 검토",
        "@이주무관 님의 민원처리율 97.3 > 95 (5*3*2, snake_case_name)",
        "목표 95",
        "자세히",
        "[승인] [1분기] [2분기]",
    ]
    assert shown.buttons == ["승인", "1분기", "2분기"] and shown.fallback == "검토"
    assert shown.links == ["https://hanbit.go.kr"] and not shown.edited and shown.thread_ts is None


async def test_the_newest_button_of_a_label_is_pressed(
    server: SlackServer, client: AsyncWebClient, officer: Person
) -> None:
    await client.chat_postMessage(channel=officer.id, text="가", blocks=card(button("승인", value="old")))
    sent = await client.chat_postMessage(
        channel=officer.id, text="나", blocks=card(button("승인", value="new", confirm=SURE))
    )
    async with serving(server) as bot:
        assert await officer.presses("승인", confirm=False) is None and bot.came == []
        await officer.presses("승인")
        await officer.presses(officer.messages[0].pressables[0])
    clicked = bot.interactions[0]
    assert clicked["actions"][0]["value"] == "new" and clicked["actions"][0]["action_ts"]
    assert clicked["container"]["message_ts"] == clicked["message"]["ts"] == sent["ts"]
    assert clicked["channel"]["id"] == officer.direct.id and clicked["user"]["team_id"] == server.team_id
    assert bot.interactions[1]["actions"][0]["value"] == "old"
    with pytest.raises(AssertionError, match="there are"):
        await officer.presses("반려")


async def test_an_option_of_a_menu_is_pressed_like_a_button(
    server: SlackServer, client: AsyncWebClient, officer: Person
) -> None:
    await client.chat_postMessage(channel=officer.id, text="가", blocks=card(MENU))
    async with serving(server) as bot:
        await officer.presses("2분기")
    action = bot.interactions[0]["actions"][0]
    assert action["selected_option"]["value"] == "q2" and action["type"] == "static_select"
    state = bot.interactions[0]["state"]["values"][action["block_id"]]["menu"]
    assert state["selected_option"]["value"] == "q2"


async def test_a_shortcut_carries_the_message_and_its_files(server: SlackServer, officer: Person) -> None:
    async with serving(server) as bot:
        said = await officer.sends_file(b"%PDF", "증빙.pdf")
        await officer.uses_shortcut("submit_evidence", said)
    used = bot.interactions[0]
    assert used["type"] == "message_action" and used["callback_id"] == "submit_evidence"
    assert used["message"]["files"][0]["name"] == "증빙.pdf" and used["message_ts"] == said.ts


async def test_a_response_url_takes_five_answers_in_half_an_hour(
    server: SlackServer, client: AsyncWebClient, officer: Person
) -> None:
    await client.chat_postMessage(channel=officer.id, text="가", blocks=card(button("승인")))
    async with serving(server) as bot:
        await officer.presses("승인")
        await officer.presses("승인")
    first, second = (one["response_url"] for one in bot.interactions)

    async def says(url: str, **said: Any) -> tuple[int, Body]:
        async with aiohttp.ClientSession() as session, session.post(url, json=said) as response:
            return response.status, await response.json()

    assert await says(first, text="나만 봅니다") == (200, {"ok": True})
    assert officer.ephemerals[-1].text == "나만 봅니다"
    await says(first, text="처리했습니다", replace_original=True)
    assert officer.messages[-1].text == "처리했습니다"
    assert (await says(first, text=""))[1]["error"] == "no_text"
    await says(first, delete_original=True)
    assert officer.messages == []
    await says(first, text="다섯째", response_type="in_channel")
    assert (await says(first, text="여섯째"))[1]["error"] == "used_url"
    server.passes(1801)
    assert (await says(second, text="늦었습니다")) == (404, {"ok": False, "error": "expired_url"})


async def test_the_bot_is_mentioned_in_a_channel(server: SlackServer, officer: Person) -> None:
    channel = server.channel("성과관리")
    async with serving(server) as bot:
        await officer.mentions(channel, "도움말")
    event = bot.events[0]
    assert event["type"] == "app_mention" and event["channel"] == channel
    assert event["text"] == f"<@{server.bot_user_id}> 도움말"


async def test_strangers_and_bots_can_be_told_from_officers(server: SlackServer) -> None:
    stranger, robot = server.person(team_id="T0OTHER", is_stranger=True), server.person(is_bot=True)
    async with serving(server) as bot:
        await stranger.says("안녕하세요")
        await robot.says("삐")
    assert bot.came[0]["is_ext_shared_channel"] and bot.events[0]["user_team"] == "T0OTHER"
    assert "bot_id" in bot.events[1] and "bot_id" not in bot.events[0]


async def test_a_modal_hides_the_buttons_behind_it(
    server: SlackServer, client: AsyncWebClient, officer: Person
) -> None:
    await client.chat_postMessage(channel=officer.id, text="가", blocks=card(button("승인")))
    view = {"type": "modal", "title": plain("도움말"), "blocks": card(button("닫기"))}
    await client.views_open(trigger_id=server.workspace.new_trigger(officer.id), view=view)
    assert officer.buttons() == ["닫기"]
    with pytest.raises(AssertionError, match="no button"):
        officer.button("승인")
