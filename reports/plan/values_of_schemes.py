"""What lines of schemes and ratings say, by column of the database; ids and positions are left to others."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from models.scheme.table import Part
from reports.plan.lines_of_schemes import CriterionLine, GradeLine, PartLine, PrizeLine, RaterLine, SchemeLine

_OF_THE_PART = (
    "code",
    "name",
    "source",
    "points",
    "below",
    "combine",
    "shares",
    "basis",
    "kind",
    "target",
    "baseline",
    "low",
    "high",
    "loss_per_unit",
    "steps",
    "tie_order",
    "note",
)
_DIGITS: int = Part.model_fields["digits"].default


def scheme_values(line: SchemeLine) -> dict[str, Any]:
    return _plain(line, ("code", "name", "subject_kind", "digits", "ties_go_up", "note"))


def part_values(line: PartLine) -> dict[str, Any]:
    """Without the owner, who is named by an id."""
    return {
        **_plain(line, _OF_THE_PART),
        "floor": Decimal(0) if line.floor is None else line.floor,
        "cap": Decimal(100) if line.cap is None else line.cap,
        "digits": _DIGITS if line.digits is None else line.digits,
    }


def grade_values(line: GradeLine) -> dict[str, Any]:
    return _plain(line, ("name", "least", "share"))


def prize_values(line: PrizeLine) -> dict[str, Any]:
    return _plain(line, ("name", "count", "least", "grouping"))


def criterion_values(line: CriterionLine) -> dict[str, Any]:
    return _plain(line, ("rating", "code", "name", "question", "weight", "scale"))


def group_values(line: RaterLine) -> dict[str, Any]:
    return _plain(line, ("rating", "code", "name", "share", "kind", "trim", "fewest", "each"))


def _plain(line: Any, columns: tuple[str, ...]) -> dict[str, Any]:
    return {column: getattr(line, column) for column in columns}
