"""Claiming: from rows of the outbox to loads. What is claimed is `sending`, under the claimant's name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

import sqlalchemy as sa
from sqlmodel import Session, col, select
from sqlmodel.sql.sqltypes import UTCDateTime

from bot.outgoing.claims import Claimant
from bot.outgoing.leaving import NO_LONGER, may_leave
from bot.outgoing.load import FileOut, Load
from handlers.dialogue.book import Book
from handlers.dialogue.talk import Talk
from models.evidence.taking import take_file
from models.evidence.vault import Vault
from models.messaging.account import Account, Messenger
from models.messaging.conversation import DrawnScreen
from models.messaging.outbox import Operation, Outbox, Sending
from models.organization import Person

# With the pauses between them, more than two hours: longer than a messenger's usual disturbance.
MOST_TRIES = 12
_CHANGES = (Operation.REDRAW, Operation.REMOVE)


@dataclass(frozen=True)
class Claiming:
    """Claims messages for one process."""

    claimant: Claimant
    book: Book
    vault: Vault

    def waiting(
        self, session: Session, now: datetime, machine_now: datetime, messenger: Messenger, most: int
    ) -> list[Load]:
        """The first that wait, those with a lost answer to an earlier try among them."""
        wanted = {"messenger": messenger, "most": most, "machine_now": machine_now}
        rows = session.execute(_waiting(), wanted).all()
        last = {row.screen_id: row.id for row, *_ in rows if row.operation in _CHANGES}
        talks: dict[int, Talk] = {}
        loads = []
        for row, screen, account, person in rows:
            if row.operation is Operation.REDRAW and last[row.screen_id] != row.id:
                # A later one shows the screen as it stands now, as this one would.
                row.state, row.sent_at = Sending.SENT, now
                continue
            talk = talks.setdefault(row.account_id, Talk(session, now, person, account))
            if row.operation is not Operation.REMOVE and not may_leave(talk, self.book, screen):
                row.state, row.fault = Sending.DEAD, NO_LONGER
                continue
            if (load := self._claim(talk, row, screen)) is not None:
                loads.append(load)
        return loads

    def own(self, talk: Talk) -> list[Load]:
        """Within a turn: what it has to say to the person whose turn it is, claimed at birth. Their rights were
        asked in this very transaction."""
        loads = []
        for row in talk.outgoing:
            if row.account_id == talk.account.id:
                talk.session.flush()
                screen = talk.session.get_one(DrawnScreen, row.screen_id)
                if (load := self._claim(talk, row, screen)) is not None:
                    loads.append(load)
        return loads

    def _claim(self, talk: Talk, row: Outbox, screen: DrawnScreen) -> Load | None:
        account = talk.account
        if account.address is None or account.unreachable_since is not None:
            row.state, row.fault = Sending.DEAD, "the account is unlinked or cannot be reached"
            return None
        file = self._file(talk, row.reference) if row.operation is Operation.FILE else None
        if row.operation is Operation.FILE and file is None:
            row.state, row.fault = Sending.DEAD, NO_LONGER
            return None
        row.state, row.claimed_by = Sending.SENDING, self.claimant.name
        assert row.id is not None and account.id is not None and screen.id is not None
        rings = row.operation is Operation.RING
        return Load(
            outbox_id=row.id,
            account_id=account.id,
            address=account.address,
            operation=row.operation,
            screen_id=screen.id,
            token=screen.token,
            body={} if rings else screen.drawn,
            live=screen.live,
            locale=talk.person.locale,
            urgent=row.rank == 0,
            message=None if rings else screen.message,
            thread=_thread(talk.session, row, screen),
            file=file,
            ring=self.book[screen.step].ring if rings and screen.step in self.book else None,
            tries=row.tries,
        )

    def _file(self, talk: Talk, reference: str) -> FileOut | None:
        file = take_file(talk.session, talk.now, talk.doer, reference)
        return None if file is None else FileOut(self.vault.place(file.sha256), file.name, file.size)


def recover(session: Session, claimant: Claimant) -> int:
    """Takes up what a process that is gone was sending: whether it arrived, nobody knows."""
    names = select(Outbox.claimed_by).where(Outbox.state == Sending.SENDING).distinct()
    gone = [name for name in session.exec(names) if claimant.is_gone(name)]
    left = sa.update(Outbox).where(col(Outbox.state) == Sending.SENDING, col(Outbox.claimed_by).in_(gone))
    lost = left.values(state=Sending.UNKNOWN, tries=col(Outbox.tries) + 1)
    return int(session.execute(lost).rowcount) if gone else 0  # type: ignore[attr-defined]


def release(session: Session, ids: Sequence[int]) -> None:
    """Puts back what was certainly not sent."""
    row = sa.update(Outbox).where(col(Outbox.id).in_(ids), col(Outbox.state) == Sending.SENDING)
    session.execute(row.values(state=Sending.TODO, claimed_by=""))


def _thread(session: Session, row: Outbox, screen: DrawnScreen) -> str | None:
    """The first message about the same subject in this chat."""
    if row.operation is not Operation.POST or screen.subject is None:
        return None
    same = select(DrawnScreen.message).where(
        DrawnScreen.account_id == row.account_id,
        DrawnScreen.subject == screen.subject,
        col(DrawnScreen.message).is_not(None),
    )
    return session.exec(same.order_by(col(DrawnScreen.id)).limit(1)).first()


@cache
def _waiting() -> sa.Select[Outbox, DrawnScreen, Account, Person]:
    due = col(Outbox.not_before).is_(None) | (
        col(Outbox.not_before) <= sa.bindparam("machine_now", type_=UTCDateTime)
    )
    lost = (col(Outbox.state) == Sending.UNKNOWN) & (col(Outbox.tries) < MOST_TRIES) & due
    return (
        sa.select(Outbox, DrawnScreen, Account, Person)
        .join(DrawnScreen, col(DrawnScreen.id) == col(Outbox.screen_id))
        .join(Account, col(Account.id) == col(Outbox.account_id))
        .join(Person, col(Person.id) == col(Account.person_id))
        .where(col(Outbox.messenger) == sa.bindparam("messenger"))
        .where((col(Outbox.state) == Sending.TODO) | lost)
        .order_by(col(Outbox.rank), col(Outbox.id))
        .limit(sa.bindparam("most"))
        .with_for_update(of=Outbox, skip_locked=True)
    )
