"""The book of steps. A step is two functions: what to show, and what to do with the answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from handlers.dialogue.answers import Answer, Said
from handlers.dialogue.screens import Go, Screen
from handlers.dialogue.talk import Talk
from models.words import Phrase, say

Data = dict[str, Any]
Show = Callable[[Talk, Data], Screen]
Take = Callable[[Talk, Data, Answer], Go]
Guard = Callable[[Talk, Data], bool]
Fresh = Callable[[Talk, Data], Screen | None]
_NEWS = say("확인하실 소식이 있습니다.")


@dataclass(frozen=True)
class Step:
    """A named step; `guard` is asked again when the screen leaves for its reader. `ring` is what may be said of it
    where nothing of the city's may be read."""

    name: str
    show: Show
    take: Take | None = None
    guard: Guard | None = None
    ring: Phrase = _NEWS
    fresh: Fresh | None = None
    """What draws it at the moment it leaves, as things stand then, where that is not to be left to the moment it was
    written: `show` itself, or what asks more. It is not told where this gives nothing, or refuses."""


class Dialogue:
    """The steps of one dialogue, whose names all begin with its own."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.steps: list[Step] = []

    def step(
        self,
        name: str,
        show: Show,
        take: Take | None = None,
        guard: Guard | None = None,
        ring: Phrase = _NEWS,
        *,
        fresh: Fresh | None = None,
    ) -> None:
        """Adds a step under `dialogue.name`. The name is kept in the database: it is never changed."""
        self.steps.append(Step(f"{self.name}.{name}", show, take, guard, ring, fresh))


@dataclass(frozen=True)
class FrontDoor:
    """What is done with words that no screen asked for."""

    home: Go
    command: Callable[[Said], Go | None]
    """Understands a word that leads somewhere from anywhere, a form included."""
    quick: Callable[[Talk, Said], Go | None]
    """Understands a quick line; None where it is none."""
    unknown: Callable[[Talk, Said], Go]


class Book:
    """Every step by its name. `is_discreet`: outside messengers only ring, and what is said is said on the web."""

    def __init__(
        self, dialogues: Iterable[Dialogue], front_door: FrontDoor, *, is_discreet: bool = False
    ) -> None:
        self.front_door = front_door
        self.is_discreet = is_discreet
        self.steps: dict[str, Step] = {}
        for step in (step for dialogue in dialogues for step in dialogue.steps):
            if step.name in self.steps:
                raise ValueError(f"two steps are named {step.name}")
            self.steps[step.name] = step

    def discreet(self) -> Book:
        """The same book for a city whose words may not leave the house."""
        book = Book([], self.front_door, is_discreet=True)
        book.steps = self.steps
        return book

    def __getitem__(self, name: str) -> Step:
        return self.steps[name]

    def __contains__(self, name: str) -> bool:
        return name in self.steps
