"""What the sender does with each load, and what becomes of it when Telegram will not have it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from aiohttp import web
from telegram.error import BadRequest

from bot.outgoing.gate import Gate, Gates
from bot.outgoing.load import FileOut, Later, Load, Lost, Moved, Never, Unreachable
from bot.telegram import pacer
from bot.telegram.client import Client, close
from bot.telegram.limits import A_SECOND, chat_gates, overall_gate
from bot.telegram.sender import TelegramSender
from bot.telegram.under_way import UnderWay
from models.messaging.outbox import Operation
from models.words import say
from tests.kit.telegram.people import Person
from tests.kit.telegram.server import TelegramServer, telegram_server
from tests.telegram.test_transport import NOBODY_LISTENS, bot_of, serving

TOKEN = "AbCdEfGhIjKlMnOpQrSt"
WIDE = 1_000_000
HOUSE = "https://house.city.go.kr"


@dataclass
class Time:
    """A clock for gates that stands until it is moved."""

    now: float = 0.0

    def __call__(self) -> float:
        return self.now


@dataclass
class Post:
    """A sender, the gates it passes, and somebody it writes to."""

    server: TelegramServer
    bot: Client
    person: Person
    time: Time = field(default_factory=Time)
    overall: Gate = field(init=False)
    sender: TelegramSender = field(init=False)

    def __post_init__(self) -> None:
        self.overall = Gate(WIDE, 1.0, self.time)
        self.sender = self.make()

    def make(self, *, is_discreet: bool = False, bot: Client | None = None) -> TelegramSender:
        chats = Gates(WIDE, 1.0, self.time)
        return TelegramSender(bot or self.bot, HOUSE, is_discreet, self.overall, chats)

    def load(
        self, *lines: str, operation: Operation = Operation.POST, kind: str = "notice", **more: Any
    ) -> Load:
        buttons = [{"label": "확인", "style": "plain", "token": f"{TOKEN}.0"}]
        text = [[{"t": one}] for one in lines]
        body: dict[str, Any] = {
            "kind": kind,
            "text": text,
            "tone": "neutral",
            "files": [],
            "buttons": buttons,
        }
        body |= {"choices": []}
        about: dict[str, Any] = {"live": True, "urgent": True, "message": None, "file": None, "ring": None}
        return Load(
            outbox_id=1, account_id=1, address=str(self.person.user_id), operation=operation, screen_id=1,
            token=TOKEN, body=body, locale="ko", **(about | more),
        )  # fmt: skip

    async def posts(self, *lines: str, kind: str = "notice") -> Load:
        """The load of a redrawing of what was posted just now."""
        load = self.load(*lines, kind=kind)
        return replace(load, operation=Operation.REDRAW, message=await self.sender.send(load))

    async def fault(self, load: Load) -> Exception:
        with pytest.raises((Later, Lost, Never, Unreachable, Moved)) as raised:
            await self.sender.send(load)
        return raised.value

    def texts(self) -> list[str]:
        return [message.text for message in self.person.messages]


@pytest.fixture
async def post(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Post]:
    # Most of these tests are not about the pace.
    monkeypatch.setattr(pacer, "A_SECOND", 0.0)
    async with telegram_server() as server:
        bot = bot_of(server.url, server.token)
        person = server.person()
        await person.says("/start")
        yield Post(server, bot, person)
        assert not server.complaints
        await close(bot)


def changed(load: Load, *lines: str, live: bool = True) -> Load:
    return replace(load, body=load.body | {"text": [[{"t": one}] for one in lines]}, live=live)


LONG = "가" * 4_000


async def test_a_screen_is_posted_with_its_buttons_and_known_by_its_message(post: Post) -> None:
    message = await post.sender.send(post.load("<안녕> & 반갑습니다 https://city.go.kr"))
    (shown,) = post.person.messages
    assert message == str(shown.message_id)
    assert shown.text == "<안녕> & 반갑습니다 https://city.go.kr" and post.person.buttons() == ["확인"]
    (call,) = [call for call in post.server.calls if call.method == "sendMessage"]
    assert call.get("link_preview_options") == {"is_disabled": True}


async def test_a_long_screen_is_posted_in_parts(post: Post) -> None:
    message = await post.sender.send(post.load(LONG, LONG, "끝"))
    assert message == ",".join(str(one.message_id) for one in post.person.messages)
    assert [len(text) for text in post.texts()] == [4_000, 4_002]
    assert [len(one.labels) for one in post.person.messages] == [0, 1]


async def test_what_begins_and_cannot_go_on_may_have_been_sent(post: Post) -> None:
    post.server.faults.is_slow("sendMessage", 0.0)
    post.server.faults.says_too_many("sendMessage", 5)
    assert isinstance(await post.fault(post.load(LONG, LONG)), Lost)


async def test_a_screen_is_redrawn_where_it_stands(post: Post) -> None:
    before = await post.posts("전")
    assert await post.sender.send(changed(before, "후", live=False)) == before.message
    assert post.texts() == ["후"] and post.person.buttons() == []


async def test_a_screen_that_is_as_it_was_needs_no_redrawing(post: Post) -> None:
    before = await post.posts("전")
    assert await post.sender.send(before) == before.message
    assert post.server.refusals[-1].description.startswith("Bad Request: message is not modified")


async def test_a_screen_that_became_shorter_or_longer_has_as_many_messages(post: Post) -> None:
    before = await post.posts(LONG, LONG)
    first = str(before.message).split(",")[0]
    assert await post.sender.send(changed(before, "짧게")) == first
    assert post.texts() == ["짧게"] and post.person.buttons() == ["확인"]
    grown = await post.sender.send(replace(changed(before, LONG, LONG), message=first))
    assert grown == f"{first},{post.person.messages[-1].message_id}" and grown != before.message
    assert [len(one.labels) for one in post.person.messages] == [0, 1]


@pytest.mark.parametrize("kind", ["menu", "form"])
async def test_a_question_somebody_deleted_is_asked_anew(post: Post, kind: str) -> None:
    before = await post.posts("1", kind="notice")
    if kind == "form":
        before = replace(before, body=before.body | {"title": "양식", "fields": []})
    before = replace(before, body=before.body | {"kind": kind})
    post.person.messages[0].is_deleted = True
    again = await post.sender.send(changed(before, "다시"))
    assert again == str(post.person.messages[-1].message_id) and "다시" in post.texts()[-1]


@pytest.mark.parametrize(("kind", "live"), [("menu", False), ("notice", True)])
async def test_anything_else_that_is_gone_is_left(post: Post, kind: str, live: bool) -> None:
    before = await post.posts("1")
    post.person.messages[0].is_deleted = True
    gone = replace(before, body=before.body | {"kind": kind}, live=live)
    assert await post.sender.send(gone) is None and post.texts() == []


async def test_what_is_left_of_a_deleted_question_goes_with_it(post: Post) -> None:
    before = await post.posts(LONG, LONG, kind="menu")
    post.person.messages[0].is_deleted = True
    await post.sender.send(changed(before, "다시"))
    assert post.texts() == ["다시"]


@pytest.mark.parametrize(
    "words",
    [
        "Bad Request: message to edit not found",
        "Bad Request: message not found",
        "Bad Request: MESSAGE_ID_INVALID",
        "Bad Request: message can't be edited",
        "Message to edit not found",
    ],
)
async def test_that_a_message_is_gone_is_said_in_several_ways(post: Post, words: str) -> None:
    before = await post.posts("1", kind="menu")
    with patch.object(TelegramSender, "_edit", side_effect=BadRequest(words)):
        assert await post.sender.send(changed(before, "다시")) is not None
    assert post.texts() == ["다시"]


async def test_a_redrawing_that_is_refused_for_good_is_never_sent(post: Post) -> None:
    before = await post.posts("1", kind="menu")
    wrong = replace(
        before, body=before.body | {"buttons": [{"label": "가", "style": "plain", "token": "x" * 65}]}
    )
    fault = await post.fault(wrong)
    assert isinstance(fault, Never) and str(fault) == "button_data_invalid"


@pytest.mark.parametrize("count", [1, 2])
async def test_a_screen_is_removed(post: Post, count: int) -> None:
    before = await post.posts(*[LONG] * count)
    assert await post.sender.send(replace(before, operation=Operation.REMOVE)) is None
    assert post.texts() == []


@pytest.mark.parametrize("count", [1, 2])
async def test_what_is_too_old_to_be_removed_loses_its_buttons(post: Post, count: int) -> None:
    before = await post.posts(*[LONG] * count)
    post.server.passes(hours=49)
    await post.sender.send(replace(before, operation=Operation.REMOVE))
    assert len(post.texts()) == count and post.person.buttons() == []


async def test_what_is_gone_already_counts_as_removed(post: Post) -> None:
    before = await post.posts("1")
    post.person.messages[0].is_deleted = True
    assert await post.sender.send(replace(before, operation=Operation.REMOVE)) is None


@pytest.mark.parametrize("name", ["상반기 처리대장(최종) 97%.pdf", '따옴표 "하나".hwp', "plain.xlsx"])
async def test_a_file_is_sent_under_its_name(post: Post, tmp_path: Path, name: str) -> None:
    path = tmp_path / "content"
    path.write_bytes(b"content of a file")
    load = post.load(operation=Operation.FILE, file=FileOut(path, name, 17))
    assert await post.sender.send(load) is None
    assert post.person.messages[-1].content == b"content of a file"
    assert post.server.calls[-1].uploads["document"].name == name


@pytest.mark.parametrize(
    ("is_picture", "size", "method"),
    [
        (True, 7, "sendPhoto"),
        (False, 7, "sendDocument"),
        (True, 10 * 1024 * 1024 + 1, "sendDocument"),
    ],
)
async def test_the_picture_of_a_screen_is_sent_as_a_photo(
    post: Post, tmp_path: Path, is_picture: bool, size: int, method: str
) -> None:
    path = tmp_path / "content"
    path.write_bytes(b"\x89PNG\r\n.")
    file = FileOut(path, "전망.png", size, is_picture)
    assert await post.sender.send(post.load(operation=Operation.FILE, file=file)) is None
    assert [one.method for one in post.server.calls] == [method]
    assert post.person.messages[-1].is_photo is (method == "sendPhoto")


async def test_a_file_that_is_too_large_or_missing_is_never_sent(post: Post, tmp_path: Path) -> None:
    (tmp_path / "large").write_bytes(b"as if it were")
    load = post.load(
        operation=Operation.FILE, file=FileOut(tmp_path / "large", "a.pdf", 50 * 1024 * 1024 + 1)
    )
    assert isinstance(await post.fault(load), Never)
    gone = FileOut(tmp_path / "gone", "a.pdf", 10)
    assert isinstance(await post.fault(replace(load, file=gone)), Never)
    assert isinstance(await post.fault(replace(load, file=None)), Never)
    assert post.server.count("sendDocument") == 0


async def test_a_ring_says_where_to_read(post: Post) -> None:
    sender = post.make(is_discreet=True)
    assert (
        await sender.send(post.load(operation=Operation.RING, ring=say("확인하실 소식이 있습니다."))) is None
    )
    assert post.texts() == [f"확인하실 소식이 있습니다.\n{HOUSE}"]


@pytest.mark.parametrize("operation", [one for one in Operation if one is not Operation.RING])
async def test_in_discretion_nothing_but_rings_leaves_the_house(post: Post, operation: Operation) -> None:
    with pytest.raises(Never):
        await post.make(is_discreet=True).send(post.load("비밀", operation=operation, message="1"))
    assert post.server.calls == []


async def test_who_blocked_the_bot_cannot_be_reached(post: Post) -> None:
    await post.person.blocks_the_bot()
    fault = await post.fault(post.load("1"))
    assert isinstance(fault, Unreachable) and str(fault) == "bot was blocked by the user"


async def test_who_is_gone_or_never_came_cannot_be_reached(post: Post) -> None:
    await post.person.deactivates()
    assert isinstance(await post.fault(post.load("1")), Unreachable)
    post.person = post.server.person(first_name="아직")
    assert isinstance(await post.fault(post.load("1")), Unreachable)


async def test_a_chat_that_has_moved_says_where_to(post: Post) -> None:
    post.person.chat.migrated_to = -100_77
    fault = await post.fault(post.load("1"))
    assert isinstance(fault, Moved) and fault.args == ("-10077",)


async def test_the_words_of_a_refusal_have_no_content(post: Post) -> None:
    words = '{"ok":false,"error_code":400,"description":"Bad Request: can\'t use URL \'비밀\' of \\"비밀\\": 비밀"}'
    async with serving(lambda *_: web.Response(status=400, text=words)) as url:
        bot = bot_of(url)
        with pytest.raises(Never, match=r"^can't use url$"):
            await post.make(bot=bot).send(post.load("1"))
        await close(bot)


async def test_too_many_requests_hold_everybody_for_the_whole_time(post: Post) -> None:
    post.server.faults.says_too_many("sendMessage", 30)
    assert isinstance(await post.fault(post.load("1")), Later)
    assert post.overall.held_for == 30
    assert isinstance(await post.fault(post.load("2")), Later)
    assert post.server.count("sendMessage") == 1
    post.time.now += 30
    await post.sender.send(post.load("2"))


async def test_a_short_hold_is_waited_for(post: Post) -> None:
    post.overall.hold(0.9)
    sent = asyncio.create_task(post.sender.send(post.load("1")))
    await asyncio.sleep(0)
    post.time.now += 1.01
    await sent
    assert post.texts() == ["1"]


async def test_an_outage_is_asked_about_ever_more_seldom_until_it_is_over(post: Post) -> None:
    bot = bot_of(NOBODY_LISTENS)
    post.sender = sender = post.make(bot=bot)
    pauses = []
    for _ in range(9):
        assert isinstance(await post.fault(post.load("1")), Later)
        pauses.append(post.overall.held_for)
        post.time.now += post.overall.held_for
    assert pauses == [0.5, 1, 2, 4, 8, 16, 32, 60, 60]
    sender._bot = post.bot
    await sender.send(post.load("1"))
    sender._bot = bot
    await post.fault(post.load("1"))
    assert post.overall.held_for == 0.5
    await close(bot)


async def test_calls_that_fail_together_are_one_failure(post: Post) -> None:
    bot = bot_of(NOBODY_LISTENS)
    post.sender = post.make(bot=bot)
    await asyncio.gather(*(post.fault(post.load("1")) for _ in range(5)))
    assert post.overall.held_for == 0.5
    await close(bot)


async def test_a_token_that_is_refused_holds_everything(post: Post) -> None:
    bot = bot_of(post.server.url, "70:wrong")
    post.sender = post.make(bot=bot)
    assert isinstance(await post.fault(post.load("1")), Later)
    assert post.overall.held_for == 30
    await close(bot)


@pytest.mark.parametrize("operation", [Operation.POST, Operation.REDRAW, Operation.REMOVE])
async def test_a_lost_answer_is_lost(post: Post, operation: Operation) -> None:
    before = replace(changed(await post.posts("1"), "2"), operation=operation)
    post.server.faults.drops("*", accepted=True)
    assert isinstance(await post.fault(before), Lost)
    post.server.faults.answers_with("*", 502)
    assert isinstance(await post.fault(before), Lost)


async def test_ready_returns_when_nothing_is_held(post: Post) -> None:
    await asyncio.wait_for(post.sender.ready(), 1)
    real = overall_gate()
    sender = TelegramSender(post.bot, HOUSE, False, real, chat_gates())
    real.hold(0.1)
    waiting = asyncio.create_task(sender.ready())
    await asyncio.sleep(0.02)
    assert not waiting.done()
    await asyncio.wait_for(waiting, 1)
    assert real.held_for == 0


async def test_only_new_messages_count_for_a_chat_and_everything_counts_overall(post: Post) -> None:
    chats = Gates(1, 1.0, post.time)
    post.overall = Gate(3, 1.0, post.time)
    post.sender = TelegramSender(post.bot, HOUSE, False, post.overall, chats)
    before = await post.posts("1")
    await post.sender.send(changed(before, "2"))
    await post.sender.send(replace(before, operation=Operation.REMOVE))
    assert chats[before.address].wait() == 1 and post.overall.wait() == 1


async def test_who_waits_goes_before_news(post: Post) -> None:
    chats = Gates(1, 1.0, post.time)
    post.sender = TelegramSender(post.bot, HOUSE, False, post.overall, chats)
    await post.sender.send(post.load("0"))
    news = asyncio.create_task(post.sender.send(post.load("news", urgent=False)))
    await asyncio.sleep(0)
    answer = asyncio.create_task(post.sender.send(post.load("answer")))
    await asyncio.sleep(0)
    post.time.now += 1.01
    await answer
    news.cancel()
    assert post.texts() == ["0", "answer"]


async def test_calls_that_are_slow_to_arrive_are_waited_for() -> None:
    loop, under_way = asyncio.get_running_loop(), UnderWay(2, 0.3)
    spans: list[tuple[float, float]] = []

    async def call(takes: float) -> None:
        async with under_way.call():
            begun = loop.time()
            await asyncio.sleep(takes)
            spans.append((begun, loop.time()))

    await asyncio.gather(*(call(takes) for takes in (0.2, 0.2, 0.01, 0.01)))
    spans.sort()
    for (_, answered), (begun, _) in zip(spans, spans[2:], strict=False):
        assert begun >= answered + 0.3


async def test_the_way_itself_is_no_reason_to_wait() -> None:
    loop, under_way = asyncio.get_running_loop(), UnderWay(1, 0.3)
    begun = []
    for takes in (0.2, 0.01, 0.01):
        async with under_way.call():
            begun.append(loop.time())
            await asyncio.sleep(takes)
    # The first shows a way of 0.2, the second that it is shorter.
    assert 0.3 <= begun[1] - begun[0] < 0.36
    assert begun[2] - begun[1] >= 0.3


async def test_calls_in_company_do_not_show_how_long_the_way_is() -> None:
    loop, under_way = asyncio.get_running_loop(), UnderWay(2, 0.3)

    async def call() -> None:
        async with under_way.call():
            await asyncio.sleep(0.1)

    await asyncio.gather(call(), call())
    begun = loop.time()
    await call()
    assert loop.time() - begun >= 0.3 + 0.1


async def test_a_call_that_fails_counts_and_is_over() -> None:
    under_way = UnderWay(1, 0.2)
    loop = asyncio.get_running_loop()
    with pytest.raises(ValueError):
        async with under_way.call():
            raise ValueError
    begun = loop.time()
    async with under_way.call():
        assert 0.15 < loop.time() - begun < 2


async def test_a_message_slow_to_arrive_keeps_the_next_of_its_chat_waiting(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pacer, "A_SECOND", A_SECOND)
    post.server.enforces_limits = True
    post.sender = TelegramSender(post.bot, HOUSE, False, overall_gate(), chat_gates())
    held = post.server.faults.holds("sendMessage", accepted=False)
    first = asyncio.create_task(post.sender.send(post.load("1")))
    await held.comes()
    await asyncio.sleep(0.3)
    held.release()
    await first
    await post.sender.send(post.load("2"))
    assert post.texts() == ["1", "2"] and post.server.too_many == 0


async def test_what_may_not_have_arrived_yet_counts_whatever_the_gate_says(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pacer, "A_SECOND", A_SECOND)
    sender = post.make()
    post.server.enforces_limits = True
    people = [post.server.person(first_name=f"{number}번") for number in range(31)]
    for person in people:
        await person.says("/start")
    await asyncio.gather(
        *(sender.send(replace(post.load("소식"), address=str(one.user_id))) for one in people)
    )
    assert post.server.too_many == 0


async def test_the_limits_are_kept_without_meeting_a_429() -> None:
    async with telegram_server() as server:
        server.enforces_limits = True
        bot = bot_of(server.url, server.token)
        sender = TelegramSender(bot, HOUSE, False, overall_gate(), chat_gates())
        people = [server.person(first_name=f"{number}번") for number in range(64)]
        for person in people:
            await person.says("/start")
        loop = asyncio.get_running_loop()
        begun = loop.time()
        load = Post(server, bot, people[0]).load("소식")
        await asyncio.gather(*(sender.send(replace(load, address=str(one.user_id))) for one in people))
        assert server.too_many == 0 and all(len(one.messages) == 1 for one in people)
        assert loop.time() - begun < 64 / 28.5 + 0.5
        await close(bot)
