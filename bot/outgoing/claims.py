"""Claims: which messages this process is sending, and which were in the hands of one that is gone."""

from __future__ import annotations

import fcntl
import os
import secrets
from contextlib import suppress
from pathlib import Path
from typing import IO


class Claimant:
    """A process that sends, known by a random name. It holds a lock on a file of that name for as long as it lives,
    however it ends, so that another one knows at once what was left in the middle.

    Processes that share a database share the folder, as they share the evidence beside it.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._folder = folder
        self.name, self._file = self._begin()
        for other in list(folder.iterdir()):
            self.is_gone(other.name)

    def is_gone(self, name: str) -> bool:
        """Whether the claimant of that name has ended; its file is removed with it."""
        if name == self.name:
            return False
        try:
            file = _lock(self._folder / name, "rb")
        except FileNotFoundError:
            return True
        except BlockingIOError:
            return False
        with file:
            # Before the lock is let go: who is just beginning under that name sees that it is no longer there.
            (self._folder / name).unlink(missing_ok=True)
        return True

    def close(self) -> None:
        """Gives everything up."""
        with suppress(FileNotFoundError):
            (self._folder / self.name).unlink()
        self._file.close()

    def _begin(self) -> tuple[str, IO[bytes]]:
        while True:
            name = secrets.token_hex(8)
            path = self._folder / name
            # Between its making and its locking another process may have taken the file for one left behind.
            with suppress(BlockingIOError):
                file = _lock(path, "ab")
                if path.exists() and os.path.samestat(path.stat(), os.fstat(file.fileno())):
                    return name, file
                file.close()


def _lock(path: Path, mode: str) -> IO[bytes]:
    file: IO[bytes] = path.open(mode)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        raise
    return file
