"""Takes what a person wrote as a turn of theirs; who is not linked yet may bring a code."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlmodel import Session

from bot.outgoing.courier import Courier
from bot.outgoing.gate import Gates
from bot.outgoing.load import Load
from bot.parts import Parts
from bot.telegram.commands import words_of
from bot.telegram.direct import Direct
from bot.telegram.files import Fetched, hand_in
from bot.telegram.linking import link_once
from bot.telegram.read import Message, could_be_code, start_code
from bot.turn import Incoming, Outcome, take_turn
from handlers.dialogue.answers import Arrived, Said
from models.messaging.account import Messenger
from models.messaging.arrival import Arrival, done
from models.words import Refusal, say, translator

_STRANGER = say("연결되지 않은 계정입니다. 관리자에게 받은 연결 코드를 보내 주세요.")
# Enough to hear of every wrong guess until the account is locked.
_REFUSALS_A_MINUTE = 6


@dataclass(frozen=True)
class Waited:
    """What waited before it could be taken: the bundle, and what became of its files."""

    bundle: Sequence[Arrival]
    fetched: Fetched


class Talking:
    """Words in, turns out."""

    def __init__(self, parts: Parts, courier: Courier, direct: Direct) -> None:
        self._parts = parts
        self._courier = courier
        self._direct = direct
        self._strangers = Gates(1, 60.0)
        self._refusals = Gates(_REFUSALS_A_MINUTE, 60.0)

    async def take(self, message: Message, key: str, waited: Waited | None = None) -> bool:
        """Takes a message under a key of the inbox; False where it became no turn, since its sender is not linked."""
        code = start_code(message.text)
        if code and not await self.link(message, code):
            return False
        outcome = await self._parts.workers.write(self._turn, message, key, waited)
        if not outcome.known and code is None and could_be_code(message.text):
            if not await self.link(message, message.text):
                return False
            arrived = replace(message, text="/start")
            outcome = await self._parts.workers.write(self._turn, arrived, key, None)
        if not outcome.known:
            await self.turn_away(message.address)
            return False
        if outcome.toasts:
            translate = translator(outcome.locale)
            words = "\n".join(translate(toast.phrase) for toast in outcome.toasts)
            self._direct.say(message.address, words)
        self.follow(outcome)
        return True

    async def link(self, message: Message, code: str) -> bool:
        """Links the sender by a code; who brings a wrong one is told so, within reason."""
        address, now = message.address, self._parts.clock.now()
        linked = await self._parts.workers.write(link_once, now, address, message.name, code)
        if not isinstance(linked, Refusal):
            return linked
        if self._refusals[address].wait() <= 0:
            await self._refusals[address].enter()
            self._direct.say(address, translator(self._parts.locale)(linked.phrase))
        return False

    async def turn_away(self, address: str) -> None:
        """Asks who is not linked for a code, once a minute at most."""
        if self._strangers[address].wait() <= 0:
            await self._strangers[address].enter()
            self._direct.say(address, translator(self._parts.locale)(_STRANGER))

    def follow(self, outcome: Outcome) -> None:
        """Has everything done that the turn left to be done after its commit."""
        self._courier.take(outcome.loads)
        self._parts.deliveries.wake(outcome.waiting)
        if outcome.has_errand:
            self._parts.errands.wake()

    def _turn(self, session: Session, message: Message, key: str, waited: Waited | None) -> Outcome:
        now = self._parts.clock.now()
        loads: list[Load] = []
        parcels: list[str] = []
        if waited is not None:
            if not done(session, waited.bundle):
                return Outcome(known=True, repeated=True)
            loads, parcels = hand_in(session, now, self._parts, message.address, waited.fetched)
            if not message.text and not parcels:
                return Outcome(known=True, loads=loads)
        answer = Said(words_of(message.text), parcels)
        incoming = Incoming(
            Messenger.TELEGRAM,
            message.address,
            key,
            Arrived() if start_code(message.text) is not None else answer,
        )
        outcome = take_turn(session, now, self._parts.book, incoming, self._parts.claiming)
        return replace(outcome, loads=[*loads, *outcome.loads])
