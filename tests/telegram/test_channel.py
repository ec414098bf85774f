"""Telegram as a channel of the bot: both ways in, restarts, two pollers, a database that is away."""

from datetime import timedelta
from pathlib import Path
from unittest.mock import patch

import httpx
from sqlalchemy.exc import OperationalError

from bot.app import running
from bot.settings import Settings
from bot.telegram import intake, talking
from models.messaging.account import Messenger
from models.messaging.arrival import Arrival
from tests.kit import files
from tests.kit.city import City
from tests.telegram.kit.desk import SECRET, Desk, open_desk


async def test_by_webhook_people_are_answered_as_by_polling(city: City, tmp_path: Path) -> None:
    async with open_desk(city, tmp_path, webhook=True) as desk:
        officer = await desk.linked("officer")
        await officer.sends_file(files.pdf(), "증빙.pdf", "민원처리율 97.3")
        await officer.sees("증빙.pdf")
        assert desk.server.count("getUpdates") == 0
        assert desk.server.state.webhook.secret == SECRET
        wanted = {"message", "edited_message", "callback_query", "my_chat_member"}
        assert set(desk.server.updates.allowed) == wanted
        assert desk.house.channels[0].faults() == []
        async with httpx.AsyncClient() as stranger:
            assert (await stranger.post(f"{desk.url}/telegram", json={"update_id": 1})).status_code == 401


async def test_by_webhook_what_could_not_be_kept_comes_again(city: City, tmp_path: Path) -> None:
    async with open_desk(city, tmp_path, webhook=True) as desk:
        desk.expected = {"turn.failed", "update.not_kept"}
        officer = await desk.linked("officer")
        away = OperationalError("", {}, Exception())
        with (
            patch.object(talking, "take_turn", side_effect=away),
            patch.object(intake, "keep", side_effect=away),
        ):
            await officer.says("도움말")
            await desk.server.until(lambda: "503" in desk.server.state.webhook.last_error)
            assert desk.server.updates.unsettled == 1
        await officer.sees("이렇게 입력해 보세요")


async def test_while_the_database_is_away_nothing_is_confirmed_and_nothing_lost(desk: Desk) -> None:
    desk.expected = {"turn.failed", "update.not_kept"}
    officer = await desk.linked("officer")
    before = len(officer.messages)
    away = OperationalError("", {}, Exception())
    with patch.object(talking, "take_turn", side_effect=away), patch.object(intake, "keep", side_effect=away):
        await officer.says("도움말")
        await desk.until(lambda: any(event["event"] == "update.not_kept" for event in desk.logged))
        await officer.says("내 지표")
        assert desk.server.updates.unsettled == 2
    await officer.sees("이렇게 입력해 보세요", "민원처리율")
    await officer.settles()
    help_, mine = officer.messages[before:]
    assert "이렇게 입력해 보세요" in help_.text and "민원처리율" in mine.text


async def test_ids_that_begin_anew_lose_nothing(desk: Desk) -> None:
    officer = await desk.linked("officer")
    desk.server.updates.restart_ids(at=5)
    await officer.says("도움말")
    await officer.sees("이렇게 입력해 보세요")
    await officer.says("내 지표")
    await officer.sees("평균 처리기간")
    await officer.settles()


async def test_polling_ends_a_webhook_that_was_set_and_drops_nothing(city: City, tmp_path: Path) -> None:
    async with open_desk(city, tmp_path) as desk:
        await desk.linked("officer")
        calls = [call for call in desk.server.calls if "Webhook" in call.method]
        assert [call.method for call in calls] == ["deleteWebhook"]
        assert not any("drop_pending_updates" in call.parameters for call in desk.server.calls)


async def test_a_set_up_that_fails_is_tried_again_and_stops_nothing(desk: Desk) -> None:
    desk.server.faults.answers_with("deleteWebhook", 500, 3)
    desk.server.faults.answers_with("setMyCommands", 500, 3)
    officer = await desk.linked("officer")
    assert desk.server.count("setMyCommands") >= 1
    await officer.says("도움말")
    await officer.sees("이렇게 입력해 보세요")


async def test_two_bots_on_one_token_take_each_update_once(city: City, tmp_path: Path) -> None:
    async with open_desk(city, tmp_path) as desk:
        officer = await desk.linked("officer")

        settings = Settings(
            _env_file=None,
            data_dir=tmp_path,
            database_url=city.database.url,
            telegram_token=desk.server.token,
            telegram_api_url=desk.server.url,
        )
        async with running(settings, desk.clock, desk.machine):
            desk.server.updates.deliver_twice(4)
            for _ in range(4):
                await officer.says("도움말")
            await desk.server.until(lambda: officer.reads().count("이렇게 입력해 보세요") == 4, within=10)
            await officer.settles(within=10)
        assert officer.reads().count("이렇게 입력해 보세요") == 4
        assert any(refusal.code == 409 for refusal in desk.server.refusals)


async def test_what_was_kept_is_taken_after_a_restart_before_what_comes_then(
    city: City, tmp_path: Path
) -> None:
    async with open_desk(city, tmp_path) as desk:
        officer = await desk.linked("officer")
        address = str(officer.user_id)
        payload = {"address": address, "message_id": 9_001, "text": "도움말", "file": None, "album": ""}
    with city.database.write() as session:
        ready_at = desk.machine.now() + timedelta(hours=1)
        session.add(
            Arrival(messenger=Messenger.TELEGRAM, address=address, payload=payload, ready_at=ready_at)
        )
    async with open_desk(city, tmp_path) as desk:
        # Ids of messages go on where they were, as Telegram's do.
        for _ in range(100):
            desk.server.state.chats.next_message_id()
        person = desk.server.person(officer.user_id)
        await person.says("내 지표")
        await desk.until(lambda: len(desk.waits()) == 2)
        await desk.passes(hours=2)
        await person.sees("이렇게 입력해 보세요", "평균 처리기간")
        await person.settles()
        assert "평균 처리기간" in person.messages[-1].text
        assert desk.waits() == []
