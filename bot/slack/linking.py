"""The door: who may come in, and how somebody becomes known, by a one-time code or by their e-mail."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col, select

from bot.parts import Parts
from bot.slack.people import People
from bot.slack.read import Someone
from bot.slack.turns import Turns
from bot.turn import Incoming, Outcome, take_turn, was_taken
from handlers.dialogue.answers import Arrived
from models.clock import local_day
from models.messaging.account import Account, Messenger
from models.messaging.inbox import first_time
from models.messaging.linking import link, link_by_code, person_by_email
from models.organization import Person, is_here
from models.words import Phrase, Refusal, say

_STRANGERS_WAIT = timedelta(minutes=1)
_MOST_REMEMBERED = 10_000
_ASKED = re.compile(r"(?:연결|link)[\s:]\s*([0-9A-Za-z][0-9A-Za-z\s-]{2,38})", re.IGNORECASE | re.ASCII)
_CODE = re.compile(r"[0-9A-Za-z]{8,14}", re.ASCII)
_SEPARATORS = re.compile(r"[\s-]+")
_STRANGER = say("보고봇을 쓰시려면 관리자에게 받은 연결 코드를 보고봇과의 대화에 보내 주세요.")
LINKED = say("보고봇에 연결되었습니다. 보고봇과의 대화에서 이어서 하실 수 있습니다.")


@dataclass(frozen=True)
class Known:
    """Somebody of the city, who may take a turn."""

    locale: str


@dataclass(frozen=True)
class Answered:
    """No turn is taken: there is only this to say. `is_common`: to anybody who comes, and not again and again."""

    phrase: Phrase
    locale: str
    is_common: bool = False


class Door:
    """Lets people in."""

    def __init__(self, parts: Parts, people: People, turns: Turns, by_email: bool) -> None:
        self._parts = parts
        self._people = people
        self._turns = turns
        self._by_email = by_email
        self._told: dict[str, datetime] = {}

    async def admit(self, who: Someone, text: str = "") -> Known | Answered:
        """Whether somebody may take a turn; whoever is not known may link themselves with `text`."""
        found = await self._parts.workers.read(self._find, who.address)
        if found is None:
            return await self._meet(who, text)
        unreachable_since, locale = found
        if unreachable_since is not None:
            # Their account may have been closed, or become a guest's.
            member = await self._people.look(who.user)
            if member.refusal is not None:
                return Answered(member.refusal, locale, is_common=True)
            await self._parts.workers.write(self._reach, who.address)
        if self._parts.book.is_discreet:
            return Answered(self._elsewhere, locale)
        return Known(locale)

    async def came_back(self, who: Someone) -> None:
        """Somebody is a full member, perhaps again: what there is to tell them need not wait until they come in."""
        found = await self._parts.workers.read(self._find, who.address)
        if found is not None and found[0] is not None:
            await self._parts.workers.write(self._reach, who.address)

    async def link(self, who: Someone, code: str) -> Answered:
        """Links by a code; from its first screen on they are known."""
        member = await self._people.look(who.user)
        locale = self._parts.locale
        if member.refusal is not None:
            return Answered(member.refusal, locale)
        result = await self._parts.workers.write(self._link_by_code, who, code)
        return self._welcome(result)

    def may_tell(self, who: Someone) -> bool:
        """Whether somebody was not told a common word within the last minute; it counts as told now."""
        now = self._parts.machine.now()
        if (told := self._told.get(who.address)) is not None and now - told < _STRANGERS_WAIT:
            return False
        if len(self._told) >= _MOST_REMEMBERED:
            self._told = {one: at for one, at in self._told.items() if now - at < _STRANGERS_WAIT}
        self._told[who.address] = now
        return True

    async def _meet(self, who: Someone, text: str) -> Answered:
        if code := code_in(text):
            return await self.link(who, code)
        locale = self._parts.locale
        if self._by_email:
            member = await self._people.look(who.user)
            if member.refusal is not None:
                return Answered(member.refusal, locale, is_common=True)
            result = await self._parts.workers.write(self._link_by_email, who, member.email)
            if result is not None:
                return self._welcome(result)
        return Answered(_STRANGER, locale, is_common=True)

    def _welcome(self, result: Outcome | Refusal) -> Answered:
        if isinstance(result, Refusal):
            return Answered(result.phrase, self._parts.locale)
        self._turns.send(result)
        if self._parts.book.is_discreet:
            return Answered(self._elsewhere, result.locale)
        return Answered(LINKED, result.locale)

    @property
    def _elsewhere(self) -> Phrase:
        address = self._parts.address
        return say("업무는 내부 웹 메신저에서 하실 수 있습니다: {address}", address=address)

    def _find(self, session: Session, address: str) -> tuple[datetime | None, str] | None:
        today = local_day(self._parts.clock.now())
        known = (
            select(Account.unreachable_since, Person.locale)
            .join(Person, col(Person.id) == col(Account.person_id))
            .where(Account.messenger == Messenger.SLACK, Account.address == address, is_here(today))
        )
        return session.exec(known).one_or_none()

    def _reach(self, session: Session, address: str) -> None:
        """Who is a full member and does something can be written to again, whether it becomes a turn or not."""
        here = sa.update(Account).where(col(Account.messenger) == Messenger.SLACK)
        session.execute(here.where(col(Account.address) == address).values(unreachable_since=None))

    def _link_by_code(self, session: Session, who: Someone, code: str) -> Outcome | Refusal:
        now = self._parts.clock.now()
        if was_taken(session, Messenger.SLACK, who.address, who.key):
            return Outcome(known=True, repeated=True, locale=self._parts.locale)
        linked = link_by_code(session, now, Messenger.SLACK, who.address, code)
        if isinstance(linked, Refusal):
            # A wrong guess that is brought twice counts once.
            first_time(session, f"{Messenger.SLACK}:{who.address}:{who.key}", now)
            return linked
        return self._arrive(session, now, who, linked)

    def _link_by_email(self, session: Session, who: Someone, email: str) -> Outcome | None:
        now = self._parts.clock.now()
        person_id = person_by_email(session, now, email) if email else None
        if person_id is None:
            return None
        linked = link(session, now, Messenger.SLACK, who.address, person_id)
        return self._arrive(session, now, who, linked)

    def _arrive(self, session: Session, now: datetime, who: Someone, account: Account) -> Outcome:
        """The first screen of somebody who has just been linked, in the same transaction."""
        parts = self._parts
        if parts.book.is_discreet:
            first_time(session, f"{Messenger.SLACK}:{who.address}:{who.key}", now)
            return Outcome(known=True, locale=session.get_one(Person, account.person_id).locale)
        incoming = Incoming(Messenger.SLACK, who.address, who.key, Arrived())
        return take_turn(session, now, parts.book, incoming, parts.claiming)


def code_in(text: str) -> str:
    """The one-time code somebody who is not known has sent; nothing where the words are none."""
    if asked := code_asked(text):
        return asked
    bare = _SEPARATORS.sub("", text)
    return bare if _CODE.fullmatch(bare) else ""


def code_asked(text: str) -> str:
    """The code after the word that asks for it, `연결 …` or `link …`."""
    found = _ASKED.fullmatch(text.strip())
    return found[1] if found else ""
