"""Rows wanted against rows stored: what is new goes in, what differs is written, nothing else is touched."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlmodel import Session, SQLModel

from reports.plan.rows import Row, table_of

K = TypeVar("K", bound=Hashable)

DERIVED = frozenset({"position", "path"})
"""Columns that follow from other rows: written when they differ, but no change of the row itself."""


@dataclass(frozen=True)
class Edit:
    """One column of a row that was there before."""

    key: Any
    column: str
    before: Any
    after: Any


def insert(session: Session, model: type[SQLModel], rows: Mapping[K, Row]) -> dict[K, Any]:
    """Adds all rows in bulk; their primary keys."""
    if not rows:
        return {}
    # Of the table, not of the model: the ORM would go row by row where a column is None in every other one.
    table = table_of(model)
    statement = sa.insert(table).returning(*table.primary_key, sort_by_parameter_order=True)
    made = session.scalars(statement, [dict(row) for row in rows.values()]).all()
    return dict(zip(rows, made, strict=True))


def update(
    session: Session, model: type[SQLModel], stored: Mapping[K, Row], wanted: Mapping[K, Row]
) -> list[Edit]:
    """Writes in bulk the rows that are stored and differ; which columns changed, derived ones left out."""
    (primary,) = table_of(model).primary_key.columns.keys()
    edits: list[Edit] = []
    rows = []
    for key, row in wanted.items():
        before = stored.get(key)
        differing = [column for column, value in row.items() if before[column] != value] if before else []
        if before and differing:
            rows.append({primary: before[primary], **row})
            edits += [
                Edit(key, column, before[column], row[column])
                for column in differing
                if column not in DERIVED
            ]
    if rows:
        session.execute(sa.update(model), rows)
    return edits
