"""Drafts a migration from what the tables in the code have that the migrations so far have not.

    python -m models.store.draft_migration add_rating      a new one, to be read before it is kept
    python -m models.store.draft_migration first           the first one anew, while it is the only one

What autogenerate cannot see (triggers, data to move) is written by hand in a module that the migration calls.
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from alembic import command

from models.store.database import Database
from models.store.schema import MIGRATIONS, migrating, upgrade

_VERSIONS = MIGRATIONS / "versions"
_FIRST = _VERSIONS / "0001_first.py"


def draft(name: str) -> Path:
    """Writes the migration and returns its file."""
    existing = sorted(_VERSIONS.glob("[0-9]*.py"))
    if name != "first":
        return _write(name, len(existing) + 1)
    if existing not in ([], [_FIRST]):
        raise SystemExit("Other migrations build on the first one: add a new one instead.")
    before = _FIRST.read_text() if existing else ""
    _FIRST.unlink(missing_ok=True)
    try:
        return _write(name, 1)
    except BaseException:
        if before:
            _FIRST.write_text(before)
        raise


def _write(name: str, number: int) -> Path:
    with TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/city.sqlite")
        upgrade(database)
        with migrating(database) as config:
            command.revision(config, name, autogenerate=True, rev_id=f"{number:04}")
        database.close()
    written = _VERSIONS / f"{number:04}_{name}.py"
    # Whoever ran this knows that it was generated.
    kept = [line for line in written.read_text().splitlines() if not line.startswith("    # ###")]
    written.write_text("\n".join(kept) + "\n")
    return written


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit("usage: python -m models.store.draft_migration NAME")
    draft(sys.argv[1])
