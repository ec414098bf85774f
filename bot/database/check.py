"""Whether a city's data is in order: the database, the evidence, the audit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import sqlalchemy as sa
from sqlmodel import Session, col, select

from models import audit
from models.evidence.table import EvidenceFile, StoredFile
from models.evidence.vault import Vault
from models.store import Database
from models.store.schema import is_current
from models.submission import SubmissionVersion


@dataclass
class Findings:
    """What was found, in words for the administrator's console."""

    faults: list[str] = field(default_factory=list)
    orphans: list[str] = field(default_factory=list)
    """Files in the vault that no row speaks of: harmless, and for a moment every file on its way in is one."""
    checked: int = 0
    """How many files were read and found as they were kept."""


def check(database: Database, vault: Vault) -> Findings:
    """Reads everything there is; takes as long as reading all the evidence does."""
    findings = Findings()
    if not is_current(database):
        findings.faults.append("The database is of another version. Run: bogobot db upgrade")
        return findings
    there = set(vault.all_hashes())
    with database.read() as session:
        if database.is_sqlite:
            findings.faults += _of_sqlite(session)
        findings.faults += [f"audit: {fault}" for fault in audit.verify(session)]
        users = dict(_users(session))
    for sha256, used in users.items():
        if vault.verify(sha256):
            findings.checked += 1
        else:
            how = "is damaged" if vault.place(sha256).is_file() else "is missing"
            findings.faults.append(f"evidence {sha256} {how}: {', '.join(used) or 'not used by any report'}")
    findings.orphans = sorted(there - users.keys())
    return findings


def _of_sqlite(session: Session) -> Iterator[str]:
    for (said,) in session.execute(sa.text("PRAGMA integrity_check")):
        if said != "ok":
            yield f"database: {said}"
    for table, row, parent, _ in session.execute(sa.text("PRAGMA foreign_key_check")):
        yield f"database: row {row} of {table} points at a row of {parent} that is not there"


def _users(session: Session) -> Iterator[tuple[str, list[str]]]:
    """Every stored file, and the evidence of which reports it is."""
    found: dict[str, list[str]] = {sha256: [] for sha256 in session.exec(select(StoredFile.sha256))}
    rows = session.exec(
        select(EvidenceFile.sha256, EvidenceFile.name, SubmissionVersion.submission_id)
        .join(SubmissionVersion, col(SubmissionVersion.id) == col(EvidenceFile.version_id))
        .order_by(col(EvidenceFile.id))
    )
    for sha256, name, submission_id in rows:
        # A row may point at nothing, which is found above.
        found.setdefault(sha256, []).append(f"{name} (submission:{submission_id})")
    yield from found.items()
