"""How a dialogue does work too long for a turn."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from handlers.dialogue.screens import Go
from handlers.dialogue.talk import Talk
from models.clock import Clock
from models.evidence.vault import Kept, Vault
from models.store import Database

Finish = Callable[[Talk], Go]
"""The end of an errand, in one transaction with its being marked done: what to show the person."""


@dataclass(frozen=True)
class Workshop:
    """What an errand works with: snapshots of the database, the vault, and a folder for files in the making."""

    database: Database
    vault: Vault
    clock: Clock
    folder: Path

    def keep(self, made: Path, name: str) -> Kept:
        """Puts a file that was made into the vault, under the name people get it by."""
        with self.vault.receiving() as incoming:
            incoming.write(made.read_bytes())
            return incoming.keep(name)


Work = Callable[[Workshop, Mapping[str, Any]], Finish]
"""The long part of an errand. It writes nothing to the database and may be done twice without harm."""
