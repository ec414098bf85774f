"""The pencil: puts words into the reader's language and gives every button its value."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from handlers.dialogue.screens import Badge, Button, FileShown, Go, Press
from handlers.dialogue.text import Line, lines, spoken
from models.words import Translator


@dataclass
class Drawing:
    """A screen being drawn: what is shown, and behind each button what it does."""

    translate: Translator
    token: str = field(default_factory=lambda: secrets.token_urlsafe(15))
    actions: list[dict[str, Any]] = field(default_factory=list)

    def act(self, does: Go | Press) -> str:
        """The value of a button that does this."""
        if isinstance(does, Go):
            self.actions.append({"go": does.step, "data": dict(does.data)})
        else:
            self.actions.append({"press": does.action, "args": dict(does.args)})
        return f"{self.token}.{len(self.actions) - 1}"

    def files(self, given: Sequence[FileShown]) -> list[dict[str, Any]]:
        """Files to take away: by their reference where there are links, by a button's value where there are none."""
        drawn = []
        for file in given:
            shown = {"name": file.name, "size": file.size, "reference": file.reference}
            self.actions.append({"file": file.reference})
            drawn.append(shown | {"token": f"{self.token}.{len(self.actions) - 1}"})
        return drawn

    def buttons(self, given: Sequence[Button]) -> list[dict[str, Any]]:
        drawn = []
        for button in given:
            shown = {
                "label": self.translate(button.label),
                "style": button.style.value,
                "token": self.act(button.does),
            }
            if button.confirm:
                shown["confirm"] = self.translate(button.confirm)
            drawn.append(shown)
        return drawn

    def line(self, line: Line) -> list[dict[str, Any]]:
        return spoken(lines(line), self.translate)[0]

    def badge(self, badge: Badge | None) -> dict[str, Any] | None:
        if badge is None:
            return None
        return {"label": self.translate(badge.label), "tone": badge.tone.value}
