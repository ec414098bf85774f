"""Brings a city back from a backup: all of it, or nothing."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

import sqlalchemy as sa

from bot.database.archive import BackupError, Manifest, unpack
from bot.database.dump import POSTGRESQL, SQLITE, load_postgresql, sqlite_path
from models.seals import SEALS_FILE
from models.store import Database
from models.store.schema import knows


def restore(source: Path, database_url: str, evidence_dir: Path, seals: Path) -> Manifest:
    """Fills an empty database and an empty folder of evidence with what is in the backup, and brings its seals back.

    BackupError, and nothing changed, where either holds something, where there are seals that the backup does not
    have, or where the backup is not what it was.
    """
    _must_be_empty(database_url, evidence_dir)
    evidence_dir.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".bogobot-restore-", dir=evidence_dir.parent) as working:
        manifest = unpack(source, Path(working))
        _must_fit(manifest, database_url)
        sealed = (Path(working) / SEALS_FILE).read_bytes() if manifest.seals_sha256 else b""
        _must_not_lose(seals, sealed)
        files = Path(working) / "evidence"
        files.mkdir(mode=0o700, exist_ok=True)
        os.sync()
        if evidence_dir.exists():
            shutil.rmtree(evidence_dir)
        files.replace(evidence_dir)
        had_seals = seals.exists()
        try:
            if sealed:
                (Path(working) / SEALS_FILE).replace(seals)
            _place(Path(working) / manifest.database, database_url)
        except BaseException:
            shutil.rmtree(evidence_dir)
            if not had_seals:
                seals.unlink(missing_ok=True)
            raise
    return manifest


def _must_be_empty(database_url: str, evidence_dir: Path) -> None:
    if any(path.is_file() for path in evidence_dir.rglob("*")):
        raise BackupError(f"{evidence_dir} holds files already. Restore into an empty folder.")
    if database_url.startswith("sqlite"):
        path = sqlite_path(database_url)
        journal = path.with_name(path.name + "-wal")
        if not path.exists() and journal.exists():
            raise BackupError(f"{journal} is left of another database. Move it away first.")
        if not path.exists():
            return
    database = Database(database_url)
    with database.read() as session:
        tables = sa.inspect(session.connection()).get_table_names()
    database.close()
    if tables:
        raise BackupError("The database holds a city already. Restore into an empty one.")


def _must_fit(manifest: Manifest, database_url: str) -> None:
    wanted = SQLITE if database_url.startswith("sqlite") else POSTGRESQL
    if manifest.database != wanted:
        raise BackupError(
            f"The backup holds {manifest.database}, but BOGOBOT_DATABASE_URL asks for {wanted}."
        )
    if not knows(manifest.revision):
        raise BackupError(
            f"The backup was made by version {manifest.version}, which is newer than this one. Upgrade first."
        )


def _must_not_lose(seals: Path, sealed: bytes) -> None:
    """Refuses where seals stand that would be overwritten, or could not hold against what is restored."""
    if seals.exists() and not sealed.startswith(seals.read_bytes()):
        raise BackupError(
            f"{seals} has seals that are not in the backup: of what was done after it, or of another city. "
            "Move the file away, and keep it."
        )


def _place(dumped: Path, database_url: str) -> None:
    if dumped.name == POSTGRESQL:
        load_postgresql(database_url, dumped)
        return
    path = sqlite_path(database_url)
    path.parent.mkdir(parents=True, exist_ok=True)
    # The database may be on another disk than the evidence; into its place it goes in one step.
    unfinished = path.with_name(path.name + ".unfinished")
    try:
        shutil.move(dumped, unfinished)
        os.sync()
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
