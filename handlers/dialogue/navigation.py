"""Goes from step to step for one person during one turn."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

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
_SHELVED_FOR = timedelta(days=1)
"""So long a form that was left and keeps no draft is given back as it was."""
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
        self.stage.show(to, screen, self._taken_up(to, screen), pressed)

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
        """Whoever leaves a form half filled finds what they entered as a draft, or when they open it again."""
        live = self.stage.live()
        if live is None or live.kind != "form":
            return
        # Even a form that may not be shown any more must not hold back whoever leaves it.
        with suppress(Refusal):
            form = self.shown(live)
            if not isinstance(form, Form):
                return
            filling = Filling.of(form, self.conversation.view)
            if form.keep and any(filling.values.values()):
                self.take_in_savepoint(live, KeptForLater(read_answered(form, filling.values)))
            elif not form.keep and "values" in self.conversation.view:
                self.stage.shelve(live)

    def _taken_up(self, to: Go, screen: Screen) -> dict[str, Any]:
        """What was entered in this very form when it was left, if it still asks the same."""
        left = self.conversation.shelf
        if (
            not left
            or not isinstance(screen, Form)
            or (left["step"], left["data"]) != (to.step, dict(to.data))
        ):
            return {}
        self.stage.clear_shelf()
        view: dict[str, Any] = left["view"]
        asked = {field.name for field in screen.fields}
        is_old = self.talk.now - datetime.fromisoformat(left["at"]) > _SHELVED_FOR
        if is_old or not {*view["values"], view["at"] or screen.fields[0].name} <= asked:
            return {}
        self.talk.toast(say("적으시던 내용을 이어서 보여 드립니다."))
        return view
