"""What the plan said of a scheme or a rating, from each instant on: rows that an import corrects in place are kept as
they were, so that a day of the past is reckoned with what held then."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlmodel import Field, Session, SQLModel, col, select
from sqlmodel.sql.expression import SelectOfScalar

from models.audit import Actor, record
from models.store import json_field

Row = TypeVar("Row", bound=SQLModel)
Said = dict[str, Any]
"""Rows as JSON, by what they are."""
Rule = tuple[int, str, Said]
"""The cycle, the subject of the record, and what the plan says of it."""


class PlanRecord(SQLModel, table=True):
    """What the plan said from an instant on; never changed: what is corrected is the next row."""

    __tablename__ = "plan_record"
    __table_args__ = (sa.Index("ix_plan_record_subject", "cycle_id", "subject"),)

    id: int | None = Field(default=None, primary_key=True)
    cycle_id: int = Field(foreign_key="cycle.id")
    subject: str = Field(max_length=60)
    """`scheme:INST`, `rating:PRE`."""
    recorded_at: datetime
    said: Said = json_field()


def keep(session: Session, now: datetime, actor: Actor, rules: Iterable[Rule]) -> None:
    """Adds a record for each that differs from its last one, and notes in the audit what it hashes to."""
    for cycle_id, subject, said in rules:
        last = _last(session, cycle_id, subject, now)
        if last is None or last.said != said:
            session.add(PlanRecord(cycle_id=cycle_id, subject=subject, recorded_at=now, said=said))
            record(session, now, actor, "plan.keep", named(cycle_id, subject), sha256=fingerprint(said))


def named(cycle_id: int, subject: str) -> str:
    """How the audit calls it: `scheme:1.INST`."""
    kind, _, code = subject.partition(":")
    return f"{kind}:{cycle_id}.{code}"


def fingerprint(said: Said) -> str:
    """SHA-256 over what was said."""
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def kept_at(session: Session, cycle_id: int, subject: str, instant: datetime) -> Said | None:
    """What was kept last until `instant`; before the first record, the first. None where nothing was ever kept."""
    last = _last(session, cycle_id, subject, instant)
    if last is None:
        records = _of(cycle_id, subject).order_by(col(PlanRecord.recorded_at), col(PlanRecord.id))
        last = session.exec(records).first()
    return last.said if last else None


def written(rows: Iterable[SQLModel]) -> list[Said]:
    """The rows as JSON, with all their columns."""
    return [row.model_dump(mode="json") for row in rows]


def read(kind: type[Row], rows: Iterable[Said]) -> tuple[Row, ...]:
    """The rows again, in no session."""
    return tuple(kind.model_validate(row) for row in rows)


def fresh(query: Any) -> Any:
    """The query, read anew: an import writes past the objects of its session."""
    return query.execution_options(populate_existing=True)


def _last(session: Session, cycle_id: int, subject: str, instant: datetime) -> PlanRecord | None:
    records = _of(cycle_id, subject).where(PlanRecord.recorded_at <= instant)
    return session.exec(
        records.order_by(col(PlanRecord.recorded_at).desc(), col(PlanRecord.id).desc())
    ).first()


def _of(cycle_id: int, subject: str) -> SelectOfScalar[PlanRecord]:
    return select(PlanRecord).where(PlanRecord.cycle_id == cycle_id, PlanRecord.subject == subject)
