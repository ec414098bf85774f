"""The outbox: every message to send, written in the transaction that made it necessary."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlmodel import Field, Session, SQLModel, col

from models.messaging.account import Messenger
from models.store import enum_field

NOTHING_LEFT = "nothing was left to say"
"""The fault of a message that was not sent because what it was about was done: no failure."""
ELSEWHERE = "told on another messenger"
"""The fault of a message that went another way: no failure either."""


class Sending(StrEnum):
    """todo -> sending -> sent; unknown when the answer to a send was lost, dead when it can never arrive."""

    TODO = "todo"
    SENDING = "sending"
    SENT = "sent"
    UNKNOWN = "unknown"
    DEAD = "dead"


class Operation(StrEnum):
    """What is done: a new message, one redrawn where it stands, one taken away, a file of a screen handed over, or
    a ring at the door, that says there is something to read in the web messenger and nothing of what."""

    POST = "post"
    REDRAW = "redraw"
    REMOVE = "remove"
    FILE = "file"
    RING = "ring"


_OPEN = (Sending.TODO, Sending.SENDING, Sending.UNKNOWN)


def _index(name: str, rows: str, *columns: str) -> sa.Index:
    return sa.Index(name, *columns, sqlite_where=sa.text(rows), postgresql_where=sa.text(rows))


class Outbox(SQLModel, table=True):
    """A drawn screen on its way to an account. What is sent is the screen as it stands when it leaves."""

    # Nearly every row was sent long ago, and is in none of these.
    __table_args__ = (
        _index("ix_outbox_waiting", "state = 'todo'", "messenger", "rank", "id"),
        _index("ix_outbox_lost", "state = 'unknown'", "messenger", "not_before"),
        _index("ix_outbox_open", "state IN ('todo', 'sending', 'unknown')", "state", "account_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id")
    messenger: Messenger = enum_field(Messenger, "outbox_messenger")
    operation: Operation = enum_field(Operation, "operation")
    screen_id: int = Field(foreign_key="drawn_screen.id")
    reference: str = Field(default="", max_length=80)
    """Which file is handed over."""
    rank: int = 1
    """0 where somebody waits for it, 1 for what others are told: answers go first."""
    state: Sending = enum_field(Sending, "sending", default=Sending.TODO)
    claimed_by: str = Field(default="", max_length=32)
    """The process that is sending it."""
    tries: int = 0
    """How often its answer was lost."""
    not_before: datetime | None = None
    """After a lost answer, when it is tried again, by the machine's clock; never, where there is nothing."""
    made_at: datetime
    sent_at: datetime | None = None
    fault: str = Field(default="", max_length=300)


def is_in(state: Sending, of: type[Outbox] = Outbox) -> sa.ColumnElement[bool]:
    """The condition that a message is in that state, written out word for word: by a value that is only bound,
    SQLite does not find an index on part of the rows."""
    return col(of.state) == sa.literal_column(f"'{state.value}'")


def is_open(of: type[Outbox] = Outbox) -> sa.ColumnElement[bool]:
    """The condition that a message is not at its end, in the words of the index on such rows."""
    return col(of.state).in_([sa.literal_column(f"'{state.value}'") for state in _OPEN])


def is_failure() -> sa.ColumnElement[bool]:
    """The condition that somebody was not told what they should have been."""
    return is_in(Sending.DEAD) & col(Outbox.fault).not_in((NOTHING_LEFT, ELSEWHERE))


def count_by_state(session: Session) -> dict[tuple[Messenger, Sending], int]:
    """How many messages are in each state, per messenger: for the administrator and the metrics."""
    rows = session.execute(
        sa.select(col(Outbox.messenger), col(Outbox.state), sa.func.count()).group_by(
            col(Outbox.messenger), col(Outbox.state)
        )
    )
    return {(messenger, state): count for messenger, state, count in rows}
