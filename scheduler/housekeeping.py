"""What is thrown away by the clock: keys, codes, logins, links and locks that are too old to be of use."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col

from models.messaging.account import LinkCode
from models.messaging.arrival import Arrival, ArrivalState
from models.messaging.inbox import forget_before
from models.messaging.linking import Guesses
from models.messaging.upload_link import UploadLink
from models.messaging.web import WebSession

# Slack retries for minutes and Telegram keeps an update for a day; a phone may be off for longer than either.
INBOX_KEPT = timedelta(days=30)
CODES_KEPT = timedelta(days=30)
UPLOADS_KEPT = timedelta(hours=1)
LINKS_KEPT = timedelta(days=1)
LOCKS_KEPT = timedelta(days=1)
# Long enough for an administrator to see them counted and for somebody to find out why.
FAILED_ARRIVALS_KEPT = timedelta(days=30)


def tidy(session: Session, now: datetime, machine_now: datetime) -> None:
    """Idempotent; logins and arrivals are old by the machine's clock, everything else by the city's."""
    forget_before(session, now - INBOX_KEPT)
    session.execute(sa.delete(LinkCode).where(col(LinkCode.expires_at) < now - CODES_KEPT))
    session.execute(sa.delete(UploadLink).where(col(UploadLink.expires_at) < now - LINKS_KEPT))
    session.execute(sa.delete(Guesses).where(col(Guesses.locked_until) < now - LOCKS_KEPT))
    session.execute(sa.delete(WebSession).where(col(WebSession.expires_at) < machine_now))
    given_up = col(Arrival.state) == ArrivalState.FAILED
    too_old = col(Arrival.ready_at) < machine_now - FAILED_ARRIVALS_KEPT
    session.execute(sa.delete(Arrival).where(given_up, too_old))
