"""The file a backup is: a tar with the database, the seals of its audit, evidence under its SHA-256, and a manifest.

The manifest comes last, so a backup that was cut short has none, and its own SHA-256 is in its name.
"""

from __future__ import annotations

import hashlib
import io
import json
import tarfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

from models.seals import SEALS_FILE

FORMAT = 2
_READ = (1, FORMAT)
"""The first format had no seals."""
_CHUNK = 1024 * 1024
_EVIDENCE = "evidence/"
_MANIFEST = "manifest-"


class BackupError(Exception):
    """Why a backup cannot be made or restored, in a sentence for the administrator's console."""


@dataclass(frozen=True)
class Manifest:
    """What is in a backup. Sizes are in bytes; evidence is by SHA-256."""

    format: int
    version: str
    """Of the program that made it."""
    made_at: str
    revision: str
    """Of the database's schema."""
    database: str
    """The member that holds the database: its ending says of which kind it is."""
    database_sha256: str
    rows: dict[str, int]
    """How many rows each table has."""
    evidence: dict[str, int]
    """The size of each file."""
    missing: list[str]
    """Files the database knows of that were lost, or damaged, before the backup was made."""
    seals_sha256: str = ""
    """Of the seals of the audit; "" where there were none yet."""


class Writer:
    """Writes a backup into an open tar."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self._tar = tar

    def add_database(self, path: Path) -> str:
        """Adds the file under its own name and returns its SHA-256."""
        self._tar.add(path, path.name)
        return _sha256(path)

    def add_seals(self, data: bytes) -> str:
        """Adds the seals of the audit, where there are any, and returns their SHA-256."""
        if not data:
            return ""
        self._add(SEALS_FILE, data)
        return hashlib.sha256(data).hexdigest()

    def add_evidence(self, sha256: str, data: bytes) -> None:
        self._add(_EVIDENCE + sha256, data)

    def add_manifest(self, manifest: Manifest) -> None:
        data = json.dumps(asdict(manifest), ensure_ascii=False, indent=1).encode()
        self._add(f"{_MANIFEST}{hashlib.sha256(data).hexdigest()}.json", data)

    def _add(self, name: str, data: bytes) -> None:
        member = tarfile.TarInfo(name)
        member.size, member.mode = len(data), 0o600
        self._tar.addfile(member, io.BytesIO(data))


def unpack(source: Path, folder: Path) -> Manifest:
    """Writes the database to folder/<its name>, seals to folder/audit.seals where there are any, and evidence to
    folder/evidence/ab/cd/<sha256>.

    Every byte is checked against the manifest; BackupError where one differs, or something is missing.
    """
    try:
        with tarfile.open(source, "r:") as tar:
            manifest = _manifest(tar)
            _extract(tar, manifest.database, manifest.database_sha256, folder / manifest.database)
            if manifest.seals_sha256:
                _extract(tar, SEALS_FILE, manifest.seals_sha256, folder / SEALS_FILE)
            for sha256 in manifest.evidence:
                place = folder / "evidence" / sha256[:2] / sha256[2:4] / sha256
                _extract(tar, _EVIDENCE + sha256, sha256, place)
    except OSError as error:
        raise BackupError(f"{source} cannot be restored: {error.strerror or error}") from error
    except (tarfile.TarError, KeyError, ValueError, TypeError, EOFError) as error:
        raise BackupError(f"{source} is not a backup of bogobot, or is damaged: {error}") from error
    return manifest


def _manifest(tar: tarfile.TarFile) -> Manifest:
    names = [name for name in tar.getnames() if name.startswith(_MANIFEST)]
    if len(names) != 1:
        raise ValueError("it has no manifest")
    data = _opened(tar, names[0]).read()
    if names[0] != f"{_MANIFEST}{hashlib.sha256(data).hexdigest()}.json":
        raise ValueError("its manifest was changed")
    read = json.loads(data)
    if read["format"] not in _READ:
        raise ValueError(f"it has format {read['format']}, this version reads up to {FORMAT}")
    return Manifest(**read)


def _extract(tar: tarfile.TarFile, name: str, sha256: str, place: Path) -> None:
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with place.open("xb") as file:
        place.chmod(0o600)
        content = _opened(tar, name)
        while chunk := content.read(_CHUNK):
            file.write(chunk)
    if _sha256(place) != sha256:
        raise ValueError(f"{name} was changed")


def _opened(tar: tarfile.TarFile, name: str) -> IO[bytes]:
    content = tar.extractfile(name)
    if content is None:
        raise ValueError(f"{name} is no file")
    return content


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
