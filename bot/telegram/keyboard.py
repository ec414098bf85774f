"""The buttons under a screen, in rows that suit a telephone's width."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.telegram.limits import LONGEST_KEYBOARD, MOST_BUTTONS
from bot.telegram.text import says_something
from models.words import say, translator

ASKS = "?"
"""Stands before the value of a button that asks before it does."""
TAKES_BACK = "!"
"""Stands before the token of the screen, under the button that takes the question back."""
SIGNS = {"neutral": "⚪", "waiting": "🟡", "good": "🟢", "warning": "🟠", "bad": "🔴"}
"""A coloured sign for each tone."""

_STYLES = {"primary": "primary", "danger": "danger"}
# In half-width signs: about what a telephone shows of a button that has a row for itself, and of one of two.
_WHOLE_ROW, _HALF_ROW = 40, 18

Row = list[InlineKeyboardButton]


def keyboard(body: dict[str, Any], live: bool) -> InlineKeyboardMarkup | None:
    """The buttons of a screen; none where it is over or has none."""
    if not live:
        return None
    answers = [[button] for button in _choices(body)] + _in_rows(_answers(body))
    ways = [row for row in (_pages(body),) if row] + _in_rows(_ways(body))
    # Last, since the way on must not be pushed off the screen by ten files that could be taken out.
    entries = _in_rows(_entries(body))
    # Room is made at the end of what can be chosen, never of the ways out.
    while (entries or answers) and not _fits(answers + ways + entries):
        (entries or answers).pop()
    rows = answers + ways + entries
    return InlineKeyboardMarkup(rows) if rows else None


def confirm_keyboard(
    body: dict[str, Any], value: str, locale: str
) -> tuple[InlineKeyboardMarkup, str] | None:
    """The two buttons that ask before `value` is done, and the words of the question; None where nothing is asked."""
    for button in body.get("buttons", []):
        if button["token"] == value and "confirm" in button:
            translate = translator(locale)
            yes = translate(say("네, {label}", label=button["label"]))
            no = translate(say("아니요"))
            back = TAKES_BACK + value.partition(".")[0]
            style = _STYLES.get(button["style"])
            rows = [[_button(yes, value, style)], [_button(no, back)]]
            return InlineKeyboardMarkup(rows), str(button["confirm"])
    return None


def width(label: str) -> int:
    """How much room a label needs, in half-width signs."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in label)


def cut(label: str, room: int) -> str:
    """The label, with its end left out where there is no room for it."""
    if width(label) <= room:
        return label
    kept = ""
    for sign in label:
        if width(kept + sign) > room - 1:
            break
        kept += sign
    return kept.rstrip() + "…"


def numbers_choices(body: dict[str, Any]) -> bool:
    """Whether the choices of a menu are told apart by number: where the text says more of them than their buttons."""
    return any(says_something(choice["detail"]) for choice in body.get("choices", []))


def _choices(body: dict[str, Any]) -> Iterator[InlineKeyboardButton]:
    is_numbered = numbers_choices(body)
    for number, choice in enumerate(body.get("choices", []), 1):
        badge = choice["badge"]
        before = f"{number}. " if is_numbered else ""
        # Where choices stand in the text, their states stand there, and stay when the buttons go.
        after = f" · {SIGNS[badge['tone']]} {badge['label']}" if badge and not is_numbered else ""
        label = cut(choice["label"], _WHOLE_ROW - width(before + after))
        yield _button(before + label + after, choice["token"])


def _answers(body: dict[str, Any]) -> Iterator[InlineKeyboardButton]:
    """What the open field of a form can be answered with, and the files of a card."""
    for one in body.get("fields", []):
        for option in one.get("options", []):
            if "token" in option:
                yield _button(option["label"], option["token"])
    if body["kind"] == "card":
        for file in body.get("files", []):
            yield _button(f"📎 {_short_name(file['name'], 3)}", file["token"])


def _entries(body: dict[str, Any]) -> Iterator[InlineKeyboardButton]:
    """What was entered in a form already: to be taken out, or to be changed."""
    for one in body.get("fields", []):
        for file in one.get("files", []):
            if "remove" in file:
                yield _button(f"✕ {_short_name(file['name'], 2)}", file["remove"])
    for one in body.get("fields", []):
        if "edit" in one:
            yield _button(f"✎ {one['label']}", one["edit"])


def _pages(body: dict[str, Any]) -> Row:
    """To the pages beside this one, each under its own number; which one this is stands in the text."""
    if "page" not in body:
        return []
    page, _ = body["page"]
    row = []
    if "previous" in body:
        row.append(_button(f"‹ {page - 1}", body["previous"]))
    if "next" in body:
        row.append(_button(f"{page + 1} ›", body["next"]))
    return row


def _ways(body: dict[str, Any]) -> Iterator[InlineKeyboardButton]:
    search = body.get("search", {})
    if "clear" in search:
        yield _button(f"🔎 ✕ {search['query']}", search["clear"])
    for button in body.get("buttons", []):
        asks = ASKS if "confirm" in button else ""
        yield _button(button["label"], asks + button["token"], _STYLES.get(button["style"]))


def _in_rows(buttons: Iterable[InlineKeyboardButton]) -> list[Row]:
    """Two short buttons share a row; a long one has its own."""
    rows: list[Row] = []
    for button in buttons:
        is_short = width(button.text) <= _HALF_ROW
        if is_short and rows and len(rows[-1]) == 1 and width(rows[-1][0].text) <= _HALF_ROW:
            rows[-1].append(button)
        else:
            rows.append([button])
    return rows


def _button(label: str, data: str, style: str | None = None) -> InlineKeyboardButton:
    return InlineKeyboardButton(cut(label, _WHOLE_ROW) or "…", callback_data=data, style=style)


def _short_name(name: str, taken: int) -> str:
    """The name of a file, cut before its ending."""
    stem, dot, ending = name.rpartition(".")
    if not stem or width(ending) > 5:
        return cut(name, _WHOLE_ROW - taken)
    return cut(stem, _WHOLE_ROW - taken - width(dot + ending)) + dot + ending


def _fits(rows: list[Row]) -> bool:
    buttons = [button for row in rows for button in row]
    size = len(json.dumps({"inline_keyboard": [[button.to_dict() for button in row] for row in rows]}))
    return len(buttons) <= MOST_BUTTONS and size <= LONGEST_KEYBOARD
