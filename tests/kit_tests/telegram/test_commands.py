"""Commands and the bot's own words, by scope and language."""

import httpx
import pytest
from telegram import Bot, BotCommand, BotCommandScopeAllPrivateChats, BotCommandScopeChat
from telegram.error import BadRequest

from tests.kit.telegram import Person, TelegramServer


async def test_commands_go_by_scope_and_language(bot: Bot, person: Person, server: TelegramServer) -> None:
    await bot.set_my_commands([BotCommand("start", "Begin")])
    assert person.commands() == {"start": "Begin"}
    everyone = BotCommandScopeAllPrivateChats()
    await bot.set_my_commands([BotCommand("start", "시작")], everyone, "ko")
    assert person.commands() == {"start": "시작"}
    assert server.person(8, language_code="en").commands() == {"start": "Begin"}
    await bot.set_my_commands([BotCommand("board", "현황판")], BotCommandScopeChat(7))
    assert person.commands() == {"board": "현황판"}
    assert [command.command for command in await bot.get_my_commands(everyone, "ko")] == ["start"]
    await bot.delete_my_commands(BotCommandScopeChat(7))
    await bot.delete_my_commands(everyone, "ko")
    assert person.commands() == {"start": "Begin"}


@pytest.mark.parametrize(
    ("command", "description", "words"),
    [
        ("현황", "현황판", "Bot_command_invalid"),
        ("Board", "현황판", "Bot_command_invalid"),
        ("a" * 33, "현황판", "Command length must not exceed 32"),
        ("/", "현황판", "Command must be non-empty"),
        ("board", "가" * 257, "Command description length must not exceed 256"),
        ("board", " ", "Command description must be non-empty"),
    ],
)
async def test_bad_commands_are_refused(bot: Bot, command: str, description: str, words: str) -> None:
    with pytest.raises(BadRequest, match=words):
        await bot.set_my_commands([(command, description)])


async def test_bad_scopes_languages_and_numbers_of_commands_are_refused(
    bot: Bot, client: httpx.AsyncClient
) -> None:
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.set_my_commands([("a", "b")], BotCommandScopeChat(999))
    with pytest.raises(BadRequest, match="Invalid language code specified"):
        await bot.set_my_commands([("a", "b")], language_code="kor")
    with pytest.raises(BadRequest, match="Bot_commands_too_much"):
        await bot.set_my_commands([("a", "b")] * 101)
    answer = await client.post("getMyCommands", json={"scope": {"type": "chat"}})
    assert answer.json()["description"] == (
        "Bad Request: can't parse BotCommandScope: Can't find field \"chat_id\""
    )


async def test_the_bot_has_a_name_and_descriptions_by_language(bot: Bot) -> None:
    await bot.set_my_name("보고봇")
    await bot.set_my_name("Bogobot", "en")
    await bot.set_my_short_description("성과관리")
    assert (await bot.get_my_name()).name == "보고봇"
    assert (await bot.get_my_name("en")).name == "Bogobot"
    assert (await bot.get_my_name("fr")).name == "보고봇"
    assert (await bot.get_my_short_description()).short_description == "성과관리"
    with pytest.raises(BadRequest, match="too long"):
        await bot.set_my_name("가" * 65)
