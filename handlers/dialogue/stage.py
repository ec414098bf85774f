"""The screens of one person during one turn: which one waits, what is shown next, what is over."""

from __future__ import annotations

from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from handlers.dialogue.book import Book
from handlers.dialogue.screens import Button, Card, Go, Menu, Notice, Screen
from handlers.dialogue.sending import post, redraw, send, tell
from handlers.dialogue.talk import Talk
from handlers.dialogue.text import lines
from models.messaging.account import Account
from models.messaging.conversation import Conversation, DrawnScreen
from models.messaging.outbox import Operation
from models.organization import Person, is_here
from models.store.at_once import change
from models.words import Refusal, say

_ANSWERED_BELOW = ("menu", "form", "fileask")


class Stage:
    """The screens of one person during one turn."""

    def __init__(self, talk: Talk, conversation: Conversation) -> None:
        self.talk = talk
        self.conversation = conversation
        self._shown: DrawnScreen | None = None
        """What this turn has shown last: it is as things stand now."""
        self._live: DrawnScreen | None = None

    def find(self, token: str) -> DrawnScreen | None:
        """The screen a button belongs to, if it is this person's and still good."""
        wanted = {"token": token, "person": self.talk.person_id, "now": self.talk.now}
        found = self.talk.session.exec(_by_token(), params=wanted).one_or_none()
        if found is not None and found.id == self.conversation.screen_id:
            self._live = found
        return found

    def live(self) -> DrawnScreen | None:
        """The screen that waits for an answer."""
        key = self.conversation.screen_id
        if key is None:
            return None
        if self._live is None or self._live.id != key:
            self._live = self.talk.session.exec(_by_id(), params={"screen": key}).one_or_none()
        return self._live if self._live is not None and self._live.live else None

    def show(self, at: Go, screen: Screen, view: dict[str, Any], pressed: DrawnScreen | None) -> None:
        """Shows the next step: in place of a menu that was pressed, or below everything else."""
        before = self.live()
        in_place = (
            pressed is not None
            and pressed.kind == "menu"
            and isinstance(screen, Menu)
            and pressed.account_id == self.talk.account.id
        )
        if in_place and pressed is not None:
            drawn = self._redrawn(at, pressed, screen, view)
        else:
            drawn = post(self.talk, at, screen, view)
        if before is not None and drawn is not before:
            # After the answer, which a messenger's limit for one chat would else hold back.
            self.retire(before)
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
            live = self._redrawn(at, live, screen, view)
        self._wait_at(at, live, view)

    def finish(self, live: DrawnScreen, screen: Screen, view: dict[str, Any]) -> None:
        """Redraws a form that is over, with what was entered and without its buttons."""
        if live.account_id == self.talk.account.id:
            redraw(self.talk, Go(live.step, live.data), live, screen, view, is_live=False)
            self._send(live, Operation.REDRAW)
            return
        self.redraw(live, screen, view)
        if (shown := self.live()) is not None:
            self.retire(shown)

    def keep(self, view: dict[str, Any]) -> None:
        """Keeps what was entered in a form, which stays as it is on the screen."""
        change(self.talk.session, self.conversation, view=view)

    def shelve(self, form: DrawnScreen) -> None:
        """Lays a form that is being left aside, with what was entered in it."""
        left = {"step": form.step, "data": dict(form.data), "view": self.conversation.view}
        change(self.talk.session, self.conversation, shelf={**left, "at": self.talk.now.isoformat()})

    def clear_shelf(self) -> None:
        """Nothing lies aside any more."""
        change(self.talk.session, self.conversation, shelf=None)

    def retire(self, screen: DrawnScreen) -> None:
        """Takes the buttons off a screen that is over."""
        if screen.kind in _ANSWERED_BELOW and screen.live:
            change(self.talk.session, screen, live=False)
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
        if self.talk.changed_subjects or self.talk.changed_for_self:
            self._redraw_cards(book)
        for person_id, to in self.talk.told:
            tell(book, self.talk, person_id, to)

    def _redraw_cards(self, book: Book) -> None:
        own = (col(DrawnScreen.person_id) == self.talk.person_id) & col(DrawnScreen.subject).in_(
            set(self.talk.changed_for_self)
        )
        rows = self.talk.session.exec(
            select(DrawnScreen, Person, Account)
            .join(Person, col(Person.id) == col(DrawnScreen.person_id))
            .join(Account, col(Account.id) == col(DrawnScreen.account_id))
            .where(col(DrawnScreen.subject).in_(set(self.talk.changed_subjects)) | own)
            .where(DrawnScreen.expires_at > self.talk.now, DrawnScreen.kind == "card")
            .where(is_here(self.talk.today))
            .order_by(col(DrawnScreen.id))
        ).all()
        for drawn, person, account in rows:
            if drawn is self._shown:
                continue
            reader, at = self.talk.as_seen_by(person, account), Go(drawn.step, drawn.data)
            try:
                screen = book[at.step].show(reader, dict(at.data))
            except Refusal:
                # It is that step's no longer, whose guard would keep even this from the reader.
                at = Go(book.front_door.home.step)
                buttons = [Button(say("처음으로"), book.front_door.home)]
                screen = Notice(lines(say("더 이상 볼 수 없는 내용입니다.")), buttons=buttons)
            redraw(reader, at, drawn, screen, {})
            self._send(drawn, Operation.REDRAW, account)

    def _wait_at(self, at: Go, drawn: DrawnScreen, view: dict[str, Any]) -> None:
        change(
            self.talk.session,
            self.conversation,
            step=at.step,
            data=dict(at.data),
            view=view,
            screen_id=drawn.id,
            updated_at=self.talk.now,
        )
        self._shown = self._live = drawn

    def _redrawn(self, at: Go, drawn: DrawnScreen, screen: Screen, view: dict[str, Any]) -> DrawnScreen:
        redraw(self.talk, at, drawn, screen, view)
        self._send(drawn, Operation.REDRAW)
        return drawn

    def _drop(self, screen: DrawnScreen) -> None:
        # Where it was not posted yet, it is not going to be.
        change(self.talk.session, screen, live=False, expires_at=self.talk.now)
        self._send(screen, Operation.REMOVE)

    def _send(self, drawn: DrawnScreen, operation: Operation, account: Account | None = None) -> None:
        if account is None and drawn.account_id == self.talk.account.id:
            account = self.talk.account
        send(self.talk, account or self.talk.session.get_one(Account, drawn.account_id), drawn, operation)


@cache
def _by_id() -> SelectOfScalar[DrawnScreen]:
    return select(DrawnScreen).where(col(DrawnScreen.id) == sa.bindparam("screen"))


@cache
def _by_token() -> SelectOfScalar[DrawnScreen]:
    token = sa.bindparam("token", type_=sa.String)
    return select(DrawnScreen).where(
        (col(DrawnScreen.token) == token) | (col(DrawnScreen.former_token) == token),
        col(DrawnScreen.person_id) == sa.bindparam("person"),
        col(DrawnScreen.expires_at) > sa.bindparam("now"),
        col(DrawnScreen.live),
    )
