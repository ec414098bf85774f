"""One import at work: its session, what stands in the database, and what it has changed so far."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, SQLModel

from models.audit import Actor
from models.words import say
from reports.plan.changes import Changes, TableChanges, line_of
from reports.plan.column import Sheet
from reports.plan.existing import Existing
from reports.plan.rows import Row, table_of
from reports.plan.upsert import Edit, insert, update

Names = Mapping[str, Mapping[int | None, Any]]
"""For a column that holds ids: what each id is called in the workbook."""


@dataclass(frozen=True)
class Writing:
    """The session and its circumstances, handed from table to table."""

    session: Session
    now: datetime
    actor: Actor
    existing: Existing
    changes: Changes = field(default_factory=Changes)
    indicators: set[int] = field(default_factory=set)
    """Indicators that were added or changed, or their targets: each gets a version."""

    def bring(
        self, model: type[SQLModel], stored: Mapping[Any, Row], wanted: Mapping[Any, Row]
    ) -> tuple[dict[Any, int], list[Edit]]:
        """Inserts and updates until all of `wanted` stands; the ids of all rows, and what was edited."""
        made = insert(self.session, model, {key: row for key, row in wanted.items() if key not in stored})
        edits = update(self.session, model, stored, wanted)
        self.count(model, stored, wanted, edits)
        return {key: row["id"] for key, row in stored.items() if "id" in row} | made, edits

    def replace(
        self, model: type[SQLModel], stored: Mapping[Any, Row], wanted: Mapping[Any, Row]
    ) -> tuple[dict[Any, int], list[Edit], list[Any]]:
        """As bring, and takes out every row that is not wanted; ids, what was edited, and the keys of those."""
        ids, edits = self.bring(model, stored, wanted)
        removed = [key for key in stored if key not in wanted]
        if removed:
            table = table_of(model)
            self.session.execute(
                sa.delete(table).where(table.c.id.in_([stored[key]["id"] for key in removed]))
            )
        self.count_removed(model, len(removed))
        return {key: ids[key] for key in wanted}, edits, removed

    def tell_removal(self, sheet: Sheet, name: str) -> None:
        """Adds a line for a row that was taken out."""
        self.changes.lines.append(say("{sheet} {key}: 삭제", sheet=sheet.name, key=name))

    def count_removed(self, model: type[SQLModel], removed: int) -> None:
        """Notes how many rows were taken out of a table, where the file says all there is to say."""
        counts = self.changes.tables
        counts[table_name(model)] = replace(counts[table_name(model)], absent=0, removed=removed)

    def count(
        self,
        model: type[SQLModel],
        stored: Mapping[Any, Row],
        wanted: Mapping[Any, Row],
        edits: Iterable[Edit],
    ) -> None:
        """Notes how many rows of a table were added, changed, left as they were, or not in the file."""
        added = len(wanted.keys() - stored.keys())
        changed = len({edit.key for edit in edits})
        self.changes.tables[table_name(model)] = TableChanges(
            added=added,
            changed=changed,
            unchanged=len(wanted) - added - changed,
            absent=len(stored.keys() - wanted.keys()),
        )

    def tell(
        self,
        sheet: Sheet,
        edits: Iterable[Edit],
        called: Callable[[Any], str],
        names: Names | None = None,
        headings: Mapping[str, str] | None = None,
    ) -> None:
        """Adds a line for each edit of a column that the sheet has; `called` names the row by its key."""
        headings = headings or _headings(sheet)
        for edit in edits:
            words = (names or {}).get(edit.column)
            before, after = (words[edit.before], words[edit.after]) if words else (edit.before, edit.after)
            heading = headings.get(edit.column)
            line = line_of(sheet, called(edit.key), heading, before, after) if heading else None
            if line:
                self.changes.lines.append(line)


def table_name(model: type[SQLModel]) -> str:
    return str(model.__tablename__)


def words_by_id(ids: Mapping[Any, int]) -> dict[int | None, str]:
    """What each id is called: its key, or the last part of it; "" for no id."""
    words: dict[int | None, str] = {None: ""}
    for key, id_ in ids.items():
        words[id_] = key if isinstance(key, str) else key[-1]
    return words


def _headings(sheet: Sheet) -> dict[str, str]:
    """The heading of each column of the database, whether it holds a value or an id."""
    plain = {column.field: column.name for column in sheet.columns}
    return plain | {f"{field}_id": name for field, name in plain.items()}
