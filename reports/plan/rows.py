"""Rows of the database as mappings, for an import that needs no objects."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlmodel import Session, SQLModel

Row = Mapping[str, Any]
"""A row of the database, by column."""

K = TypeVar("K", bound=Hashable)


def codes_by_id(rows: Mapping[K, Row]) -> dict[int | None, Any]:
    """The key of each row by its id; "" for no id."""
    return {None: "", **{row["id"]: key for key, row in rows.items()}}


def read_rows(session: Session, model: type[SQLModel], *where: sa.ColumnElement[bool]) -> list[Row]:
    """All rows of a table that fulfil the conditions."""
    return [dict(row) for row in session.execute(sa.select(table_of(model)).where(*where)).mappings()]


def table_of(model: type[SQLModel]) -> sa.Table:
    """The table of a model, for statements that need no objects."""
    return SQLModel.metadata.tables[str(model.__tablename__)]
