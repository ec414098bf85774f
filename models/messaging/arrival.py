"""Arrivals: what cannot be taken in the moment it comes, kept until it can be.

A file has to be fetched first, the pictures of an album come one by one, or taking it failed. It is written down
before it is acknowledged, so that neither a crash nor an error loses it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, Session, SQLModel, col, select

from models.messaging.account import Messenger
from models.messaging.inbox import first_time
from models.store import enum_field, json_field

_PAUSES = (timedelta(seconds=5), timedelta(seconds=30), timedelta(minutes=2))


class ArrivalState(StrEnum):
    """One that is done is deleted."""

    WAITING = "waiting"
    FAILED = "failed"


class Arrival(SQLModel, table=True):
    """Something a messenger brought, as it came."""

    # SQLite would give the id of a deleted row to the next one, which whoever still holds the old one would delete.
    __table_args__ = (
        sa.Index("ix_arrival_waiting", "messenger", "state", "ready_at"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    messenger: Messenger = enum_field(Messenger, "arrival_messenger")
    address: str = Field(max_length=120, index=True)
    bundle: str = Field(default="", max_length=120)
    """What came apart and belongs together, an album, has the same bundle."""
    payload: dict[str, Any] = json_field()
    state: ArrivalState = enum_field(ArrivalState, "arrival_state", default=ArrivalState.WAITING)
    tries: int = 0
    ready_at: datetime
    """When it is to be taken, by the machine's clock."""
    fault: str = Field(default="", max_length=300)


def keep(
    session: Session,
    now: datetime,
    key: str,
    messenger: Messenger,
    address: str,
    payload: dict[str, Any],
    *,
    ready_at: datetime,
    bundle: str = "",
) -> bool:
    """Writes it down under its key; False when it was there already. The rest of its bundle waits for it."""
    if not first_time(session, f"{messenger}:{address}:{key}", now):
        return False
    if bundle:
        others = (col(Arrival.messenger) == messenger, col(Arrival.address) == address)
        session.execute(
            sa.update(Arrival).where(*others, col(Arrival.bundle) == bundle).values(ready_at=ready_at)
        )
    session.add(
        Arrival(messenger=messenger, address=address, bundle=bundle, payload=payload, ready_at=ready_at)
    )
    return True


def waiting(session: Session, messenger: Messenger) -> list[list[Arrival]]:
    """What waits, in the order it came, each bundle together; of one address only what came first."""
    query = select(Arrival).where(Arrival.messenger == messenger, Arrival.state == ArrivalState.WAITING)
    first: dict[str, list[Arrival]] = {}
    for arrival in session.exec(query.order_by(col(Arrival.id))):
        bundle = first.setdefault(arrival.address, [])
        if not bundle or (arrival.bundle and arrival.bundle == bundle[0].bundle):
            bundle.append(arrival)
    return list(first.values())


def done(session: Session, bundle: Sequence[Arrival]) -> bool:
    """Deletes what was taken; False, and nothing is deleted, when somebody else took any of it meanwhile: what is
    left of it waits on."""
    ids = [arrival.id for arrival in bundle]
    left = session.exec(select(Arrival.id).where(col(Arrival.id).in_(ids)).with_for_update()).all()
    if len(left) < len(ids):
        return False
    session.execute(sa.delete(Arrival).where(col(Arrival.id).in_(ids)))
    return True


def failed(session: Session, machine_now: datetime, bundle: Sequence[Arrival], fault: str) -> bool:
    """Notes that taking it failed. It is tried again after a pause; True when it was tried for the last time."""
    tries = bundle[0].tries + 1
    over = tries > len(_PAUSES)
    values: dict[str, Any] = {"tries": tries, "fault": fault[:300]}
    if over:
        values["state"] = ArrivalState.FAILED
    else:
        values["ready_at"] = machine_now + _PAUSES[tries - 1]
    ids = [arrival.id for arrival in bundle]
    session.execute(sa.update(Arrival).where(col(Arrival.id).in_(ids)).values(**values))
    return over
