"""Turns of people on Slack: taken, committed, and what they have to say sent on its way."""

from __future__ import annotations

from contextlib import suppress

from sqlmodel import Session, select

from bot.outgoing.courier import Courier
from bot.parts import Parts
from bot.slack.read import Someone
from bot.turn import Incoming, OpenForm, Outcome, find_faults, take_turn, was_taken
from handlers.dialogue.answers import FilledAtOnce, FromMessenger
from handlers.dialogue.draw import draw
from handlers.dialogue.drawing import Drawing
from handlers.dialogue.navigation import STALE
from handlers.dialogue.screens import FileAsk, Form
from handlers.dialogue.talk import Talk
from models.messaging.account import Account, Messenger
from models.messaging.conversation import Conversation, DrawnScreen
from models.organization import Person
from models.words import Phrase, Refusal

_FORMS = ("form", "fileask")


class Turns:
    """Takes answers in."""

    def __init__(self, parts: Parts, courier: Courier) -> None:
        self._parts = parts
        self._courier = courier

    async def take(self, who: Someone, answer: FromMessenger) -> Outcome:
        """One turn: committed when this returns, its answers on their way."""
        parts = self._parts
        incoming = Incoming(Messenger.SLACK, who.address, who.key, answer)
        now = parts.clock.now()
        outcome: Outcome = await parts.workers.write(take_turn, now, parts.book, incoming, parts.claiming)
        self.send(outcome)
        return outcome

    def send(self, outcome: Outcome) -> None:
        """Sends what a turn that was committed has to say."""
        self._courier.take(outcome.loads)
        self._parts.deliveries.wake(outcome.waiting)
        if outcome.has_errand:
            self._parts.errands.wake()

    async def faults(self, who: Someone, filled: FilledAtOnce) -> dict[str, Phrase]:
        """What is wrong with a form before its files are fetched; nothing where it was kept already."""
        found: dict[str, Phrase] = await self._parts.workers.write(self._faults, who, filled)
        return found

    async def form(self, who: Someone, token: str) -> OpenForm:
        """The form that waits for this person, with what they entered so far; Refusal where it is another one."""
        found: OpenForm = await self._parts.workers.read(self._form, who.address, token)
        return found

    def _faults(self, session: Session, who: Someone, filled: FilledAtOnce) -> dict[str, Phrase]:
        if was_taken(session, Messenger.SLACK, who.address, who.key):
            return {}
        incoming = Incoming(Messenger.SLACK, who.address, who.key, filled)
        return find_faults(session, self._parts.clock.now(), self._parts.book, incoming, filled) or {}

    def _form(self, session: Session, address: str, token: str) -> OpenForm:
        found = session.exec(
            select(DrawnScreen, Conversation, Person, Account)
            .join(Conversation, Conversation.screen_id == DrawnScreen.id)  # type: ignore[arg-type]
            .join(Account, Account.id == DrawnScreen.account_id)  # type: ignore[arg-type]
            .join(Person, Person.id == Account.person_id)  # type: ignore[arg-type]
            .where(Account.messenger == Messenger.SLACK, Account.address == address)
            .where(DrawnScreen.token == token)
        ).one_or_none()
        if found is None or not found[0].live or found[0].kind not in _FORMS:
            raise Refusal(STALE.text)
        screen, conversation, person, account = found
        talk = Talk(session, self._parts.clock.now(), person, account)
        shown = self._parts.book[screen.step].show(talk, dict(screen.data))
        if not isinstance(shown, Form | FileAsk):
            raise Refusal(STALE.text)
        drawn = screen.drawn
        # Drawn anew: what was entered in vain is kept in the conversation, and not yet on the screen. Some of it
        # cannot be drawn, because it cannot be read.
        with suppress(Refusal):
            drawn = draw(shown, Drawing(talk.translate, token=screen.token), conversation.view)
        assert screen.id is not None
        return OpenForm(screen.id, drawn)
