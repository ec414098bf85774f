"""A city whose words may not leave the house: whatever is said here is answered by where to say it."""

from __future__ import annotations

from bot.parts import Parts
from bot.telegram.direct import Direct
from bot.telegram.linking import note
from bot.telegram.read import Message, NotTaken, Press, could_be_code, start_code
from bot.telegram.talking import Talking
from bot.turn import Outcome
from models.words import Phrase, say, translator


class Discreet:
    """Links by code, as everywhere, and takes no turn."""

    def __init__(self, parts: Parts, talking: Talking, direct: Direct) -> None:
        self._parts = parts
        self._talking = talking
        self._direct = direct

    async def take(self, said: Message | NotTaken) -> None:
        """Answers a message, whatever it is."""
        outcome = await self._note(said.address, said.key)
        code = start_code(said.text) if isinstance(said, Message) else None
        if isinstance(said, Message) and not outcome.known and code is None and could_be_code(said.text):
            code = said.text
        if isinstance(said, Message) and code:
            if await self._talking.link(said, code):
                outcome = await self._note(said.address, f"{said.key}.linked")
                self._say(said.address, outcome, self._linked())
        elif not outcome.known:
            await self._talking.turn_away(said.address)
        else:
            self._say(said.address, outcome, self._where())

    async def press(self, press: Press) -> None:
        """Answers a press, which was on a screen of a time when the city was not discreet."""
        outcome = await self._note(press.address, press.key)
        words = translator(outcome.locale)(self._where()) if outcome.known else ""
        self._direct.answer(press.query_id, words, is_alert=bool(words))

    async def _note(self, address: str, key: str) -> Outcome:
        outcome: Outcome = await self._parts.workers.write(note, self._parts.clock.now(), address, key)
        return outcome

    def _say(self, address: str, outcome: Outcome, phrase: Phrase) -> None:
        if not outcome.repeated:
            self._direct.say(address, translator(outcome.locale)(phrase))

    def _where(self) -> Phrase:
        return say("업무는 내부 웹 메신저에서 하실 수 있습니다. {address}", address=self._parts.address)

    def _linked(self) -> Phrase:
        return say(
            "연결되었습니다. 소식이 있으면 여기로 알려 드립니다. 업무는 내부 웹 메신저에서 하실 수 있습니다. {address}",
            address=self._parts.address,
        )
