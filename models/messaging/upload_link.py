"""Upload links: a page of the web messenger on which one person may hand in one file too large for their chat."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Field, Session, SQLModel, col

from models.store import changed_one

LINK_LASTS = timedelta(hours=1)


class UploadLink(SQLModel, table=True):
    """A one-time link, kept as a hash; what is handed in there goes into the conversation of its account."""

    __tablename__ = "upload_link"

    key_hash: str = Field(primary_key=True, max_length=64)
    account_id: int = Field(foreign_key="account.id")
    expires_at: datetime
    used_at: datetime | None = None


def make_upload_link(session: Session, now: datetime, account_id: int) -> str:
    """A fresh key for the account."""
    key = secrets.token_urlsafe(24)
    session.add(UploadLink(key_hash=_hash(key), account_id=account_id, expires_at=now + LINK_LASTS))
    return key


def find_upload_link(session: Session, now: datetime, key: str) -> UploadLink | None:
    """The link, while it may still be used."""
    link = session.get(UploadLink, _hash(key))
    return link if link is not None and link.used_at is None and link.expires_at > now else None


def use_upload_link(session: Session, now: datetime, key: str) -> bool:
    """Uses the link up; False when it was used or ran out meanwhile."""
    return changed_one(
        session,
        sa.update(UploadLink)
        .where(col(UploadLink.key_hash) == _hash(key))
        .where(col(UploadLink.used_at).is_(None), col(UploadLink.expires_at) > now)
        .values(used_at=now),
    )


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
