"""What a person can answer a screen with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Arrived:
    """Opened the chat, or asked for the beginning."""


@dataclass(frozen=True)
class Said:
    """Wrote something, perhaps with files: ids of parcels that are theirs."""

    text: str
    files: Sequence[str] = ()


@dataclass(frozen=True)
class PressedToken:
    """Pressed a button, known so far only by its token."""

    token: str


@dataclass(frozen=True)
class Pressed:
    """Pressed a button of the step's own screen."""

    action: str
    args: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Filled:
    """Filled in a form: every field, read."""

    values: Mapping[str, Any]


@dataclass(frozen=True)
class KeptForLater:
    """Left a form half filled and wants it kept: the fields that were answered, read."""

    values: Mapping[str, Any]


@dataclass(frozen=True)
class FilledAtOnce:
    """Filled in every field of a form in one go, where a messenger can show it whole: raw words by field, and for
    fields of files their ids, of parcels or of what was there already."""

    screen_id: int
    values: Mapping[str, str | Sequence[str]]
    is_open: bool = True
    """Whether what is wrong can still be shown beside the fields; if not, it is asked field by field."""


FromMessenger = Arrived | Said | PressedToken | FilledAtOnce
Answer = Pressed | Filled | KeptForLater
