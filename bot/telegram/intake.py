"""What Telegram brings: each update is committed, as a turn or as something kept, before it counts as taken."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from weakref import WeakValueDictionary

import structlog
import telegram
from sqlmodel import Session, select

from bot.arrivals import Arrivals
from bot.outgoing.gate import Gates
from bot.parts import Parts
from bot.telegram.direct import Direct
from bot.telegram.discreet import Discreet
from bot.telegram.linking import first_word_in, note, note_membership
from bot.telegram.presses import Presses
from bot.telegram.read import (
    Elsewhere,
    Membership,
    Message,
    NotTaken,
    Press,
    Said,
    could_be_code,
    read,
    start_code,
)
from bot.telegram.talking import Talking
from bot.turn import Outcome
from models.messaging.account import Messenger, find_linked
from models.messaging.arrival import keep
from models.messaging.inbox import Inbox
from models.words import Phrase, say, translator

log = structlog.get_logger()
_TELEGRAM = Messenger.TELEGRAM.value
# Its parts come within a moment of each other, as updates of their own and in any order.
_ALBUM_GATHERS = timedelta(seconds=1)
_FIRST_PAUSE = timedelta(seconds=5)
_HINTS_EVERY = 5.0
_KEPT = say("처리하지 못했습니다. 보내신 내용은 보관했고 자동으로 다시 처리합니다.")
_NOT_TAKEN = say("글과 파일, 사진만 받을 수 있습니다. 자료는 '파일'로 첨부해 보내 주세요.")
_EDITED = say("이미 보낸 글을 고치면 반영되지 않습니다. 바뀐 내용을 새로 보내 주세요.")
_ELSEWHERE = say("보고봇은 1:1 대화에서만 일합니다. 저에게 직접 말을 걸어 주세요.")


class Intake:
    """Takes updates, those of one chat one after the other."""

    def __init__(
        self, parts: Parts, talking: Talking, presses: Presses, arrivals: Arrivals, direct: Direct
    ) -> None:
        self._parts = parts
        self._talking = talking
        self._presses = presses
        self._arrivals = arrivals
        self._direct = direct
        self._discreet = Discreet(parts, talking, direct)
        self._hints = Gates(1, _HINTS_EVERY)
        self._lines: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def take(self, update: telegram.Update) -> None:
        """Returns once it is committed; raises where it could not even be kept, so that it has to come again."""
        try:
            said = read(update)
        except Exception:
            # It would be no other the next time.
            log.exception("update.unreadable", messenger=_TELEGRAM)
            return
        if said is None:
            return
        chat = said.chat if isinstance(said, Elsewhere) else said.address
        async with self._lines.setdefault(chat, asyncio.Lock()):
            await self._take(said)

    async def _take(self, said: Said) -> None:
        match said:
            case Press() if self._parts.book.is_discreet:
                await self._discreet.press(said)
            case Press():
                await self._presses.take(said)
            case Message() | NotTaken() if self._parts.book.is_discreet:
                await self._discreet.take(said)
            case Message():
                await self._message(said)
            case NotTaken():
                await self._hint(said)
            case Membership():
                await self._membership(said)
            case Elsewhere():
                is_first = await self._parts.workers.write(first_word_in, self._parts.clock.now(), said.chat)
                if is_first and not said.is_known:
                    self._direct.say(said.chat, translator(self._parts.locale)(_ELSEWHERE))

    async def _message(self, message: Message) -> None:
        try:
            if message.file is not None:
                await self._keep(message, _ALBUM_GATHERS if message.album else timedelta())
            elif self._arrivals.is_waiting(message.address):
                await self._keep(message, timedelta())
            else:
                await self._talking.take(message, message.key)
        except Exception:
            log.exception("turn.failed", messenger=_TELEGRAM)
            outcome = await self._keep(message, _FIRST_PAUSE)
            if outcome.known and not outcome.repeated:
                self._direct.say(message.address, translator(outcome.locale)(_KEPT))

    async def _keep(self, message: Message, pause: timedelta) -> Outcome:
        """Keeps a message until it can be taken; a stranger's only where it may bring a code."""
        outcome: Outcome = await self._parts.workers.write(self._write_down, message, pause)
        if not outcome.known:
            await self._talking.turn_away(message.address)
        elif not outcome.repeated:
            self._arrivals.wake(message.address)
        return outcome

    def _write_down(self, session: Session, message: Message, pause: timedelta) -> Outcome:
        now, ready_at = self._parts.clock.now(), self._parts.machine.now() + pause
        found = find_linked(session, now, Messenger.TELEGRAM, message.address)
        brings_code = start_code(message.text) or could_be_code(message.text)
        if found is None and (message.file is not None or not brings_code):
            return Outcome(known=False)
        is_new = keep(
            session,
            now,
            message.key,
            Messenger.TELEGRAM,
            message.address,
            message.as_payload(),
            ready_at=ready_at,
            bundle=message.album,
        )
        locale = found[1].locale if found is not None else self._parts.locale
        return Outcome(known=True, repeated=not is_new, locale=locale)

    async def _hint(self, said: NotTaken) -> None:
        """Says what can be sent; of an album that cannot be taken, once."""
        now = self._parts.clock.now()
        outcome: Outcome = await self._parts.workers.write(note, now, said.address, said.key)
        if not outcome.known:
            await self._talking.turn_away(said.address)
        elif not outcome.repeated and self._hints[said.address].wait() <= 0:
            await self._hints[said.address].enter()
            phrase: Phrase = _EDITED if said.is_edit else _NOT_TAKEN
            self._direct.say(said.address, translator(outcome.locale)(phrase))

    async def _membership(self, said: Membership) -> None:
        workers, now = self._parts.workers, self._parts.clock.now()
        told = (now, self._parts.book, said.address, said.key, said.is_member)
        try:
            self._parts.deliveries.wake(await workers.write(note_membership, *told))
        except Exception:
            log.exception("update.failed", messenger=_TELEGRAM)
            # Whoever is gone is found gone by the next thing sent to them; but a database that is down is waited for.
            await workers.read(_answers)


def _answers(session: Session) -> None:
    session.exec(select(Inbox.key).limit(1)).first()
