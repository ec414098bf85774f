"""Puts screens before people: draws them, remembers what was drawn, and writes the outbox."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlmodel import Session, select

from handlers.dialogue.book import Book
from handlers.dialogue.draw import draw, kind_of
from handlers.dialogue.drawing import Drawing
from handlers.dialogue.screens import Card, Go, Notice, Screen
from handlers.dialogue.talk import Outgoing, Talk
from models.messaging.account import Account, Messenger, reachable_account, web_account
from models.messaging.conversation import BUTTONS_LAST, DrawnScreen
from models.messaging.outbox import Operation, Outbox, Sending
from models.organization import Person, is_here
from models.store.at_once import change, insert, insert_row


def tell(book: Book, talk: Talk, person_id: int, to: Go) -> None:
    """Sends a person a screen on the messenger they used last; who has none yet finds it when they come."""
    account = account_to_tell(book, talk.session, talk.now, person_id)
    person = talk.session.exec(
        select(Person).where(Person.id == person_id, is_here(talk.today))
    ).one_or_none()
    if account is None or person is None:
        return
    show_to(book, talk.as_seen_by(person, account), to)


def reader_of(book: Book, session: Session, now: datetime, person_id: int) -> Talk | None:
    """A person to whom something is told by the clock; None where there is no way to them."""
    account = account_to_tell(book, session, now, person_id)
    if account is None:
        return None
    return Talk(session, now, session.get_one(Person, person_id), account, is_reader=True)


def show_to(book: Book, reader: Talk, to: Go) -> None:
    """Sends a screen to the person of `reader`, as they may see it."""
    ring(book, reader, post(reader, to, book[to.step].show(reader, dict(to.data)), {}))


def account_to_tell(book: Book, session: Session, now: datetime, person_id: int) -> Account | None:
    """Where a person is told something: where they were last, or where it may be read; None before they came."""
    account = reachable_account(session, person_id)
    if account is None or not book.is_discreet:
        return account
    return web_account(session, now, person_id)


def ring(book: Book, talk: Talk, drawn: DrawnScreen) -> None:
    """Where outside messengers may only ring, has the person's ring for what was posted on the web."""
    outside = reachable_account(talk.session, talk.person_id, outside=True) if book.is_discreet else None
    if outside is not None:
        send(talk, outside, drawn, Operation.RING)


def post(talk: Talk, at: Go, screen: Screen, view: dict[str, Any]) -> DrawnScreen:
    """A new screen for the person of `talk`, drawn and on its way."""
    drawn = _put_on_its_way(talk, at, _drawn(talk, screen, view))
    if isinstance(screen, Notice):
        # What somebody asked for and waits for comes by itself; the files of a card are there to be asked for.
        for file in (*screen.files, *([screen.picture] if screen.picture else [])):
            send(talk, talk.account, drawn, Operation.FILE, file.reference)
    return drawn


def post_undrawn(talk: Talk, at: Go) -> DrawnScreen:
    """A new screen for the person of `talk`, on its way to be drawn as it leaves: its step says how (Step.fresh)."""
    return _put_on_its_way(talk, at, _drawn(talk, Notice(()), {}))


def _put_on_its_way(talk: Talk, at: Go, columns: dict[str, Any]) -> DrawnScreen:
    assert talk.account.id is not None
    drawn = insert_row(
        talk.session,
        DrawnScreen,
        person_id=talk.person_id,
        account_id=talk.account.id,
        step=at.step,
        data=dict(at.data),
        expires_at=talk.now + BUTTONS_LAST,
        **columns,
    )
    send(talk, talk.account, drawn, Operation.POST)
    return drawn


def redraw(
    talk: Talk, at: Go, drawn: DrawnScreen, screen: Screen, view: dict[str, Any], *, is_live: bool = True
) -> None:
    """Draws a screen anew for the person of `talk`; the buttons drawn before are stale from here on."""
    columns = _drawn(talk, screen, view) | {"live": is_live}
    if drawn.kind == "card":
        columns |= {"former_token": drawn.token, "former_actions": drawn.actions}
    change(talk.session, drawn, step=at.step, data=dict(at.data), **columns)


def send(talk: Talk, account: Account, drawn: DrawnScreen, operation: Operation, reference: str = "") -> None:
    """Writes the outbox row of a screen. The web's files are links on its screens and need no handing over."""
    assert account.id is not None and drawn.id is not None
    if operation is Operation.FILE and account.messenger is Messenger.WEB:
        return
    if operation is Operation.REDRAW and any(_shows(row, account, drawn) for row in talk.outgoing):
        return  # the screen leaves as it stands at the end of the turn
    is_answer = account.id == talk.account.id and not talk.is_reader
    rank = 0 if is_answer else 1
    # Claimed at birth by who takes the turn, and hands it over as soon as it is committed.
    claimant = talk.claimant if is_answer else ""
    key = insert(
        talk.session,
        Outbox,
        account_id=account.id,
        messenger=account.messenger,
        operation=operation,
        screen_id=drawn.id,
        reference=reference,
        rank=rank,
        state=Sending.SENDING if claimant else Sending.TODO,
        claimed_by=claimant,
        made_at=talk.now,
    )
    talk.outgoing.append(Outgoing(key, account.id, account.messenger, operation, drawn, reference, rank))


def _shows(row: Outgoing, account: Account, drawn: DrawnScreen) -> bool:
    is_of = row.screen.id == drawn.id and row.account_id == account.id
    return is_of and row.operation in (Operation.POST, Operation.REDRAW)


def _drawn(talk: Talk, screen: Screen, view: dict[str, Any]) -> dict[str, Any]:
    """The columns of a screen that is drawn now."""
    drawing = Drawing(talk.translate)
    return {
        "drawn": draw(screen, drawing, view),
        "token": drawing.token,
        "actions": drawing.actions,
        "kind": kind_of(screen),
        "live": True,
        "subject": screen.subject if isinstance(screen, Card) else None,
        "drawn_at": talk.now,
    }
