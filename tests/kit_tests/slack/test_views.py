"""Modals and the home tab, as people use them and as the app may change them."""

import asyncio
from typing import Any

import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from tests.kit.slack import Person, SlackServer
from tests.kit.slack.modal import REQUIRED, TROUBLE
from tests.kit.slack.workspace import TRIGGER_LIVES
from tests.kit_tests.slack.refusing import refused
from tests.kit_tests.slack.serving import Bot, serving

Body = dict[str, Any]


def plain(text: str) -> Body:
    return {"type": "plain_text", "text": text}


def asked(label: str, element: Body, **more: Any) -> Body:
    return {
        "type": "input",
        "block_id": label,
        "label": plain(label),
        "element": {"action_id": "held", **element},
        **more,
    }


def form(*blocks: Body, title: str = "실적 보고", **more: Any) -> Body:
    return {
        "type": "modal",
        "callback_id": "report",
        "title": plain(title),
        "submit": plain("제출"),
        "blocks": [*blocks],
        **more,
    }


def press(label: str, **more: Any) -> Body:
    return {
        "type": "actions",
        "elements": [{"type": "button", "action_id": f"press-{label}", "text": plain(label), **more}],
    }


KINDS = [{"text": plain("정상"), "value": "normal"}, {"text": plain("지연"), "value": "late"}]
REPORT = form(
    asked(
        "실적", {"type": "number_input", "is_decimal_allowed": True, "min_value": "0", "initial_value": "95"}
    ),
    asked("상태", {"type": "static_select", "options": KINDS}, optional=True),
    asked("설명", {"type": "plain_text_input", "max_length": 10}, optional=True),
    asked("증빙", {"type": "file_input", "filetypes": ["pdf"], "max_files": 2}, optional=True),
    press("도움말"),
    notify_on_close=True,
    private_metadata="지표 7",
)


def trigger(server: SlackServer, person: Person) -> str:
    return server.workspace.new_trigger(person.id)


async def test_a_trigger_opens_one_modal_within_three_seconds(
    server: SlackServer, client: AsyncWebClient, officer: Person
) -> None:
    assert await refused(client.views_open(trigger_id="1.2.three", view=REPORT)) == "invalid_trigger_id"
    late = trigger(server, officer)
    server.passes(TRIGGER_LIVES + 0.1)
    assert await refused(client.views_open(trigger_id=late, view=REPORT)) == "expired_trigger_id"
    once = trigger(server, officer)
    assert officer.modal is None
    await client.views_open(trigger_id=once, view=REPORT)
    assert officer.modal is not None and officer.modal.values["실적"] == "95"
    assert await refused(client.views_open(trigger_id=once, view=REPORT)) == "exchanged_trigger_id"
    assert await refused(client.views_push(trigger_id=trigger(server, officer), view=REPORT)) == "not_found"


async def test_what_else_a_view_is_refused_for(
    server: SlackServer, client: AsyncWebClient, officer: Person
) -> None:
    named = form(external_id="report-7")
    await client.views_open(trigger_id=trigger(server, officer), view=named)
    twice = client.views_open(trigger_id=trigger(server, server.person()), view=named)
    assert await refused(twice) == "duplicate_external_id"
    await client.views_update(external_id="report-7", view=form(title="다시"))
    assert officer.modal is not None and officer.modal.title == "다시"
    server.scopes.remove("files:read")
    asking = client.views_open(trigger_id=trigger(server, officer), view=REPORT)
    assert await refused(asking) == "missing_scope", "a file_input needs files:read"


async def test_a_view_is_updated_only_as_it_was_seen(
    server: SlackServer, client: AsyncWebClient, officer: Person
) -> None:
    opened = (await client.views_open(trigger_id=trigger(server, officer), view=REPORT))["view"]
    other = form(asked("실적", {"type": "number_input", "is_decimal_allowed": True}), title="다시")
    officer.fills({"실적": "97.3"})
    await client.views_update(view_id=opened["id"], hash=opened["hash"], view=other)
    assert officer.modal is not None and officer.modal.title == "다시"
    assert officer.modal.values == {"실적": "97.3"}, "what was typed into the same field stays"
    stale = client.views_update(view_id=opened["id"], hash=opened["hash"], view=other)
    assert await refused(stale) == "hash_conflict"
    assert await refused(client.views_update(view_id="V0NONE", view=other)) == "not_found"
    heavy = form(*[{"type": "section", "text": plain("가" * 3000)}] * 30)
    assert await refused(client.views_update(view_id=opened["id"], view=heavy)) == "view_too_large"


async def test_home_is_published_and_its_buttons_can_be_pressed(
    server: SlackServer, client: AsyncWebClient, officer: Person
) -> None:
    blocks = [{"type": "header", "text": plain("내 지표")}, press("새로고침", value="7")]
    view = (await client.views_publish(user_id=officer.id, view={"type": "home", "blocks": blocks}))["view"]
    assert officer.home is not None and officer.home.text == "내 지표\n[새로고침]"
    assert officer.buttons() == ["새로고침"]
    async with serving(server) as bot:
        await officer.opens_home()
        await officer.presses("새로고침")
    assert bot.events[0]["view"]["id"] == view["id"] and bot.events[0]["tab"] == "home"
    clicked = bot.interactions[0]
    assert clicked["container"] == {"type": "view", "view_id": view["id"]}
    assert clicked["view"]["hash"] == view["hash"] and "response_url" not in clicked
    assert clicked["actions"][0]["value"] == "7"
    again = client.views_publish(user_id=officer.id, view={"type": "home", "blocks": blocks}, hash="other")
    assert await refused(again) == "hash_conflict"


async def test_a_form_is_filled_in_and_sent(
    server: SlackServer, client: AsyncWebClient, officer: Person
) -> None:
    await client.views_open(trigger_id=trigger(server, officer), view=REPORT)
    async with serving(server) as bot:
        result = await officer.submits(
            {"실적": "97.3", "상태": "지연", "설명": "", "증빙": [(b"%PDF", "증빙.pdf")]}
        )
    assert result.closed and not result.errors and not result.trouble
    view = bot.interactions[0]["view"]
    values = {block: held["held"] for block, held in view["state"]["values"].items()}
    assert values["실적"] == {"type": "number_input", "value": "97.3"}
    assert values["상태"]["selected_option"]["value"] == "late"
    assert values["설명"] == {"type": "plain_text_input", "value": None}
    assert [file["name"] for file in values["증빙"]["files"]] == ["증빙.pdf"]
    assert view["private_metadata"] == "지표 7" and view["root_view_id"] == view["id"]


async def test_slack_itself_refuses_what_the_form_does_not_allow(
    server: SlackServer, client: AsyncWebClient, officer: Person
) -> None:
    await client.views_open(trigger_id=trigger(server, officer), view=REPORT)
    wrong = {
        "실적": "1,234",
        "설명": "가" * 11,
        "증빙": [(b"MZ", "증빙.exe")],
    }
    result = await officer.submits(wrong)
    assert set(result.errors) == {"실적", "설명", "증빙"} and result.ack is None
    three = [(b"%PDF", f"{number}.pdf") for number in range(3)]
    assert (await officer.submits({"증빙": three})).errors == {"증빙": "You can upload at most 2 files."}
    assert (await officer.submits({"실적": "-1"})).errors == {"실적": "Must be at least 0."}
    assert (await officer.submits({"실적": ""})).errors == {"실적": REQUIRED}
    with pytest.raises(AssertionError, match="there are"):
        officer.fills({"상태": "없는 것"})


ANSWERS: list[tuple[Body, dict[str, str], list[str]]] = [
    (
        {"response_action": "errors", "errors": {"실적": "다시 보세요"}},
        {"실적": "다시 보세요"},
        ["실적 보고"],
    ),
    ({"response_action": "clear"}, {}, []),
    ({"response_action": "update", "view": form(title="다음")}, {}, ["다음"]),
    ({"response_action": "push", "view": form(title="위에")}, {}, ["실적 보고", "위에"]),
]


@pytest.mark.parametrize(("answer", "errors", "left"), ANSWERS)
async def test_what_the_app_answers_to_a_submission(
    server: SlackServer,
    client: AsyncWebClient,
    officer: Person,
    answer: Body,
    errors: dict[str, str],
    left: list[str],
) -> None:
    await client.views_open(trigger_id=trigger(server, officer), view=REPORT)
    async with serving(server) as bot:
        bot.answer = answer
        result = await officer.submits()
    assert result.errors == errors and not result.trouble and not server.complaints
    assert [view["title"]["text"] for view in server.workspace.modals[officer.id]] == left
    assert result.closed == (not left)
    if errors:
        assert officer.modal is not None and officer.modal.errors == errors


NONSENSE: list[Body] = [
    {"response_action": "errors", "errors": {"없는 칸": "다시"}},
    {"response_action": "errors", "errors": {}},
    {"response_action": "errors", "errors": {"실적": ""}},
    {"response_action": "update", "view": form(title="가" * 25)},
    {"response_action": "close"},
    {"text": "고맙습니다"},
]


@pytest.mark.parametrize("answer", NONSENSE)
async def test_nonsense_in_answer_to_a_submission_is_trouble(
    server: SlackServer, client: AsyncWebClient, officer: Person, answer: Body
) -> None:
    await client.views_open(trigger_id=trigger(server, officer), view=REPORT)
    async with serving(server) as bot:
        bot.answer = answer
        result = await officer.submits()
    assert result.trouble == TROUBLE and not result.closed and len(server.complaints) == 1


async def test_only_three_views_stand_on_each_other(
    server: SlackServer, client: AsyncWebClient, officer: Person
) -> None:
    await client.views_open(trigger_id=trigger(server, officer), view=REPORT)
    async with serving(server) as bot:
        for depth in range(3):
            await officer.presses("도움말")
            pushing = client.views_push(trigger_id=bot.interactions[-1]["trigger_id"], view=REPORT)
            if depth < 2:
                pushed = (await pushing)["view"]
                assert pushed["previous_view_id"] and pushed["root_view_id"] != pushed["id"]
            else:
                assert await refused(pushing) == "push_limit_reached"


async def test_closing_a_modal_is_told_where_it_was_asked_for(
    server: SlackServer, client: AsyncWebClient, officer: Person
) -> None:
    async with serving(server) as bot:
        await client.views_open(trigger_id=trigger(server, officer), view=REPORT)
        await officer.closes_modal()
        assert officer.modal is None and bot.interactions[-1]["type"] == "view_closed"
        assert bot.interactions[-1]["is_cleared"] is False and "trigger_id" not in bot.interactions[-1]
        await client.views_open(trigger_id=trigger(server, officer), view=form())
        assert await officer.closes_modal() is None


async def test_a_real_app_answers_a_form(server: SlackServer, officer: Person) -> None:
    app = AsyncApp(
        token=server.bot_token,
        signing_secret=server.signing_secret,
        client=AsyncWebClient(server.bot_token, base_url=server.api_url),
    )
    done = asyncio.Event()

    async def opens(ack: Any, body: Body, client: AsyncWebClient) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=REPORT)

    async def takes(ack: Any, view: Body) -> None:
        value = view["state"]["values"]["실적"]["held"]["value"]
        if float(value) > 100:
            await ack(response_action="errors", errors={"실적": "100 이하로 적어 주세요."})
        else:
            await ack()
            done.set()

    app.command("/bogobot")(opens)
    app.view("report")(takes)
    async with serving(server, Bot(app)):
        assert await officer.types_command("/bogobot", "보고") == ""
        await server.quiet()
        assert officer.modal is not None
        assert (await officer.submits({"실적": "101"})).errors == {"실적": "100 이하로 적어 주세요."}
        assert (await officer.submits({"실적": "97.3"})).closed
        await asyncio.wait_for(done.wait(), 5)
