"""Errands: work too long for a turn, such as an export or an import. Written down in the turn, done after it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, Session, SQLModel, col, select

from models.store import changed_one, enum_field, json_field


class ErrandState(StrEnum):
    """An errand that was running when the process ended is waiting again after the next start."""

    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"


class Errand(SQLModel, table=True):
    """Something to do for a person, whose result is told to them."""

    id: int | None = Field(default=None, primary_key=True)
    kind: str = Field(max_length=40)
    person_id: int = Field(foreign_key="person.id")
    data: dict[str, Any] = json_field()
    state: ErrandState = enum_field(ErrandState, "errand_state", default=ErrandState.WAITING, index=True)
    tries: int = 0
    """How often it was begun: one that brings the whole process down is not begun for ever."""
    asked_at: datetime
    done_at: datetime | None = None


def ask(session: Session, now: datetime, person_id: int, kind: str, **data: str | int | None) -> None:
    """Writes an errand down; asked for again while it waits, it is still done once."""
    same = select(Errand).where(
        Errand.kind == kind, Errand.person_id == person_id, Errand.state == ErrandState.WAITING
    )
    if not any(errand.data == data for errand in session.exec(same)):
        session.add(Errand(kind=kind, person_id=person_id, data=data, asked_at=now))


def begin(session: Session, errand_id: int) -> int:
    """Counts a try, before it is made; how many there were with this one."""
    counted = (
        sa.update(Errand)
        .where(col(Errand.id) == errand_id)
        .values(tries=col(Errand.tries) + 1)
        .returning(col(Errand.tries))
    )
    return int(session.execute(counted).scalar_one())


def settle(session: Session, errand_id: int, now: datetime, state: ErrandState) -> bool:
    """Marks a waiting errand done or failed; False when somebody else did it meanwhile."""
    return changed_one(
        session,
        sa.update(Errand)
        .where(col(Errand.id) == errand_id, col(Errand.state) == ErrandState.WAITING)
        .values(state=state, done_at=now),
    )
