"""Reading the words of an example and writing its files."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

Row = dict[str, str]
"""Cells by the heading of their column; what is not there is blank."""

File = tuple[Sequence[str], Iterable[Row]]
"""The columns of a file and its rows."""


def read_words(path: Path) -> list[Row]:
    """The rows of a file of words."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write_files(folder: Path, files: Mapping[str, File]) -> None:
    """CSV files in UTF-8 with line feeds, whatever the machine; names with / lie in a folder below."""
    for name, (columns, rows) in files.items():
        path = folder / f"{name}.csv"
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
