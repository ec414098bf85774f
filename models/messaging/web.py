"""What the web messenger keeps: the lines of each chat and who is logged in."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, Session, SQLModel, col, select

from models.store import json_field


class WebLine(SQLModel, table=True):
    """One line of a chat: a screen of the bot's, or what the person said."""

    __tablename__ = "web_line"
    __table_args__ = (sa.Index("ix_web_line_account", "account_id", "id"),)

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id")
    screen_id: int | None = Field(default=None, foreign_key="drawn_screen.id", unique=True)
    """The screen it shows; nothing for the person's own lines."""
    body: dict[str, Any] = json_field()
    at: datetime


class WebSession(SQLModel, table=True):
    """A login: the cookie carries a random key, the database its hash."""

    __tablename__ = "web_session"

    key_hash: str = Field(primary_key=True, max_length=64)
    account_id: int = Field(foreign_key="account.id", index=True)
    began_at: datetime
    seen_at: datetime
    expires_at: datetime


def lines(session: Session, account_id: int, before: int | None, limit: int) -> list[WebLine]:
    """The last `limit` lines of a chat (before a given one, to read on backwards), oldest first."""
    query = select(WebLine).where(WebLine.account_id == account_id)
    if before is not None:
        query = query.where(col(WebLine.id) < before)
    return list(session.exec(query.order_by(col(WebLine.id).desc()).limit(limit)))[::-1]
