"""People, groups, and waiting for the bot."""

import asyncio

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest, ChatMigrated, Forbidden

from tests.kit.telegram import Person, TelegramServer


async def test_commands_are_marked_as_such(bot: Bot, person: Person) -> None:
    await person.says("😀 /start abc")
    [update] = await bot.get_updates()
    assert update.message is not None
    assert update.message.parse_entities() == {update.message.entities[0]: "/start"}
    assert update.message.from_user is not None
    assert update.message.from_user.first_name == "은주"


async def test_the_same_person_is_asked_for_by_identifier(server: TelegramServer) -> None:
    assert server.person(7) is server.person(7)
    assert server.person() is not server.person()


async def test_the_newest_button_of_a_label_is_pressed(bot: Bot, person: Person) -> None:
    for data in ("old", "new"):
        markup = InlineKeyboardMarkup([[InlineKeyboardButton("확인", callback_data=data)]])
        sent = await bot.send_message(7, "목록", reply_markup=markup)
    await person.presses("확인")
    await sent.delete()
    await person.presses("확인")
    pressed = [update.callback_query for update in await bot.get_updates()]
    assert [query.data for query in pressed if query] == ["new", "old"]
    with pytest.raises(AssertionError, match=r"no button '취소'; there are \['확인'\]"):
        await person.presses("취소")


async def test_a_person_waits_for_words(bot: Bot, person: Person) -> None:
    waiting = asyncio.create_task(person.sees("민원처리율", "[확인]"))
    markup = InlineKeyboardMarkup([[InlineKeyboardButton("확인", callback_data="a")]])
    await bot.send_message(7, "민원처리율", reply_markup=markup)
    await waiting
    with pytest.raises(AssertionError, match="'취소' is not in:\n민원처리율"):
        await person.sees("취소", within=0.01)


async def test_quiet_waits_until_the_bot_has_confirmed_everything_and_stopped_calling(
    bot: Bot, person: Person, server: TelegramServer
) -> None:
    async def answers_slowly() -> None:
        [update] = await bot.get_updates(timeout=5)
        await bot.get_updates(offset=update.update_id + 1)
        for text in ("하나", "둘"):
            await bot.send_message(7, text)
            await asyncio.sleep(0.02)

    await person.says("안녕")
    with pytest.raises(AssertionError, match="1 updates open, 0 calls under way"):
        await server.quiet(within=0.1)
    answering = asyncio.create_task(answers_slowly())
    await person.settles()
    assert [message.text for message in person.messages] == ["하나", "둘"]
    await answering


async def test_quiet_waits_for_calls_that_hang(bot: Bot, person: Person, server: TelegramServer) -> None:
    held = server.faults.holds("sendMessage", accepted=False)
    sending = asyncio.create_task(bot.send_message(7, "안녕"))
    await held.comes()
    with pytest.raises(AssertionError, match="0 updates open, 1 calls under way"):
        await server.quiet(within=0.1)
    held.release()
    await sending


async def test_whoever_left_says_nothing(person: Person) -> None:
    await person.blocks_the_bot()
    with pytest.raises(AssertionError, match="blocked the bot"):
        await person.says("안녕")


async def test_a_group_has_to_add_the_bot(bot: Bot, person: Person, server: TelegramServer) -> None:
    group = server.group("기획예산과")
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(group.chat.chat_id, "안녕")
    await group.adds_the_bot(person)
    await bot.send_message(group.chat.chat_id, "안녕하세요")
    assert "안녕하세요" in group.reads()
    first, second = await bot.get_updates()
    assert first.my_chat_member is not None
    assert first.my_chat_member.new_chat_member.status == "member"
    assert second.message is not None
    assert second.message.new_chat_members[0].id == bot.id
    await group.removes_the_bot(person)
    with pytest.raises(Forbidden, match="bot was kicked from the group chat"):
        await bot.send_message(group.chat.chat_id, "안녕")


async def test_the_bot_can_leave_a_group(bot: Bot, person: Person, server: TelegramServer) -> None:
    group = server.group()
    await group.adds_the_bot(person)
    assert (await bot.get_chat(group.chat.chat_id)).title == "성과관리팀"
    await bot.leave_chat(group.chat.chat_id)
    with pytest.raises(Forbidden, match="bot is not a member of the group chat"):
        await bot.send_message(group.chat.chat_id, "안녕")
    with pytest.raises(BadRequest, match="Chat member status can't be changed in private chats"):
        await bot.leave_chat(7)


async def test_in_privacy_mode_a_group_shows_commands_replies_and_presses(
    bot: Bot, person: Person, server: TelegramServer
) -> None:
    group = server.group()
    await group.adds_the_bot(person)
    markup = InlineKeyboardMarkup([[InlineKeyboardButton("확인", callback_data="a")]])
    sent = await bot.send_message(group.chat.chat_id, "목록", reply_markup=markup)
    server.updates.clear()
    for text in ("안녕", "/start", "/start@other_bot", "/start@bogobot_test_bot"):
        await group.says(person, text)
    await group.says(person, "네", reply_to=sent.message_id)
    await group.presses(person, "확인")
    updates = await bot.get_updates()
    assert [update.message.text if update.message else "pressed" for update in updates] == [
        "/start",
        "/start@bogobot_test_bot",
        "네",
        "pressed",
    ]


async def test_a_group_that_is_upgraded_has_another_identifier(
    bot: Bot, person: Person, server: TelegramServer
) -> None:
    group = server.group()
    await group.adds_the_bot(person)
    old = group.chat.chat_id
    server.updates.clear()
    await group.becomes_a_supergroup(person)
    with pytest.raises(ChatMigrated) as migrated:
        await bot.send_message(old, "안녕")
    assert migrated.value.new_chat_id == group.chat.chat_id
    await bot.send_message(group.chat.chat_id, "안녕")
    assert "안녕" in group.reads()
    first, second = [update.message for update in await bot.get_updates()]
    assert first is not None
    assert second is not None
    assert (first.chat_id, first.migrate_to_chat_id) == (old, group.chat.chat_id)
    assert (second.chat_id, second.migrate_from_chat_id) == (group.chat.chat_id, old)


async def test_commands_in_groups_of_others_are_not_deleted_by_the_bot(
    bot: Bot, person: Person, server: TelegramServer
) -> None:
    group = server.group()
    await group.adds_the_bot(person)
    said = await group.says(person, "/start")
    with pytest.raises(BadRequest, match="Message can't be deleted"):
        await bot.delete_message(group.chat.chat_id, said.message_id)
    private = await person.says("안녕")
    await bot.delete_message(7, private.message_id)
