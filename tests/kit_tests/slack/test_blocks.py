"""Block Kit's limits: each is reached, and then passed by one."""

from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from tests.kit.slack import Person, SlackServer
from tests.kit.slack.blocks import check_message, check_view
from tests.kit_tests.slack.refusing import answer_of, refused

Body = dict[str, Any]


def plain(length: int = 1) -> Body:
    return {"type": "plain_text", "text": "가" * length}


def marked(length: int = 1) -> Body:
    return {"type": "mrkdwn", "text": "가" * length}


def button(number: int = 0, **more: Any) -> Body:
    return {"type": "button", "action_id": f"press-{number}", "text": plain(), **more}


def actions(*elements: Body) -> Body:
    return {"type": "actions", "elements": list(elements)}


def section(**parts: Any) -> Body:
    return {"type": "section", **parts}


def option(text: int = 1, value: str = "v") -> Body:
    return {"text": plain(text), "value": value}


def select(count: int, **more: Any) -> Body:
    options = [option(value=str(number)) for number in range(count)]
    return {"type": "static_select", "action_id": "choose", "options": options, **more}


def asked(element: Body, **more: Any) -> Body:
    return {"type": "input", "label": plain(), "element": {"action_id": "held", **element}, **more}


def text_input(**more: Any) -> Body:
    return asked({"type": "plain_text_input", **more})


def confirm(title: int, text: int, yes: int) -> Body:
    return {"title": plain(title), "text": plain(text), "confirm": plain(yes), "deny": plain(yes)}


def files(**more: Any) -> Body:
    return asked({"type": "file_input", **more})


GROUPS = [{"label": plain(75), "options": [option()]}]

ON_THE_LIMIT = [
    section(text=marked(3000)),
    section(fields=[marked(2000)] * 3),
    section(fields=[plain()] * 10, accessory=button()),
    {"type": "header", "text": plain(150)},
    {"type": "context", "elements": [marked()] * 10},
    {
        "type": "context",
        "elements": [{"type": "image", "image_url": "https://hanbit.go.kr/a.png", "alt_text": "가"}],
    },
    actions(*(button(number) for number in range(25))),
    actions(button(text=plain(75), value="가" * 2000, style="primary", confirm=confirm(100, 300, 30))),
    actions(select(100, initial_option=option(value="7"), placeholder=plain(150))),
    actions({"type": "static_select", "action_id": "a", "option_groups": GROUPS}),
    actions({"type": "overflow", "action_id": "a", "options": [option(75, "v" * 150)] * 5}),
    actions({"type": "radio_buttons", "action_id": "a", "options": [option()] * 10}),
    actions({"type": "checkboxes", "action_id": "a", "options": [option()] * 10}),
    actions({"type": "datepicker", "action_id": "a", "initial_date": "2026-07-15"}),
    text_input(max_length=3000, initial_value="가" * 3000, placeholder=plain(150)),
    {"type": "divider", "block_id": "가" * 255},
]

PAST_THE_LIMIT = [
    (section(text=marked(3001)), "must be less than 3001 characters [json-pointer:/blocks/0/text/text]"),
    (section(text=marked(0)), "must be more than 0 characters"),
    (section(text=plain() | {"verbatim": True}), "invalid additional property: verbatim"),
    (section(text="가"), "must provide an object"),
    (section(), "missing required field: text"),
    (section(text=marked(), color="red"), "invalid additional property: color [json-pointer:/blocks/0]"),
    (section(text=marked(), accessory=None), "must provide an object"),
    (section(text=marked(), accessory={"type": "plain_text_input"}), "unsupported type: plain_text_input"),
    (section(fields=[marked(2001)]), "must be less than 2001 characters"),
    (section(fields=[marked()] * 11), "no more than 10 items allowed"),
    ({"type": "header", "text": plain(151)}, "must be less than 151 characters"),
    ({"type": "header", "text": marked()}, "unsupported type: mrkdwn"),
    ({"type": "context", "elements": [marked()] * 11}, "no more than 10 items allowed"),
    (actions(), "no fewer than 1 items allowed"),
    (
        actions(*(button(number) for number in range(26))),
        "no more than 25 items allowed [json-pointer:/blocks/0/elements]",
    ),
    (actions(button(), button()), "action_id `press-0` already exists"),
    (actions(button(text=plain(76))), "must be less than 76 characters"),
    (actions(button(text=marked())), "unsupported type: mrkdwn"),
    (actions(button(value="가" * 2001)), "must be less than 2001 characters"),
    (actions(button(action_id="가" * 256)), "must be less than 256 characters"),
    (actions(button(style="default")), "must be a valid enum value"),
    (actions(button(url="hanbit.go.kr")), "must be a valid URL"),
    (actions(button(confirm=confirm(101, 1, 1))), "must be less than 101 characters"),
    (actions(button(confirm=confirm(1, 301, 1))), "must be less than 301 characters"),
    (actions(button(confirm=confirm(1, 1, 31))), "must be less than 31 characters"),
    (actions(select(101)), "no more than 100 items allowed"),
    (actions(select(0)), "no fewer than 1 items allowed"),
    (actions(select(1, option_groups=GROUPS)), "must provide exactly one of options and option_groups"),
    (
        actions(select(1, initial_option=option(value="other"))),
        "initial option must match one of the options",
    ),
    (actions(select(1, placeholder=plain(151))), "must be less than 151 characters"),
    (actions(select(1, options=[option(76)])), "must be less than 76 characters"),
    (actions(select(1, options=[option(1, "v" * 151)])), "must be less than 151 characters"),
    (
        actions({"type": "overflow", "action_id": "a", "options": [option()] * 6}),
        "no more than 5 items allowed",
    ),
    (
        actions({"type": "checkboxes", "action_id": "a", "options": [option()] * 11}),
        "no more than 10 items allowed",
    ),
    (actions({"type": "datepicker", "initial_date": "15.7.2026"}), "must be a date"),
    (text_input(max_length=3001), "must be between 1 and 3000"),
    (text_input(min_length=5, max_length=4), "min_length must not be greater than max_length"),
    (asked({"type": "plain_text_input"}, label=plain(2001)), "must be less than 2001 characters"),
    (asked({"type": "plain_text_input"}, hint=plain(2001)), "must be less than 2001 characters"),
    (asked({"type": "number_input"}), "missing required field: is_decimal_allowed"),
    (asked(button()), "unsupported type: button"),
    (files(), "unsupported type: file_input"),
    ({"type": "divider", "block_id": "가" * 256}, "must be less than 256 characters"),
    ({"type": "line"}, "unsupported type: line [json-pointer:/blocks/0/type]"),
    ("가", "must provide an object"),
]


@pytest.mark.parametrize("block", ON_THE_LIMIT)
def test_what_is_on_the_limit_is_taken(block: Body) -> None:
    assert check_message([block]) == []


@pytest.mark.parametrize(("block", "error"), PAST_THE_LIMIT)
def test_what_is_past_the_limit_is_refused(block: Body, error: str) -> None:
    assert any(error in one for one in check_message([block])), check_message([block])


def test_a_message_has_fifty_blocks_with_ids_of_their_own() -> None:
    assert check_message([{"type": "divider"}] * 50) == []
    assert check_message([{"type": "divider"}] * 51) == [
        "no more than 50 items allowed [json-pointer:/blocks]"
    ]
    same = {"type": "divider", "block_id": "same"}
    assert check_message([same, same]) == ["block_id `same` already exists [json-pointer:/blocks/1/block_id]"]


def view(*blocks: Body, **parts: Any) -> Body:
    return {"type": "modal", "title": plain(), "blocks": list(blocks), **parts}


TITLED = {"title": plain(24), "submit": plain(24), "close": plain(24)}

VIEWS_PAST_THE_LIMIT = [
    (view(title=plain(25)), "must be less than 25 characters [json-pointer:/view/title/text]"),
    (view(submit=plain(25)), "must be less than 25 characters"),
    (view(close=plain(25)), "must be less than 25 characters"),
    (view(private_metadata="가" * 3001), "must be less than 3001 characters"),
    (view(callback_id="가" * 256), "must be less than 256 characters"),
    (view(text_input()), "missing required field: submit"),
    (view(*[{"type": "divider"}] * 101), "no more than 100 items allowed"),
    (view(files(max_files=11), submit=plain()), "must be between 1 and 10"),
    (view(files(max_files=0), submit=plain()), "must be between 1 and 10"),
    (view(files(filetypes=[".pdf"]), submit=plain()), "must be a file extension"),
    (view({"type": "markdown", "text": "가"}), "unsupported type: markdown"),
    (view(submit_disabled=True), "invalid additional property: submit_disabled"),
    ({"type": "modal", "blocks": []}, "missing required field: title"),
    ({"type": "home", "blocks": []}, "unsupported type: home"),
    (
        view(text_input(focus_on_load=True), text_input(focus_on_load=True), submit=plain()),
        "only one element can have focus_on_load",
    ),
]


@pytest.mark.parametrize(("modal", "error"), VIEWS_PAST_THE_LIMIT)
def test_what_no_modal_may_be(modal: Body, error: str) -> None:
    assert any(error in one for one in check_view(modal, "modal")), check_view(modal, "modal")


def test_what_a_modal_may_be() -> None:
    asks = [text_input(), files(max_files=10, filetypes=["pdf", "hwpx"])]
    private = {"private_metadata": "가" * 3000, "callback_id": "가" * 255, "notify_on_close": True}
    assert check_view(view(*asks, *[{"type": "divider"}] * 98, **TITLED, **private), "modal") == []
    assert check_view({"type": "home", "blocks": [actions(button())]}, "home") == []
    assert check_view({"type": "home", "blocks": [files()]}, "home") != []
    assert check_view({"type": "home", "blocks": [], "title": plain()}, "home") != []


async def test_the_client_is_told_what_is_wrong(
    server: SlackServer, client: AsyncWebClient, officer: Person
) -> None:
    wrong = [section(text=marked(3001))]
    answer = await answer_of(client.chat_postMessage(channel=officer.id, text="가", blocks=wrong))
    message = "must be less than 3001 characters [json-pointer:/blocks/0/text/text]"
    assert answer["error"] == "invalid_blocks" and answer["errors"] == [message]
    assert answer["response_metadata"] == {"messages": [f"[ERROR] {message}"]}

    answer = await answer_of(client.views_publish(user_id=officer.id, view={"type": "home", "blocks": wrong}))
    assert answer["error"] == "invalid_arguments"
    assert "[json-pointer:/view/blocks/0/text/text]" in answer["response_metadata"]["messages"][0]
    assert [call.error for call in server.refusals] == ["invalid_blocks", "invalid_arguments"]


async def test_all_blocks_together_have_a_budget(client: AsyncWebClient, officer: Person) -> None:
    four = [section(text=marked(3000))] * 4
    await client.chat_postMessage(channel=officer.id, text="가", blocks=four)
    call = client.chat_postMessage(channel=officer.id, text="가", blocks=[*four, section(text=marked(3000))])
    assert await refused(call) == "msg_blocks_too_long"


async def test_an_action_id_in_two_blocks_is_noted_and_in_two_inputs_is_not(
    server: SlackServer, client: AsyncWebClient, officer: Person
) -> None:
    await client.chat_postMessage(channel=officer.id, text="가", blocks=[text_input(), text_input()])
    assert not server.complaints
    await client.chat_postMessage(
        channel=officer.id, text="가", blocks=[actions(button()), actions(button())]
    )
    assert server.complaints == ["chat.postMessage: action_id 'press-0' stands in more than one block"]
