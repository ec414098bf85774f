"""Puts screens before people: draws them, remembers what was drawn, and writes the outbox."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from handlers.dialogue.book import Book
from handlers.dialogue.draw import draw, kind_of
from handlers.dialogue.drawing import Drawing
from handlers.dialogue.screens import Button, Card, Go, Menu, Notice, Screen
from handlers.dialogue.talk import Talk
from handlers.dialogue.text import lines
from models.messaging.account import Account, Messenger, reachable_account, web_account
from models.messaging.conversation import BUTTONS_LAST, Conversation, DrawnScreen
from models.messaging.outbox import Operation, Outbox
from models.organization import Person, is_here
from models.words import Refusal, say

_ANSWERED_BELOW = ("menu", "form", "fileask")


class Stage:
    """The screens of one person during one turn."""

    def __init__(self, talk: Talk, conversation: Conversation) -> None:
        self.talk = talk
        self.conversation = conversation
        self._shown: DrawnScreen | None = None
        """What this turn has shown last: it is as things stand now."""

    def find(self, token: str) -> DrawnScreen | None:
        """The screen a button belongs to, if it is this person's and still good."""
        wanted = {"token": token, "person": self.talk.person_id, "now": self.talk.now}
        found = self.talk.session.exec(_by_token(), params=wanted)
        return found.one_or_none()

    def live(self) -> DrawnScreen | None:
        """The screen that waits for an answer."""
        if self.conversation.screen_id is None:
            return None
        screen = self.talk.session.get(DrawnScreen, self.conversation.screen_id)
        return screen if screen is not None and screen.live else None

    def show(self, at: Go, screen: Screen, view: dict[str, Any], pressed: DrawnScreen | None) -> None:
        """Shows the next step: in place of a menu that was pressed, or below everything else."""
        before = self.live()
        in_place = (
            pressed is not None
            and pressed.kind == "menu"
            and isinstance(screen, Menu)
            and pressed.account_id == self.talk.account.id
        )
        if before is not None and not (in_place and pressed is before):
            self.retire(before)
        if in_place and pressed is not None:
            pressed.step, pressed.data = at.step, dict(at.data)
            drawn = self._redrawn(pressed, screen, view)
        else:
            drawn = post(self.talk, at, screen, view)
        if isinstance(screen, Notice | Card):
            view = {}
        self._wait_at(at, drawn, view)

    def redraw(self, live: DrawnScreen, screen: Screen, view: dict[str, Any], *, below: bool = False) -> None:
        """Redraws where the person stands. After they wrote something, a page far above would not be seen:
        `below` posts it anew on messengers whose answers scroll away, and from another messenger always."""
        at = Go(live.step, live.data)
        if live.account_id != self.talk.account.id:
            self.retire(live)
            live = post(self.talk, at, screen, view)
        elif below:
            self._drop(live)
            live = post(self.talk, at, screen, view)
        else:
            live = self._redrawn(live, screen, view)
        self._wait_at(at, live, view)

    def retire(self, screen: DrawnScreen) -> None:
        """Takes the buttons off a screen that is over."""
        if screen.kind in _ANSWERED_BELOW and screen.live:
            screen.live = False
            self.talk.session.add(screen)
            self._send(screen, Operation.REDRAW)

    def hand_over(self, screen: DrawnScreen, reference: str) -> None:
        """Has a file of a screen sent to the person; whether they may have it is asked when it leaves."""
        send(self.talk, self.talk.account, screen, Operation.FILE, reference)

    def form(self) -> DrawnScreen | None:
        """The form this turn has shown, which a messenger may open at once."""
        shown = self._shown
        return shown if shown is not None and shown.live and shown.kind in ("form", "fileask") else None

    def post_notice(self, at: Go, notice: Notice) -> None:
        """Tells the person something without moving them from where they stand, whose guard may be against them:
        `at` is a step without one."""
        post(self.talk, at, notice, {})

    def send_to_others(self, book: Book) -> None:
        """Every card whose subject this turn changed, and what it told others."""
        # In this order: what they are told is drawn as things stand now, and need not be redrawn.
        if self.talk.changed_subjects:
            self._redraw_cards(book)
        for person_id, to in self.talk.told:
            tell(book, self.talk, person_id, to)

    def _redraw_cards(self, book: Book) -> None:
        rows = self.talk.session.exec(
            select(DrawnScreen, Person, Account)
            .join(Person, col(Person.id) == col(DrawnScreen.person_id))
            .join(Account, col(Account.id) == col(DrawnScreen.account_id))
            .where(col(DrawnScreen.subject).in_(set(self.talk.changed_subjects)))
            .where(DrawnScreen.expires_at > self.talk.now, DrawnScreen.kind == "card")
            .where(is_here(self.talk.today))
            .order_by(col(DrawnScreen.id))
        ).all()
        for drawn, person, account in rows:
            if drawn is self._shown:
                continue
            reader = self.talk.as_seen_by(person, account)
            try:
                screen = book[drawn.step].show(reader, dict(drawn.data))
            except Refusal:
                # It is that step's no longer, whose guard would keep even this from the reader.
                drawn.step, drawn.data = book.front_door.home.step, {}
                buttons = [Button(say("처음으로"), book.front_door.home)]
                screen = Notice(lines(say("더 이상 볼 수 없는 내용입니다.")), buttons=buttons)
            _fill(drawn, reader, screen, {})
            self.talk.session.add(drawn)
            self._send(drawn, Operation.REDRAW, account)

    def _wait_at(self, at: Go, drawn: DrawnScreen, view: dict[str, Any]) -> None:
        self.conversation.step, self.conversation.data = at.step, dict(at.data)
        self.conversation.view, self.conversation.screen_id = view, drawn.id
        self.conversation.updated_at = self.talk.now
        self._shown = drawn
        self.talk.session.add(self.conversation)

    def _redrawn(self, drawn: DrawnScreen, screen: Screen, view: dict[str, Any]) -> DrawnScreen:
        _fill(drawn, self.talk, screen, view)
        self.talk.session.add(drawn)
        self._send(drawn, Operation.REDRAW)
        return drawn

    def _drop(self, screen: DrawnScreen) -> None:
        screen.live = False
        self.talk.session.add(screen)
        self._send(screen, Operation.REMOVE)

    def _send(self, drawn: DrawnScreen, operation: Operation, account: Account | None = None) -> None:
        owner = account or self.talk.session.get_one(Account, drawn.account_id)
        send(self.talk, owner, drawn, operation)


@cache
def _by_token() -> SelectOfScalar[DrawnScreen]:
    token = sa.bindparam("token", type_=sa.String)
    return select(DrawnScreen).where(
        (col(DrawnScreen.token) == token) | (col(DrawnScreen.former_token) == token),
        col(DrawnScreen.person_id) == sa.bindparam("person"),
        col(DrawnScreen.expires_at) > sa.bindparam("now"),
        col(DrawnScreen.live),
    )


def tell(book: Book, talk: Talk, person_id: int, to: Go) -> None:
    """Sends a person a screen on the messenger they used last; who has none yet finds it when they come."""
    account = account_to_tell(book, talk.session, talk.now, person_id)
    person = talk.session.exec(
        select(Person).where(Person.id == person_id, is_here(talk.today))
    ).one_or_none()
    if account is None or person is None:
        return
    reader = talk.as_seen_by(person, account)
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
    assert talk.account.id is not None
    drawn = DrawnScreen(
        token="",
        person_id=talk.person_id,
        account_id=talk.account.id,
        step=at.step,
        data=dict(at.data),
        kind="",
        drawn={},
        actions=[],
        drawn_at=talk.now,
        expires_at=talk.now + BUTTONS_LAST,
    )
    _fill(drawn, talk, screen, view)
    talk.session.add(drawn)
    talk.session.flush()
    send(talk, talk.account, drawn, Operation.POST)
    if isinstance(screen, Notice):
        # What somebody asked for and waits for comes by itself; the files of a card are there to be asked for.
        for file in screen.files:
            send(talk, talk.account, drawn, Operation.FILE, file.reference)
    return drawn


def send(talk: Talk, account: Account, drawn: DrawnScreen, operation: Operation, reference: str = "") -> None:
    """Writes the outbox row of a screen. The web's files are links on its screens and need no handing over."""
    assert account.id is not None and drawn.id is not None
    if operation is Operation.FILE and account.messenger is Messenger.WEB:
        return
    row = Outbox(
        account_id=account.id,
        messenger=account.messenger,
        operation=operation,
        screen_id=drawn.id,
        reference=reference,
        rank=0 if account.id == talk.account.id and not talk.is_reader else 1,
        made_at=talk.now,
    )
    talk.session.add(row)
    talk.outgoing.append(row)


def _fill(drawn: DrawnScreen, talk: Talk, screen: Screen, view: dict[str, Any]) -> None:
    """Draws the screen into its row; the buttons drawn before are stale from here on."""
    drawing = Drawing(talk.translate)
    if drawn.kind == "card":
        drawn.former_token, drawn.former_actions = drawn.token, drawn.actions
    drawn.drawn = draw(screen, drawing, view)
    drawn.token, drawn.actions = drawing.token, drawing.actions
    drawn.kind = kind_of(screen)
    drawn.live = True
    drawn.subject = screen.subject if isinstance(screen, Card) else None
    drawn.drawn_at = talk.now
