"""What people do on Slack, one method for each; whatever changes something is committed when it returns."""

from __future__ import annotations

import re
from typing import Any

from sqlmodel import Session, col, select

from bot.outgoing.settling import mark_unreachable
from bot.parts import Parts
from bot.slack.direct import Direct
from bot.slack.home import draw_home, plain_home
from bot.slack.linking import Answered, Door, Known, code_asked
from bot.slack.modal import errors, modal, read_submission
from bot.slack.people import Us, read_member
from bot.slack.read import CameIn, Changed, Clicked, Commanded, Mentioned, Someone, Submitted, Wrote, clean
from bot.slack.text import escape
from bot.slack.turns import Turns
from bot.slack.waiting import Waiting
from bot.turn import Outcome
from handlers.dialogue.answers import Arrived, FilledAtOnce, FromMessenger, PressedToken, Said
from handlers.dialogue.talk import Talk
from models.messaging.account import Account, Messenger
from models.messaging.conversation import DrawnScreen
from models.organization import Person
from models.words import Phrase, Refusal, say, translator

_OURS = re.compile(r"([A-Za-z0-9_-]{16,32})\.(form|\d{1,4})", re.ASCII)
_HELP = ("도움말", "도움", "help", "?")
_ANSWERED = say("보고봇과의 대화에서 이어집니다.")
_HELPED = say(
    "'/bogobot 민원처리율 97.3'처럼 지표와 실적을 적거나 '내 지표', '대기함', '메뉴'를 적어 보세요. "
    "자세한 안내를 보고봇과의 대화에 보냈습니다."
)
_IN_CHANNEL = say("업무는 보고봇과의 대화에서만 하실 수 있습니다. 앱에서 보고봇을 열어 주세요.")
_NO_FILES = say("이 메시지에는 파일이 없습니다. 파일이 있는 메시지에서 다시 선택해 주세요.")
_FILES_TAKEN = say("파일을 확인하고 있습니다. 보고봇과의 대화에서 이어집니다.")
_FAILED = say("처리하지 못했습니다. 잠시 뒤 다시 해 주세요.")
_TRIED_AGAIN = say("지금은 처리하지 못했습니다. 잠시 뒤 저절로 다시 처리되니 기다려 주세요.")


class Intake:
    """Takes everything in that Slack brings."""

    def __init__(
        self, parts: Parts, us: Us, door: Door, turns: Turns, waiting: Waiting, direct: Direct
    ) -> None:
        self._parts = parts
        self._us = us
        self._door = door
        self._turns = turns
        self._waiting = waiting
        self._direct = direct

    async def wrote(self, wrote: Wrote) -> None:
        """Words and files in the talk with us."""
        self._direct.met(wrote.who)
        if await self._known(wrote.who, wrote.text) is None:
            return
        if wrote.files:
            await self._waiting.keep(wrote.who, Said(wrote.text), {"": wrote.files})
        else:
            await self._answer(wrote.who, Said(wrote.text))

    async def handed_in(self, wrote: Wrote) -> None:
        """Files of a message, by the shortcut on it."""
        known = await self._known(wrote.who)
        if known is None:
            return
        if wrote.files:
            await self._waiting.keep(wrote.who, Said(""), {"": wrote.files})
        self._say(wrote.who, _FILES_TAKEN if wrote.files else _NO_FILES, known.locale)

    async def came_in(self, came: CameIn) -> None:
        """Our home is drawn whenever somebody looks at it; the talk begins where it never has."""
        self._direct.met(came.who)
        found = await self._door.admit(came.who)
        if came.is_home:
            view = (
                plain_home(found.phrase, found.locale)
                if isinstance(found, Answered)
                else await self._parts.workers.write(self._home, came.who.address)
            )
            self._direct.publish(came.who.user, view)
        elif isinstance(found, Known) and await self._parts.workers.read(self._is_new, came.who.address):
            await self._turns.take(came.who, Arrived())

    async def mentioned(self, mentioned: Mentioned) -> None:
        """In a channel nothing is shown but where to go."""
        self._say(mentioned.who, _IN_CHANNEL, self._parts.locale)

    async def changed(self, changed: Changed) -> None:
        """Who is no full member any more is not told anything from now on, and not listened to: see Door."""
        if read_member(changed.user, self._us).refusal is None:
            await self._door.came_back(changed.who)
            return
        waiting = await self._parts.workers.write(self._lose, changed.who.address)
        self._parts.deliveries.wake(waiting)

    async def clicked(self, clicked: Clicked) -> None:
        """A button: of a form it opens the modal, any other is a turn."""
        ours = _OURS.fullmatch(clicked.value)
        known = await self._known(clicked.who) if ours else None
        if ours is None or known is None:
            return
        if ours[2] != "form":
            await self._answer(clicked.who, PressedToken(clicked.value), clicked.trigger)
            return
        try:
            form = await self._turns.form(clicked.who, ours[1])
        except Refusal as refusal:
            self._say(clicked.who, refusal.phrase, known.locale)
            return
        self._direct.open(clicked.trigger, modal(form.screen_id, form.drawn, known.locale))

    async def submitted(self, submitted: Submitted) -> dict[str, str]:
        """A modal: what is wrong with it by block, or nothing where it was taken."""
        known = await self._known(submitted.who)
        if known is None:
            return {}
        given = read_submission(submitted.view)
        values = {
            name: clean(raw) if isinstance(raw, str) else list(raw) for name, raw in given.values.items()
        }
        filled = FilledAtOnce(given.screen_id, values)
        uploads = {name: files for name, files in given.uploads.items() if files}
        if uploads:
            wrong = await self._turns.faults(submitted.who, filled)
            if not wrong:
                await self._waiting.keep(submitted.who, filled, uploads)
        else:
            outcome = await self._turns.take(submitted.who, filled)
            wrong = outcome.wrong
            if not wrong:
                self._follow_up(submitted.who, outcome)
        return errors(submitted.view, wrong, translator(known.locale)) if wrong else {}

    async def commanded(self, commanded: Commanded) -> str:
        """Our command; returns what is shown to its sender alone, at once."""
        who, text = commanded.who, commanded.text.strip()
        code = code_asked(text)
        found = await self._door.link(who, code) if code else await self._door.admit(who, text)
        translate = translator(found.locale)
        if isinstance(found, Answered):
            told = not found.is_common or self._door.may_tell(who)
            return escape(translate(found.phrase)) if told else ""
        await self._answer(who, Said(text) if text else Arrived(), commanded.trigger)
        return escape(translate(_HELPED if text.casefold() in _HELP else _ANSWERED))

    def failed(self, who: Someone, *, is_brought_again: bool) -> None:
        """Something of theirs was not taken."""
        self._say(who, _TRIED_AGAIN if is_brought_again else _FAILED, self._parts.locale)

    async def _known(self, who: Someone, text: str = "") -> Known | None:
        """Whoever may take a turn; everybody else is answered here."""
        found = await self._door.admit(who, text)
        if isinstance(found, Known):
            return found
        if not found.is_common or self._door.may_tell(who):
            self._say(who, found.phrase, found.locale)
        return None

    async def _answer(self, who: Someone, answer: FromMessenger, trigger: str = "") -> None:
        if self._waiting.is_behind(who) and not isinstance(answer, Arrived):
            await self._waiting.keep(who, answer)
            return
        outcome = await self._turns.take(who, answer)
        self._follow_up(who, outcome)
        if outcome.form is not None and trigger:
            shown = modal(outcome.form.screen_id, outcome.form.drawn, outcome.locale)
            self._direct.open(trigger, shown)

    def _follow_up(self, who: Someone, outcome: Outcome) -> None:
        for toast in outcome.toasts:
            self._say(who, toast.phrase, outcome.locale)

    def _say(self, who: Someone, phrase: Phrase, locale: str) -> None:
        self._direct.tell(who, translator(locale)(phrase))

    def _home(self, session: Session, address: str) -> dict[str, Any]:
        account, person = session.exec(
            select(Account, Person)
            .join(Person, col(Person.id) == col(Account.person_id))
            .where(Account.messenger == Messenger.SLACK, Account.address == address)
        ).one()
        talk = Talk(session, self._parts.clock.now(), person, account)
        return draw_home(session, talk, self._parts.book)

    def _is_new(self, session: Session, address: str) -> bool:
        screens = select(DrawnScreen.id).join(Account, col(Account.id) == col(DrawnScreen.account_id))
        mine = screens.where(Account.messenger == Messenger.SLACK, Account.address == address)
        return session.exec(mine.limit(1)).first() is None

    def _lose(self, session: Session, address: str) -> set[Messenger]:
        query = select(Account).where(Account.messenger == Messenger.SLACK, Account.address == address)
        account = session.exec(query).one_or_none()
        if account is None or account.id is None:
            return set()
        return mark_unreachable(session, self._parts.clock.now(), self._parts.book, account.id)
