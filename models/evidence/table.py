"""What the database knows of files: each stored once by its hash, each use of it a row."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Field, Session, SQLModel, col, select

from models.evidence.kinds import FileKind
from models.evidence.vault import Kept
from models.store import enum_field
from models.words import Refusal


class StoredFile(SQLModel, table=True):
    """Bytes in the vault, known by their SHA-256."""

    __tablename__ = "stored_file"

    sha256: str = Field(primary_key=True, max_length=64)
    size: int
    kind: FileKind = enum_field(FileKind, "file_kind")
    stored_at: datetime


class Parcel(SQLModel, table=True):
    """A file on its way: handed in by a person and not used yet, or made for a person to take away."""

    id: str = Field(primary_key=True, max_length=32)
    owner_id: int = Field(foreign_key="person.id", index=True)
    sha256: str = Field(foreign_key="stored_file.sha256")
    name: str = Field(max_length=200)
    size: int
    at: datetime


class EvidenceFile(SQLModel, table=True):
    """A file handed in as evidence with one version of a report."""

    __tablename__ = "evidence_file"

    id: int | None = Field(default=None, primary_key=True)
    version_id: int = Field(foreign_key="submission_version.id", index=True)
    sha256: str = Field(foreign_key="stored_file.sha256", index=True)
    name: str = Field(max_length=200)
    size: int
    uploaded_by_id: int = Field(foreign_key="person.id")
    uploaded_at: datetime


def receive(session: Session, now: datetime, owner_id: int, kept: Kept) -> Parcel:
    """Notes a file that the vault has kept, as its owner's."""
    if session.get(StoredFile, kept.sha256) is None:
        session.add(StoredFile(sha256=kept.sha256, size=kept.size, kind=kept.kind, stored_at=now))
        session.flush()
    parcel = Parcel(
        id=secrets.token_urlsafe(16),
        owner_id=owner_id,
        sha256=kept.sha256,
        name=kept.name,
        size=kept.size,
        at=now,
    )
    session.add(parcel)
    session.flush()
    return parcel


def parcels(session: Session, owner_id: int, ids: Sequence[str]) -> list[Parcel]:
    """The parcels of that owner in the order asked for; another's, or one that is gone, is refused."""
    found = {
        parcel.id: parcel
        for parcel in session.exec(select(Parcel).where(col(Parcel.id).in_(ids), Parcel.owner_id == owner_id))
    }
    if missing := [one for one in ids if one not in found]:
        raise Refusal("올리신 파일 {count}개를 찾을 수 없습니다. 다시 올려 주세요.", count=len(missing))
    return [found[one] for one in ids]


def evidence_of(session: Session, version_id: int) -> list[EvidenceFile]:
    """The evidence of one version of a report, in the order it was handed in."""
    query = select(EvidenceFile).where(EvidenceFile.version_id == version_id)
    return list(session.exec(query.order_by(col(EvidenceFile.id))))
