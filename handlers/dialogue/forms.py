"""What an answer does to the form where a person stands: to one field after the other, or to all of it at once."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any

from handlers.dialogue import answering
from handlers.dialogue.answers import Filled, FilledAtOnce, KeptForLater, Said
from handlers.dialogue.fields import FilesField
from handlers.dialogue.filling import CANCEL, KEEP, Filling, Raw, read_all, read_answered
from handlers.dialogue.navigation import FORMS, STALE, Navigator
from handlers.dialogue.screens import FileAsk, Form, Go
from models.evidence.table import Parcel, parcels
from models.messaging.conversation import DrawnScreen
from models.words import Phrase, Refusal, say

_FIRST = ""
"""No field in particular."""


class Forms:
    """The form of one person during one turn."""

    def __init__(self, navigator: Navigator) -> None:
        self.navigator = navigator
        self.stage = navigator.stage
        self.talk = navigator.talk
        self.conversation = navigator.conversation

    def say(self, live: DrawnScreen, said: Said) -> None:
        """Words or files for the field that is open, or the word that leaves the form."""
        if (screen := self._shown(live)) is None:
            return
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
            self.navigator.go(form.cancel)
            return
        try:
            files = [{"id": one.id, "name": one.name, "size": one.size} for one in self._parcels(said.files)]
            after = answering.said(form, before, said.text, files, to)
        except Refusal as refusal:
            after = before.wrong(to(refusal.phrase))
        self._filled_on(live, screen, after, below=True)

    def press(self, live: DrawnScreen, action: str, args: dict[str, Any]) -> None:
        """A button of the form's own."""
        if (screen := self._shown(live)) is None:
            return
        form = _form(screen)
        filling = Filling.of(form, self.conversation.view)
        if action == CANCEL and form.cancel is not None:
            self.stage.retire(live)
            self.navigator.go(form.cancel)
        elif action == KEEP:
            self.navigator.take(live, KeptForLater(read_answered(form, filling.values)))
        else:
            after = answering.pressed(form, filling, action, args, self.talk.translate)
            self._filled_on(live, screen, after)

    def fill(self, filled: FilledAtOnce) -> None:
        """A whole form: taken, or what is wrong shown beside its fields."""
        live = self._form_of(filled)
        if live is None:
            self.navigator.refuse_stale()
            self.talk.wrong = {_FIRST: STALE}
            return
        screen = self._shown(live)
        if screen is None:
            return
        filling = Filling(self._values_of(_form(screen), filled))
        self._complete(live, screen, filling, below=True, is_open=filled.is_open)

    def faults(self, filled: FilledAtOnce) -> dict[str, Phrase]:
        """What is wrong with a whole form before its files were fetched; nothing is changed."""
        live = self._form_of(filled)
        if live is None:
            return {_FIRST: STALE}
        form = self._as_it_stands(live)
        if form is None:
            return {}
        _, wrong = read_all(form, self._values_of(form, filled))
        files = {one.name for one in form.fields if isinstance(one, FilesField)}
        return {name: phrase for name, phrase in wrong.items() if name not in files}

    def _form_of(self, filled: FilledAtOnce) -> DrawnScreen | None:
        """The form that was filled in, while it is the one that waits."""
        live = self.stage.live()
        is_it = live is not None and live.id == filled.screen_id and live.kind in FORMS
        return live if is_it else None

    def _shown(self, live: DrawnScreen) -> Form | FileAsk | None:
        """A form as its step shows it today. Where that shows something else, or refuses, the form is over."""
        try:
            shown = self.navigator.shown(live)
        except Refusal:
            self.stage.retire(live)
            raise
        if isinstance(shown, Form | FileAsk):
            return shown
        if shown is None:
            self.navigator.refuse_stale()
        else:
            self.stage.show(Go(live.step, live.data), shown, {}, None)
        return None

    def _as_it_stands(self, live: DrawnScreen) -> Form | None:
        """The same for who only looks: None where the form is over, which the turn itself will tell."""
        with suppress(Refusal):
            shown = self.navigator.shown(live)
            return _form(shown) if isinstance(shown, Form | FileAsk) else None
        return None

    def _values_of(self, form: Form, filled: FilledAtOnce) -> dict[str, Raw]:
        """The raw answers, with the files that were there already and those that came with it."""
        before = Filling.of(form, self.conversation.view)
        values: dict[str, Raw] = {}
        for name, raw in filled.values.items():
            if isinstance(raw, str):
                values[name] = raw
                continue
            here = {file["id"]: file for file in before.files(name)}
            fresh = self._parcels([one for one in raw if one not in here])
            here |= {one.id: {"id": one.id, "name": one.name, "size": one.size} for one in fresh}
            values[name] = [here[one] for one in dict.fromkeys(raw)]
        return values

    def _parcels(self, files: Sequence[str]) -> Sequence[Parcel]:
        return parcels(self.talk.session, self.talk.person_id, files) if files else []

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
                to = self.navigator.take_in_savepoint(live, Filled(values))
            except Refusal as refusal:
                wrong = {form.fields[-1].name: refusal.phrase}
        if not wrong:
            self.stage.finish(live, screen, filling.view())
            self.navigator.go(to)
            return
        name, phrase = next(iter(wrong.items()))
        again = replace(filling, at=name, error=self.talk.translate(phrase)).view()
        if is_open:
            # The form itself stays as it is behind the one that is open; what was entered is kept all the same.
            self.talk.wrong = wrong
            self.stage.keep(again)
        else:
            self.stage.redraw(live, screen, again, below=below)


def _form(screen: Form | FileAsk) -> Form:
    return screen.form if isinstance(screen, FileAsk) else screen
