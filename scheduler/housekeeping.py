"""What is thrown away by the clock: keys, codes, logins and buttons that are too old to be of use."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col

from models.messaging.account import LinkCode
from models.messaging.inbox import forget_before
from models.messaging.web import WebSession

# Slack retries for minutes and Telegram keeps an update for a day; a phone may be off for longer than either.
INBOX_KEPT = timedelta(days=30)
CODES_KEPT = timedelta(days=30)
UPLOADS_KEPT = timedelta(hours=1)


def tidy(session: Session, now: datetime, machine_now: datetime) -> None:
    """Idempotent; logins are old by the machine's clock, everything else by the city's."""
    forget_before(session, now - INBOX_KEPT)
    session.execute(sa.delete(LinkCode).where(col(LinkCode.expires_at) < now - CODES_KEPT))
    session.execute(sa.delete(WebSession).where(col(WebSession.expires_at) < machine_now))
