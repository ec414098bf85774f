"""`python -m tests.cities.by_hand` writes tests/cities/expected/; with `--check` it compares, and changes nothing."""

from __future__ import annotations

import sys

from tests.cities.by_hand.gwangju_workbook import gwangju_workbook, is_kept, write
from tests.cities.by_hand.tables import EXPECTED, tables, year_of

WORKBOOK = EXPECTED / "gwangju.xlsx"


def main(arguments: list[str]) -> int:
    """0; 1 where something differs from what is kept, and 2 for an argument nobody knows."""
    if arguments not in ([], ["--check"]):
        print("usage: python -m tests.cities.by_hand [--check]", file=sys.stderr)
        return 2
    changed = []
    for name, content in tables():
        path = EXPECTED / name
        if not path.exists() or path.read_bytes() != content:
            changed.append(name)
            if not arguments:
                path.write_bytes(content)
    book = gwangju_workbook(year_of("gwangju-2019"))
    if not is_kept(book, WORKBOOK):
        changed.append(WORKBOOK.name)
        if not arguments:
            write(book, WORKBOOK)
    for name in changed:
        print(name, "differs" if arguments else "written")
    return 1 if arguments and changed else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
