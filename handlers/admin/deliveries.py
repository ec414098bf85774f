"""How the bot's messages fare on each messenger: what was sent, what waits, and what failed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, func, select

from handlers.admin.home import ADMIN
from handlers.dialogue.book import Data
from handlers.dialogue.screens import Notice, Screen
from handlers.dialogue.talk import Talk
from handlers.dialogue.text import Bold, Code, Line, lines
from handlers.wording import counted
from models.messaging.account import Account, Messenger
from models.messaging.arrival import Arrival, ArrivalState
from models.messaging.outbox import Outbox, Sending, count_by_state, is_failure
from models.organization import Person, is_here
from models.period import administering
from models.words import Phrase, say

MESSENGERS = {
    Messenger.WEB: say("웹 메신저"),
    Messenger.TELEGRAM: say("텔레그램"),
    Messenger.SLACK: say("슬랙"),
}
_MOST_SHOWN = 10


def show(talk: Talk, _data: Data) -> Screen:
    """One line a messenger that is in use, then who cannot be reached and what was not delivered."""
    administering(talk.doer)
    told: list[Line] = [Bold(say("알림 발송 상태")), *_counts(talk), *_unreachable(talk), *_failures(talk)]
    return Notice(lines(*told), buttons=[ADMIN])


def _counts(talk: Talk) -> list[Line]:
    counts = _without_what_did_not_fail(talk.session)
    kept = select(Arrival.messenger, func.count()).where(Arrival.state == ArrivalState.FAILED)
    failed = dict(talk.session.exec(kept.group_by(col(Arrival.messenger))).all())
    used = {messenger for messenger, _ in counts} | set(failed)
    told: list[Line] = []
    for messenger in (one for one in Messenger if one in used):
        if fared := {state: counts[messenger, state] for state in Sending if (messenger, state) in counts}:
            told.append(say("{messenger}: {counts}", messenger=MESSENGERS[messenger], counts=_fared(fared)))
        if messenger in failed:
            told.append(
                say(
                    "{messenger}에서 받았으나 처리하지 못한 메시지 {count}건",
                    messenger=MESSENGERS[messenger],
                    count=failed[messenger],
                )
            )
    return told


def _without_what_did_not_fail(session: Session) -> dict[tuple[Messenger, Sending], int]:
    """The counts; of what was given up, only what somebody was not told that they should have been."""
    counts = {key: count for key, count in count_by_state(session).items() if key[1] is not Sending.DEAD}
    failed = sa.select(col(Outbox.messenger), sa.func.count()).where(is_failure())
    for messenger, count in session.execute(failed.group_by(col(Outbox.messenger))):
        counts[messenger, Sending.DEAD] = count
    return counts


def failures_since(session: Session, at: datetime) -> int:
    """How many messages were given up since, of those that somebody should have been told."""
    query = select(func.count()).select_from(Outbox).where(is_failure(), col(Outbox.made_at) > at)
    return session.exec(query).one()


def _fared(counts: Mapping[Sending, int]) -> Phrase:
    sent, dead = counts.get(Sending.SENT, 0), counts.get(Sending.DEAD, 0)
    waiting = counts.get(Sending.TODO, 0) + counts.get(Sending.SENDING, 0)
    unknown = counts.get(Sending.UNKNOWN, 0)
    return counted(
        (sent, say("보냄 {count}건", count=sent)),
        (waiting, say("대기 {count}건", count=waiting)),
        (unknown, say("확인 불가 {count}건", count=unknown)),
        (dead, say("실패 {count}건", count=dead)),
    )


def _unreachable(talk: Talk) -> list[Line]:
    """Those who work here, by an account that was given up; the newest first."""
    query = (
        select(Account, Person)
        .join(Person, col(Person.id) == col(Account.person_id))
        .where(col(Account.unreachable_since).is_not(None), col(Account.address).is_not(None))
        .where(is_here(talk.today))
        .order_by(col(Account.unreachable_since).desc(), col(Account.id))
    )
    found = talk.session.exec(query.limit(_MOST_SHOWN)).all()
    told: list[Line] = ["", Bold(say("알림이 닿지 않는 계정"))] if found else []
    return told + [
        say(
            "{name} · {messenger} · {at}부터",
            name=person.name,
            messenger=MESSENGERS[account.messenger],
            at=account.unreachable_since or talk.now,
        )
        for account, person in found
    ]


def _failures(talk: Talk) -> list[Line]:
    """The last that were not delivered, with the reason as the bot has it, for whoever looks after it."""
    query = (
        select(Outbox, Person)
        .join(Account, col(Account.id) == col(Outbox.account_id))
        .join(Person, col(Person.id) == col(Account.person_id))
        .where(is_failure())
        .order_by(col(Outbox.id).desc())
    )
    found = talk.session.exec(query.limit(_MOST_SHOWN)).all()
    told: list[Line] = ["", Bold(say("최근 발송 실패"))] if found else []
    for row, person in found:
        about = say(
            "{name} · {messenger} · {at}",
            name=person.name,
            messenger=MESSENGERS[row.messenger],
            at=row.sent_at or row.made_at,
        )
        told.append((about, " ", Code(row.fault or "-")))
    return told
