"""Whether a screen may leave for its reader, and by which way: asked once more, at the last moment."""

from __future__ import annotations

from handlers.dialogue.book import Book, Fresh
from handlers.dialogue.screens import Go
from handlers.dialogue.sending import account_to_tell, redraw, ring, send
from handlers.dialogue.talk import Talk
from models.clock import local_day
from models.messaging.conversation import DrawnScreen
from models.messaging.outbox import ELSEWHERE, NOTHING_LEFT, Operation, Outbox, Sending
from models.words import Refusal

NO_LONGER = "the reader may not see it any more"
CUT_OFF = "the account is unlinked or cannot be reached"
_TOLD = ("notice", "card")


def hindrance(talk: Talk, book: Book, screen: DrawnScreen, operation: Operation) -> str:
    """Why the person of `talk` is not told; nothing where they are. A step that is drawn at the last moment is
    drawn here, and is not told where it has nothing left to say."""
    if operation is Operation.REMOVE:
        return ""
    left_on = talk.person.left_on
    if left_on is not None and left_on <= local_day(talk.now):
        return NO_LONGER
    if screen.step not in book:
        return ""
    step = book[screen.step]
    try:
        if step.guard is not None and not step.guard(talk, dict(screen.data)):
            return NO_LONGER
    except Refusal:
        return NO_LONGER  # what it was about is not there any more
    is_told = operation in (Operation.POST, Operation.RING)
    return _draw_afresh(talk, step.fresh, screen, operation) if step.fresh and is_told else ""


def _draw_afresh(talk: Talk, fresh: Fresh, screen: DrawnScreen, operation: Operation) -> str:
    """Nobody rings for what is not said."""
    try:
        shown = fresh(talk, dict(screen.data))
    except Refusal:
        return NOTHING_LEFT
    if shown is None:
        return NOTHING_LEFT
    if operation is Operation.POST:
        redraw(talk, Go(screen.step, screen.data), screen, shown, {})
    return ""


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
