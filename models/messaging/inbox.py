"""The inbox: the key of everything that was taken in, so that nothing is taken in twice."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Field, Session, SQLModel, col


class Inbox(SQLModel, table=True):
    """One thing that arrived, under the key its messenger gave it."""

    key: str = Field(primary_key=True, max_length=200)
    received_at: datetime = Field(index=True)


def first_time(session: Session, key: str, now: datetime) -> bool:
    """Writes the key down; False when it was there already, and the answer to it with it."""
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    done = session.execute(
        insert(Inbox).values(key=key, received_at=now).on_conflict_do_nothing(index_elements=["key"])
    )
    return bool(done.rowcount == 1)  # type: ignore[attr-defined]


def forget_before(session: Session, instant: datetime) -> None:
    """Drops keys so old that no messenger sends them again."""
    session.execute(sa.delete(Inbox).where(col(Inbox.received_at) < instant))
