"""Logins of the web messenger: a one-time code is turned into a session, whose key a signed cookie carries."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from itsdangerous import BadData, URLSafeSerializer
from sqlmodel import Session, col, select

from bot.web.limits import SESSION_IDLES, SESSION_LASTS
from models.audit import Actor, record
from models.clock import Clock, local_day
from models.messaging.account import Account, use_code, web_account
from models.messaging.web import WebSession
from models.organization import Person, is_here

COOKIE = "bogobot"
_NOTED_EVERY = timedelta(minutes=1)


@dataclass(frozen=True)
class LoggedIn:
    """Who a session belongs to."""

    account_id: int
    person_id: int
    locale: str


class Sessions:
    """Makes and recognises sessions; the database keeps only the hash of a session's key.

    A login lasts by the machine's clock: the demo's clock, which can be moved, does not log anybody out.
    """

    def __init__(self, signing_key: str, machine: Clock, city: Clock) -> None:
        self._signer = URLSafeSerializer(signing_key, salt="session")
        self._machine = machine
        self._city = city

    def log_in(self, session: Session, code: str) -> str:
        """Uses up the code and begins a session for its person; Refusal when the code is not good."""
        now = self._city.now()
        account = web_account(session, now, use_code(session, now, code))
        record(session, now, Actor(account.person_id, "web"), "account.login", f"person:{account.person_id}")
        return self.begin(session, account)

    def begin(self, session: Session, account: Account) -> str:
        """A new session, as the signed value that its cookie carries."""
        assert account.id is not None
        key, now = secrets.token_urlsafe(32), self._machine.now()
        session.add(
            WebSession(
                key_hash=_hash(key),
                account_id=account.id,
                began_at=now,
                seen_at=now,
                expires_at=now + SESSION_LASTS,
            )
        )
        signed = self._signer.dumps(key)
        return signed if isinstance(signed, str) else signed.decode()

    def who(self, session: Session, value: str | None) -> LoggedIn | None:
        """Whose session the value is; None when it is forged, over, idle too long, or the person has left."""
        found = self._find(session, value)
        if found is None:
            return None
        row = session.exec(
            select(Account, Person)
            .join(Person, col(Person.id) == col(Account.person_id))
            .where(Account.id == found.account_id, is_here(local_day(self._city.now())))
        ).one_or_none()
        if row is None or row[0].id is None or row[1].id is None:
            return None
        return LoggedIn(row[0].id, row[1].id, row[1].locale)

    def seen(self, session: Session, value: str | None) -> LoggedIn | None:
        """As `who`, and keeps the session from idling out. Asked at every message: a login can end meanwhile."""
        now, found = self._machine.now(), self._find(session, value)
        if found is not None and found.seen_at + _NOTED_EVERY < now:
            found.seen_at = now
            session.add(found)
        return self.who(session, value)

    def log_out(self, session: Session, value: str | None) -> None:
        if found := self._find(session, value):
            session.delete(found)

    def _find(self, session: Session, value: str | None) -> WebSession | None:
        try:
            key: Any = self._signer.loads(value or "")
        except (BadData, UnicodeError):
            return None
        found, now = session.get(WebSession, _hash(str(key))), self._machine.now()
        if found is None or found.expires_at <= now or found.seen_at + SESSION_IDLES <= now:
            return None
        return found


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
