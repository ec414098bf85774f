"""Linking: how an account of a messenger becomes a person's, and what holds back who only guesses."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Field, Session, SQLModel, col, select

from models.audit import Actor, record
from models.clock import local_day
from models.messaging.account import Account, Messenger, use_code, used_by
from models.organization import Person, is_here
from models.store import enum_field
from models.words import Refusal

MOST_GUESSES = 5
LOCKED_FOR = timedelta(hours=1)


class Guesses(SQLModel, table=True):
    """How often codes from one address were wrong in a row, and until when none is listened to."""

    messenger: Messenger = enum_field(Messenger, "guesses_messenger", primary_key=True)
    address: str = Field(primary_key=True, max_length=120)
    wrong: int = 0
    locked_until: datetime | None = None


def link_by_code(
    session: Session, now: datetime, messenger: Messenger, address: str, code: str
) -> Account | Refusal:
    """Links the account to whoever the code was made for.

    A Refusal is returned, not raised: that the guess was wrong has to be committed.
    """
    guesses = session.get(Guesses, (messenger, address)) or Guesses(messenger=messenger, address=address)
    if guesses.locked_until is not None and guesses.locked_until > now:
        return Refusal("연결 코드가 여러 번 맞지 않았습니다. 1시간 뒤에 다시 보내 주세요.")
    try:
        person_id = use_code(session, now, code)
    except Refusal as refusal:
        # Who opens the link they were sent once more has not guessed.
        if (linked := _linked_with(session, messenger, address, code)) is not None:
            return linked
        guesses.wrong += 1
        if guesses.wrong >= MOST_GUESSES:
            guesses.wrong, guesses.locked_until = 0, now + LOCKED_FOR
            record(session, now, Actor(None, messenger.value), "account.locked", f"{messenger}:{address}")
        session.add(guesses)
        return refusal
    if guesses in session:
        session.delete(guesses)
    return link(session, now, messenger, address, person_id)


def link(session: Session, now: datetime, messenger: Messenger, address: str, person_id: int) -> Account:
    """Makes the account the person's. Whose it was before loses it, and so does an older account of this person
    on the same messenger: a telephone that was lost or handed on hears no more."""
    former = session.exec(
        select(Account)
        .where(Account.messenger == messenger)
        .where((col(Account.address) == address) | (col(Account.person_id) == person_id))
    ).all()
    for account in former:
        if account.address == address and account.person_id == person_id:
            account.unreachable_since = None
            session.add(account)
            return account
        account.address = None
        session.add(account)
    session.flush()
    account = Account(
        person_id=person_id, messenger=messenger, address=address, linked_at=now, last_used_at=now
    )
    session.add(account)
    session.flush()
    record(
        session,
        now,
        Actor(person_id, messenger.value),
        "account.link",
        f"person:{person_id}",
        address=address,
    )
    return account


def _linked_with(session: Session, messenger: Messenger, address: str, code: str) -> Account | None:
    """The account, where it is linked to whom that code was made for and used by already."""
    query = select(Account).where(Account.messenger == messenger, Account.address == address)
    account = session.exec(query).one_or_none()
    is_theirs = account is not None and account.person_id == used_by(session, code)
    return account if is_theirs else None


def person_by_email(session: Session, now: datetime, email: str) -> int | None:
    """The one person who works here under that address; None where there is none, or more than one."""
    wanted = sa.func.lower(col(Person.email)) == email.strip().lower()
    found = session.exec(
        select(Person.id).where(wanted, col(Person.email) != "", is_here(local_day(now)))
    ).all()
    return found[0] if len(found) == 1 else None
