"""Draws a screen in its reader's language as plain data, and lists what its buttons do.

The data is neutral: a messenger's renderer turns it into that messenger's markup and escapes it there, once.
"""

from __future__ import annotations

from typing import Any

from handlers.dialogue.drawing import Drawing
from handlers.dialogue.filling import Filling, draw_form
from handlers.dialogue.paging import Paging, draw_menu
from handlers.dialogue.screens import (
    Card,
    FileAsk,
    Form,
    Menu,
    Notice,
    Screen,
)
from handlers.dialogue.text import spoken


def draw(screen: Screen, drawing: Drawing, view: dict[str, Any]) -> dict[str, Any]:
    """The screen as plain data; `view` says how far a form is filled in or which page of a menu is open."""
    match screen:
        case Notice():
            return _notice(screen, drawing)
        case Card():
            return _card(screen, drawing)
        case Menu():
            return draw_menu(screen, drawing, Paging.of(view))
        case Form():
            return draw_form(screen, drawing, Filling.of(screen, view))
        case FileAsk():
            return draw_form(screen.form, drawing, Filling.of(screen.form, view))


def kind_of(screen: Screen) -> str:
    """The word by which drawn data and the database know a kind of screen."""
    return type(screen).__name__.lower()


def _notice(notice: Notice, drawing: Drawing) -> dict[str, Any]:
    drawn: dict[str, Any] = {
        "kind": "notice",
        "text": spoken(notice.text, drawing.translate),
        "tone": notice.tone.value,
        "files": drawing.files(notice.files),
        "buttons": drawing.buttons(notice.buttons),
    }
    if notice.picture is not None:
        [drawn["picture"]] = drawing.files([notice.picture])
    return drawn


def _card(card: Card, drawing: Drawing) -> dict[str, Any]:
    return {
        "kind": "card",
        "title": drawing.translate.value(card.title),
        "badge": drawing.badge(card.badge),
        "prompt": spoken(card.prompt, drawing.translate),
        "facts": [[drawing.translate(label), drawing.line(value)] for label, value in card.facts],
        "text": spoken(card.text, drawing.translate),
        "files": drawing.files(card.files),
        "buttons": drawing.buttons(card.buttons),
    }
