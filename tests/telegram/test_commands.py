"""Commands: offered by scope and language, and each leads somewhere."""

from __future__ import annotations

import re

import pytest
from telegram import BotCommandScopeAllGroupChats

from bot.telegram.client import close
from bot.telegram.commands import COMMANDS, publish_commands, words_of
from handlers.dialogue.answers import Said
from handlers.front_door import command
from tests.kit.telegram.server import telegram_server
from tests.telegram.test_transport import bot_of


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_leads_somewhere(name: str) -> None:
    words = words_of(f"/{name}@bogobot_test_bot")
    assert words == "취소" if name == "cancel" else command(Said(words)) is not None


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("/menu", "menu"),
        ("/MENU@BogoBot", "menu"),
        ("/cancel", "취소"),
        ("/cancel@bogobot_test_bot", "취소"),
        ("cancel", "cancel"),
        ("/unknown", "/unknown"),
        ("/start ABCDEF", "/start ABCDEF"),
        ("민원처리율 97.3", "민원처리율 97.3"),
        ("", ""),
    ],
)
def test_words_that_are_no_command_stay_as_they_are(typed: str, words: str) -> None:
    assert words_of(typed) == words


@pytest.mark.parametrize("name", COMMANDS)
def test_names_are_such_as_telegram_takes(name: str) -> None:
    assert re.fullmatch("[a-z0-9_]{1,32}", name)


async def test_commands_are_offered_in_private_in_both_languages_and_never_in_groups() -> None:
    async with telegram_server() as server:
        bot = bot_of(server.url, server.token)
        await bot.set_my_commands([("menu", "old")], scope=BotCommandScopeAllGroupChats())
        await publish_commands(bot)
        for number, language in enumerate(("ko", "en", "de"), 1):
            person = server.person(number, language_code=language)
            assert list(person.commands()) == list(COMMANDS)
        assert await bot.get_my_commands(scope=BotCommandScopeAllGroupChats()) == ()
        assert {call.get("language_code") for call in server.calls if call.method == "setMyCommands"} == {
            None, "ko", "en",
        }  # fmt: skip
        scopes = [call.get("scope")["type"] for call in server.calls if call.get("scope")]
        assert scopes[1:4] == ["all_private_chats"] * 3
        assert not server.complaints
        await close(bot)
