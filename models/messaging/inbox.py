"""The inbox: the key of everything that was taken in, so that nothing is taken in twice."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field, Session, SQLModel, col

from models.store import insert_if_absent


class Inbox(SQLModel, table=True):
    """One thing that arrived, under the key its messenger gave it."""

    key: str = Field(primary_key=True, max_length=200)
    received_at: datetime = Field(index=True)


def first_time(session: Session, key: str, now: datetime) -> bool:
    """Writes the key down; False when it was there already, and the answer to it with it."""
    return insert_if_absent(session, Inbox, key=key, received_at=now) is not None


def forget_before(session: Session, instant: datetime) -> None:
    """Drops keys so old that no messenger sends them again."""
    session.execute(sa.delete(Inbox).where(col(Inbox.received_at) < instant))
