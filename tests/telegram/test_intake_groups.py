"""The bot works in private chats only: elsewhere it says so once, shows nothing and takes nothing."""

from pathlib import Path

import pytest

from models.messaging.conversation import DrawnScreen
from tests.kit import files
from tests.kit.city import City
from tests.telegram.kit.desk import Desk, open_desk

ELSEWHERE = "보고봇은 1:1 대화에서만 일합니다. 저에게 직접 말을 걸어 주세요."


async def test_a_group_is_told_once_and_shown_nothing(city: City, tmp_path: Path) -> None:
    async with open_desk(city, tmp_path, privacy_mode=False) as desk:
        officer, group = await desk.linked("officer"), desk.server.group()
        screens = len(desk.rows(DrawnScreen))
        await group.adds_the_bot(officer)
        for words in ("/start", f"/start {desk.code('civil')}", "민원처리율 97.3"):
            await group.says(officer, words)
        await desk.server.quiet()
        assert [message.text for message in group.messages] == [ELSEWHERE]
        assert len(desk.rows(DrawnScreen)) == screens and desk.waits() == []


async def test_a_group_that_moved_is_not_told_again(desk: Desk) -> None:
    officer, group = await desk.linked("officer"), desk.server.group()
    await group.adds_the_bot(officer)
    await group.sees(ELSEWHERE)
    await group.becomes_a_supergroup(officer)
    await group.says(officer, "/menu")
    await desk.server.quiet()
    assert group.messages == []


async def test_a_group_that_throws_the_bot_out_is_told_nothing(desk: Desk) -> None:
    officer, group = await desk.linked("officer"), desk.server.group()
    await group.adds_the_bot(officer)
    await group.sees(ELSEWHERE)
    sent = desk.server.count("sendMessage")
    await group.removes_the_bot(officer)
    await desk.server.quiet()
    assert desk.server.count("sendMessage") == sent
    assert desk.account("officer").unreachable_since is None


@pytest.mark.parametrize("kind", ["supergroup", "channel"])
async def test_other_places_are_told_too(desk: Desk, kind: str) -> None:
    officer = await desk.linked("officer")
    group = desk.server.group()
    group.chat.bot_is = type(group.chat.bot_is).MEMBER
    chat = {"id": group.chat.chat_id, "type": kind, "title": "알림"}
    member = {"user": desk.server.state.bot.as_json(), "status": "member"}
    change = {"chat": chat, "from": officer.user.as_json(), "date": 1, "old_chat_member": member}
    desk.server.updates.push({"my_chat_member": change | {"new_chat_member": member}}, group.chat.chat_id)
    await group.sees(ELSEWHERE)


async def test_a_file_in_a_group_is_not_fetched(city: City, tmp_path: Path) -> None:
    async with open_desk(city, tmp_path, privacy_mode=False) as desk:
        officer, group = await desk.linked("officer"), desk.server.group()
        await group.adds_the_bot(officer)
        stored = desk.server.state.files.keep(files.pdf(), "증빙.pdf")
        group._tell(group._write(officer.user, "민원처리율 97.3", stored))
        await desk.server.quiet()
        assert desk.server.count("getFile") == 0 and desk.waits() == []
