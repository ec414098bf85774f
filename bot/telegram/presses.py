"""Pressed buttons. Each is answered, whatever becomes of it."""

from __future__ import annotations

import structlog
from sqlmodel import Session, col, select

from bot.parts import Parts
from bot.telegram.direct import Direct
from bot.telegram.keyboard import ASKS, TAKES_BACK, confirm_keyboard, keyboard
from bot.telegram.linking import note
from bot.telegram.read import Press
from bot.telegram.talking import Talking
from bot.turn import Incoming, Outcome, take_turn
from handlers.dialogue.answers import PressedToken
from models.messaging.account import Messenger, find_linked
from models.messaging.conversation import DrawnScreen
from models.words import say, translator

log = structlog.get_logger()
_FAILED = say("처리하지 못했습니다. 잠시 뒤 다시 눌러 주세요.")


class Presses:
    """One press, one turn; but for those that ask before something is done, or take that question back."""

    def __init__(self, parts: Parts, talking: Talking, direct: Direct) -> None:
        self._parts = parts
        self._talking = talking
        self._direct = direct

    async def take(self, press: Press) -> None:
        """Takes a press. One that failed is not kept: it is to be pressed again. Raises where not even that could
        be noted, so that it has to come again."""
        try:
            if press.data.startswith(ASKS) and await self._ask(press):
                return
            if press.data.startswith(TAKES_BACK) and await self._take_back(press):
                return
            outcome = await self._parts.workers.write(self._turn, press)
        except Exception:
            log.exception("turn.failed", messenger=Messenger.TELEGRAM.value)
            self._direct.answer(press.query_id, translator(self._parts.locale)(_FAILED))
            # A fault of ours would be no other the next time; but while the database is away nothing is confirmed.
            await self._parts.workers.write(
                note, self._parts.clock.now(), press.address, f"{press.key}.failed"
            )
            return
        translate = translator(outcome.locale)
        words = "\n".join(translate(toast.phrase) for toast in outcome.toasts)
        self._direct.answer(press.query_id, words)
        self._talking.follow(outcome)

    def _turn(self, session: Session, press: Press) -> Outcome:
        incoming = Incoming(Messenger.TELEGRAM, press.address, press.key, PressedToken(press.data))
        return take_turn(session, self._parts.clock.now(), self._parts.book, incoming, self._parts.claiming)

    async def _ask(self, press: Press) -> bool:
        """Asks before it does; False where the screen is over."""
        value = press.data.removeprefix(ASKS)
        found = await self._parts.workers.read(self._screen, press.address, value.partition(".")[0])
        question = found and confirm_keyboard(found[0].drawn, value, found[1])
        if not question:
            return False
        self._direct.change_buttons(press.address, press.message_id, question[0])
        self._direct.answer(press.query_id, question[1], is_alert=True)
        return True

    async def _take_back(self, press: Press) -> bool:
        """Puts the buttons back that were there before the question; False where the screen is over."""
        token = press.data.removeprefix(TAKES_BACK)
        found = await self._parts.workers.read(self._screen, press.address, token)
        if found is None:
            return False
        self._direct.change_buttons(press.address, press.message_id, keyboard(found[0].drawn, found[0].live))
        self._direct.answer(press.query_id)
        return True

    def _screen(self, session: Session, address: str, token: str) -> tuple[DrawnScreen, str] | None:
        """The person's own screen of that token while its buttons work, and their language."""
        now = self._parts.clock.now()
        found = find_linked(session, now, Messenger.TELEGRAM, address)
        if found is None:
            return None
        mine = select(DrawnScreen).where(DrawnScreen.token == token, DrawnScreen.person_id == found[1].id)
        screen = session.exec(mine.where(DrawnScreen.expires_at > now, col(DrawnScreen.live))).one_or_none()
        return None if screen is None else (screen, found[1].locale)
