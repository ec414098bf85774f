"""Takes one answer of one person through the dialogue: which step it is for, what follows, what is to be sent.

Everything happens inside the turn's transaction; nothing is sent from here.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import Any

from sqlmodel import Session

from handlers.dialogue import answering
from handlers.dialogue.answers import (
    Answer,
    Arrived,
    Filled,
    FromMessenger,
    KeptForLater,
    Pressed,
    PressedToken,
    Said,
)
from handlers.dialogue.book import Book
from handlers.dialogue.filling import CANCEL, KEEP, Filling, read_all, read_answered
from handlers.dialogue.paging import TURN_PAGE, Paging, is_searched
from handlers.dialogue.screens import Button, FileAsk, Form, Go, Menu, Notice, Screen, Tone
from handlers.dialogue.sending import Stage
from handlers.dialogue.talk import Talk
from handlers.dialogue.text import lines
from models.evidence.table import parcels
from models.messaging.conversation import Conversation, DrawnScreen
from models.words import Refusal, say

_LONGEST_PLACE = 4
_LONGEST_QUERY = 80
STALE = say("지난 화면의 버튼입니다. 새 화면에서 다시 선택해 주세요.")


def advance(book: Book, talk: Talk, conversation: Conversation, answer: FromMessenger) -> None:
    """One answer, to its end: the conversation moved on, every screen drawn and put into the outbox."""
    turn = _Turn(book, talk, conversation)
    try:
        match answer:
            case Arrived():
                turn.go(book.front_door.home)
            case PressedToken(token):
                turn.press(token)
            case Said():
                turn.say(answer)
    except Refusal as refusal:
        # Raised outside a form: the person keeps the screen they have and is told what to do.
        home = book.front_door.home
        buttons = [Button(say("처음으로"), home)]
        turn.stage.post_notice(home, Notice(lines(refusal.phrase), tone=Tone.WARNING, buttons=buttons))
    turn.stage.send_to_others(book)


class _Turn:
    """The answer being taken: what was live before, and how to show what comes next."""

    def __init__(self, book: Book, talk: Talk, conversation: Conversation) -> None:
        self.book = book
        self.talk = talk
        self.conversation = conversation
        self.stage = Stage(talk, conversation)

    def go(self, to: Go, *, pressed: DrawnScreen | None = None) -> None:
        """Shows a step anew. A menu that led here by a press is redrawn in place by another menu."""
        self._keep_entries()
        screen = self.book[to.step].show(self.talk, dict(to.data))
        self.stage.show(to, screen, {}, pressed)

    def press(self, value: str) -> None:
        token, _, place = value.partition(".")
        screen = self.stage.find(token)
        actions = () if screen is None else screen.actions if screen.token == token else screen.former_actions
        if (
            screen is None
            or not place.isdecimal()
            or len(place) > _LONGEST_PLACE
            or int(place) >= len(actions)
        ):
            self._stale()
            return
        action = actions[int(place)]
        if "go" in action:
            self.go(Go(action["go"], action["data"]), pressed=screen)
        elif action["press"].startswith("_"):
            self._press_within(screen, action["press"], action["args"])
        else:
            self._take(screen, Pressed(action["press"], action["args"]))

    def say(self, said: Said) -> None:
        if (to := self.book.front_door.command(said)) is not None:
            self.go(to)
            return
        live = self.stage.live()
        screen = self._shown(live)
        if live is not None and isinstance(screen, Form | FileAsk):
            self._say_in_form(live, screen, said)
            return
        to = self.book.front_door.quick(self.talk, said)
        if (
            to is None
            and live is not None
            and isinstance(screen, Menu)
            and is_searched(screen)
            and not said.files
        ):
            query = said.text.strip()[:_LONGEST_QUERY]
            self.stage.redraw(live, screen, Paging(query=query).view(), below=True)
            return
        self.go(to or self.book.front_door.unknown(self.talk, said))

    def _say_in_form(self, live: DrawnScreen, screen: Form | FileAsk, said: Said) -> None:
        form = _form(screen)
        before = Filling.of(form, self.conversation.view)
        to = self.talk.translate
        word = said.text.strip()
        if (
            word.casefold() in (to(say("취소")).casefold(), "취소")
            and form.cancel is not None
            and not said.files
        ):
            self.stage.retire(live)
            self.go(form.cancel)
            return
        try:
            files = [
                {"id": one.id, "name": one.name, "size": one.size}
                for one in parcels(self.talk.session, self.talk.person_id, said.files)
            ]
            after = answering.said(form, before, said.text, files, to)
        except Refusal as refusal:
            after = before.wrong(to(refusal.phrase))
        self._filled_on(live, screen, form, after, below=True)

    def _press_within(self, screen: DrawnScreen, action: str, args: dict[str, Any]) -> None:
        shown = self._shown(screen)
        if screen.id != self.conversation.screen_id or shown is None:
            self._stale()
        elif action == TURN_PAGE:
            self.stage.redraw(screen, shown, Paging(int(args["page"]), str(args["query"])).view())
        elif isinstance(shown, Form | FileAsk):
            self._press_in_form(screen, shown, action, args)

    def _press_in_form(
        self, screen: DrawnScreen, shown: Form | FileAsk, action: str, args: dict[str, Any]
    ) -> None:
        form = _form(shown)
        filling = Filling.of(form, self.conversation.view)
        if action == CANCEL and form.cancel is not None:
            self.stage.retire(screen)
            self.go(form.cancel)
        elif action == KEEP:
            self._take(screen, KeptForLater(read_answered(form, filling.values)))
        else:
            after = answering.pressed(form, filling, action, args, self.talk.translate)
            self._filled_on(screen, shown, form, after)

    def _filled_on(
        self, live: DrawnScreen, screen: Screen, form: Form, filling: Filling, *, below: bool = False
    ) -> None:
        """On to the next open field; when none is left, the step takes the whole form."""
        if filling.at:
            self.stage.redraw(live, screen, filling.view(), below=below)
            return
        values, wrong = read_all(form, filling.values)
        if wrong:
            name, phrase = next(iter(wrong.items()))
            again = replace(filling, at=name, error=self.talk.translate(phrase))
            self.stage.redraw(live, screen, again.view(), below=below)
            return
        last = form.fields[-1].name
        try:
            to = self._take_in_savepoint(live, Filled(values))
        except Refusal as refusal:
            again = replace(filling, at=last, error=self.talk.translate(refusal.phrase))
            self.stage.redraw(live, screen, again.view(), below=below)
            return
        self.stage.redraw(live, screen, filling.view())
        self.stage.retire(live)
        self.go(to)

    def _take(self, screen: DrawnScreen, answer: Answer) -> None:
        try:
            to = self._take_in_savepoint(screen, answer)
        except Refusal as refusal:
            self.talk.toast(refusal.phrase, Tone.WARNING)
            if screen.subject:
                self.talk.changed(screen.subject)
            return
        if screen.kind in ("form", "fileask"):
            self.stage.retire(screen)
        self.go(to, pressed=screen)

    def _take_in_savepoint(self, screen: DrawnScreen, answer: Answer) -> Go:
        """What a refused answer had begun to change is undone; the turn itself still stands."""
        take = self.book[screen.step].take
        if take is None:
            raise Refusal("이 화면은 더 이상 쓰이지 않습니다. '메뉴'를 입력해 주세요.")
        session: Session = self.talk.session
        with session.begin_nested():
            return take(self.talk, dict(screen.data), answer)

    def _shown(self, screen: DrawnScreen | None) -> Screen | None:
        """What the step shows today where the person stands; None where nothing is asked of them."""
        if screen is None or screen.kind not in ("menu", "form", "fileask") or screen.step not in self.book:
            return None
        return self.book[screen.step].show(self.talk, dict(screen.data))

    def _keep_entries(self) -> None:
        """Whoever leaves a form half filled finds what they entered as a draft."""
        live = self.stage.live()
        if live is None or live.kind != "form":
            return
        # Even a form that may not be shown any more must not hold back whoever leaves it.
        with suppress(Refusal):
            form = self._shown(live)
            filling = Filling.of(form, self.conversation.view) if isinstance(form, Form) else Filling()
            if isinstance(form, Form) and form.keep and any(filling.values.values()):
                self._take_in_savepoint(live, KeptForLater(read_answered(form, filling.values)))

    def _stale(self) -> None:
        self.talk.toast(STALE, Tone.WARNING)
        live = self.stage.live()
        if live is not None and (screen := self._shown(live)) is not None:
            # Not begun anew: what was entered in a form stays entered.
            self.stage.redraw(live, screen, self.conversation.view, below=True)
        elif self.conversation.step in self.book:
            self.go(Go(self.conversation.step, self.conversation.data))
        else:
            self.go(self.book.front_door.home)


def _form(screen: Form | FileAsk) -> Form:
    return screen.form if isinstance(screen, FileAsk) else screen
