"""Somebody whom no messenger reaches any more: told to the administrators, who can reach them another way."""

from __future__ import annotations

from handlers.admin.deliveries import MESSENGERS
from handlers.admin.home import ADMIN
from handlers.dialogue.book import Data
from handlers.dialogue.screens import Button, Go, Notice, Screen, Style, Tone
from handlers.dialogue.talk import Talk
from handlers.dialogue.text import Bold, lines
from models.messaging.account import Account
from models.organization import Department, Person
from models.period import administering
from models.words import say


def show(talk: Talk, data: Data) -> Screen:
    """Who, on which messenger, since when, and what to do."""
    administering(talk.doer)
    account = talk.session.get_one(Account, data["account"])
    person = talk.session.get_one(Person, account.person_id)
    place = talk.session.get(Department, person.department_id) if person.department_id else None
    who = say("{department} {name}", department=place.name, name=person.name) if place else person.name
    messenger = MESSENGERS[account.messenger]
    if account.unreachable_since is None:
        told = say("{who} 님에게 {messenger:으로/로} 다시 연락이 닿습니다.", who=who, messenger=messenger)
        return Notice(lines(told), buttons=[ADMIN], tone=Tone.GOOD)
    return Notice(
        lines(
            Bold(say("{who} 님에게 연락이 닿지 않습니다.", who=who)),
            say(
                "{at}부터 {messenger:으로/로} 알림을 보낼 수 없고, 연결된 다른 메신저도 없습니다.",
                at=account.unreachable_since,
                messenger=messenger,
            ),
            say("전화나 쪽지로 알리고, 다시 연결하도록 새 연결 코드를 전해 주세요."),
        ),
        buttons=[Button(say("연결 코드 만들기"), Go("admin.codes"), Style.PRIMARY), ADMIN],
        tone=Tone.WARNING,
    )
