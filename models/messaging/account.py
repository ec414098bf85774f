"""Accounts of people on messengers, and the one-time codes that link them."""

from __future__ import annotations

import hashlib
import secrets
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cache, lru_cache

import sqlalchemy as sa
from sqlmodel import Field, Session, SQLModel, col, select

from models.audit import Actor, record
from models.clock import local_day
from models.organization import Person, is_here
from models.store import changed_one, enum_field
from models.words import Refusal

CODE_LASTS = timedelta(hours=24)
# Without 0, 1, I, L, O and U: read aloud over the telephone, none is taken for another.
_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
_CODE_LENGTH = 10


class Messenger(StrEnum):
    """Where a person can be talked to."""

    WEB = "web"
    TELEGRAM = "telegram"
    SLACK = "slack"


class Account(SQLModel, table=True):
    """A person's account on a messenger, known there by an id that cannot be taken over, never by a name."""

    __table_args__ = (sa.UniqueConstraint("messenger", "address"),)

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    messenger: Messenger = enum_field(Messenger, "messenger")
    address: str | None = Field(default=None, max_length=120)
    """Nothing once it was unlinked: the row stays for what was said on it, and hears no more."""
    linked_at: datetime
    last_used_at: datetime
    unreachable_since: datetime | None = None


class LinkCode(SQLModel, table=True):
    """A one-time code, kept as a hash, that links whoever brings it to a person."""

    __tablename__ = "link_code"

    code_hash: str = Field(primary_key=True, max_length=64)
    person_id: int = Field(foreign_key="person.id")
    made_at: datetime
    expires_at: datetime
    used_at: datetime | None = None


def make_code(session: Session, now: datetime, actor: Actor, person_id: int) -> str:
    """A fresh code for the person; codes made for them before and not used yet are void from now on."""
    session.execute(
        sa.update(LinkCode)
        .where(col(LinkCode.person_id) == person_id, col(LinkCode.used_at).is_(None))
        .values(expires_at=now)
    )
    code = "".join(secrets.choice(_ALPHABET) for _ in range(_CODE_LENGTH))
    session.add(
        LinkCode(code_hash=_hash(code), person_id=person_id, made_at=now, expires_at=now + CODE_LASTS)
    )
    record(session, now, actor, "account.code", f"person:{person_id}")
    return code


def reachable_account(session: Session, person_id: int, *, outside: bool = False) -> Account | None:
    """Where to write to a person: the account they used last, of those that can be reached; `outside`, of those
    on messengers that are not our own."""
    return session.execute(_reachable(outside), {"person": person_id}).scalars().first()


@cache
def _reachable(outside: bool) -> sa.Select[Account]:
    """Put together once: it is asked for everybody who is told something."""
    query = sa.select(Account).where(
        col(Account.person_id) == sa.bindparam("person"),
        col(Account.unreachable_since).is_(None),
        col(Account.address).is_not(None),
    )
    if outside:
        query = query.where(col(Account.messenger) != Messenger.WEB)
    return query.order_by(col(Account.last_used_at).desc(), col(Account.id))


def find_linked(
    session: Session, now: datetime, messenger: Messenger, address: str
) -> tuple[Account, Person] | None:
    """The account of that address and its person; None where nobody who works here is linked to it."""
    wanted = {"messenger": messenger, "address": address}
    found = session.execute(linked(local_day(now)), wanted).one_or_none()
    return found and (found[0], found[1])


@lru_cache(maxsize=2)
def linked(today: date) -> sa.Select[Account, Person]:
    """An account and its person, if they work here on that day."""
    return (
        sa.select(Account, Person)
        .join(Person, col(Person.id) == col(Account.person_id))
        .where(col(Account.messenger) == sa.bindparam("messenger"))
        .where(col(Account.address) == sa.bindparam("address"), is_here(today))
    )


def web_account(session: Session, now: datetime, person_id: int) -> Account:
    """The person's account on the web messenger, whose address is the person itself."""
    address = str(person_id)
    account = session.exec(
        select(Account).where(Account.messenger == Messenger.WEB, Account.address == address)
    ).one_or_none()
    if account is None:
        account = Account(
            person_id=person_id, messenger=Messenger.WEB, address=address, linked_at=now, last_used_at=now
        )
        session.add(account)
        session.flush()
    return account


def use_code(session: Session, now: datetime, code: str) -> int:
    """Uses up a code and returns whose it is; Refusal when it is wrong, used, or too old."""
    key = _key_of(code)
    used = changed_one(
        session,
        sa.update(LinkCode)
        .where(
            col(LinkCode.code_hash) == key, col(LinkCode.used_at).is_(None), col(LinkCode.expires_at) > now
        )
        .values(used_at=now),
    )
    found = session.exec(
        select(LinkCode.person_id)
        .join(Person, col(Person.id) == col(LinkCode.person_id))
        .where(LinkCode.code_hash == key, is_here(local_day(now)))
    ).one_or_none()
    if not used or found is None:
        raise Refusal("연결 코드가 맞지 않거나 기한이 지났습니다. 관리자에게 새 코드를 요청해 주세요.")
    return found


def used_by(session: Session, code: str) -> int | None:
    """Whose a code is that was used up already."""
    used = select(LinkCode.person_id).where(LinkCode.code_hash == _key_of(code))
    return session.exec(used.where(col(LinkCode.used_at).is_not(None))).one_or_none()


def _key_of(code: str) -> str:
    """The key of a code, however it was typed."""
    return _hash("".join(code.upper().split()).replace("-", ""))


def _hash(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
