"""Where the bytes of evidence are: each file once, under its SHA-256."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from models.evidence.child import inspect
from models.evidence.kinds import FileKind
from models.evidence.names import clean_name
from models.words import Refusal

MIB = 1024 * 1024
CAP = 50 * MIB
_SHA256 = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True)
class Kept:
    """A file that is safely in the vault; `size` in bytes."""

    sha256: str
    size: int
    kind: FileKind
    name: str


class Vault:
    """A folder of files: root/ab/cd/<sha256>, and root/incoming for those still on their way.

    Everything here blocks. What it writes is on the disk, not only in memory, when `keep` returns.
    """

    def __init__(self, root: Path, cap: int = CAP) -> None:
        self.cap = cap
        self._root = root
        self._incoming = root / "incoming"

    @contextmanager
    def receiving(self) -> Iterator[Incoming]:
        """A file on its way in; what was not kept by the end of the block is gone."""
        self._incoming.mkdir(mode=0o700, parents=True, exist_ok=True)
        incoming = Incoming(self, self._incoming / secrets.token_hex(16))
        try:
            yield incoming
        finally:
            incoming.discard()

    def path(self, sha256: str) -> Path:
        """Where the file is; Refusal where it is missing, ValueError where that is no SHA-256."""
        path = self.place(sha256)
        if not path.is_file():
            raise Refusal("보관된 파일을 찾을 수 없습니다. 관리자에게 알려 주세요.")
        return path

    def place(self, sha256: str) -> Path:
        """Where a file of that hash belongs, whether it is there or not."""
        if not _SHA256.fullmatch(sha256):
            raise ValueError("not a SHA-256 in small hex digits")
        return self._root / sha256[:2] / sha256[2:4] / sha256

    def verify(self, sha256: str) -> bool:
        """Whether the file is there and its bytes are still those that were kept."""
        path = self.place(sha256)
        if not path.is_file():
            return False
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == sha256

    def all_hashes(self) -> Iterator[str]:
        """Every file in the vault by its SHA-256, for backups and checks."""
        for path in sorted(self._root.glob("??/??/*")):
            if _SHA256.fullmatch(path.name):
                yield path.name

    def sweep(self, older_than: datetime) -> int:
        """Removes what was left on its way in before that instant; how many there were."""
        swept = 0
        for path in self._incoming.glob("*"):
            with suppress(FileNotFoundError):  # it may be kept or discarded at this very moment
                if datetime.fromtimestamp(path.stat().st_mtime, UTC) < older_than:
                    path.unlink()
                    swept += 1
        return swept


class Incoming:
    """One file on its way into the vault."""

    def __init__(self, vault: Vault, path: Path) -> None:
        self._vault = vault
        self.path = path
        path.touch(mode=0o600, exist_ok=False)
        self._file = path.open("wb")
        self._hash = hashlib.sha256()
        self._size = 0

    def write(self, chunk: bytes) -> None:
        """Takes the next bytes; Refusal as soon as there are more than the vault's cap."""
        self._size += len(chunk)
        if self._size > self._vault.cap:
            self.discard()
            raise too_large(self._vault.cap)
        self._hash.update(chunk)
        self._file.write(chunk)

    def keep(self, name: str) -> Kept:
        """Inspects the file and puts it in its place; Refusal where it is not in order."""
        self._file.flush()
        os.fsync(self._file.fileno())
        name = clean_name(name)
        inspected = inspect(self.path, name)
        sha256 = self._hash.hexdigest()
        place = self._vault.place(sha256)
        if not self._vault.verify(sha256):
            place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.path.replace(place)
        for folder in list(place.parents)[:3]:
            _sync_folder(folder)
        return Kept(sha256, self._size, inspected.kind, name)

    def discard(self) -> None:
        """Closes the file and removes what is still on its way."""
        self._file.close()
        self.path.unlink(missing_ok=True)


def too_large(cap: int) -> Refusal:
    """The refusal of a file over `cap` bytes; for a messenger that says the size before the bytes."""
    return Refusal("파일이 {cap}MB를 넘습니다. 나누거나 줄여서 올려 주세요.", cap=cap // MIB)


def _sync_folder(folder: Path) -> None:
    """A new name in a folder survives a power cut only once the folder itself is on the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
