"""The commands Telegram offers beside the field one writes in, and the words they stand for."""

from __future__ import annotations

import telegram
from telegram import BotCommand, BotCommandScopeAllGroupChats, BotCommandScopeAllPrivateChats

from models.words import say, translator

COMMANDS = {
    "menu": say("처음 화면"),
    "mine": say("내 지표 보기와 실적 보고"),
    "board": say("부서 현황 (팀장)"),
    "queue": say("검토 대기함 (팀장·평가자)"),
    "consultation": say("컨설팅·교육 예약과 내 예약"),
    "absence": say("휴가 등록, 대결자 지정"),
    "admin": say("관리 (관리자)"),
    "language": say("언어 바꾸기"),
    "help": say("도움말"),
    "cancel": say("작성 중인 양식 닫기"),
    "start": say("연결하기, 처음부터"),
}
"""Each command with what is said of it. Telegram takes names of a-z, 0-9 and _ only."""

# A form is left by this word in every language.
_WORDS = {"cancel": "취소"}
# Who uses another language than these is shown the one without a name.
_LANGUAGES = {"": "ko", "ko": "ko", "en": "en"}


async def publish_commands(bot: telegram.Bot) -> None:
    """Offers the commands in private chats, in Korean and English, and none in groups, where nothing is shown."""
    for language, locale in _LANGUAGES.items():
        translate = translator(locale)
        await bot.set_my_commands(
            [BotCommand(name, translate(about)) for name, about in COMMANDS.items()],
            scope=BotCommandScopeAllPrivateChats(),
            language_code=language or None,
        )
    await bot.delete_my_commands(scope=BotCommandScopeAllGroupChats())


def words_of(command: str) -> str:
    """What the front door understands, for what was typed or chosen: `menu` for `/menu@BotName`; anything that is no
    command of ours as it was."""
    name = command.strip().removeprefix("/").partition("@")[0].casefold()
    return _WORDS.get(name, name) if command.lstrip().startswith("/") and name in COMMANDS else command
