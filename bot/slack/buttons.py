"""Buttons, and rows of them."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.slack.limits import ACTIONS, BUTTON, BUTTON_SHOWS, CONFIRM_BUTTON, CONFIRM_TEXT, CONFIRM_TITLE
from bot.slack.text import Block, cut_name, plain
from models.words import Translator, say

FORM = "form"
"""The action_id of the button that opens a form, and the place in its value."""
NAMED = "named:"
"""How the action_id of a button begins that says a name and not what it does."""
_STYLES = ("primary", "danger")
# Files made for one reader: they come by themselves.
_COMES = "parcel:"
_FILE = "📎 "


@dataclass
class Buttons:
    """Makes the buttons of one message or view; each has an action_id of its own."""

    translate: Translator
    _places: Iterator[int] = field(default_factory=itertools.count)

    def button(
        self, label: str, value: str, style: str = "plain", confirm: str = "", action_id: str = ""
    ) -> Block:
        """A button of that value."""
        made: Block = {
            "type": "button",
            "text": plain(label, BUTTON),
            "value": value,
            "action_id": action_id or f"press:{next(self._places)}",
        }
        if style in _STYLES:
            made["style"] = style
        if confirm:
            made["confirm"] = self._confirm(label, style, confirm)
        return made

    def named(self, name: str, value: str, sign: str = "") -> Block:
        """A button that says somebody's name of something, which can be of any length: cut in its middle, and
        whole for who has it read aloud."""
        label = sign + cut_name(name, BUTTON_SHOWS - len(sign))
        made = self.button(label, value, action_id=f"{NAMED}{next(self._places)}")
        if len(sign + name) > BUTTON_SHOWS:
            made["accessibility_label"] = cut_name(name, BUTTON)
        return made

    def drawn(self, buttons: Sequence[dict[str, Any]]) -> list[Block]:
        """The buttons of a neutral screen."""
        return [
            self.button(one["label"], one["token"], one["style"], one.get("confirm", "")) for one in buttons
        ]

    def files(self, files: Sequence[dict[str, Any]]) -> list[Block]:
        """A button for each file, that has it sent; none for those that come by themselves."""
        return [
            self.named(file["name"], file["token"], _FILE)
            for file in files
            if not file["reference"].startswith(_COMES)
        ]

    def _confirm(self, label: str, style: str, question: str) -> Block:
        return {
            "title": plain(self.translate(say("확인해 주세요")), CONFIRM_TITLE),
            "text": plain(question, CONFIRM_TEXT),
            "confirm": plain(label, CONFIRM_BUTTON),
            "deny": plain(self.translate(say("돌아가기")), CONFIRM_BUTTON),
            "style": "danger" if style == "danger" else "primary",
        }


def rows(buttons: Sequence[Block]) -> list[Block]:
    """The buttons in as many rows as they need."""
    return [
        {"type": "actions", "elements": list(buttons[start : start + ACTIONS])}
        for start in range(0, len(buttons), ACTIONS)
    ]
