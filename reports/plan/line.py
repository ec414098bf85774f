"""One row of a sheet: what all kinds of lines have in common."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Line:
    """One row of a sheet, with its number in the file.

    References are codes, "" where none is named. While the plan is being checked, the fields in `unread` hold
    nothing to go by, because their cells could not be read; no line of a checked plan has any.
    """

    number: int
    unread: frozenset[str] = frozenset()

    def has(self, *fields: str) -> bool:
        """Whether all these fields could be read."""
        return self.unread.isdisjoint(fields)
