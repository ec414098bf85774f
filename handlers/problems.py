"""What is wrong with a file that was handed in, as a chat tells it."""

from __future__ import annotations

from handlers.dialogue.book import Data
from handlers.dialogue.text import Bold, Code, Line
from models.words import Phrase, say


def problems_told(title: Phrase, data: Data) -> list[Line]:
    """The title, each place with its sentence as far as `data` has them, and how many more there are."""
    told: list[Line] = [Bold(title)]
    told += [(Code(f"{sheet} {cells}".strip()), " ", text) for sheet, cells, text in data["problems"]]
    if left := data.get("left", data["all"] - len(data["problems"])):
        told.append(say("그 밖에 {count}건", count=left))
    return told


def not_registered(data: Data) -> Phrase:
    """That nothing of the file was taken."""
    return say(
        "{name:을/를} 등록하지 않았습니다. 고칠 곳이 {count}건 있습니다.",
        name=data["name"],
        count=data["all"],
    )
