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
    FilledAtOnce,
    FromMessenger,
    KeptForLater,
    Pressed,
    PressedToken,
    Said,
)
from handlers.dialogue.book import Book
from handlers.dialogue.fields import FilesField
from handlers.dialogue.filling import CANCEL, KEEP, Filling, Raw, read_all, read_answered
from handlers.dialogue.paging import TURN_PAGE, Paging, is_searched
from handlers.dialogue.screens import Button, FileAsk, Form, Go, Menu, Notice, Screen, Tone
from handlers.dialogue.sending import Stage
from handlers.dialogue.talk import Talk
from handlers.dialogue.text import lines
from models.evidence.table import parcels
from models.messaging.conversation import Conversation, DrawnScreen
from models.words import Phrase, Refusal, say

_LONGEST_PLACE = 4
_LONGEST_QUERY = 80
_FIRST = ""
"""No field in particular."""
STALE = say("지난 화면의 버튼입니다. 새 화면에서 다시 선택해 주세요.")


def advance(book: Book, talk: Talk, conversation: Conversation, answer: FromMessenger) -> DrawnScreen | None:
    """One answer, to its end: the conversation moved on, every screen drawn and put into the outbox.

    Returns the form that was shown, if one was: a messenger may open it at once.
    """
    turn = _Turn(book, talk, conversation)
    try:
        match answer:
            case Arrived():
                turn.go(book.front_door.home)
            case PressedToken(token):
                turn.press(token)
            case Said():
                turn.say(answer)
            case FilledAtOnce():
                turn.fill(answer)
    except Refusal as refusal:
        # Raised outside a form: the person keeps the screen they have and is told what to do.
        home = book.front_door.home
        buttons = [Button(say("처음으로"), home)]
        turn.stage.post_notice(home, Notice(lines(refusal.phrase), tone=Tone.WARNING, buttons=buttons))
    turn.stage.send_to_others(book)
    return turn.stage.form()


def faults(book: Book, talk: Talk, conversation: Conversation, filled: FilledAtOnce) -> dict[str, Phrase]:
    """What is wrong with a form that was filled in at once, before its files were fetched; nothing is changed."""
    turn = _Turn(book, talk, conversation)
    screen = turn.form_of(filled)
    if screen is None:
        return {_FIRST: STALE}
    form = _form(turn.form_shown(screen))
    _, wrong = read_all(form, turn.values_of(form, filled))
    files = {one.name for one in form.fields if isinstance(one, FilesField)}
    return {name: phrase for name, phrase in wrong.items() if name not in files}


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
        if "file" in action:
            self.stage.hand_over(screen, action["file"])
        elif "go" in action:
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
        self._filled_on(live, screen, after, below=True)

    def fill(self, filled: FilledAtOnce) -> None:
        """A whole form: taken, or what is wrong shown beside its fields."""
        live = self.form_of(filled)
        if live is None:
            self._stale()
            self.talk.wrong = {_FIRST: STALE}
            return
        screen = self.form_shown(live)
        filling = Filling(self.values_of(_form(screen), filled))
        self._complete(live, screen, filling, below=True, is_open=filled.is_open)

    def form_of(self, filled: FilledAtOnce) -> DrawnScreen | None:
        """The form that was filled in, while it is the one that waits."""
        live = self.stage.live()
        is_it = live is not None and live.id == filled.screen_id and live.kind in ("form", "fileask")
        return live if is_it else None

    def form_shown(self, live: DrawnScreen) -> Form | FileAsk:
        shown = self._shown(live)
        if not isinstance(shown, Form | FileAsk):
            raise Refusal(STALE.text)
        return shown

    def values_of(self, form: Form, filled: FilledAtOnce) -> dict[str, Raw]:
        """The raw answers, with the files that were there already and those that came with it."""
        before = Filling.of(form, self.conversation.view)
        values: dict[str, Raw] = {}
        for name, raw in filled.values.items():
            if isinstance(raw, str):
                values[name] = raw
                continue
            here = {file["id"]: file for file in before.files(name)}
            fresh = parcels(self.talk.session, self.talk.person_id, [one for one in raw if one not in here])
            here |= {one.id: {"id": one.id, "name": one.name, "size": one.size} for one in fresh}
            values[name] = [here[one] for one in dict.fromkeys(raw)]
        return values

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
            self._filled_on(screen, shown, after)

    def _filled_on(
        self, live: DrawnScreen, screen: Form | FileAsk, filling: Filling, *, below: bool = False
    ) -> None:
        """On to the next open field; when none is left, the step takes the whole form."""
        if filling.at:
            self.stage.redraw(live, screen, filling.view(), below=below)
        else:
            self._complete(live, screen, filling, below=below)

    def _complete(
        self,
        live: DrawnScreen,
        screen: Form | FileAsk,
        filling: Filling,
        *,
        below: bool,
        is_open: bool = False,
    ) -> None:
        """A form with every field answered is taken; what is wrong is shown where it can be mended."""
        form = _form(screen)
        values, wrong = read_all(form, filling.values)
        to = Go("")
        if not wrong:
            try:
                to = self._take_in_savepoint(live, Filled(values))
            except Refusal as refusal:
                wrong = {form.fields[-1].name: refusal.phrase}
        if not wrong:
            self.stage.redraw(live, screen, filling.view())
            self.stage.retire(live)
            self.go(to)
            return
        name, phrase = next(iter(wrong.items()))
        again = replace(filling, at=name, error=self.talk.translate(phrase)).view()
        if is_open:
            # The form itself stays as it is behind the one that is open; what was entered is kept all the same.
            self.talk.wrong, self.conversation.view = wrong, again
        else:
            self.stage.redraw(live, screen, again, below=below)

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
