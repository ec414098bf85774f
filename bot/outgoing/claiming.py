"""Claiming: from rows of the outbox to loads. What is claimed is `sending`, under the claimant's name."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
import structlog
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session, col, select

from bot.outgoing import waiting as queries
from bot.outgoing.claims import Claimant
from bot.outgoing.leaving import NO_LONGER, hindrance, send_elsewhere
from bot.outgoing.load import FileOut, Load
from handlers.dialogue.book import Book
from handlers.dialogue.talk import Outgoing, Talk
from models.evidence.taking import take_file
from models.evidence.vault import Vault
from models.messaging.account import Messenger
from models.messaging.conversation import DrawnScreen
from models.messaging.outbox import Operation, Outbox, Sending, is_in

log = structlog.get_logger()
_CHANGES = (Operation.REDRAW, Operation.REMOVE)
_SHOWS = (Operation.POST, Operation.REDRAW)


@dataclass(frozen=True)
class Claiming:
    """Claims messages for one process."""

    claimant: Claimant
    book: Book
    vault: Vault

    def waiting(
        self, session: Session, now: datetime, machine_now: datetime, messenger: Messenger, most: int
    ) -> list[Load]:
        """The first that wait, for at most `most` accounts, those with a lost answer to an earlier try among them.

        An account for which something is being sent waits until that is settled, whoever sends it: this keeps the
        order within a chat, and what comes next knows the messages that are there already.
        """
        queries.one_claim_at_a_time(session, messenger)
        loads: list[Load] = []
        shown: set[int] = set()
        talks: dict[int, Talk] = {}
        # Those that come to nothing are at their end already, and must not hide what waits behind them.
        while not loads and (ids := queries.next_in_line(session, machine_now, messenger, most)):
            queries.merge_redraws(session, now, ids)
            for row, screen, account, person in queries.with_readers(session, ids):
                talk = talks.setdefault(row.account_id, Talk(session, now, person, account, is_reader=True))
                if row.operation is Operation.REDRAW and row.screen_id in shown:
                    row.state, row.sent_at = Sending.SENT, now
                elif (load := self._claim(talk, row, screen)) is not None:
                    loads.append(load)
                    shown |= {load.screen_id} if load.operation in _SHOWS else set()
            session.flush()
        return loads

    def own(self, talk: Talk) -> list[Load]:
        """Within a turn: what it has to say to the person whose turn it is, claimed at birth. Their rights were
        asked in this very transaction."""
        loads: list[Load] = []
        # Rows of a turn that was not to send them itself wait to be claimed: sent from here, they would go twice.
        for sent in talk.outgoing if talk.claimant == self.claimant.name else ():
            if sent.account_id != talk.account.id:
                continue
            if (load := self._load(talk, sent, sent.screen)) is not None:
                loads.append(load)
            else:
                row = sa.update(Outbox).where(col(Outbox.id) == sent.id)
                nothing = row.values(state=Sending.DEAD, claimed_by="", fault=NO_LONGER)
                talk.session.connection().execute(nothing)
        return loads

    def _claim(self, talk: Talk, row: Outbox, screen: DrawnScreen) -> Load | None:
        try:
            if talk.account.address is None or talk.account.unreachable_since is not None:
                send_elsewhere(talk, self.book, row, screen)
            elif _is_past(talk.now, row, screen):
                row.state, row.sent_at = Sending.SENT, talk.now
            else:
                fault = hindrance(talk, self.book, screen, row.operation)
                load = None if fault else self._load(talk, row, screen)
                if load is None:
                    row.state, row.fault = Sending.DEAD, fault or NO_LONGER
                else:
                    row.state, row.claimed_by = Sending.SENDING, self.claimant.name
                return load
        except SQLAlchemyError:
            raise
        except Exception as error:
            # One message that cannot be drawn must not hold up everybody's.
            log.exception("claiming.failed", messenger=row.messenger.value)
            row.state, row.fault = Sending.DEAD, type(error).__name__
        return None

    def _load(self, talk: Talk, row: Outbox | Outgoing, screen: DrawnScreen) -> Load | None:
        """A message with all it takes to send it; None where it is a file that the reader may not have any more."""
        account = talk.account
        file = self._file(talk, row.reference, screen) if row.operation is Operation.FILE else None
        if row.operation is Operation.FILE and file is None:
            return None
        assert row.id is not None and account.id is not None and screen.id is not None
        assert account.address is not None
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
            made_at=row.made_at if isinstance(row, Outbox) else talk.now,
            message=None if rings else screen.message,
            thread=_thread(talk.session, row, screen),
            file=file,
            ring=self.book[screen.step].ring if rings and screen.step in self.book else None,
            tries=row.tries,
        )

    def _file(self, talk: Talk, reference: str, screen: DrawnScreen) -> FileOut | None:
        file = take_file(talk.session, talk.now, talk.doer, reference)
        if file is None:
            return None
        is_picture = screen.drawn.get("picture", {}).get("reference") == reference
        return FileOut(self.vault.place(file.sha256), file.name, file.size, is_picture)


def recover(
    session: Session, machine_now: datetime, claimant: Claimant, messenger: Messenger
) -> tuple[int, set[int]]:
    """Takes up what a process that is gone was sending: whether it arrived, nobody knows.

    Its end says nothing against the message, which may not even have been begun: no try is counted for it, or
    a process that is killed often enough would give up what it never sent.

    Returns how many those were, and what this process is to be sending.
    """
    sending = (is_in(Sending.SENDING), col(Outbox.messenger) == messenger)
    names = set(session.exec(select(Outbox.claimed_by).where(*sending).distinct()))
    gone = [name for name in names if claimant.is_gone(name)]
    tries = sa.case((col(Outbox.tries) < 1, 1), else_=col(Outbox.tries))
    left = sa.update(Outbox).where(*sending, col(Outbox.claimed_by).in_(gone))
    unknown = left.values(state=Sending.UNKNOWN, claimed_by="", tries=tries, not_before=machine_now)
    lost = int(session.connection().execute(unknown).rowcount) if gone else 0
    mine = select(Outbox.id).where(*sending, Outbox.claimed_by == claimant.name)
    return lost, {one for one in session.exec(mine) if one is not None}


def release(session: Session, claimant: Claimant, ids: Iterable[int]) -> None:
    """Puts back what this process was to send and certainly has not begun to."""
    row = sa.update(Outbox).where(col(Outbox.id).in_(list(ids)), is_in(Sending.SENDING))
    mine = row.where(col(Outbox.claimed_by) == claimant.name)
    session.connection().execute(mine.values(state=Sending.TODO, claimed_by=""))


def release_all(session: Session, claimant: Claimant, messenger: Messenger, but: Collection[int]) -> None:
    """Puts back everything this process was to send, except what it has begun to."""
    row = sa.update(Outbox).where(is_in(Sending.SENDING), col(Outbox.messenger) == messenger)
    mine = row.where(col(Outbox.claimed_by) == claimant.name, col(Outbox.id).not_in(list(but)))
    session.connection().execute(mine.values(state=Sending.TODO, claimed_by=""))


def _is_past(now: datetime, row: Outbox, screen: DrawnScreen) -> bool:
    """Whether there is nothing to do: it was never shown and is not to be changed, or is not to be shown any more."""
    if screen.message is not None:
        return False
    return row.operation in _CHANGES or (row.operation is Operation.POST and screen.expires_at <= now)


def _thread(session: Session, row: Outbox | Outgoing, screen: DrawnScreen) -> str | None:
    """The first message about the same subject in this chat."""
    if row.operation is not Operation.POST or screen.subject is None:
        return None
    same = select(DrawnScreen.message).where(
        DrawnScreen.account_id == row.account_id,
        DrawnScreen.subject == screen.subject,
        col(DrawnScreen.message).is_not(None),
    )
    return session.exec(same.order_by(col(DrawnScreen.id)).limit(1)).first()
