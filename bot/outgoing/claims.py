"""Claims: which messages this process is sending, and which were in the hands of one that is gone."""

from __future__ import annotations

import fcntl
import secrets
from contextlib import suppress
from pathlib import Path
from typing import IO


class Claimant:
    """A process that sends, known by a random name. It holds a lock on a file of that name for as long as it lives,
    however it ends, so that another one knows at once what was left in the middle."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.name = secrets.token_hex(8)
        self._folder = folder
        self._file = self._lock(folder / self.name, create=True)

    def is_gone(self, name: str) -> bool:
        """Whether the claimant of that name has ended; its file is removed with it."""
        if name == self.name:
            return False
        try:
            self._lock(self._folder / name).close()
        except FileNotFoundError:
            return True
        except BlockingIOError:
            return False
        (self._folder / name).unlink(missing_ok=True)
        return True

    def close(self) -> None:
        """Gives everything up."""
        with suppress(FileNotFoundError):
            (self._folder / self.name).unlink()
        self._file.close()

    def _lock(self, path: Path, *, create: bool = False) -> IO[bytes]:
        file = path.open("ab" if create else "rb")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
            raise
        return file
