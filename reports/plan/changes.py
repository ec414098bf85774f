"""What an import did: how many rows of each table, and which fields from what to what."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from models.clock import SEOUL
from models.words import Phrase, Value, say
from reports.plan.column import Sheet


@dataclass(frozen=True)
class TableChanges:
    """Rows of one table. `absent` ones are in the database but not in the file, and were left alone.

    `removed` ones were taken out, because of their kind the file says all there is to say (docs/decisions/0016, 0018).
    """

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    absent: int = 0
    removed: int = 0


@dataclass(frozen=True)
class Changes:
    """Rows by name of table, and a line for each field that was changed in a row that was there before."""

    tables: dict[str, TableChanges] = field(default_factory=dict)
    lines: list[Phrase] = field(default_factory=list)

    notes: list[Phrase] = field(default_factory=list)
    """What the source of a scheme says two things about, for each version in the file that notes any."""

    @property
    def nothing(self) -> bool:
        """Whether the database already held all that the plan says."""
        return not any(table.added or table.changed or table.removed for table in self.tables.values())


def line_of(sheet: Sheet, key: str, heading: str, before: Any, after: Any) -> Phrase | None:
    """`지표 SEO-001: 가중치 10 → 12`, or None where both sides read the same."""
    shown = _as_written(sheet, heading, before), _as_written(sheet, heading, after)
    if shown[0] == shown[1]:
        return None
    return say(
        "{sheet} {key}: {heading} {before} → {after}",
        sheet=sheet.name,
        key=key,
        heading=heading,
        before=shown[0],
        after=shown[1],
    )


def _as_written(sheet: Sheet, heading: str, value: Any) -> Value:
    """A value as it stands in a cell of the workbook, whose words are Korean whoever reads them."""
    if value is None or value == "":
        return say("없음")
    choices = next((column.choices for column in sheet.columns if column.name == heading), {})
    for word, meaning in choices.items():
        if meaning == value:
            return word
    if isinstance(value, datetime):
        return f"{value.astimezone(SEOUL):%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return value if isinstance(value, Decimal | int) else str(value)
