"""Whether a screen may leave for its reader, and by which way: asked once more, at the last moment."""

from __future__ import annotations

from collections.abc import Callable

from handlers.dialogue.book import Book
from handlers.dialogue.sending import account_to_tell, ring, send
from handlers.dialogue.talk import Talk
from models.clock import local_day
from models.messaging.conversation import DrawnScreen
from models.messaging.outbox import Operation, Outbox, Sending
from models.words import Refusal

NO_LONGER = "the reader may not see it any more"
ELSEWHERE = "told on another messenger"
CUT_OFF = "the account is unlinked or cannot be reached"
_TOLD = ("notice", "card")


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


def send_elsewhere(talk: Talk, book: Book, row: Outbox, screen: DrawnScreen) -> None:
    """What the account of `talk` does not hear any more goes to another one of the person, where there is one: what
    they are told, not what they were being asked there."""
    row.state, row.fault = Sending.DEAD, CUT_OFF
    account = account_to_tell(book, talk.session, talk.now, talk.person_id)
    is_told = row.operation in (Operation.POST, Operation.FILE) and screen.kind in _TOLD
    if account is None or account.id is None or account.id == row.account_id or not is_told:
        return
    row.fault = ELSEWHERE
    # Its file may wait while the screen itself is on its way to where it was.
    if row.operation is Operation.POST and screen.message is None:
        screen.account_id = account.id
    send(talk, account, screen, row.operation, row.reference)
    if row.operation is Operation.POST:
        ring(book, talk, screen)
