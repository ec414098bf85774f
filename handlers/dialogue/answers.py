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


FromMessenger = Arrived | Said | PressedToken
Answer = Pressed | Filled | KeptForLater
