"""Buttons, and rows of them."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from slack_sdk.models.blocks import ActionsBlock, ButtonElement, ConfirmObject

from bot.slack.limits import ACTIONS, BUTTON, CONFIRM_BUTTON, CONFIRM_TEXT, CONFIRM_TITLE
from bot.slack.text import cut, cut_name, plain
from models.words import Translator, say

FORM = "form"
"""The action_id of the button that opens a form, and the place in its value."""
_STYLES = {"primary": "primary", "danger": "danger"}


@dataclass
class Buttons:
    """Makes the buttons of one message or view; each has an action_id of its own."""

    translate: Translator
    _places: Iterator[int] = field(default_factory=itertools.count)

    def button(
        self, label: str, value: str, style: str = "plain", confirm: str = "", action_id: str = ""
    ) -> ButtonElement:
        """A button of that value."""
        return ButtonElement(
            text=plain(label, BUTTON),
            value=value,
            action_id=action_id or f"press:{next(self._places)}",
            style=_STYLES.get(style),
            confirm=self._confirm(label, style, confirm) if confirm else None,
            accessibility_label=cut(label, BUTTON) if len(label) > BUTTON else None,
        )

    def drawn(self, buttons: Sequence[dict[str, Any]]) -> list[ButtonElement]:
        """The buttons of a neutral screen."""
        return [
            self.button(one["label"], one["token"], one["style"], one.get("confirm", "")) for one in buttons
        ]

    def files(self, files: Sequence[dict[str, Any]]) -> list[ButtonElement]:
        """A button for each file, that has it sent."""
        return [self.button(f"📎 {cut_name(file['name'], BUTTON - 2)}", file["token"]) for file in files]

    def _confirm(self, label: str, style: str, question: str) -> ConfirmObject:
        return ConfirmObject(
            title=plain(self.translate(say("확인해 주세요")), CONFIRM_TITLE),
            text=plain(question, CONFIRM_TEXT),
            confirm=plain(label, CONFIRM_BUTTON),
            deny=plain(self.translate(say("돌아가기")), CONFIRM_BUTTON),
            style="danger" if style == "danger" else "primary",
        )


def rows(buttons: Sequence[ButtonElement]) -> list[ActionsBlock]:
    """The buttons in as many rows as they need."""
    return [
        ActionsBlock(elements=list(buttons[start : start + ACTIONS]))
        for start in range(0, len(buttons), ACTIONS)
    ]
