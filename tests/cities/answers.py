"""What people of an example answer in its year, as its folder `actuals` has it (docs/schemes.md)."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path

EXAMPLES = Path(__file__).parents[2] / "examples"

Row = Mapping[str, str]


def rows(city: str, name: str) -> list[Row]:
    """The rows of a file of an example; none where it has no such file."""
    return _rows(EXAMPLES / city / f"{name}.csv")


@cache
def _rows(path: Path) -> list[Row]:
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
