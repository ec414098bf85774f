"""The triggers that make the database itself refuse to change or remove a row of the audit.

The first migration calls `guard_audit`. A later one that rebuilds the table `audit`, as SQLite does for most
changes of a column, loses the triggers with the old table and has to call it again.
"""

from __future__ import annotations

import sqlalchemy as sa

_REFUSE = "BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END"
# REPLACE removes the old row without telling a DELETE trigger, so an id that is taken is refused as well.
_TAKEN = "WHEN EXISTS (SELECT 1 FROM audit WHERE id = NEW.id)"
_SQLITE = [
    f"CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit {_REFUSE}",
    f"CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit {_REFUSE}",
    f"CREATE TRIGGER audit_no_replace BEFORE INSERT ON audit {_TAKEN} {_REFUSE}",
]
_SQLITE_DOWN = [f"DROP TRIGGER audit_no_{what}" for what in ("update", "delete", "replace")]

_POSTGRESQL = [
    "CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS"
    " $$ BEGIN RAISE EXCEPTION 'the audit is append-only'; END $$",
    "CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit"
    " FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only()",
]
_POSTGRESQL_DOWN = ["DROP TRIGGER audit_append_only ON audit", "DROP FUNCTION audit_is_append_only()"]


def guard_audit(connection: sa.Connection) -> None:
    """Makes UPDATE and DELETE on the table `audit` fail."""
    _run(connection, _SQLITE if connection.dialect.name == "sqlite" else _POSTGRESQL)


def unguard_audit(connection: sa.Connection) -> None:
    """Takes the triggers away, which only a migration has reason to do."""
    _run(connection, _SQLITE_DOWN if connection.dialect.name == "sqlite" else _POSTGRESQL_DOWN)


def _run(connection: sa.Connection, statements: list[str]) -> None:
    for statement in statements:
        connection.exec_driver_sql(statement)
