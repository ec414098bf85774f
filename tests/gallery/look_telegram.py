"""A screen as somebody sees it in Telegram: the bubble and its keyboard, from what the bot really sends."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Any

from telegram import InlineKeyboardMarkup

from bot.telegram.draw import Drawn, draw
from bot.telegram.keyboard import confirm_keyboard
from bot.telegram.limits import LONGEST_ANSWER
from tests.gallery.recorder import Seen
from tests.kit.telegram.formatting import LONGEST_TEXT, formatted, is_empty
from tests.kit.telegram.markup import inline_keyboard
from tests.kit.telegram.refusals import Refused

Question = tuple[InlineKeyboardMarkup, str]


def drawn(seen: Seen) -> Drawn:
    return draw(seen.body, seen.live, seen.locale)


def questions(seen: Seen) -> Iterator[Question]:
    """What is asked before a button of the screen does what it says."""
    for button in seen.body.get("buttons", []) if seen.live else []:
        if asked := confirm_keyboard(seen.body, button["token"], seen.locale):
            yield asked


def look(seen: Seen) -> str:
    """The HTML of the column."""
    screen = drawn(seen)
    bubbles = [_bubble(text, None) for text in screen.parts[:-1]]
    asked = "".join(
        f'<p class="aside">누르면 묻는 말</p>{_bubble(escape(words, quote=False), keys)}'
        for keys, words in questions(seen)
    )
    picture = (
        f'<p class="aside">이어지는 사진: {escape(seen.body["picture"]["name"])}</p>'
        if "picture" in seen.body
        else ""
    )
    return f'<div class="tg">{"".join(bubbles)}{_bubble(screen.parts[-1], screen.keyboard)}{asked}{picture}</div>'


def faults(seen: Seen) -> list[str]:
    """What Telegram would refuse of it."""
    screen = drawn(seen)
    told: list[str] = []
    try:
        for part in screen.parts:
            read = formatted(part, "HTML", None)
            if is_empty(read.text) or len(read.text) > LONGEST_TEXT:
                told.append(f"a text of {len(read.text)} characters")
        for keys in [screen.keyboard, *(keys for keys, _ in questions(seen))]:
            inline_keyboard(keys.to_dict() if keys else None)
    except Refused as refused:
        told.append(refused.description)
    told += [f"a question of {len(words)}" for _, words in questions(seen) if len(words) > LONGEST_ANSWER]
    return told


def _bubble(text: str, keys: InlineKeyboardMarkup | None) -> str:
    # The line's end after a quotation is the quotation's own.
    text = text.replace("</blockquote>\n", "</blockquote>")
    return f'<div class="tg-text">{text}</div>{_keyboard(keys.to_dict() if keys else None)}'


def _keyboard(markup: dict[str, Any] | None) -> str:
    if markup is None:
        return ""
    rows = (
        "".join(
            f'<span class="tg-key {button.get("style", "")}">{escape(button["text"])}</span>'
            for button in row
        )
        for row in markup["inline_keyboard"]
    )
    return "".join(f'<div class="tg-row">{row}</div>' for row in rows)
