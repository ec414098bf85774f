"""Inserting a row unless it is there already: of several at once exactly one writes it."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel


def insert_if_absent(session: Session, model: type[SQLModel], **values: Any) -> Any | None:
    """The new row's primary key; None where a unique column or set of columns has those values already.

    Values are as the columns want them: defaults of the model are not filled in. Where another transaction is
    writing the same row, this waits until that one has ended.
    """
    # Read back rather than counted: SQLAlchemy counts inserted rows on SQLite only.
    connection = session.connection()
    written = connection.execute(_statement(model, connection.dialect.name), values)
    return written.scalar_one_or_none()


@cache
def _statement(model: type[SQLModel], dialect: str) -> Any:
    insert = sqlite.insert if dialect == "sqlite" else postgresql.insert
    table = model.__table__  # type: ignore[attr-defined]
    return insert(table).on_conflict_do_nothing().returning(*table.primary_key)
