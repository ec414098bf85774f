"""What a window gets when it connects: who this is, the words of the page, and the talk so far."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from bot.web.draw import FileLinks, draw_line
from bot.web.hub import Event
from bot.web.limits import HISTORY
from bot.web.page import page_words
from handlers.account.home import ROLE_NAMES
from models.clock import local_day
from models.evidence.kinds import FileKind
from models.messaging.account import Account
from models.messaging.web import WebLine, lines
from models.organization import Department, Person
from models.rights import standing_of
from models.words import translator
from models.words.shown import shown_datetime


def welcome(session: Session, now: datetime, account_id: int, links: FileLinks, cap: int) -> Event:
    """The first event of a window."""
    person, department = session.exec(
        select(Person, Department)
        .join(Account, col(Account.person_id) == col(Person.id))
        .join(Department, col(Department.id) == col(Person.department_id), isouter=True)
        .where(Account.id == account_id)
    ).one()
    translate = translator(person.locale)
    assert person.id is not None
    roles = dict.fromkeys(held.role for held in standing_of(session, person.id, local_day(now)).holdings)
    return {
        "op": "welcome",
        "person": {
            "name": person.name,
            "title": person.title,
            "department": department.name if department else "",
            "roles": [translate(ROLE_NAMES[role]) for role in roles],
        },
        "locale": translate.locale,
        "words": page_words(translate.locale),
        "now": shown_datetime(now, translate.locale, translate.zone),
        "limits": {"file": cap, "accept": ",".join(f".{kind}" for kind in FileKind)},
    } | history(session, account_id, translate.locale, links, None, HISTORY)


def history(
    session: Session, account_id: int, locale: str, links: FileLinks, before: int | None, count: int
) -> dict[str, Any]:
    """The last `count` lines of the talk before a given one, and whether there are older ones."""
    found = lines(session, account_id, before, count + 1)
    shown = found[-count:]
    return {"lines": [draw_line(line, locale, links) for line in shown], "more": len(found) > count}


def needs_first_screen(session: Session, account_id: int) -> bool:
    """Whether nothing was ever said in this talk."""
    return session.exec(select(WebLine.id).where(WebLine.account_id == account_id).limit(1)).first() is None
