"""Rows that nearly every turn writes: each by a statement of its own, at once.

The session's own way, to look through everything it holds, sort it and write it down together, costs five times the
statement. What is written here the session knows afterwards, and has nothing left to write of it.
"""

from __future__ import annotations

from functools import cache
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import make_transient_to_detached
from sqlalchemy.orm.attributes import set_committed_value
from sqlmodel import Session, SQLModel

Row = TypeVar("Row", bound=SQLModel)


def insert(session: Session, model: type[SQLModel], **values: Any) -> Any:
    """Writes a new row and returns its primary key."""
    written = session.connection().execute(_inserting(model), values)
    [key] = written.inserted_primary_key or [None]
    return key


def insert_row(session: Session, model: type[Row], **values: Any) -> Row:
    """The same for a row that is still needed: it is as if it had been read."""
    key = insert(session, model, **values)
    row = model(**{_key_of(model): key, **values})
    make_transient_to_detached(row)
    session.add(row)
    return row


def change(session: Session, row: SQLModel, **values: Any) -> None:
    """Writes other values into some columns of a row that is in the database, and into `row`."""
    model = type(row)
    changes = {f"new_{name}": value for name, value in values.items()}
    key = getattr(row, _key_of(model))
    session.connection().execute(_changing(model, tuple(values)), changes | {"changed_key": key})
    for name, value in values.items():
        set_committed_value(row, name, value)


@cache
def _inserting(model: type[SQLModel]) -> sa.Insert:
    return sa.insert(_table(model))


@cache
def _changing(model: type[SQLModel], names: tuple[str, ...]) -> sa.Update:
    key = _table(model).c[_key_of(model)]
    row = sa.update(_table(model)).where(key == sa.bindparam("changed_key"))
    return row.values({name: sa.bindparam(f"new_{name}") for name in names})


@cache
def _key_of(model: type[SQLModel]) -> str:
    """The name of a primary key of one column, such as everything has that is written here."""
    [key] = _table(model).primary_key
    return str(key.name)


def _table(model: type[SQLModel]) -> sa.Table:
    table: sa.Table = model.__table__  # type: ignore[attr-defined]
    return table
