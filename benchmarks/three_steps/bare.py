"""The conversation in bare python-telegram-bot, kept by its pickle persistence, as its documentation shows it.

python -m benchmarks.three_steps.bare URL TOKEN FOLDER
"""

from __future__ import annotations

import sys
from typing import Any

from telegram import Update
from telegram.ext import (
    Application,
    CommandHandler,
    ContextTypes,
    ConversationHandler,
    MessageHandler,
    PicklePersistence,
    filters,
)

NAME, NUMBER = range(2)


async def start(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> int:
    assert update.message is not None
    await update.message.reply_text("이름을 적어 주세요.")
    return NAME


async def name(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
    assert update.message is not None and context.user_data is not None
    context.user_data["name"] = update.message.text
    await update.message.reply_text("숫자를 적어 주세요.")
    return NUMBER


async def number(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
    assert update.message is not None and context.user_data is not None
    given = context.user_data["name"]
    context.user_data["number"] = update.message.text
    await update.message.reply_text(f"감사합니다. {given}: {update.message.text}")
    return ConversationHandler.END


def main(url: str, token: str, folder: str) -> None:
    """Runs the bot until it is killed."""
    words = filters.TEXT & ~filters.COMMAND
    conversation: ConversationHandler[Any] = ConversationHandler(
        [CommandHandler("start", start)],
        {NAME: [MessageHandler(words, name)], NUMBER: [MessageHandler(words, number)]},
        [],
        name="three_steps",
        persistent=True,
    )
    builder = Application.builder().token(token).base_url(f"{url}/bot")
    application = builder.persistence(PicklePersistence(f"{folder}/bare.pickle")).build()
    application.add_handler(conversation)
    application.run_polling()


if __name__ == "__main__":
    main(*sys.argv[1:])
