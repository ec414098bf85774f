"""Sending to Slack: each message once, in its turn, and every way to fail told for what it is."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from pydantic import SecretStr
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.outgoing.load import FileOut, Later, Load, Lost, Never, Unreachable
from bot.settings import Settings
from bot.slack.client import close, make_client
from bot.slack.pacing import Pacing
from bot.slack.sender import SlackSender
from models.messaging.account import Messenger
from models.messaging.outbox import Operation
from models.words import say
from tests.kit.slack import Person, SlackServer, slack_server
from tests.slack.test_draw import TOKEN, Body, button, card, form, menu, notice
from tests.slack.test_draw import choice as a_choice

WEB = "https://bogo.hanbit.example"
MADE_AT = datetime(2019, 7, 8, tzinfo=UTC)


@dataclass
class Hands:
    """A clock whose hands are moved."""

    at: float = 1_000.0

    def __call__(self) -> float:
        return self.at


@dataclass
class Slack:
    """A server with one officer, and a sender for it."""

    server: SlackServer
    officer: Person
    client: AsyncWebClient
    clock: Hands
    pacing: Pacing
    sender: SlackSender

    async def sends(self, load: Load) -> str | None:
        """Sends it a while after everything before."""
        self.clock.at += 120
        return await self.sender.send(load)

    async def fails(self, load: Load, fault: type[Exception]) -> str:
        with pytest.raises(fault) as raised:
            await self.sends(load)
        assert self.server.bot_token not in f"{raised.value!r}{raised.value.__cause__!r}"
        return str(raised.value)

    def load(self, operation: Operation = Operation.POST, **more: Any) -> Load:
        plain: dict[str, Any] = {
            "outbox_id": 11,
            "account_id": 1,
            "address": f"{self.server.team_id}:{self.officer.id}",
            "screen_id": 5,
            "token": TOKEN,
            "made_at": MADE_AT,
            "body": notice([{"t": "안녕하세요."}], buttons=[button("처음으로")]),
            "live": True,
            "locale": "ko",
            "urgent": True,
        }
        return Load(operation=operation, **plain | more)

    def methods(self) -> list[str]:
        return [call.method for call in self.server.calls]


@pytest.fixture
async def slack() -> AsyncIterator[Slack]:
    async with slack_server() as server:
        client = make_client(settings_for(server))
        clock = Hands()
        pacing = Pacing(clock)
        sender = SlackSender(client, pacing, WEB, is_discreet=False)
        made = Slack(server, server.person(), client, clock, pacing, sender)
        try:
            yield made
        finally:
            await close(client)
        assert server.complaints == []


def settings_for(server: SlackServer, api_url: str = "") -> Settings:
    return Settings(
        slack_bot_token=SecretStr(server.bot_token),
        slack_app_token=SecretStr(server.app_token),
        slack_api_url=api_url or server.api_url,
    )


async def test_the_client_calls_once_through_one_session_of_ours(slack: Slack) -> None:
    client = slack.client
    assert client.retry_handlers == []
    assert client.base_url == slack.server.api_url
    assert isinstance(client.session, aiohttp.ClientSession)
    other = make_client(settings_for(slack.server))
    await close(other)
    assert other.session is not None
    assert other.session.closed


async def test_a_screen_is_posted_to_the_person_and_known_by_its_message(slack: Slack) -> None:
    message = await slack.sends(slack.load())
    [seen] = slack.officer.messages
    assert message == f"{slack.officer.direct.id}:{seen.ts}"
    assert (seen.text, seen.fallback) == ("안녕하세요.\n[처음으로]", "안녕하세요.")
    [call] = slack.server.calls
    assert call.arguments["channel"] == slack.officer.id
    mark = {"outbox": 11, "made_at": "2019-07-08T00:00:00+00:00"}
    assert call.arguments["metadata"] == {"event_type": "bogobot_screen", "event_payload": mark}
    assert (call.arguments["unfurl_links"], call.arguments["unfurl_media"]) == (False, False)
    assert slack.sender.messenger is Messenger.SLACK


async def test_what_is_about_the_same_subject_stands_in_its_thread_and_below(slack: Slack) -> None:
    first = await slack.sends(slack.load())
    await slack.sends(slack.load(thread=first, outbox_id=12))
    before, after = slack.officer.messages
    assert after.thread_ts == before.ts
    assert after.raw["subtype"] == "thread_broadcast"


async def test_a_thread_that_is_gone_is_done_without(slack: Slack) -> None:
    slack.sender = SlackSender(slack.client, Pacing(), WEB, is_discreet=False)
    slack.server.faults.refuses("chat.postMessage", "thread_not_found")
    await slack.sends(slack.load(thread=f"{slack.officer.direct.id}:1.000001"))
    assert [one.thread_ts for one in slack.officer.messages] == [None]


async def test_a_screen_is_redrawn_where_it_stands(slack: Slack) -> None:
    message = await slack.sends(slack.load())
    change = slack.load(Operation.REDRAW, message=message, body=card(title="승인됨"), live=False)
    assert await slack.sends(change) is None
    [seen] = slack.officer.messages
    assert (seen.text, seen.buttons) == ("승인됨", [])
    assert not seen.edited
    assert slack.server.calls[-1].arguments["parse"] == "none"
    assert seen.raw["metadata"]["event_payload"] == {"outbox": 11, "made_at": "2019-07-08T00:00:00+00:00"}


async def test_a_screen_is_taken_away_and_that_it_is_gone_already_is_no_harm(slack: Slack) -> None:
    message = await slack.sends(slack.load())
    remove = slack.load(Operation.REMOVE, message=message)
    assert await slack.sends(remove) is None
    assert slack.officer.messages == []
    assert await slack.sends(remove) is None


@pytest.mark.parametrize("code", ["message_not_found", "cant_update_message", "edit_window_closed"])
@pytest.mark.parametrize(
    ("body", "live", "posted"),
    [
        (form(), True, 2),
        (menu(a_choice("한국어")), True, 2),
        (menu(a_choice("한국어")), False, 1),
        (card(), True, 1),
        (notice([{"t": "!"}]), True, 1),
    ],
)
async def test_what_waits_for_an_answer_is_posted_anew_where_it_cannot_be_redrawn(
    slack: Slack, code: str, body: Body, live: bool, posted: int
) -> None:
    message = await slack.sends(slack.load())
    slack.server.faults.refuses("chat.update", code)
    change = slack.load(Operation.REDRAW, message=message, body=body, live=live)
    shown = await slack.sends(change)
    assert len(slack.officer.messages) == posted
    assert (shown is None) == (posted == 1)
    if shown is not None:
        assert shown.endswith(slack.officer.messages[-1].ts)


async def test_a_ring_says_where_to_look_and_nothing_more(slack: Slack) -> None:
    sender = SlackSender(slack.client, slack.pacing, WEB, is_discreet=True)
    ring = slack.load(Operation.RING, body={}, ring=say("확인하실 소식이 있습니다."))
    assert (await sender.send(ring) or "").startswith("D")
    [seen] = slack.officer.messages
    assert seen.text == f"확인하실 소식이 있습니다.\n{WEB}"
    assert seen.links == [WEB]
    assert seen.fallback == f"확인하실 소식이 있습니다.\n{WEB}"


@pytest.mark.parametrize("operation", [one for one in Operation if one is not Operation.RING])
async def test_where_only_rings_may_leave_nothing_else_does(slack: Slack, operation: Operation) -> None:
    sender = SlackSender(slack.client, slack.pacing, WEB, is_discreet=True)
    with pytest.raises(Never):
        await sender.send(slack.load(operation, message="D1:1.0"))
    assert slack.server.calls == []


# Files.


def file_of(folder: Path, content: bytes = b"%PDF-1.7 " * 50_000, name: str = "처리 대장.pdf") -> FileOut:
    path = folder / "kept"
    path.write_bytes(content)
    return FileOut(path, name, len(content))


async def test_a_file_comes_whole_and_its_address_never_sees_the_token(slack: Slack, tmp_path: Path) -> None:
    message = await slack.sends(slack.load())
    file = file_of(tmp_path)
    assert await slack.sends(slack.load(Operation.FILE, message=message, file=file)) is None
    assert slack.officer.takes("처리 대장.pdf") == file.path.read_bytes()
    assert slack.methods()[1:] == ["files.getUploadURLExternal", "upload", "files.completeUploadExternal"]


async def test_where_nothing_was_said_yet_the_conversation_is_opened_once(
    slack: Slack, tmp_path: Path
) -> None:
    load = slack.load(Operation.FILE, file=file_of(tmp_path))
    await slack.sends(load)
    await slack.sends(load)
    assert slack.methods().count("conversations.open") == 1
    assert [one.files for one in slack.officer.messages] == [["처리 대장.pdf"]] * 2


async def test_a_file_whose_answer_was_lost_is_not_handed_over_twice(slack: Slack, tmp_path: Path) -> None:
    message = await slack.sends(slack.load())
    load = slack.load(Operation.FILE, message=message, file=file_of(tmp_path))
    slack.server.faults.drops("files.completeUploadExternal", accepted=True)
    await slack.fails(load, Lost)
    await slack.sends(replace(load, tries=1))
    assert [one.files for one in slack.officer.messages] == [[], ["처리 대장.pdf"]]


async def test_a_file_that_never_arrived_is_handed_over_again(slack: Slack, tmp_path: Path) -> None:
    earlier = slack.load(Operation.FILE, file=file_of(tmp_path))
    await slack.sends(earlier)
    message = await slack.sends(slack.load())
    load = slack.load(Operation.FILE, message=message, file=file_of(tmp_path))
    slack.server.faults.fails("upload")
    assert await slack.fails(load, Lost) == "upload 503"
    await slack.sends(replace(load, tries=1))
    assert [one.files for one in slack.officer.messages] == [["처리 대장.pdf"], [], ["처리 대장.pdf"]]


async def test_a_file_that_is_not_taken_or_not_there_is_given_up(slack: Slack, tmp_path: Path) -> None:
    file = file_of(tmp_path)
    smaller = replace(file, size=3)
    slack.server.workspace.complaints.clear()
    assert await slack.fails(slack.load(Operation.FILE, file=smaller), Never) == "upload 400"
    slack.server.workspace.complaints.clear()
    gone = replace(file, path=tmp_path / "gone")
    assert "vault" in await slack.fails(slack.load(Operation.FILE, file=gone), Never)


async def test_an_upload_that_is_asked_to_wait_waits(slack: Slack, tmp_path: Path) -> None:
    slack.server.faults.ratelimits("upload", 7)
    await slack.fails(slack.load(Operation.FILE, file=file_of(tmp_path)), Later)
    assert slack.pacing.held_for("files.getUploadURLExternal") == 7


# Answers that are lost.


@pytest.mark.parametrize("operation", [Operation.POST, Operation.RING])
async def test_a_message_whose_answer_was_lost_is_found_and_not_posted_twice(
    slack: Slack, operation: Operation
) -> None:
    load = slack.load(operation, ring=say("확인하실 소식이 있습니다."))
    await slack.sends(replace(load, outbox_id=10))
    slack.server.faults.drops("chat.postMessage", accepted=True)
    await slack.fails(load, Lost)
    await slack.sends(replace(load, outbox_id=12))
    found = await slack.sends(replace(load, tries=1))
    assert [one.raw["metadata"]["event_payload"]["outbox"] for one in slack.officer.messages] == [10, 11, 12]
    assert found == f"{slack.officer.direct.id}:{slack.officer.messages[1].ts}"


async def test_a_message_that_never_arrived_is_posted_again(slack: Slack) -> None:
    load = slack.load()
    slack.server.faults.drops("chat.postMessage")
    await slack.fails(load, Lost)
    assert await slack.sends(replace(load, tries=1)) is not None
    assert len(slack.officer.messages) == 1


async def test_somebody_elses_metadata_is_not_taken_for_ours(slack: Slack) -> None:
    await slack.sends(slack.load())
    slack.officer.messages[0].raw["metadata"]["event_type"] = "another_app"
    await slack.sends(slack.load(tries=1))
    assert len(slack.officer.messages) == 2


async def test_a_message_of_before_the_database_was_restored_is_not_taken_for_this_one(slack: Slack) -> None:
    await slack.sends(slack.load(made_at=MADE_AT - timedelta(days=1)))
    await slack.sends(slack.load(tries=1))
    assert len(slack.officer.messages) == 2


async def test_a_message_is_known_again_though_its_screen_was_drawn_anew(slack: Slack) -> None:
    await slack.sends(slack.load())
    await slack.sends(slack.load(tries=1, token="another-token"))
    assert len(slack.officer.messages) == 1


async def test_a_message_that_had_arrived_is_drawn_as_it_stands_now(slack: Slack) -> None:
    slack.server.faults.drops("chat.postMessage", accepted=True)
    await slack.fails(slack.load(), Lost)
    assert slack.officer.messages[0].buttons == ["처음으로"]
    found = await slack.sends(slack.load(tries=1, live=False))
    [seen] = slack.officer.messages
    assert (found, seen.buttons) == (f"{slack.officer.direct.id}:{seen.ts}", [])


async def test_a_redrawing_that_was_posted_below_is_found_there(slack: Slack) -> None:
    message = await slack.sends(slack.load())
    await _crowd(slack)
    slack.server.faults.drops("chat.postMessage", accepted=True)
    change = slack.load(Operation.REDRAW, message=message, body=menu(a_choice("한국어")), outbox_id=12)
    with pytest.raises(Lost):
        await slack.sender.send(change)
    found = await slack.sends(replace(change, tries=1))
    first, below = slack.officer.messages
    assert found == f"{slack.officer.direct.id}:{below.ts}"
    assert (first.buttons, below.buttons) == (["처음으로"], ["한국어"])


async def test_a_reply_in_a_thread_is_found_too(slack: Slack) -> None:
    first = await slack.sends(slack.load(outbox_id=1))
    slack.server.faults.fails("chat.postMessage", accepted=True)
    load = slack.load(thread=first, outbox_id=2)
    await slack.fails(load, Lost)
    await slack.sends(replace(load, tries=1))
    assert len(slack.officer.messages) == 2


@pytest.mark.parametrize("status", [500, 502, 503])
async def test_an_error_of_the_server_may_have_come_after_the_deed(slack: Slack, status: int) -> None:
    slack.server.faults.fails("chat.postMessage", status=status)
    await slack.fails(slack.load(), Lost)


async def test_what_a_server_in_trouble_says_is_not_taken_for_a_no(slack: Slack) -> None:
    async def answers(method: str, **_: Any) -> None:
        said = {"ok": False, "error": "msg_too_long"}
        response = AsyncSlackResponse(
            client=slack.client,
            http_verb="POST",
            api_url=method,
            req_args={},
            data=said,
            headers={},
            status_code=502,
        )
        response.validate()  # type: ignore[no-untyped-call]

    slack.client.api_call = answers  # type: ignore[assignment, method-assign]
    assert await slack.fails(slack.load(), Lost) == "msg_too_long"


@pytest.mark.parametrize("code", ["internal_error", "fatal_error", "service_unavailable", "request_timeout"])
async def test_an_error_within_slack_may_have_come_after_the_deed(slack: Slack, code: str) -> None:
    slack.server.faults.refuses("chat.postMessage", code)
    assert await slack.fails(slack.load(), Lost) == code


async def test_an_answer_that_is_none_is_lost(slack: Slack) -> None:
    slack.server.faults.garbles("chat.postMessage", accepted=True)
    await slack.fails(slack.load(), Lost)


async def test_an_answer_that_does_not_come_in_time_is_lost(slack: Slack) -> None:
    session = slack.client.session
    assert session is not None
    session._timeout = aiohttp.ClientTimeout(total=0.05)
    slack.server.faults.is_slow("chat.postMessage", 0.3)
    await slack.fails(slack.load(), Lost)


# Pauses.


async def test_a_pause_is_kept_by_everybody_who_wants_the_same(slack: Slack) -> None:
    slack.server.faults.ratelimits("chat.postMessage", 30)
    await slack.fails(slack.load(), Later)
    assert slack.pacing.held_for("chat.postMessage") == 30
    assert slack.pacing.held_for("chat.update") == 0
    with pytest.raises(Later):
        await slack.sender.send(slack.load())
    assert slack.methods() == ["chat.postMessage"]
    await slack.sends(slack.load())
    assert len(slack.officer.messages) == 1


async def test_sending_is_ready_when_the_pause_is_over(slack: Slack, monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)
        slack.clock.at += seconds

    slack.pacing.hold("chat.update", 30)
    slack.pacing.hold_all(12)
    slack.pacing.hold("views.open", 600)
    monkeypatch.setattr("bot.slack.sender.asyncio.sleep", sleep)
    await slack.sender.ready()
    assert slept == [30]


async def test_nobody_calls_where_slack_is_not_reached_and_each_time_longer(slack: Slack) -> None:
    client = make_client(settings_for(slack.server, "http://127.0.0.1:9/api/"))
    pauses = []
    sender = SlackSender(client, slack.pacing, WEB, is_discreet=False)
    for _ in range(8):
        with pytest.raises(Later):
            await sender.send(slack.load())
        pauses.append(slack.pacing.held_for("chat.postMessage"))
        slack.clock.at += 120
    await close(client)
    assert pauses == [1, 2, 4, 8, 16, 30, 30, 30]


async def test_the_pause_begins_small_again_once_slack_was_reached(slack: Slack) -> None:
    for _ in range(3):
        slack.client.base_url = "http://127.0.0.1:9/api/"
        await slack.fails(slack.load(), Later)
        assert slack.pacing.held_for("chat.postMessage") == 1
        slack.client.base_url = slack.server.api_url
        await slack.sends(slack.load())


@pytest.mark.parametrize("code", ["invalid_auth", "account_inactive", "token_revoked", "not_authed"])
async def test_who_is_not_let_in_waits_and_says_so(slack: Slack, code: str) -> None:
    slack.server.faults.refuses("chat.update", code)
    await slack.fails(slack.load(Operation.REDRAW, message="D1:1.0"), Later)
    assert slack.pacing.held_for("chat.postMessage") == 30
    assert slack.sender.faults() == [f"Slack does not let the bot in: {code}"]
    await slack.sends(slack.load())
    assert slack.sender.faults() == []


async def test_a_scope_that_is_missing_holds_up_what_needs_it_alone(slack: Slack) -> None:
    slack.server.scopes.discard("files:write")
    message = await slack.sends(slack.load())
    await slack.fails(slack.load(Operation.FILE, message=message, file=FileOut(Path("x"), "x", 1)), Later)
    assert slack.pacing.held_for("files.getUploadURLExternal") == 30
    assert slack.pacing.held_for("chat.postMessage") == 0


# People who are not there, and what Slack will never take.

GONE = [
    "user_not_found", "user_disabled", "cannot_dm_bot", "channel_not_found", "messages_tab_disabled", "is_archived",
]  # fmt: skip


@pytest.mark.parametrize("code", GONE)
async def test_who_cannot_be_written_to_is_out_of_reach(slack: Slack, code: str) -> None:
    slack.server.faults.refuses("chat.postMessage", code)
    assert await slack.fails(slack.load(), Unreachable) == code


async def test_what_slack_does_not_take_is_given_up_with_its_code(slack: Slack) -> None:
    slack.server.faults.refuses("chat.postMessage", "msg_too_long")
    assert await slack.fails(slack.load(), Never) == "msg_too_long"
    message = await slack.sends(slack.load())
    slack.server.faults.refuses("chat.delete", "cant_delete_message")
    assert await slack.fails(slack.load(Operation.REMOVE, message=message), Never) == "cant_delete_message"


# The published limits.


async def test_a_person_gets_one_message_a_second_and_who_waits_for_an_answer_first(slack: Slack) -> None:
    slack.sender = SlackSender(slack.client, Pacing(), WEB, is_discreet=False)
    slack.server.enforces_limits = True
    loads = [slack.load(outbox_id=1), slack.load(outbox_id=2, urgent=False), slack.load(outbox_id=3)]
    other = replace(loads[0], address=f"T:{slack.server.person().id}", outbox_id=4)
    sending = [asyncio.create_task(slack.sender.send(one)) for one in [*loads, other]]
    await asyncio.gather(*sending)
    assert slack.server.too_many == 0
    sent = [one.raw["metadata"]["event_payload"]["outbox"] for one in slack.officer.messages]
    assert sent == [1, 3, 2]


async def test_a_method_is_not_called_more_often_than_its_tier_allows(slack: Slack) -> None:
    for _ in range(50):
        await slack.pacing.enter("chat.update")
    assert slack.pacing.is_crowded("chat.update")
    assert not slack.pacing.is_crowded("chat.delete")
    slack.clock.at += 59.9
    assert slack.pacing.is_crowded("chat.update")
    slack.clock.at += 1.2
    await slack.pacing.enter("chat.update")


async def test_a_call_too_many_waits(slack: Slack) -> None:
    for _ in range(50):
        await slack.pacing.enter("chat.update")
    slack.clock.at += 60
    waiting = asyncio.create_task(slack.pacing.enter("chat.update"))
    await asyncio.sleep(0.01)
    assert not waiting.done()
    assert slack.pacing.is_crowded("chat.update")
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)
    assert not slack.pacing.is_crowded("chat.update")


@pytest.mark.parametrize(("method", "most"), [("chat.update", 50), ("chat.delete", 50), ("views.open", 100)])
async def test_each_tier_has_its_number(slack: Slack, method: str, most: int) -> None:
    for _ in range(most - 1):
        await slack.pacing.enter(method)
    assert not slack.pacing.is_crowded(method)
    await slack.pacing.enter(method)
    assert slack.pacing.is_crowded(method)


async def _crowd(slack: Slack) -> None:
    slack.clock.at += 120
    for _ in range(50):
        await slack.pacing.enter("chat.update")


async def test_who_waits_for_an_answer_gets_it_below_where_updates_are_many(slack: Slack) -> None:
    message = await slack.sends(slack.load())
    await _crowd(slack)
    change = slack.load(Operation.REDRAW, message=message, body=menu(a_choice("한국어")), outbox_id=12)
    shown = await slack.sender.send(change)
    assert shown == f"{slack.officer.direct.id}:{slack.officer.messages[-1].ts}"
    assert "chat.update" not in slack.methods()


async def test_buttons_that_are_over_go_when_there_is_time(
    slack: Slack, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = await slack.sends(slack.load())
    slack.pacing.hold("chat.update", 1.0)
    await _crowd_softly(slack, monkeypatch)
    over = slack.load(Operation.REDRAW, message=message, live=False)
    assert await slack.sender.send(over) is None
    assert slack.officer.messages[0].buttons == ["처음으로"]
    await asyncio.gather(*slack.sender._aside.values())
    assert slack.officer.messages[0].buttons == []
    assert slack.sender._aside == {}


async def test_what_was_put_off_never_comes_after_what_is_newer(
    slack: Slack, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = await slack.sends(slack.load())
    await _crowd_softly(slack, monkeypatch)
    await slack.sender.send(slack.load(Operation.REDRAW, message=message, body=card(), live=False))
    [put_off] = slack.sender._aside.values()
    newer = slack.load(Operation.REDRAW, message=message, body=card(title="승인됨"), urgent=False)
    await slack.sender.send(newer)
    assert put_off.cancelled()
    assert slack.sender._aside == {}
    assert [one.text for one in slack.officer.messages] == ["승인됨"]
    assert slack.methods().count("chat.update") == 1


async def test_what_is_taken_away_is_not_redrawn_any_more(
    slack: Slack, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = await slack.sends(slack.load())
    await _crowd_softly(slack, monkeypatch)
    await slack.sender.send(slack.load(Operation.REDRAW, message=message, live=False))
    await slack.sender.send(slack.load(Operation.REMOVE, message=message))
    assert slack.sender._aside == {}
    assert "chat.update" not in slack.methods()


async def _crowd_softly(slack: Slack, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody seems to be waiting, so that nobody has to."""
    slack.clock.at += 120
    monkeypatch.setattr(slack.pacing, "is_crowded", lambda method: method == "chat.update")


async def test_notices_to_others_wait_for_their_turn_to_be_redrawn(
    slack: Slack, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = await slack.sends(slack.load())
    await _crowd_softly(slack, monkeypatch)
    change = slack.load(Operation.REDRAW, message=message, body=card(), urgent=False)
    assert await slack.sender.send(change) is None
    assert slack.methods()[-1] == "chat.update"


async def test_a_message_that_was_long_on_its_way_holds_the_next_one_from_when_it_arrived(
    slack: Slack,
) -> None:
    slack.server.faults.is_slow("chat.postMessage", 0.1, accepted=False)
    sending = asyncio.create_task(slack.sender.send(slack.load()))
    while not slack.server.calls:
        await asyncio.sleep(0.001)
    slack.clock.at += 1.2
    await sending
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(slack.pacing.enter("chat.postMessage", slack.officer.id), 0.05)
    slack.clock.at += 1.2
    await asyncio.wait_for(slack.pacing.enter("chat.postMessage", slack.officer.id), 1)
