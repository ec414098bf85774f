"""One stop of an explanation: what there is to say, and where it goes on."""

from __future__ import annotations

from handlers.dialogue.book import Data
from handlers.dialogue.screens import Button, Choice, Go, Menu, Notice, Screen
from handlers.dialogue.talk import Talk
from handlers.dialogue.text import Bold, lines
from handlers.explain.place import go_to, must_see, place_of
from models.explaining import Known, Place, explained_at
from models.words import say


def show(talk: Talk, data: Data) -> Screen:
    """The lines of the place, its parts to choose from, and the way back up."""
    place = place_of(data)
    must_see(talk, place)
    here = explained_at(Known(talk.session), place)
    text = lines(Bold(here.title), *here.lines)
    buttons = _buttons(place)
    if not here.below:
        return Notice(text, buttons=buttons)
    return Menu(text, [Choice(label, go_to(below)) for below, label in here.below], buttons=buttons)


def _buttons(place: Place) -> list[Button]:
    buttons = []
    if place.indicator_id is not None and place.part:
        above = Place(
            place.cycle_id, place.period_id, place.scheme, place.subject_id, place.part, None, place.as_of
        )
        buttons.append(Button(say("위로"), go_to(above)))
    elif place.part:
        above = Place(place.cycle_id, place.period_id, place.scheme, place.subject_id, as_of=place.as_of)
        buttons.append(Button(say("총점으로"), go_to(above)))
    buttons.append(Button(say("다른 날 기준으로"), Go("explain.day", dict(go_to(place).data))))
    buttons.append(Button(say("처음으로"), Go("account.home")))
    return buttons
