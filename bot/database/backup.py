"""Backs a running city up into one file."""

from __future__ import annotations

import hashlib
import os
import tarfile
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.database.archive import FORMAT, BackupError, Manifest, Writer
from bot.database.dump import Contents, dump
from models.evidence.vault import Vault
from models.store import Database


def backup(database: Database, vault: Vault, seals: Path, target: Path, now: datetime) -> Manifest:
    """Writes everything the city keeps into the file `target`, which must not be there yet.

    Evidence that is lost or damaged does not stop it: the manifest names it under `missing`.
    """
    folder = target.absolute().parent
    if target.exists():
        raise BackupError(f"{target} is there already. Give the backup another name.")
    if not folder.is_dir():
        raise BackupError(f"{folder} is no folder. Make it first.")
    with TemporaryDirectory(prefix=".bogobot-backup-", dir=folder) as working:
        # A row is in the database before any seal speaks of it, so the seals are read before the database; a file is
        # in the vault before any row speaks of it, so the vault is read after it.
        sealed = seals.read_bytes() if seals.exists() else b""
        path, contents = dump(database, Path(working))
        unfinished = Path(working) / "backup.tar"
        with unfinished.open("wb") as file:
            with tarfile.open(fileobj=file, mode="w") as tar:
                manifest = _write(Writer(tar), path, contents, sealed, vault, now)
            file.flush()
            os.fsync(file.fileno())
        unfinished.chmod(0o600)
        unfinished.replace(target)
    return manifest


def _write(
    writer: Writer, database: Path, contents: Contents, sealed: bytes, vault: Vault, now: datetime
) -> Manifest:
    database_sha256 = writer.add_database(database)
    seals_sha256 = writer.add_seals(sealed)
    evidence: dict[str, int] = {}
    missing: list[str] = []
    for sha256 in contents.files:
        data = _intact(vault.place(sha256), sha256)
        if data is None:
            missing.append(sha256)
        else:
            writer.add_evidence(sha256, data)
            evidence[sha256] = len(data)
    manifest = Manifest(
        format=FORMAT,
        version=version("bogobot"),
        made_at=now.isoformat(),
        revision=contents.revision,
        database=database.name,
        database_sha256=database_sha256,
        rows=contents.rows,
        evidence=evidence,
        missing=missing,
        seals_sha256=seals_sha256,
    )
    writer.add_manifest(manifest)
    return manifest


def _intact(path: Path, sha256: str) -> bytes | None:
    """The file's bytes, which fit into memory by the vault's cap; None where they are not those kept."""
    try:
        data = path.read_bytes()
    except OSError:
        return None
    return data if hashlib.sha256(data).hexdigest() == sha256 else None
