"""Presses that cannot be taken in the moment they come, and those that say less than they could."""

from typing import Any
from unittest.mock import patch

from sqlalchemy.exc import OperationalError

from bot.telegram import presses
from tests.kit.telegram.state import Query
from tests.telegram.kit.desk import Desk


async def test_a_press_that_cannot_even_be_noted_comes_again_and_is_taken(desk: Desk) -> None:
    desk.expected = {"turn.failed", "update.not_kept"}
    officer = await desk.linked("officer")
    away = OperationalError("", {}, Exception())
    with (
        patch.object(presses, "take_turn", side_effect=away),
        patch.object(presses, "note", side_effect=away),
    ):
        await officer.presses(next(one for one in officer.buttons() if "내 지표" in one))
        await officer.sees("잠시 뒤 다시 눌러 주세요.")
    await officer.sees("민원처리율")


async def test_a_press_whose_message_is_not_told_is_its_senders(desk: Desk) -> None:
    officer = await desk.linked("officer")
    data = next(
        button["callback_data"] for button in officer.messages[-1].buttons() if "내 지표" in button["text"]
    )
    state = desk.server.state
    state.queries["a"] = Query("a", officer.user, officer.messages[-1], data, state.clock.monotonic())
    body: dict[str, Any] = {"id": "a", "from": officer.user.as_json(), "chat_instance": "1", "data": data}
    state.updates.push({"callback_query": body}, officer.user_id)
    await officer.sees("민원처리율")


async def test_a_press_on_a_message_that_is_out_of_reach_is_taken(desk: Desk) -> None:
    officer = await desk.linked("officer")
    data = next(
        button["callback_data"] for button in officer.messages[-1].buttons() if "내 지표" in button["text"]
    )
    state = desk.server.state
    state.queries["a"] = Query("a", officer.user, officer.messages[-1], data, state.clock.monotonic())
    shown = {"chat": {"id": officer.user_id, "type": "private"}, "message_id": 1, "date": 0}
    body = {"id": "a", "from": officer.user.as_json(), "chat_instance": "1", "data": data, "message": shown}
    state.updates.push({"callback_query": body}, officer.user_id)
    await officer.sees("민원처리율")
