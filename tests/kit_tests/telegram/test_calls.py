"""How calls are read, and checked against the schema."""

import json

import httpx
import pytest
from telegram import Bot
from telegram.error import InvalidToken

from tests.kit.telegram import Person, TelegramServer


async def test_a_wrong_token_is_unauthorized(server: TelegramServer) -> None:
    async with httpx.AsyncClient() as client:
        answer = await client.post(f"{server.url}/bot1:wrong/getMe")
    assert answer.status_code == 401
    assert answer.json() == {"ok": False, "error_code": 401, "description": "Unauthorized"}
    with pytest.raises(InvalidToken):
        await Bot("1:wrong", base_url=f"{server.url}/bot").initialize()


async def test_an_unknown_method_is_not_found(client: httpx.AsyncClient) -> None:
    answer = await client.post("sendMassage")
    assert (answer.status_code, answer.json()["description"]) == (404, "Not Found: method not found")


async def test_a_method_that_is_not_played_is_complained_about(
    server: TelegramServer, client: httpx.AsyncClient
) -> None:
    assert (await client.post("getAvailableGifts")).status_code == 400
    assert server.complaints == ["getAvailableGifts is not played here"]


async def test_parameters_may_come_in_the_address_as_a_form_as_json_or_in_parts(
    client: httpx.AsyncClient, person: Person
) -> None:
    given = {"chat_id": "7", "text": "안녕 & 반가워요"}
    await client.get("sendMessage", params=given)
    await client.post("sendMessage", data=given)
    await client.post("sendMessage", json=given)
    await client.post("SENDMESSAGE", files={name: (None, value) for name, value in given.items()})
    assert [message.text for message in person.messages] == ["안녕 & 반가워요"] * 4


@pytest.mark.parametrize(
    ("parameters", "description"),
    [
        ({"text": "안녕"}, "Bad Request: chat_id is empty"),
        ({"chat_id": 7}, "Bad Request: message text is empty"),
        ({"chat_id": 7, "text": ""}, "Bad Request: message text is empty"),
        ({"chat_id": 7, "text": " \n"}, "Bad Request: text must be non-empty"),
        ({"chat_id": 7, "text": "\u200b"}, "Bad Request: text must be non-empty"),
    ],
)
async def test_what_is_missing_is_named(
    client: httpx.AsyncClient, person: Person, parameters: dict[str, object], description: str
) -> None:
    answer = await client.post("sendMessage", json=parameters)
    assert answer.json() == {"ok": False, "error_code": 400, "description": description}


async def test_any_other_missing_parameter_is_named_too(client: httpx.AsyncClient) -> None:
    answer = await client.post("answerCallbackQuery")
    assert answer.json()["description"] == 'Bad Request: parameter "callback_query_id" is required'


@pytest.mark.parametrize(
    ("more", "complaint"),
    [
        ({"colour": "red"}, "sendMessage has no parameter 'colour'"),
        ({"text": 5}, "sendMessage: text must be String"),
        ({"protect_content": "perhaps"}, "sendMessage: can't parse protect_content JSON object"),
        ({"parse_mode": None}, "sendMessage: parse_mode must be String"),
        ({"message_thread_id": True}, "sendMessage: message_thread_id must be Integer"),
        ({"reply_parameters": {}}, 'sendMessage: reply_parameters: can\'t find field "message_id"'),
        (
            {"link_preview_options": {"off": True}},
            "sendMessage: link_preview_options: LinkPreviewOptions has no field 'off'",
        ),
        ({"entities": {}}, "sendMessage: entities must be an Array"),
    ],
)
async def test_what_does_not_fit_the_schema_is_refused_and_complained_about(
    server: TelegramServer,
    client: httpx.AsyncClient,
    person: Person,
    more: dict[str, object],
    complaint: str,
) -> None:
    answer = await client.post("sendMessage", json={"chat_id": 7, "text": "안녕"} | more)
    assert answer.status_code == 400
    assert server.complaints == [complaint]
    assert not person.messages


async def test_a_file_nobody_asked_for_is_complained_about(
    server: TelegramServer, client: httpx.AsyncClient, person: Person
) -> None:
    answer = await client.post(
        "sendMessage", data={"chat_id": 7, "text": "안녕"}, files={"extra": ("a.pdf", b"%PDF")}
    )
    assert answer.status_code == 400
    assert server.complaints == ["sendMessage: nothing stands for the file 'extra'"]


async def test_a_body_that_is_no_json_object_is_refused(client: httpx.AsyncClient) -> None:
    for body in ("[]", "{"):
        answer = await client.post("getMe", content=body, headers={"Content-Type": "application/json"})
        assert answer.status_code == 400


async def test_calls_and_refusals_are_kept(
    server: TelegramServer, client: httpx.AsyncClient, person: Person
) -> None:
    markup = {"inline_keyboard": [[{"text": "확인", "callback_data": "a"}]]}
    await client.post("sendMessage", data={"chat_id": 7, "text": "안녕", "reply_markup": json.dumps(markup)})
    await client.post("sendMessage", data={"chat_id": 8, "text": "안녕"})
    first, second = server.calls
    assert first.parameters == {"chat_id": "7", "text": "안녕", "reply_markup": markup}
    assert first.moment <= second.moment
    assert [(refusal.method, refusal.code) for refusal in server.refusals] == [("sendMessage", 400)]
    assert server.count("sendMessage") == 2
