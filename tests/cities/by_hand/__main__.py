"""`python -m tests.cities.by_hand` writes tests/cities/expected/; with `--check` it compares, and changes nothing."""

from __future__ import annotations

import sys

from tests.cities.by_hand.tables import EXPECTED, tables


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
    print("\n".join(f"{name}: {'differs' if arguments else 'written'}" for name in changed))
    return 1 if arguments and changed else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
