"""The questions a claim asks of the outbox; each is as quick among a million messages as among ten."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cache

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col
from sqlmodel.sql.sqltypes import UTCDateTime

from models.messaging.account import Account, Messenger
from models.messaging.conversation import DrawnScreen
from models.messaging.outbox import Operation, Outbox, Sending, is_in, is_open
from models.organization import Person

# What is claimed is asked for rights and drawn: of one chat, only what it hears within seconds.
_OF_ONE_ACCOUNT = 3
_LOOKED_AT = 200
# Any number that nothing else in the database locks by.
_CLAIMING = 7_040_119


def one_claim_at_a_time(session: Session, messenger: Messenger) -> None:
    """Holds back another process that claims until this transaction ends, so that each sees what the other has in
    hand. SQLite writes one after the other anyway."""
    if session.get_bind().dialect.name != "sqlite":
        key = list(Messenger).index(messenger)
        session.execute(sa.select(sa.func.pg_advisory_xact_lock(_CLAIMING, key)))


def next_in_line(session: Session, machine_now: datetime, messenger: Messenger, most: int) -> list[int]:
    """Messages to be sent now, at most so many accounts', answers before what others are told."""
    wanted = {"messenger": messenger, "machine_now": machine_now, "looked_at": _LOOKED_AT}
    rows = sorted(row for query in (_lost(), _todo()) for row in session.execute(query, wanted).all())
    chosen: dict[int, list[int]] = {}
    for _rank, key, account_id in rows:
        if account_id in chosen or len(chosen) < most:
            chosen.setdefault(account_id, []).append(key)
    return [key for keys in chosen.values() for key in keys[:_OF_ONE_ACCOUNT]]


def nothing_waits(session: Session, messenger: Messenger) -> bool:
    """Whether no message waits, not even one that cannot be sent just now."""
    return session.execute(_any_todo(), {"messenger": messenger}).first() is None


def with_readers(
    session: Session, ids: Sequence[int]
) -> Sequence[tuple[Outbox, DrawnScreen, Account, Person]]:
    """These messages in their order, each with its screen and who reads it."""
    return [tuple(row) for row in session.execute(_with_readers(), {"ids": ids})]


def merge_redraws(session: Session, now: datetime, ids: Sequence[int]) -> None:
    """Redraws that wait are done with the message of these that shows the screen. Before it is read: one that comes
    between the two is sent for nothing, and the other way round it would be lost."""
    merging, chosen = _merging(), {"ids": ids, "now": now}
    session.connection().execute(merging, chosen)


@cache
def _todo() -> sa.Select[int, int | None, int]:
    return _claimable().where(is_in(Sending.TODO)).order_by(col(Outbox.rank), col(Outbox.id))


@cache
def _merging() -> sa.Update:
    these = aliased(Outbox)
    ids: sa.BindParameter[list[int]] = sa.bindparam("ids", expanding=True)
    shows = col(these.operation).in_([Operation.POST, Operation.REDRAW])
    accounts = sa.select(col(these.account_id)).where(col(these.id).in_(ids))
    screens = sa.select(col(these.screen_id)).where(col(these.id).in_(ids), shows)
    waiting = (is_open(), is_in(Sending.TODO), col(Outbox.account_id).in_(accounts))
    redraws = (col(Outbox.operation) == Operation.REDRAW, col(Outbox.screen_id).in_(screens))
    merged = sa.update(Outbox).where(*waiting, *redraws, col(Outbox.id).not_in(ids))
    return merged.values(state=Sending.SENT, sent_at=sa.bindparam("now"))


@cache
def _any_todo() -> sa.Select[int | None]:
    waits = sa.select(col(Outbox.id)).where(col(Outbox.messenger) == sa.bindparam("messenger"))
    return waits.where(is_in(Sending.TODO)).limit(1)


@cache
def _lost() -> sa.Select[int, int | None, int]:
    due = col(Outbox.not_before) <= sa.bindparam("machine_now", type_=UTCDateTime)
    return _claimable().where(is_in(Sending.UNKNOWN), due).order_by(col(Outbox.not_before))


def _claimable() -> sa.Select[int, int | None, int]:
    """Nothing of an account for which something is being sent."""
    other = aliased(Outbox)
    in_hand = sa.exists().where(
        is_in(Sending.SENDING, other), is_open(other), col(other.account_id) == col(Outbox.account_id)
    )
    return (
        sa.select(col(Outbox.rank), col(Outbox.id), col(Outbox.account_id))
        .where(col(Outbox.messenger) == sa.bindparam("messenger"), ~in_hand)
        .limit(sa.bindparam("looked_at"))
    )


@cache
def _with_readers() -> sa.Select[Outbox, DrawnScreen, Account, Person]:
    return (
        sa.select(Outbox, DrawnScreen, Account, Person)
        .join(DrawnScreen, col(DrawnScreen.id) == col(Outbox.screen_id))
        .join(Account, col(Account.id) == col(Outbox.account_id))
        .join(Person, col(Person.id) == col(Account.person_id))
        .where(col(Outbox.id).in_(sa.bindparam("ids", expanding=True)))
        .where(is_in(Sending.TODO) | is_in(Sending.UNKNOWN))
        .order_by(col(Outbox.rank), col(Outbox.id))
        .with_for_update(of=Outbox)
    )
