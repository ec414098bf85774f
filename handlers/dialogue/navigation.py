"""Goes from step to step for one person during one turn."""

from __future__ import annotations

from contextlib import suppress

from handlers.dialogue.answers import Answer, KeptForLater
from handlers.dialogue.book import Book
from handlers.dialogue.filling import Filling, read_answered
from handlers.dialogue.screens import Form, Go, Screen, Tone
from handlers.dialogue.stage import Stage
from handlers.dialogue.talk import Talk
from models.messaging.conversation import Conversation, DrawnScreen
from models.words import Refusal, say

FORMS = ("form", "fileask")
"""The kinds of screens that are filled in."""
STALE = say("지난 화면의 버튼입니다. 새 화면에서 다시 선택해 주세요.")


class Navigator:
    """What was live before, how a step takes an answer, and how what comes next is shown."""

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

    def take(self, screen: DrawnScreen, answer: Answer) -> None:
        """Has the screen's step take the answer, and goes where it leads. A refusal is a passing word."""
        try:
            to = self.take_in_savepoint(screen, answer)
        except Refusal as refusal:
            self.talk.toast(refusal.phrase, Tone.WARNING)
            if screen.subject:
                self.talk.changed(screen.subject)
            return
        if screen.kind in FORMS:
            self.stage.retire(screen)
        self.go(to, pressed=screen)

    def take_in_savepoint(self, screen: DrawnScreen, answer: Answer) -> Go:
        """What a refused answer had begun to change is undone; the turn itself still stands."""
        take = self.book[screen.step].take
        if take is None:
            raise Refusal("이 화면은 더 이상 쓰이지 않습니다. '메뉴'를 입력해 주세요.")
        with self.talk.session.begin_nested():
            return take(self.talk, dict(screen.data), answer)

    def shown(self, screen: DrawnScreen | None) -> Screen | None:
        """What the step shows today where the person stands; None where nothing is asked of them."""
        if screen is None or screen.kind not in ("menu", *FORMS) or screen.step not in self.book:
            return None
        return self.book[screen.step].show(self.talk, dict(screen.data))

    def refuse_stale(self) -> None:
        """A button of a screen that is over: a friendly word, and the screen that waits once more."""
        self.talk.toast(STALE, Tone.WARNING)
        live = self.stage.live()
        if live is not None and (screen := self.shown(live)) is not None:
            # Not begun anew: what was entered in a form stays entered.
            self.stage.redraw(live, screen, self.conversation.view, below=True)
        elif self.conversation.step in self.book:
            self.go(Go(self.conversation.step, self.conversation.data))
        else:
            self.go(self.book.front_door.home)

    def _keep_entries(self) -> None:
        """Whoever leaves a form half filled finds what they entered as a draft."""
        live = self.stage.live()
        if live is None or live.kind != "form":
            return
        # Even a form that may not be shown any more must not hold back whoever leaves it.
        with suppress(Refusal):
            form = self.shown(live)
            filling = Filling.of(form, self.conversation.view) if isinstance(form, Form) else Filling()
            if isinstance(form, Form) and form.keep and any(filling.values.values()):
                self.take_in_savepoint(live, KeptForLater(read_answered(form, filling.values)))
