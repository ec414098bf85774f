"""Who is not linked learns nothing; who brings a code is linked, once; who guesses is held back."""

from datetime import timedelta
from pathlib import Path
from unittest.mock import patch

import pytest

from bot.telegram import talking
from bot.telegram.read import could_be_code, start_code
from models.messaging.account import Account, Messenger
from models.messaging.conversation import DrawnScreen
from models.messaging.inbox import Inbox
from models.messaging.linking import MOST_GUESSES, Guesses
from models.organization import Person
from tests.kit import files
from tests.kit.city import City
from tests.telegram.kit.desk import Desk, open_desk

STRANGER = "연결되지 않은 계정입니다. 관리자에게 받은 연결 코드를 보내 주세요."
WRONG = "연결 코드가 맞지 않거나 기한이 지났습니다."
LOCKED = "연결 코드가 여러 번 맞지 않았습니다."


async def test_a_stranger_is_asked_for_a_code_once_a_minute_and_learns_nothing(desk: Desk) -> None:
    stranger = desk.server.person()
    for words in ("/start", "민원처리율 97.3", "메뉴"):
        await stranger.says(words)
    await stranger.sends_file(files.pdf(), "증빙.pdf")
    await stranger.sends(voice={"file_id": "v", "file_unique_id": "v", "duration": 3})
    await stranger.sends_album([(files.pdf(), "1.pdf"), (files.pdf(), "2.pdf")])
    await stranger.settles()
    assert [message.text for message in stranger.messages] == [STRANGER]
    assert not desk.rows(Inbox) and not desk.rows(DrawnScreen) and not desk.waits()
    assert desk.server.count("getFile") == 0


@pytest.mark.parametrize("shape", ["{}", " {} ", "/start {}", "/start  {}", "/START@bogobot_test_bot {}"])
async def test_a_code_links_with_the_command_and_without_it(desk: Desk, shape: str) -> None:
    person, code = desk.server.person(), desk.code("officer")
    await person.says(shape.format(f"{code[:5].lower()}-{code[5:]}"))
    await person.sees("총무과 김담당 님, 안녕하세요.")
    assert desk.account("officer").address == str(person.user_id)
    assert STRANGER not in person.reads()


async def test_a_code_that_comes_twice_is_one_guess(desk: Desk) -> None:
    person = desk.server.person()
    desk.server.updates.deliver_twice(2)
    await person.says("/start WRONGWRONG")
    await person.says("WRONGAGAIN")
    await desk.server.until(lambda: not desk.server.updates.unsettled)
    await desk.server.until(lambda: person.reads().count(WRONG) == 2)
    await person.settles()
    assert desk.rows(Guesses)[0].wrong == 2
    assert person.reads().count(WRONG) == 2


async def test_who_guesses_is_locked_out_and_told_within_reason(desk: Desk) -> None:
    person = desk.server.person()
    for number in range(MOST_GUESSES + 5):
        await person.says(f"/start WRONG{number}{number}{number}{number}{number}")
    await person.sees(LOCKED)
    await person.settles()
    assert person.reads().count(WRONG) == MOST_GUESSES
    assert person.reads().count(LOCKED) == 1
    await person.says(f"/start {desk.code('officer')}")
    await person.settles()
    assert desk.rows(Account, Account.messenger == Messenger.TELEGRAM) == []
    desk.clock.move(timedelta(hours=2))
    await person.says(f"/start {desk.code('officer')}")
    await person.sees("안녕하세요")


async def test_a_code_whose_welcome_failed_links_all_the_same_and_the_welcome_follows(desk: Desk) -> None:
    desk.expected = {"turn.failed"}
    person = desk.server.person()
    with patch.object(talking, "take_turn", side_effect=LookupError):
        await person.says(f"/start {desk.code('officer')}")
        await person.sees("자동으로 다시 처리합니다.")
    assert desk.account("officer").address == str(person.user_id)
    await desk.passes(seconds=6)
    await person.sees("안녕하세요")
    assert desk.rows(Guesses) == []


async def test_a_code_that_could_not_be_looked_at_is_kept_and_looked_at_later(desk: Desk) -> None:
    desk.expected = {"turn.failed"}
    person = desk.server.person()
    with patch.object(talking, "link_once", side_effect=LookupError):
        await person.says(desk.code("officer"))
        await person.sees("자동으로 다시 처리합니다.")
    await desk.passes(seconds=6)
    await person.sees("안녕하세요")


async def test_who_is_linked_is_not_taken_for_guessing(desk: Desk) -> None:
    officer = await desk.linked("officer")
    await officer.says("ABCDEFGHJK")
    await officer.sees("무슨 말씀인지 알아듣지 못했습니다")
    assert desk.rows(Guesses) == []


async def test_a_telephone_that_was_handed_on_becomes_its_new_owners(desk: Desk) -> None:
    officer = await desk.linked("officer")
    await officer.says(f"/start {desk.code('civil')}")
    await officer.sees("민원과 이민원 님, 안녕하세요.")
    assert desk.account("officer").address is None


async def test_who_has_left_is_a_stranger(desk: Desk) -> None:
    officer = await desk.linked("officer")
    before = len(officer.messages)
    with desk.city.database.write() as session:
        person = session.get_one(Person, desk.city.people["officer"])
        person.left_on = desk.clock.now().date()
    await officer.says("메뉴")
    await officer.sends(voice={"file_id": "v", "file_unique_id": "v", "duration": 3})
    await officer.sends_file(files.pdf(), "증빙.pdf")
    await officer.presses("3. 도움말")
    await officer.settles()
    assert [message.text for message in officer.messages[before:]] == [STRANGER]
    assert officer.waiting_queries == officer.toasts == []
    assert desk.server.count("getFile") == 0


async def test_where_words_may_not_leave_the_house_only_the_way_there_is_said(
    city: City, tmp_path: Path
) -> None:
    async with open_desk(city, tmp_path, chat_mode="notices", public_url="https://web.example.go.kr") as desk:
        person = desk.server.person()
        await person.says("메뉴")
        await person.sees(STRANGER)
        await person.says(desk.code("officer"))
        await person.sees("연결되었습니다.", "https://web.example.go.kr")
        desk.server.updates.deliver_twice()
        await person.says("민원처리율 97.3")
        await person.sends_file(files.pdf(), "증빙.pdf")
        await person.presses_data(person.messages[-1].message_id, "a.0")
        await person.settles()
        where = "업무는 내부 웹 메신저에서 하실 수 있습니다. https://web.example.go.kr"
        assert [message.text for message in person.messages[2:]] == [where, where]
        assert person.toasts == [where] and person.answers[0]["show_alert"]
        assert not desk.rows(DrawnScreen) and not desk.waits()
        assert desk.server.count("getFile") == 0


def test_what_stands_behind_start() -> None:
    assert start_code("/start ABC DEF") == "ABC DEF"
    assert start_code("/start@bot") == start_code(" /start ") == ""
    assert start_code("/started") is start_code("start") is None


def test_what_could_be_a_code() -> None:
    assert could_be_code("abcde-fgh23") and could_be_code("ABCDE FGH23") and could_be_code("O0I1LABCDE")
    assert not could_be_code("민원처리율 97.3") and not could_be_code("ABCDEFGH2") and not could_be_code("")
