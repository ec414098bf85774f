"""Talking over the WebSocket: what is said is taken once, and every window of a person shows it."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from bot.turn import take_turn
from bot.web import hub, intake
from bot.web.limits import HISTORY, MOST_WINDOWS, Buckets
from bot.web.welcome import welcome
from models.messaging.account import Account
from models.messaging.web import WebLine
from tests.kit import files
from tests.kit.served import Served
from tests.kit.window import Window

HELP = {"op": "say", "text": "도움말"}


def account_of(served: Served, person: str) -> int:
    return served.rows(Account, Account.person_id == served.city.people[person])[0].id or 0


async def test_an_officer_reports_an_actual_with_its_evidence(served: Served) -> None:
    async with served.window("officer") as officer:
        await officer.sees("무엇을 도와드릴까요?")
        await officer.says("민원처리율 97.3")
        await officer.sees("증빙자료")
        await officer.attaches(files.pdf(), "증빙.pdf")
        await officer.presses("다음")
        await officer.presses("건너뛰기")
        await officer.sees("제출 전 확인: 민원처리율", "97.3", "증빙.pdf")
        await officer.presses("제출하기")
        await officer.sees("제출했습니다")
        assert officer.said() == ["민원처리율 97.3", ""]
    assert [row.detail["value"] for row in served.audited("report.submit")] == ["97.3"]


async def test_the_welcome_says_who_this_is_and_what_may_be_sent(served: Served) -> None:
    async with served.window("officer") as officer:
        welcome = await officer.gets("welcome")
    assert welcome["person"] == {
        "name": "김담당", "title": "주무관", "department": "총무과", "roles": ["담당자"],
    }  # fmt: skip
    assert welcome["now"] == "7. 15.(월) 14:00"
    assert welcome["limits"]["file"] == 50 * 1024 * 1024
    assert ".hwpx" in welcome["limits"]["accept"].split(",")


async def test_a_message_sent_again_after_the_line_was_lost_is_acknowledged_and_not_taken_again(
    served: Served,
) -> None:
    async with served.window("officer") as before:
        assert await before.tries(HELP, "the-same") == {"op": "ack", "id": "the-same"}
    async with served.window("officer") as after:
        assert await after.tries(HELP, "the-same") == {"op": "ack", "id": "the-same"}
        await after.settles()
        assert after.said() == ["도움말"]


async def test_one_id_from_two_windows_at_the_same_moment_is_taken_once(served: Served) -> None:
    async with served.window("officer") as first, served.window("officer") as second:
        answers = await asyncio.gather(first.tries(HELP, "the-same"), second.tries(HELP, "the-same"))
        assert [answer["op"] for answer in answers] == ["ack", "ack"]
        await second.settles()
        assert second.said() == ["도움말"]


async def test_the_same_id_from_another_person_is_another_message(served: Served) -> None:
    async with served.window("officer") as officer, served.window("civil") as civil:
        await officer.tries(HELP, "the-same")
        await civil.tries(HELP, "the-same")
        await civil.settles()
        assert civil.said() == ["도움말"]


async def test_whoever_sends_too_fast_is_told_and_gets_the_words_back(served: Served) -> None:
    time = [0.0]
    served.house.messages = Buckets(per_second=5, burst=3, now=lambda: time[0])
    async with served.window("officer") as officer:
        answers = [await officer.tries(HELP, f"number-{number}") for number in range(4)]
        assert [answer["op"] for answer in answers] == ["ack"] * 3 + ["refused"]
        assert answers[3]["id"] == "number-3" and "너무 빠르게" in answers[3]["text"]
        time[0] += 1
        assert (await officer.tries(HELP, "number-3"))["op"] == "ack"
        await officer.settles()
        assert len(officer.said()) == 4


async def test_what_was_taken_before_is_never_refused_for_haste(served: Served) -> None:
    """Refused words go back to be sent under another id, which would do them twice."""
    served.house.messages = Buckets(per_second=0, burst=1)
    async with served.window("officer") as officer:
        assert (await officer.tries(HELP, "taken"))["op"] == "ack"
        assert (await officer.tries(HELP, "taken"))["op"] == "ack"
        assert (await officer.tries(HELP, "not-taken"))["op"] == "refused"
        assert officer.said() == ["도움말"]


async def test_one_persons_haste_holds_up_nobody_else(served: Served) -> None:
    served.house.messages = Buckets(per_second=0, burst=1)
    async with served.window("officer") as officer, served.window("civil") as civil:
        await officer.tries(HELP)
        assert (await officer.tries(HELP))["op"] == "refused"
        await civil.says("도움말")


def fill(served: Served, person: str, count: int) -> None:
    account = account_of(served, person)
    with served.database.write() as session:
        for number in range(count):
            body = {"text": f"줄 {number}", "files": []}
            session.add(WebLine(account_id=account, body=body, at=served.clock.now()))


async def older(window: Window, before: Any) -> dict[str, Any]:
    mark = len(window.events)
    await window.sends({"op": "more", "before": before})
    await window.settles()
    return next((event for event in window.events[mark:] if event["op"] == "lines"), {})


async def test_the_talk_is_read_back_page_by_page_to_its_beginning(served: Served) -> None:
    served.session("officer")
    fill(served, "officer", HISTORY * 2 + 5)
    async with served.window("officer") as officer:
        page = await officer.gets("welcome")
        texts: list[str] = []
        while True:
            texts = [line["body"]["text"] for line in page["lines"]] + texts
            if not page["more"]:
                break
            assert len(page["lines"]) == HISTORY
            page = await older(officer, page["lines"][0]["id"])
    assert texts == [f"줄 {number}" for number in range(HISTORY * 2 + 5)]


async def test_history_is_ones_own(served: Served) -> None:
    served.session("officer")
    fill(served, "officer", 5)
    async with served.window("civil") as civil:
        await civil.sees("무엇을 도와드릴까요?")
        assert (await older(civil, 1000))["lines"] == civil.lines()
        assert "줄 1" not in str(civil.events)


async def test_an_odd_place_to_read_back_from_is_passed_over(served: Served) -> None:
    async with served.window("officer") as officer:
        odd: list[Any] = [None, "5", 0, -1, 1.5, True, [], 10**30, 2**31]
        for before in odd:
            assert await older(officer, before) == {}, before


async def test_every_window_of_a_person_shows_the_talk_and_the_sender_alone_the_ack(served: Served) -> None:
    async with served.window("officer") as first, served.window("officer") as second:
        await first.says("도움말")
        for window in (first, second):
            await window.sees("이렇게 입력해 보세요")
            assert window.said() == ["도움말"]
        assert first.lines() == second.lines()
        assert not [event for event in second.events if event["op"] == "ack"]


async def test_the_first_screen_is_shown_once_to_who_opens_two_windows_at_once(served: Served) -> None:
    windows = served.window("officer"), served.window("officer")
    async with windows[0] as first, windows[1] as second:
        for window in (first, second):
            await window.sees("무엇을 도와드릴까요?")
            await window.settles()
        assert len(first.bodies()) == len(second.bodies()) == 1


async def test_nothing_comes_before_the_welcome(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    """A line delivered while the history is being read is neither lost nor too early."""
    loop, read = asyncio.get_running_loop(), welcome

    def slowly(session: Any, now: Any, account_id: int, *rest: Any) -> Any:
        given = {"op": "toast", "text": "그사이", "tone": "good"}
        loop.call_soon_threadsafe(served.house.hub.give, account_id, given)
        return read(session, now, account_id, *rest)

    monkeypatch.setattr(intake, "welcome", slowly)
    async with served.window("officer") as officer:
        await officer.sees("그사이")
        assert officer.events[0]["op"] == "welcome"


async def test_a_card_decided_by_somebody_else_is_redrawn_and_the_late_one_is_told_by_a_toast(
    served: Served,
) -> None:
    async with served.window("officer") as officer, served.window("evaluator") as evaluator:
        await officer.says("민원처리율 97.3")
        await officer.attaches(files.pdf(), "증빙.pdf")
        await officer.presses("다음")
        await officer.presses("건너뛰기")
        await officer.presses("제출하기")
        await evaluator.sees("민원처리율", "승인")
        stale = await evaluator.token("승인")
        await evaluator.presses("승인")
        await evaluator.sees("승인")
        assert (await evaluator.tries({"op": "press", "token": stale}))["op"] == "ack"
        assert (await evaluator.gets("toast"))["tone"] == "warning"
        assert len(served.audited("report.approve")) == 1


async def test_too_many_windows_close_the_oldest_with_a_word(served: Served) -> None:
    windows = [served.window("officer") for _ in range(MOST_WINDOWS + 1)]
    for window in windows:
        await window.__aenter__()
    assert (await windows[0].gets("bye"))["reason"] == "replaced"
    await windows[0].ends()
    await windows[1].says("도움말")
    assert len(served.house.hub) == MOST_WINDOWS
    for window in windows:
        await window.closes()


async def test_a_window_that_reads_nothing_is_given_up_and_holds_up_nobody(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hub, "_MOST_UNREAD", 10)
    monkeypatch.setattr(intake, "_READ_WITHIN", 0.2)
    monkeypatch.setattr(intake, "_TURN_ENDS_WITHIN", 0.2)
    async with served.window("officer") as reading:
        silent = served.window("officer")
        await silent.connects()
        await silent.gets("welcome")
        silent.socket.transport.pause_reading()
        account = account_of(served, "officer")
        [deaf] = [one for one in served.house.hub.of(account) if one.session][1:]
        for _ in range(14):
            served.house.hub.give(account, {"op": "toast", "text": "가" * 1_000_000, "tone": "good"})
            await reading.settles()
        assert deaf.events.qsize() <= 12
        async with asyncio.timeout(5):
            while len(served.house.hub) > 1:
                await asyncio.sleep(0.02)
        await reading.says("도움말")
        await reading.sees("이렇게 입력해 보세요")
        silent.hangs_up()


async def test_whoever_goes_away_in_the_middle_of_a_turn_finds_it_done(served: Served) -> None:
    async with served.window("officer") as officer:
        await officer.sends(HELP | {"id": "left-at-once"})
        officer.hangs_up()
    async with served.window("officer") as back:
        assert (await back.tries(HELP, "left-at-once"))["op"] == "ack"
        await back.settles()
        assert back.said() == ["도움말"]
        assert "이렇게 입력해 보세요" in str(back.bodies()[-1])


async def test_a_turn_that_fails_gives_the_words_back_and_the_window_stays(
    served: Served, monkeypatch: pytest.MonkeyPatch, mishaps: list[Any]
) -> None:
    def broken(*_: Any) -> None:
        raise LookupError("민원처리율 97.3")

    async with served.window("officer") as officer:
        await officer.settles()
        monkeypatch.setattr(intake, "take_turn", broken)
        refused = await officer.tries({"op": "say", "text": "민원처리율 97.3"}, "first")
        assert refused["op"] == "refused" and "처리하지 못했습니다" in refused["text"]
        monkeypatch.setattr(intake, "take_turn", take_turn)
        assert (await officer.tries({"op": "say", "text": "민원처리율 97.3"}, "first"))["op"] == "ack"
    assert [event["event"] for event in mishaps] == ["turn.failed"]
    mishaps.clear()


async def test_a_talk_goes_on_over_midnight_with_the_right_days(served: Served) -> None:
    async with served.window("officer") as officer:
        await officer.says("도움말")
        served.clock.move(timedelta(hours=10))
        await officer.says("도움말")
        await officer.settles()
        days = [(line["day"], line["time"]) for line in officer.lines() if line["who"] == "me"]
    assert days == [("7. 15.(월)", "14:00"), ("7. 16.(화)", "00:00")]
