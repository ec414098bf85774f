"""The audit: an append-only chain of who did what, for whom, when, through which messenger.

Each row carries the hash of the row before it, so a row that was changed, removed or moved breaks the chain,
and the head remembers how long the chain is, so a row cut from its end is missed too. Whoever mends all of that
is found out by the seals (`models/seals.py`), which are kept elsewhere.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, Session, SQLModel, col, select

from models.seals import Seal
from models.store import insert_if_absent, json_field

_START = "0" * 64
_AT_ONCE = 1000


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


def verify(session: Session, seals: Iterable[Seal] = ()) -> list[str]:
    """Everything wrong with the chain, in words for the administrator's console, the first row that is wrong first;
    empty when it is whole. It is held against the seals, too: they were kept where a writer of the database is not.
    """
    sealed = sorted(seals, key=lambda seal: seal.length)
    ahead = iter([*sealed, None])
    seal, proven = next(ahead), 0
    faults: list[str] = []
    previous: str | None = _START
    expected = 1
    for number, row in _all_rows(session):
        if number != expected:
            faults.append(f"row {expected} is missing (the next one is {number})")
        elif row and previous not in (None, row.previous):
            faults.append(f"row {number} does not follow the row before it")
        if row is None or not _is_as_written(row):
            faults.append(f"row {number} was changed")
        while seal and seal.length <= number:
            if seal.length == number and row and str(row.hash).startswith(seal.hash):
                proven = number
            else:
                faults.append(_not_as_sealed(seal, proven))
            seal = next(ahead)
        previous, expected = row.hash if row else None, number + 1
    faults += [_cut_off(expected, one) for one in sealed if one.length >= expected]
    return faults + _at_the_end(session.get(AuditHead, 1) or AuditHead(), expected - 1, previous)


def last_row(session: Session, *conditions: sa.ColumnElement[bool]) -> AuditRow | None:
    """The last row of the audit that fulfils the conditions. Its hash stands for every row before it, too."""
    query = select(AuditRow).where(*conditions).order_by(col(AuditRow.id).desc()).limit(1)
    return session.exec(query).one_or_none()


def _all_rows(session: Session) -> Iterator[tuple[int, AuditRow | None]]:
    """Every row under its number, in order; None for one that was made unreadable."""
    in_order = select(AuditRow.id).order_by(col(AuditRow.id)).limit(_AT_ONCE)
    numbers = session.exec(in_order).all()
    while numbers:
        rows = _readable(session, numbers)
        yield from ((number, rows.get(number)) for number in numbers)
        numbers = session.exec(in_order.where(col(AuditRow.id) > numbers[-1])).all()


def _readable(session: Session, numbers: Sequence[int]) -> dict[int, AuditRow]:
    """These rows by their numbers, but for those that cannot be read: SQLite takes any bytes for an instant."""
    try:
        return {row.id: row for row in session.exec(select(AuditRow).where(col(AuditRow.id).in_(numbers)))}
    except (ValueError, TypeError, sa.exc.DBAPIError):
        if len(numbers) == 1:
            return {}
        middle = len(numbers) // 2
        return _readable(session, numbers[:middle]) | _readable(session, numbers[middle:])


def _is_as_written(row: AuditRow) -> bool:
    try:
        return row.hash == _hash(row.model_dump())
    except (ValueError, TypeError):
        return False


def _not_as_sealed(seal: Seal, proven: int) -> str:
    which = f"row {seal.length}" if seal.length == proven + 1 else f"a row from {proven + 1} to {seal.length}"
    return f"{which} is not as it was when it was sealed: {seal.source}"


def _cut_off(first: int, seal: Seal) -> str:
    rows = f"row {first} is" if first == seal.length else f"rows {first} to {seal.length} are"
    return f"{rows} missing: the chain had {seal.length} rows when it was sealed: {seal.source}"


def _at_the_end(head: AuditHead, last: int, hash_: str | None) -> list[str]:
    """What the head says against the row that stands last."""
    if head.length > last:
        return [
            f"row {last + 1} is missing: the chain ends at row {last}, but row {head.length} was written last"
        ]
    if head.length < last:
        return [f"row {head.length + 1} was added past the bot, which wrote {head.length}"]
    return [] if hash_ in (None, head.hash) else [f"row {last} is not the one that was written last"]


def _hash(row: dict[str, Any]) -> str:
    instant: datetime = row["at"]
    kept = {name: row[name] for name in sorted(row) if name not in ("hash", "at")}
    kept["at"] = instant.astimezone(UTC).isoformat()
    text = json.dumps(kept, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
