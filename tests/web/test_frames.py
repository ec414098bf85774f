"""Messages that no page of ours sends: each is refused with a word, and the window stays open."""

import json
from typing import Any

import pytest

from bot.web import intake
from bot.web.limits import LARGEST_FRAME
from models.messaging.web import WebLine
from tests.kit.served import Served
from tests.kit.window import Window

KEY = "0b6e5c1e-1111-4222-8333-444455556666"
NOT_JSON = [
    "", "hello", "{", '{"op":', "[" * 100_000, '{"a":' * 50_000, "1" * 5000, "NaN", "\ufeff{}", "\x00",
]  # fmt: skip
NO_MESSAGE: list[Any] = [
    [], "say", 1, None, True, {}, {"op": None}, {"op": []}, {"op": {}}, {"op": "hello"}, {"op": "SAY"}, {"op": 1},
]  # fmt: skip
NO_ANSWER: list[Any] = [
    {"op": "say", "text": 1},
    {"op": "say", "text": None},
    {"op": "say", "text": ["도움말"]},
    {"op": "say", "text": "도움말", "files": "a"},
    {"op": "say", "text": "도움말", "files": {"a": 1}},
    {"op": "say", "text": "도움말", "files": [1]},
    {"op": "say", "text": "도움말", "files": [["a"]]},
    {"op": "say", "text": "도움말", "files": ["\ud800"]},
    {"op": "say", "text": "도움말", "files": ["' OR 1=1 --"]},
    {"op": "say", "text": "도움말", "files": ["a" * 81]},
    {"op": "say", "text": "도움말", "files": ["a"] * 11},
    {"op": "press"},
    {"op": "press", "token": 5},
    {"op": "press", "token": ""},
    {"op": "press", "token": "\ud800.0"},
    {"op": "press", "token": "a\x00.0"},
    {"op": "press", "token": "a" * 1000},
]
NO_ID: list[Any] = [None, "", 5, [], {}, "a b", "a\x00b", "\ud800", "가", "a" * 81, "<script>", "\n"]


async def refusal(window: Window, frame: str) -> dict[str, Any]:
    mark = len(window.events)
    await window.sends(frame)
    await window.settles()
    [refused] = [event for event in window.events[mark:] if event["op"] not in ("pong", "line")]
    assert refused["op"] == "refused" and "읽을 수 없습니다" in refused["text"]
    return refused


@pytest.fixture(autouse=True)
def patient(served: Served) -> None:
    served.house.messages._burst = 10_000


async def test_what_is_no_json_is_refused(served: Served) -> None:
    async with served.window("officer") as officer:
        for frame in NOT_JSON:
            assert (await refusal(officer, frame))["id"] == "", frame[:40]
        await officer.says("도움말")


async def test_what_is_no_message_is_refused(served: Served) -> None:
    async with served.window("officer") as officer:
        for message in NO_MESSAGE:
            await refusal(officer, json.dumps(message))
        await officer.says("도움말")


async def test_what_is_no_answer_is_refused_under_its_id(served: Served) -> None:
    async with served.window("officer") as officer:
        for message in NO_ANSWER:
            assert (await refusal(officer, json.dumps(message | {"id": KEY})))["id"] == KEY, message
        await officer.settles()
        assert officer.said() == []


async def test_an_id_that_could_not_be_written_down_is_none(served: Served) -> None:
    async with served.window("officer") as officer:
        for key in NO_ID:
            message = json.dumps({"op": "say", "text": "도움말", "id": key})
            assert (await refusal(officer, message))["id"] == "", key
        assert officer.said() == []


@pytest.mark.parametrize("text", ["a" * 1_000_000, "가" * 1_000_000, "😀" * 20_000 + "!"])
async def test_a_text_too_long_is_given_back_with_the_limit(served: Served, text: str) -> None:
    async with served.window("officer") as officer:
        refused = await officer.tries({"op": "say", "text": text}, KEY)
        assert refused["op"] == "refused" and refused["id"] == KEY
        assert "20,000자" in refused["text"] or "20000자" in refused["text"]
        await officer.says("도움말")


async def test_the_longest_text_is_taken_however_it_is_written(served: Served) -> None:
    """Written as escapes it is six times as long on the line."""
    text = "가" * 20_000
    async with served.window("officer") as officer:
        await officer.sends(json.dumps({"op": "say", "text": text, "id": KEY}, ensure_ascii=True))
        await officer.settles()
        assert officer.said() == [text]


async def test_a_frame_beyond_all_measure_closes_its_own_window_alone(served: Served) -> None:
    async with served.window("officer") as officer, served.window("officer") as other:
        await officer.sends("a" * (LARGEST_FRAME + 1))
        assert await officer.ends() == 1009
        await other.says("도움말")


async def test_signs_that_are_no_text_are_taken_out_before_anything_is_kept(served: Served) -> None:
    async with served.window("officer") as officer, served.window("officer") as other:
        await officer.says("가\ud800나\x00다")
        await officer.says("\udfff")
        for window in (officer, other):
            await window.settles()
            assert window.said() == ["가?나다", "?"]
    assert [line.body["text"] for line in served.rows(WebLine) if not line.screen_id] == ["가?나다", "?"]


async def test_markup_and_commands_stay_words(served: Served) -> None:
    text = "<img src=x onerror=alert(1)> {{7*7}} %s {name} =1+1 '; DROP TABLE person; --"
    async with served.window("officer") as officer:
        await officer.says(text)
        await officer.settles()
        assert officer.said() == [text]
        await officer.sees("<img src=x onerror=alert(1)> {{7*7}} %s")


async def test_bytes_where_text_belongs_close_the_window_and_nothing_else(served: Served) -> None:
    async with served.window("officer") as officer, served.window("officer") as other:
        await officer.socket.send(b"\x00\x01")
        await officer.ends()
        await other.says("도움말")
    assert len(served.house.hub) == 0


@pytest.mark.parametrize("hello", ["", "hello", "[]", "5", "null", "[" * 100_000, b"\x00"])
async def test_a_window_that_does_not_say_hello_is_closed(served: Served, hello: str | bytes) -> None:
    window = served.window("officer")
    await window.connects(hello=hello)
    assert await window.ends() == 4400
    assert len(served.house.hub) == 0


async def test_a_window_that_says_nothing_is_closed(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "_HELLO_WITHIN", 0.05)
    window = served.window("officer")
    await window.connects(hello=None)
    assert await window.ends() == 4400


async def test_a_token_made_of_other_peoples_buttons_does_nothing(served: Served) -> None:
    async with served.window("administrator") as administrator, served.window("officer") as officer:
        await administrator.says("관리")
        await administrator.sees("성과표 내려받기")
        token = await administrator.token("성과표 내려받기")
        await officer.settles()
        assert (await officer.tries({"op": "press", "token": token}))["op"] == "ack"
        assert "지난 화면의 버튼" in (await officer.gets("toast"))["text"]
        screen, _, _place = str(token).partition(".")
        for place in ("-1", "99", "00000", "1e1", "²", ""):
            answer = await administrator.tries({"op": "press", "token": f"{screen}.{place}"})
            assert answer["op"] in ("ack", "refused"), place
        assert "성과표를 만들고" not in administrator.told()
