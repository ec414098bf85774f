"""The conversation as a dialogue of Bogobot's, in the bot as it runs, with its limits out of the way.

python -m benchmarks.three_steps.ours URL TOKEN FOLDER
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import bot.app
import bot.telegram.limits as limits
import bot.telegram.pacer as pacer
from bot.settings import Settings
from handlers.dialogue.answers import Answer, Filled, Said
from handlers.dialogue.book import Book, Data, Dialogue, FrontDoor
from handlers.dialogue.fields import NumberField, TextField
from handlers.dialogue.screens import Form, Go, Notice, Screen
from handlers.dialogue.talk import Talk
from handlers.dialogue.text import lines
from models.clock import SystemClock
from models.words import Refusal, say

NO_LIMIT = 1_000_000


def ask(_talk: Talk, _data: Data) -> Screen:
    asked = TextField("name", say("이름"), say("이름을 적어 주세요."))
    return Form(say("세 걸음"), (), [asked, NumberField("number", say("숫자"), say("숫자를 적어 주세요."))])


def take(_talk: Talk, _data: Data, answer: Answer) -> Go:
    if not isinstance(answer, Filled):
        raise Refusal("이 화면에서는 할 수 없는 일입니다. '메뉴'를 입력해 주세요.")
    return Go("steps.thanks", {"name": answer.values["name"], "number": str(answer.values["number"])})


def thank(_talk: Talk, data: Data) -> Screen:
    return Notice(lines(say("감사합니다. {name}: {number}", name=data["name"], number=data["number"])))


def book() -> Book:
    """The conversation, begun by `/start`."""
    dialogue = Dialogue("steps")
    dialogue.step("ask", ask, take)
    dialogue.step("thanks", thank)

    def command(said: Said) -> Go | None:
        return Go("steps.ask") if said.text in ("/start", "메뉴") else None

    def nothing(_talk: Talk, _said: Said) -> Go:
        return Go("steps.ask")

    return Book([dialogue], FrontDoor(Go("steps.ask"), command, lambda _talk, _said: None, nothing))


def main(url: str, token: str, folder: str) -> None:
    """Runs the bot until it is killed."""
    bot.app.BOOK = book()
    limits.IN_A_CHAT = limits._AT_ONCE = pacer.OVERALL = NO_LIMIT
    pacer.A_SECOND = 0.0
    settings = Settings(_env_file=None, data_dir=Path(folder), telegram_token=token, telegram_api_url=url)

    async def run() -> None:
        async with bot.app.running(settings, SystemClock(), SystemClock()):
            await asyncio.Event().wait()

    asyncio.run(run())


if __name__ == "__main__":
    main(*sys.argv[1:])
