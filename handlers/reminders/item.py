"""One thing to do, as it is told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from handlers.dialogue.screens import Go
from handlers.dialogue.talk import Talk
from handlers.dialogue.text import Line
from models.reminding.duty import Duty
from models.words import Phrase


@dataclass(frozen=True)
class Item:
    """One thing to do; `is_late` colours it."""

    name: Phrase
    detail: Line
    does: Phrase
    """What the button says that does it."""
    to: Go
    due_at: datetime
    is_late: bool


Tell = Callable[[Talk, Sequence[Duty]], list[Item]]
"""From duties of one topic to items: several duties may be one thing to do."""
