"""A person's account on a remote messenger, as the messenger's own code sees it: turns come in, loads go out.

    phone = Phone.of(officer)
    phone.says("민원처리율 97.3")
    assert phone.waiting(Operation.FILE)

Nothing is sent: what there is to say stays in the outbox until `claims` takes it, as a courier would.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

import sqlalchemy as sa
from sqlmodel import col, select

from bot.outgoing.claiming import Claiming
from bot.outgoing.claims import Claimant
from bot.outgoing.load import Load
from bot.turn import Incoming, Outcome, take_turn
from handlers.book import BOOK
from handlers.dialogue.answers import FilledAtOnce, FromMessenger, PressedToken, Said
from handlers.dialogue.book import Book
from models.messaging.account import Account, Messenger
from models.messaging.conversation import DrawnScreen
from models.messaging.linking import link
from models.messaging.outbox import Operation, Outbox, Sending
from tests.kit.conversation import Body, Speaker, Town

_keys = itertools.count()


@dataclass
class Phone:
    """One account outside, in one person's hands."""

    town: Town
    account_id: int
    messenger: Messenger
    address: str
    book: Book = BOOK

    @classmethod
    def of(cls, person: Speaker, messenger: Messenger = Messenger.TELEGRAM, address: str = "4711") -> Phone:
        """Linked just now; whatever is told to the person is told here from now on."""
        town = person.town
        with town.database.write() as session:
            account = link(session, town.now() + timedelta(seconds=1), messenger, address, person.person_id)
            return cls(town, account.id or 0, messenger, address)

    def says(self, text: str, *parcels: str) -> Outcome:
        return self.answers(Said(text, list(parcels)))

    def presses(self, label: str) -> Outcome:
        """Presses the newest thing of that label: a button, a choice, a file."""
        return self.answers(PressedToken(self.token(label)))

    def fills(
        self, screen_id: int, values: Mapping[str, str | Sequence[str]], *, is_open: bool = True
    ) -> Outcome:
        return self.answers(FilledAtOnce(screen_id, values, is_open))

    def answers(self, answer: FromMessenger, key: str = "") -> Outcome:
        """One turn."""
        with self.town.database.write() as session:
            return take_turn(session, self.town.now(), self.book, self.incoming(answer, key))

    def incoming(self, answer: FromMessenger, key: str = "") -> Incoming:
        return Incoming(self.messenger, self.address, key or f"phone-{next(_keys)}", answer)

    def token(self, label: str) -> str:
        for screen in reversed(self.screens()):
            for one in _pressables(screen.drawn) if screen.live else []:
                if label in (one.get("label"), one.get("name")):
                    return str(one["token"])
        raise AssertionError(f"no {label!r}")

    def screens(self) -> list[DrawnScreen]:
        """Everything that was drawn for this account, oldest first."""
        query = select(DrawnScreen).where(DrawnScreen.account_id == self.account_id)
        with self.town.database.read() as session:
            return list(session.exec(query.order_by(col(DrawnScreen.id))))

    def waiting(self, *operations: Operation) -> list[Outbox]:
        """What is to be sent here, in order; of these kinds, where any are named."""
        query = select(Outbox).where(Outbox.account_id == self.account_id, Outbox.state == Sending.TODO)
        with self.town.database.read() as session:
            rows = session.exec(query.order_by(col(Outbox.id))).all()
        return [row for row in rows if not operations or row.operation in operations]

    def is_read(self) -> None:
        """All that waits here has been sent, each screen as a message of its own."""
        with self.town.database.write() as session:
            mine = (col(Outbox.account_id) == self.account_id, col(Outbox.state) == Sending.TODO)
            session.execute(sa.update(Outbox).where(*mine).values(state=Sending.SENT))
            drawn = col(DrawnScreen.account_id) == self.account_id
            session.execute(
                sa.update(DrawnScreen).where(drawn).values(message=sa.cast(DrawnScreen.id, sa.String))
            )

    def claims(self) -> list[Load]:
        """What a courier of this messenger would be given now."""
        claimant = Claimant(self.town.vault.place("0" * 64).parents[3] / "sending")
        claiming = Claiming(claimant, self.book, self.town.vault)
        now = self.town.now()
        try:
            with self.town.database.write() as session:
                return claiming.waiting(session, now, now, self.messenger, 100)
        finally:
            claimant.close()

    def unreachable(self, is_so: bool = True) -> None:
        with self.town.database.write() as session:
            account = session.get_one(Account, self.account_id)
            account.unreachable_since = self.town.now() if is_so else None


def _pressables(part: object) -> list[Body]:
    """Everything in a screen that can be pressed."""
    if isinstance(part, list):
        return [found for one in part for found in _pressables(one)]
    if not isinstance(part, dict):
        return []
    mine = [part] if "token" in part and ("label" in part or "name" in part) else []
    return mine + [found for one in part.values() for found in _pressables(one)]
