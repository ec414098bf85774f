"""What is thrown away by the clock: keys, codes, logins, links and locks that are too old to be of use. And what is
put away: seals of the audit.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import sqlalchemy as sa
from sqlmodel import Session, col

from models.audit import last_row
from models.messaging.account import LinkCode
from models.messaging.arrival import Arrival, ArrivalState
from models.messaging.inbox import forget_before
from models.messaging.linking import Guesses
from models.messaging.upload_link import UploadLink
from models.messaging.web import WebSession
from models.seals import append_seal, last_seal
from models.store import Database

# Slack retries for minutes and Telegram keeps an update for a day; a phone may be off for longer than either.
INBOX_KEPT = timedelta(days=30)
CODES_KEPT = timedelta(days=30)
UPLOADS_KEPT = timedelta(hours=1)
LINKS_KEPT = timedelta(days=1)
LOCKS_KEPT = timedelta(days=1)
# Long enough for an administrator to see them counted and for somebody to find out why.
FAILED_ARRIVALS_KEPT = timedelta(days=30)
SEALED_EVERY = timedelta(hours=1)


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


def seal_audit(database: Database, path: Path, machine_now: datetime) -> None:
    """Writes down how long the audit is and its last hash, if it grew and the last seal is an hour old.

    Only what is committed is sealed, and by the machine's clock: a seal says when it was really made.
    """
    last = last_seal(path)
    # A clock that stood wrong for a while must not put the next seal off for years.
    if last and last.at and timedelta() <= machine_now - last.at < SEALED_EVERY:
        return
    with database.read() as session:
        row = last_row(session)
    if row and (last is None or (row.id, row.hash) != (last.length, last.hash)):
        append_seal(path, row.id, row.hash, machine_now)
