"""Menus: a page at a time where they are long, searched by typing where they are very long."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from handlers.dialogue.drawing import Drawing
from handlers.dialogue.screens import Choice, Menu, Press
from handlers.dialogue.text import Bold, Code, Line, Link, spoken
from models.words import Phrase, say

PAGE = 8
SEARCHABLE = 16
TURN_PAGE = "_page"


@dataclass(frozen=True)
class Paging:
    """Which page of a menu is open, and what was searched for."""

    page: int = 0
    query: str = ""

    @classmethod
    def of(cls, view: dict[str, Any]) -> Paging:
        return cls(int(view.get("page", 0)), str(view.get("query", "")))

    def view(self) -> dict[str, Any]:
        return {"page": self.page, "query": self.query}


def is_searched(menu: Menu) -> bool:
    """Whether words typed at this menu search it."""
    return len(menu.choices) >= SEARCHABLE


def draw_menu(menu: Menu, drawing: Drawing, paging: Paging) -> dict[str, Any]:
    """The open page as plain data, with the way to the pages beside it."""
    found = _found(menu.choices, paging.query, drawing)
    pages = max(1, -(-len(found) // PAGE))
    page = min(paging.page, pages - 1)
    drawn: dict[str, Any] = {
        "kind": "menu",
        "text": spoken(menu.text, drawing.translate),
        "choices": [_choice(choice, drawing) for choice in found[page * PAGE : (page + 1) * PAGE]],
        "buttons": drawing.buttons(menu.buttons),
    }
    if pages > 1:
        drawn["page"] = [page + 1, pages]
        if page > 0:
            drawn["previous"] = drawing.act(Press(TURN_PAGE, {"page": page - 1, "query": paging.query}))
        if page < pages - 1:
            drawn["next"] = drawing.act(Press(TURN_PAGE, {"page": page + 1, "query": paging.query}))
    if is_searched(menu):
        drawn["search"] = {
            "query": paging.query,
            "found": len(found),
            "hint": drawing.translate(_hint(paging.query, len(found))),
        }
        if paging.query:
            drawn["search"]["clear"] = drawing.act(Press(TURN_PAGE, {"page": 0, "query": ""}))
    return drawn


def _hint(query: str, found: int) -> Phrase:
    if not query:
        return say("이름의 일부를 입력하면 찾아 드립니다.")
    if found == 0:
        return say("'{query}'에 맞는 항목이 없습니다. 다른 말로 찾아 보세요.", query=query)
    return say("'{query}' 검색 결과 {found}건", query=query, found=found)


def _found(choices: Sequence[Choice], query: str, drawing: Drawing) -> Sequence[Choice]:
    wanted = query.casefold().split()
    if not wanted:
        return choices
    return [
        choice
        for choice in choices
        if all(word in f"{_plain(choice.label, drawing)} {_plain(choice.detail, drawing)}" for word in wanted)
    ]


def _plain(line: Line, drawing: Drawing) -> str:
    spans = line if isinstance(line, tuple) else (line,)
    words = (span.words if isinstance(span, Bold | Code | Link) else span for span in spans)
    return " ".join(drawing.translate.value(word) for word in words).casefold()


def _choice(choice: Choice, drawing: Drawing) -> dict[str, Any]:
    return {
        "label": drawing.translate.value(choice.label),
        "detail": drawing.line(choice.detail),
        "badge": drawing.badge(choice.badge),
        "token": drawing.act(choice.does),
    }
