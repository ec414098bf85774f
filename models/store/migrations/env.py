"""What alembic runs for every command; models.store.schema hands it the connection, already in a transaction.

The engine is synchronous like everything that touches the database here, so there is no async environment.
"""

from __future__ import annotations

from typing import Any, Literal

from alembic import context
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

from models.store.columns import ExactDecimal
from models.tables import METADATA


def render_type(kind: str, item: Any, autogenerate: Any) -> str | Literal[False]:
    """How a drafted migration writes the column types that alembic knows only by their long names."""
    if kind == "type" and isinstance(item, AutoString):
        return f"sa.String({item.length or ''})"
    if kind == "type" and isinstance(item, UTCDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, ExactDecimal):
        autogenerate.imports.add("from models.store.columns import ExactDecimal")
        return "ExactDecimal()"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_as_batch=True,
    render_item=render_type,
)
with context.begin_transaction():
    context.run_migrations()
