"""Takes one answer of one person through the dialogue: which step it is for, what follows, what is to be sent.

Everything happens inside the turn's transaction; nothing is sent from here.
"""

from __future__ import annotations

from typing import Any

from handlers.dialogue.answers import Arrived, FilledAtOnce, FromMessenger, Pressed, PressedToken, Said
from handlers.dialogue.book import Book
from handlers.dialogue.forms import Forms
from handlers.dialogue.navigation import FORMS, Navigator
from handlers.dialogue.paging import TURN_PAGE, Paging, is_searched
from handlers.dialogue.screens import Button, Go, Menu, Notice, Tone
from handlers.dialogue.talk import Talk
from handlers.dialogue.text import lines
from models.messaging.conversation import Conversation, DrawnScreen
from models.words import Phrase, Refusal, say

_LONGEST_PLACE = 4
_LONGEST_QUERY = 80


def advance(book: Book, talk: Talk, conversation: Conversation, answer: FromMessenger) -> DrawnScreen | None:
    """One answer, to its end: the conversation moved on, every screen drawn and put into the outbox.

    Returns the form that was shown, if one was: a messenger may open it at once.
    """
    navigator = Navigator(book, talk, conversation)
    try:
        match answer:
            case Arrived():
                navigator.go(book.front_door.home)
            case PressedToken(token):
                _press(navigator, token)
            case Said():
                _say(navigator, answer)
            case FilledAtOnce():
                Forms(navigator).fill(answer)
    except Refusal as refusal:
        # Raised outside a form: the person keeps the screen they have and is told what to do.
        home = book.front_door.home
        buttons = [Button(say("처음으로"), home)]
        navigator.stage.post_notice(home, Notice(lines(refusal.phrase), tone=Tone.WARNING, buttons=buttons))
    navigator.stage.send_to_others(book)
    return navigator.stage.form()


def faults(book: Book, talk: Talk, conversation: Conversation, filled: FilledAtOnce) -> dict[str, Phrase]:
    """What is wrong with a form that was filled in at once, before its files were fetched; nothing is changed."""
    return Forms(Navigator(book, talk, conversation)).faults(filled)


def _press(navigator: Navigator, value: str) -> None:
    """A button, known by its screen's token and its place there."""
    token, _, place = value.partition(".")
    screen = navigator.stage.find(token)
    actions = () if screen is None else screen.actions if screen.token == token else screen.former_actions
    if screen is None or not place.isdecimal() or len(place) > _LONGEST_PLACE or int(place) >= len(actions):
        navigator.refuse_stale()
        return
    action = actions[int(place)]
    if "file" in action:
        navigator.stage.hand_over(screen, action["file"])
    elif "go" in action:
        navigator.go(Go(action["go"], action["data"]), pressed=screen)
    elif action["press"].startswith("_"):
        _press_within(navigator, screen, action["press"], action["args"])
    else:
        navigator.take(screen, Pressed(action["press"], action["args"]))


def _press_within(navigator: Navigator, screen: DrawnScreen, action: str, args: dict[str, Any]) -> None:
    """A button that leads to no other step: of a form, or to another page."""
    if screen.id != navigator.conversation.screen_id:
        navigator.refuse_stale()
    elif screen.kind in FORMS:
        Forms(navigator).press(screen, action, args)
    elif (shown := navigator.shown(screen)) is None:
        navigator.refuse_stale()
    elif action == TURN_PAGE:
        navigator.stage.redraw(screen, shown, Paging(int(args["page"]), str(args["query"])).view())


def _say(navigator: Navigator, said: Said) -> None:
    """Words: a command from anywhere, what a form asked for, a quick line, or something to search a menu for."""
    front_door, talk = navigator.book.front_door, navigator.talk
    if (to := front_door.command(said)) is not None:
        navigator.go(to)
        return
    live = navigator.stage.live()
    if live is not None and live.kind in FORMS:
        Forms(navigator).say(live, said)
        return
    screen = navigator.shown(live)
    to = front_door.quick(talk, said)
    if (
        to is None
        and live is not None
        and isinstance(screen, Menu)
        and is_searched(screen)
        and not said.files
    ):
        query = said.text.strip()[:_LONGEST_QUERY]
        navigator.stage.redraw(live, screen, Paging(query=query).view(), below=True)
        return
    navigator.go(to or front_door.unknown(talk, said))
