"""Whether a screen may leave for its reader: rights are asked once more, at the last moment."""

from __future__ import annotations

from collections.abc import Callable

from handlers.dialogue.book import Book
from handlers.dialogue.talk import Talk
from models.clock import local_day
from models.messaging.conversation import DrawnScreen
from models.words import Refusal

NO_LONGER = "the reader may not see it any more"


def may_leave(talk: Talk, book: Book, screen: DrawnScreen) -> bool:
    """Whether the person of `talk` may still see it."""
    left_on = talk.person.left_on
    if left_on is not None and left_on <= local_day(talk.now):
        return False
    if screen.step not in book:
        return True
    guard: Callable[..., bool] | None = book[screen.step].guard
    try:
        return guard is None or guard(talk, dict(screen.data))
    except Refusal:
        return False  # what it was about is not there any more
