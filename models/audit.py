"""The audit: an append-only chain of who did what, for whom, when, through which messenger.

Each row carries the hash of the row before it, so a row that was changed, removed or moved breaks the chain,
and the head remembers how long the chain is, so a row cut from its end is missed too.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, Session, SQLModel, col, select

from models.store import insert_if_absent, json_field

_START = "0" * 64


@dataclass(frozen=True)
class Actor:
    """Who does something: a person, or nobody for what the bot or the command line does by itself."""

    person_id: int | None
    channel: str
    acting_for_id: int | None = None


class AuditRow(SQLModel, table=True):
    """One thing that was done. Triggers of the database refuse to change or delete it."""

    __tablename__ = "audit"

    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    at: datetime
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    acting_for_id: int | None = Field(default=None, foreign_key="person.id")
    channel: str = Field(max_length=20)
    action: str = Field(max_length=60, index=True)
    subject: str = Field(max_length=120, index=True)
    """What it was done to: `submission:12`."""
    detail: dict[str, Any] = json_field()
    previous: str = Field(max_length=64)
    hash: str = Field(max_length=64)


class AuditHead(SQLModel, table=True):
    """Where the chain ends; locked while a row is added, so that rows have one order."""

    __tablename__ = "audit_head"

    id: int = Field(default=1, primary_key=True, sa_column_kwargs={"autoincrement": False})
    length: int = 0
    hash: str = Field(default=_START, max_length=64)


def record(
    session: Session, now: datetime, actor: Actor, action: str, subject: str, **detail: str | int | None
) -> None:
    """Adds a row to the chain inside the session's transaction."""
    length, previous = _locked_head(session)
    row = {
        "id": length + 1,
        "at": now,
        "person_id": actor.person_id,
        "acting_for_id": actor.acting_for_id,
        "channel": actor.channel,
        "action": action,
        "subject": subject,
        "detail": detail,
        "previous": previous,
    }
    row["hash"] = _hash(row)
    session.execute(sa.insert(AuditRow), [row])
    session.execute(
        sa.update(AuditHead).where(col(AuditHead.id) == 1).values(length=row["id"], hash=row["hash"])
    )


def _locked_head(session: Session) -> tuple[int, str]:
    """The chain's length and last hash; whoever else wants to add a row waits until this transaction ends."""
    locking = sa.select(AuditHead.length, AuditHead.hash).where(col(AuditHead.id) == 1).with_for_update()  # type: ignore[call-overload]
    head = session.execute(locking).one_or_none()
    if head is None:
        # Two that write the very first row at once both get here, and one of them waits for the other.
        insert_if_absent(session, AuditHead, id=1, length=0, hash=_START)
        head = session.execute(locking).one()
    return head.length, head.hash


def verify(session: Session) -> list[str]:
    """Everything wrong with the chain, in words for the administrator's console; empty when it is whole."""
    faults: list[str] = []
    previous, expected = _START, 1
    for row in session.exec(select(AuditRow).order_by(col(AuditRow.id)).execution_options(yield_per=1000)):
        if row.id != expected:
            faults.append(f"row {expected} is missing (the next one is {row.id})")
        elif row.previous != previous:
            faults.append(f"row {row.id} does not follow the row before it")
        if row.hash != _hash(row.model_dump()):
            faults.append(f"row {row.id} was changed")
        previous, expected = row.hash, row.id + 1
    head = session.get(AuditHead, 1) or AuditHead()
    if (head.length, head.hash) != (expected - 1, previous):
        faults.append(f"the chain ends at row {expected - 1}, but row {head.length} was written last")
    return faults


def _hash(row: dict[str, Any]) -> str:
    instant: datetime = row["at"]
    kept = {name: row[name] for name in sorted(row) if name not in ("hash", "at")}
    kept["at"] = instant.astimezone(UTC).isoformat()
    text = json.dumps(kept, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
