"""What people send in their private chats, from the first word to the last."""

from typing import Any
from unittest.mock import patch

import pytest

from bot.telegram import presses, talking
from models.messaging.conversation import DrawnScreen
from models.messaging.inbox import Inbox
from tests.kit import files
from tests.kit.telegram import Person
from tests.kit.telegram.state import Query
from tests.telegram.kit.desk import Desk

KEPT = "처리하지 못했습니다. 보내신 내용은 보관했고 자동으로 다시 처리합니다."
PAUSES = (6, 31, 121)
MY_INDICATORS = "1. 내 지표"


async def test_an_officer_links_and_reports_with_evidence(desk: Desk) -> None:
    officer = await desk.linked("officer")
    await officer.says("민원처리율 97.3")
    await officer.sees("증빙자료")
    await officer.sends_file(files.pdf(), "증빙.pdf")
    await officer.sees("증빙.pdf")
    await officer.settles()
    await officer.presses("다음")
    await officer.settles()
    await officer.presses("건너뛰기")
    await officer.sees("제출 전 확인: 민원처리율")
    await officer.settles()
    await officer.presses("제출하기")
    await officer.sees("제출했습니다")
    await officer.settles()
    assert [row.detail["value"] for row in desk.audited("report.submit")] == ["97.3"]
    assert officer.waiting_queries == []
    assert "typing" in officer.actions


async def test_an_update_that_comes_twice_is_taken_once(desk: Desk) -> None:
    officer = await desk.linked("officer")
    before = len(officer.messages)
    desk.server.updates.deliver_twice(3)
    await officer.says("도움말")
    await officer.sends(sticker={"file_id": "s", "file_unique_id": "s", "type": "regular", **SIZE})
    await officer.settles()
    await officer.presses("처음으로")
    await officer.settles()
    assert {message.text.partition("\n")[0] for message in officer.messages[before:]} == {
        "이렇게 입력해 보세요",
        "글과 파일, 사진만 받을 수 있습니다. 자료는 '파일'로 첨부해 보내 주세요.",
        "총무과 김담당 님, 안녕하세요.",
    }
    assert len(officer.messages) == before + 3
    assert officer.waiting_queries == []


SIZE = {"width": 512, "height": 512, "is_animated": False, "is_video": False}
VOICE = {"file_id": "v", "file_unique_id": "v", "duration": 3}
VIDEO = VOICE | {"width": 640, "height": 480}
CONTACT = {"phone_number": "010", "first_name": "누구"}


@pytest.mark.parametrize(
    "content",
    [{"voice": VOICE}, {"video": VIDEO}, {"contact": CONTACT}, {"animation": VIDEO, "document": VOICE}],
    ids=["voice", "video", "contact", "animation"],
)
async def test_what_cannot_be_taken_is_answered_by_what_can(desk: Desk, content: dict[str, Any]) -> None:
    officer = await desk.linked("officer")
    await officer.sends(**content)
    await officer.sees("글과 파일, 사진만 받을 수 있습니다.")
    assert desk.waits() == []


async def test_of_an_album_that_cannot_be_taken_this_is_said_once(desk: Desk) -> None:
    officer = await desk.linked("officer")
    for _ in range(4):
        await officer.sends(video=VIDEO, media_group_id="1")
    await officer.sees("글과 파일, 사진만")
    await officer.settles()
    assert officer.reads().count("글과 파일, 사진만") == 1


async def test_a_note_of_telegrams_own_is_not_answered(desk: Desk) -> None:
    officer = await desk.linked("officer")
    before = len(officer.messages)
    await officer.sends(message_auto_delete_timer_changed={"message_auto_delete_time": 86400})
    await officer.settles()
    assert len(officer.messages) == before


async def test_an_edit_is_not_taken_and_that_is_said(desk: Desk) -> None:
    officer = await desk.linked("officer")
    message = await officer.says("민원처리율 97.3")
    await officer.sees("증빙자료")
    edited = message.as_json() | {"text": "민원처리율 98", "edit_date": message.date + 5}
    desk.server.updates.push({"edited_message": edited}, officer.chat.chat_id)
    await officer.sees("이미 보낸 글을 고치면 반영되지 않습니다.")


async def test_bots_and_people_in_others_chats_are_not_answered(desk: Desk) -> None:
    officer = await desk.linked("officer")
    before, seen = len(officer.messages), len(desk.rows(Inbox))
    message = (await officer.says("도움말")).as_json()
    await officer.sees("이렇게 입력해 보세요")
    for number, sender in enumerate([{"is_bot": True}, {"id": 99}], 1):
        other = message | {"message_id": 9_000 + number, "from": message["from"] | sender}
        desk.server.updates.push({"message": other}, officer.chat.chat_id)
    await officer.settles()
    assert len(officer.messages) == before + 1
    assert len(desk.rows(Inbox)) == seen + 1


async def test_commands_are_taken_as_the_words_they_stand_for(desk: Desk) -> None:
    officer = await desk.linked("officer")
    await officer.says("/help@bogobot_test_bot")
    await officer.sees("이렇게 입력해 보세요")
    await officer.says("/start")
    await officer.settles()
    assert "안녕하세요" in officer.messages[-1].text


async def test_a_turn_that_raises_is_kept_said_once_and_taken_later(desk: Desk) -> None:
    desk.expected = {"turn.failed", "arrival.failed"}
    officer = await desk.linked("officer")
    with patch.object(talking, "take_turn", side_effect=LookupError):
        desk.server.updates.deliver_twice()
        await officer.says("민원처리율 97.3")
        await officer.sees(KEPT)
        await officer.settles()
        assert len(desk.waits()) == 1
        await desk.passes(seconds=PAUSES[0])
        await desk.until(lambda: desk.waits()[0].tries == 1)
    await desk.passes(seconds=PAUSES[1])
    await officer.sees("증빙자료")
    assert officer.reads().count(KEPT) == 1
    assert desk.waits() == []


async def test_what_follows_something_kept_waits_for_it(desk: Desk) -> None:
    desk.expected = {"turn.failed"}
    officer = await desk.linked("officer")
    with patch.object(talking, "take_turn", side_effect=LookupError):
        await officer.says("민원처리율 97.3")
        await officer.sees(KEPT)
    await officer.says("도움말")
    await officer.settles()
    assert "이렇게 입력해 보세요" not in officer.reads()
    await desk.passes(seconds=PAUSES[0])
    await officer.sees("이렇게 입력해 보세요")
    words = [message.text for message in officer.messages]
    form = next(place for place, text in enumerate(words) if "목표 95" in text or "실적 보고" in text)
    assert form < next(place for place, text in enumerate(words) if "이렇게 입력해 보세요" in text)


async def test_what_fails_to_the_last_try_is_said_and_given_up(desk: Desk) -> None:
    desk.expected = {"turn.failed", "arrival.failed"}
    officer = await desk.linked("officer")
    with patch.object(talking, "take_turn", side_effect=LookupError):
        message = await officer.says("민원처리율 97.3")
        await officer.sees(KEPT)
        for count, pause in enumerate([PAUSES[0], *PAUSES], 1):
            await desk.passes(seconds=pause)
            await desk.until(lambda: desk.waits()[0].tries == count)  # noqa: B023
        await officer.sees("끝내 처리하지 못했습니다.")
        desk.server.updates.push({"message": message.as_json()}, officer.chat.chat_id)
        await officer.settles()
    assert officer.reads().count(KEPT) == 1 and len(desk.waits()) == 1
    await officer.says("도움말")
    await officer.sees("이렇게 입력해 보세요")


async def test_a_press_that_fails_is_answered_and_not_kept(desk: Desk) -> None:
    desk.expected = {"turn.failed"}
    officer = await desk.linked("officer")
    with patch.object(presses, "take_turn", side_effect=LookupError):
        await officer.presses(next(label for label in officer.buttons() if label.startswith(MY_INDICATORS)))
        await officer.sees("잠시 뒤 다시 눌러 주세요.")
    assert desk.waits() == []
    await officer.presses(next(label for label in officer.buttons() if label.startswith(MY_INDICATORS)))
    await officer.sees("민원처리율")


@pytest.mark.parametrize(
    "data", ["forged", "a.b", "?forged.0", "!forged", "한글", "x" * 64, "\x00", "?", "!"]
)
async def test_a_button_that_nobody_made_is_one_of_the_past(desk: Desk, data: str) -> None:
    officer = await desk.linked("officer")
    await officer.presses_data(officer.messages[-1].message_id, data)
    await officer.sees("지난 화면의 버튼입니다.")
    assert officer.waiting_queries == []


async def test_what_cannot_be_undone_is_asked_about_before_it_is_done(desk: Desk) -> None:
    officer = await desk.linked("officer")
    await officer.says("민원처리율 97.3")
    await officer.sees("증빙자료")
    await officer.sends_file(files.pdf(), "증빙.pdf")
    await officer.sees("증빙.pdf")
    for button in ("다음", "건너뛰기", "제출하기"):
        await officer.settles()
        await officer.presses(button)
    await officer.sees("제출했습니다")
    await officer.says("민원처리율")
    await officer.sees("제출 회수")
    await officer.settles()
    before = officer.buttons()
    await officer.presses("제출 회수")
    await officer.settles()
    assert officer.buttons() == ["네, 제출 회수", "아니요"]
    assert officer.answers[-1]["show_alert"]
    assert officer.toasts[-1] == "제출을 회수할까요? 검토가 중단되고, 다시 제출해야 합니다."
    await officer.presses("아니요")
    await officer.settles()
    assert officer.buttons() == before and desk.audited("report.withdraw") == []
    await officer.presses("제출 회수")
    await officer.settles()
    await officer.presses("네, 제출 회수")
    await officer.settles()
    assert len(desk.audited("report.withdraw")) == 1
    assert officer.waiting_queries == []


async def test_a_question_about_somebody_elses_screen_is_not_asked(desk: Desk) -> None:
    await desk.linked("officer")
    civil = await desk.linked("civil")
    (screen,) = desk.rows(DrawnScreen, DrawnScreen.account_id == desk.account("officer").id)
    for data in (f"!{screen.token}", f"?{screen.token}.0", f"{screen.token}.0"):
        await civil.presses_data(civil.messages[-1].message_id, data)
        await civil.settles()
    assert set(civil.toasts) == {"지난 화면의 버튼입니다. 새 화면에서 다시 선택해 주세요."}
    assert desk.server.count("editMessageReplyMarkup") == 0


async def test_a_press_of_somebody_else_learns_nothing_and_is_answered(desk: Desk) -> None:
    officer, evil = await desk.linked("officer"), desk.server.person(66, "남")
    await evil.says("안녕")
    await evil.sees("연결되지 않은 계정입니다.")
    menu = officer.messages[-1]
    data = next(button["callback_data"] for button in menu.buttons())
    screens = desk.rows(DrawnScreen)
    group = desk.server.group()
    await group.adds_the_bot(officer)
    await group.sees("1:1 대화")
    for user in (evil, officer):
        group._press_data(user.user, group.messages[-1], data)
    forwarded = menu.as_json() | {
        "forward_origin": {"type": "hidden_user", "date": 1, "sender_user_name": "?"}
    }
    _push_press(desk, officer, "f1", data, message=forwarded)
    _push_press(desk, evil, "f2", data, message=evil.messages[-1].as_json())
    _push_press(desk, officer, "f3", data, inline_message_id="1")
    await desk.server.quiet()
    assert [query.answer for query in desk.server.state.queries.values() if query.answer is None] == []
    assert all("text" not in (query.answer or {}) for query in desk.server.state.queries.values())
    assert desk.rows(DrawnScreen) == screens


def _push_press(desk: Desk, who: Person, number: str, data: str, **where: Any) -> None:
    state = desk.server.state
    state.queries[number] = Query(number, who.user, who.messages[-1], data, state.clock.monotonic())
    body = {"id": number, "from": who.user.as_json(), "chat_instance": "1", "data": data, **where}
    state.updates.push({"callback_query": body}, who.user_id)


async def test_blocking_is_noted_and_so_is_coming_back(desk: Desk) -> None:
    officer = await desk.linked("officer")
    await officer.blocks_the_bot()
    await desk.server.quiet()
    assert desk.account("officer").unreachable_since is not None
    await officer.unblocks_the_bot()
    await desk.server.quiet()
    assert desk.account("officer").unreachable_since is None
