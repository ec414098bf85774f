"""The five screens a dialogue can show: Notice, Menu, Form, FileAsk, Card. Values, knowing no messenger."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from handlers.dialogue.fields import Field, FilesField
from handlers.dialogue.text import Line, Text, Words
from models.words import Phrase

Data = Mapping[str, Any]


@dataclass(frozen=True)
class Go:
    """To another step, with its data; step names are `dialogue.step` and outlive a deploy."""

    step: str
    data: Data = field(default_factory=dict)


@dataclass(frozen=True)
class Press:
    """A decision taken on this very screen: its step's `take` gets it as Pressed(action, args)."""

    action: str
    args: Data = field(default_factory=dict)


class Style(StrEnum):
    PLAIN = "plain"
    PRIMARY = "primary"
    DANGER = "danger"


@dataclass(frozen=True)
class Button:
    """A button; `confirm` is asked before what cannot be undone."""

    label: Phrase
    does: Go | Press
    style: Style = Style.PLAIN
    confirm: Phrase | None = None


class Tone(StrEnum):
    """How a state feels, so that each messenger can colour it its own way."""

    NEUTRAL = "neutral"
    WAITING = "waiting"
    GOOD = "good"
    WARNING = "warning"
    BAD = "bad"


@dataclass(frozen=True)
class Badge:
    """A state in a word or two."""

    label: Phrase
    tone: Tone = Tone.NEUTRAL


@dataclass(frozen=True)
class FileShown:
    """A file to take away. `reference` says which (`evidence:12`, `parcel:…`); rights are asked at the taking."""

    name: str
    size: int
    reference: str


@dataclass(frozen=True)
class Notice:
    """Something told, perhaps with files, perhaps with what to do next. `picture`: a PNG, shown as one."""

    text: Text
    files: Sequence[FileShown] = ()
    buttons: Sequence[Button] = ()
    tone: Tone = Tone.NEUTRAL
    picture: FileShown | None = None


@dataclass(frozen=True)
class Choice:
    """A line of a menu."""

    label: Words
    does: Go | Press
    detail: Line = ""
    badge: Badge | None = None


@dataclass(frozen=True)
class Menu:
    """A choice: paged where it is long, searched by typing where it is very long."""

    text: Text
    choices: Sequence[Choice]
    buttons: Sequence[Button] = ()


@dataclass(frozen=True)
class Form:
    """Named fields in order. The step's `take` gets them read, as Filled; `keep` offers to save what is there."""

    title: Words
    text: Text
    fields: Sequence[Field]
    keep: bool = False
    cancel: Go | None = None


@dataclass(frozen=True)
class FileAsk:
    """Wants files and nothing else: says which kinds, how large, how many came."""

    title: Words
    text: Text
    field: FilesField
    cancel: Go | None = None

    @property
    def form(self) -> Form:
        """The same question as a form of one field: it is filled in the same way."""
        return Form(self.title, self.text, [self.field], cancel=self.cancel)


@dataclass(frozen=True)
class Card:
    """Facts and decisions about one subject. Every copy is redrawn when the subject changes."""

    title: Words
    subject: str
    facts: Sequence[tuple[Phrase, Line]]
    badge: Badge | None = None
    prompt: Text = ()
    """What the reader is asked for, before the facts."""
    text: Text = ()
    files: Sequence[FileShown] = ()
    buttons: Sequence[Button] = ()


Screen = Notice | Menu | Form | FileAsk | Card
