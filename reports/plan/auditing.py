"""What an import changes on which a result depends is audited one by one."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from models.audit import record
from reports.plan.upsert import Edit
from reports.plan.writing import Names, Writing


def audit_change(writing: Writing, subject: str, edit: Edit, names: Names | None = None) -> None:
    """That a column of a row was changed; of an id its code is kept."""
    words = (names or {}).get(edit.column)
    before, after = (words[edit.before], words[edit.after]) if words else (edit.before, edit.after)
    field = edit.column.removesuffix("_id")
    _record(writing, subject, field=field, before=_as_json(before), after=_as_json(after))


def audit_removal(writing: Writing, subject: str, name: str) -> None:
    """That a row was taken out."""
    _record(writing, subject, field="removed", before=name, after=None)


def _record(writing: Writing, subject: str, **details: Any) -> None:
    record(writing.session, writing.now, writing.actor, "plan.change", subject, **details)


def _as_json(value: Any) -> str | int | None:
    """A value as the audit keeps it: JSON has no decimals and no days."""
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, date | datetime):
        return value.isoformat()
    return int(value) if isinstance(value, bool) else value
