"""Keyboards under messages, checked as the Bot API checks them."""

from __future__ import annotations

import json

from tests.kit.telegram.links import WrongLink, check_link
from tests.kit.telegram.refusals import Json, bad_request

MOST_BUTTONS = 100
WIDEST_ROW = 8
LONGEST_DATA = 64
"""In bytes."""
LONGEST_MARKUP = 10 * 1024
"""In bytes of JSON; found by trial, not published."""
DECORATION = {"text", "icon_custom_emoji_id", "style"}
STYLES = {"danger", "success", "primary"}

Keyboard = list[list[Json]]


def inline_keyboard(markup: Json | None) -> Keyboard:
    """The rows of an inline keyboard; none where the markup is of another kind.

    Where the real server drops a button without words or what is over 8 in a row, this one refuses.

    Raises:
        Refused: the server would refuse a button, or the keyboard is too large.
    """
    rows: Keyboard = [row for row in (markup or {}).get("inline_keyboard", []) if row]
    buttons = [button for row in rows for button in row]
    for button in buttons:
        _check(button)
    is_too_wide = any(len(row) > WIDEST_ROW for row in rows)
    if is_too_wide or len(buttons) > MOST_BUTTONS or len(json.dumps(markup).encode()) > LONGEST_MARKUP:
        raise bad_request("reply markup is too long")
    return rows


def _check(button: Json) -> None:
    if not button["text"].strip():
        raise bad_request("Inline keyboard button text must be non-empty")
    if button.get("style", "primary") not in STYLES:
        raise bad_request("Can't parse inline keyboard button: invalid button style specified")
    uses = [name for name in button.keys() - DECORATION if button[name] != ""]
    if not uses:
        raise bad_request(
            "Can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    if len(uses) > 1:
        raise bad_request(f"Can't parse inline keyboard button: only one of {sorted(uses)} may be used")
    if "callback_data" in uses and len(button["callback_data"].encode()) > LONGEST_DATA:
        raise bad_request("BUTTON_DATA_INVALID")
    if "url" in uses:
        try:
            check_link(button["url"])
        except WrongLink as wrong:
            raise bad_request(f"inline keyboard button URL '{button['url']}' is invalid: {wrong}") from None
