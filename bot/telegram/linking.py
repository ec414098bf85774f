"""Who an account is, and how it becomes somebody's: in transactions that may come twice and act once."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from bot.outgoing.settling import mark_unreachable
from bot.turn import Outcome
from handlers.dialogue.book import Book
from models.messaging.account import Messenger, find_linked
from models.messaging.inbox import first_time
from models.messaging.linking import link_by_code
from models.words import Refusal


def link_once(session: Session, now: datetime, address: str, message: str, code: str) -> bool | Refusal:
    """Links whoever sent the code in that message. Brought again it is no second guess: then this says whether
    the account is linked."""
    if not first_time(session, f"{Messenger.TELEGRAM}:{address}:l{message}", now):
        return find_linked(session, now, Messenger.TELEGRAM, address) is not None
    linked = link_by_code(session, now, Messenger.TELEGRAM, address, code)
    return linked if isinstance(linked, Refusal) else True


def note(session: Session, now: datetime, address: str, key: str) -> Outcome:
    """Notes something of a person's that needs no turn; of who is not linked nothing is written down."""
    found = find_linked(session, now, Messenger.TELEGRAM, address)
    if found is None:
        return Outcome(known=False)
    account, person = found
    account.unreachable_since = None
    is_first = first_time(session, f"{Messenger.TELEGRAM}:{address}:{key}", now)
    return Outcome(known=True, repeated=not is_first, locale=person.locale)


def note_membership(
    session: Session, now: datetime, book: Book, address: str, key: str, is_member: bool
) -> set[Messenger]:
    """Notes that a person blocked the bot or let it write again; on which messengers something waits because of it."""
    found = find_linked(session, now, Messenger.TELEGRAM, address)
    if found is None or not first_time(session, f"{Messenger.TELEGRAM}:{address}:{key}", now):
        return set()
    account, _ = found
    assert account.id is not None
    if not is_member:
        return mark_unreachable(session, now, book, account.id)
    account.unreachable_since = None
    return set()


def first_word_in(session: Session, now: datetime, chat: str) -> bool:
    """Whether nothing was said in that group yet; from now on something was."""
    return first_time(session, f"{Messenger.TELEGRAM}:{chat}:group", now)
