"""App Home: what a person has to do, at a glance."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlmodel import Session, col, select

from bot.slack.buttons import Buttons, rows
from bot.slack.draw import choices, header, sections
from bot.slack.text import Block
from handlers.dialogue.book import Book
from handlers.dialogue.draw import draw
from handlers.dialogue.drawing import Drawing
from handlers.dialogue.screens import Choice, Go, Menu
from handlers.dialogue.talk import Talk
from models.messaging.conversation import BUTTONS_LAST, DrawnScreen
from models.words import Phrase, say, translator

_KIND, _STEP = "home", "account.home"
_LISTS = {"my_indicators.list": say("지금 보고할 지표"), "review.queue": say("검토 대기함")}
"""Steps that are shown with what is in them, and what each is called."""
_SETTINGS = "account."


def draw_home(session: Session, talk: Talk, book: Book) -> dict[str, Any]:
    """The view for views.publish, within a transaction. Its buttons are one screen of the account's, which is
    drawn anew each time; what they do appears in the conversation."""
    drawing = Drawing(talk.translate)
    buttons = Buttons(talk.translate)
    menu = _menu(talk, book, _STEP)
    body = draw(menu, drawing, {})
    blocks = [*sections(body["text"][:1])]
    offered = list(zip(menu.choices, body["choices"], strict=True))
    for choice, drawn in offered:
        if _step_of(choice) in _LISTS:
            blocks += _list(talk, book, drawing, buttons, _step_of(choice), drawn)
    shortcuts = [
        drawn for choice, drawn in offered if _step_of(choice) not in _LISTS and not _is_setting(choice)
    ]
    settings = [drawn for choice, drawn in offered if _is_setting(choice)]
    for title, group in ((say("바로가기"), shortcuts), (say("설정"), settings)):
        if group:
            blocks += [*_titled(talk.translate(title)), *choices(group, buttons)]
    _keep(session, talk, drawing)
    return _view(blocks)


def plain_home(words: Phrase, locale: str) -> dict[str, Any]:
    """The view for who is not shown anything else: one sentence that says what to do."""
    return _view(sections([[{"t": translator(locale)(words)}]]))


def _view(blocks: Sequence[Block]) -> dict[str, Any]:
    return {"type": "home", "blocks": list(blocks)}


def _list(
    talk: Talk, book: Book, drawing: Drawing, buttons: Buttons, step: str, opens: dict[str, Any]
) -> list[Block]:
    """The first page of a list, and the way to all of it; where it is empty, its words alone."""
    screen = book[step].show(talk, {})
    body = draw(screen, drawing, {})
    if not isinstance(screen, Menu):
        return [{"type": "divider"}, *sections(body["text"])]
    # Its own buttons would turn its pages and filter it here, where nothing is redrawn.
    everything = buttons.button(talk.translate(say("전체 보기")), opens["token"])
    return [
        *_titled(talk.translate(_LISTS[step])),
        # Its own text begins with its title too; how many there are is said of the way to it.
        *sections([opens["detail"]]),
        *choices(body["choices"], buttons),
        {"type": "divider"},
        *rows([everything]),
    ]


def _titled(title: str) -> list[Block]:
    return [{"type": "divider"}, *header(title)]


def _menu(talk: Talk, book: Book, step: str) -> Menu:
    screen = book[step].show(talk, {})
    assert isinstance(screen, Menu), step
    return screen


def _step_of(choice: Choice) -> str:
    return choice.does.step if isinstance(choice.does, Go) else ""


def _is_setting(choice: Choice) -> bool:
    return _step_of(choice).startswith(_SETTINGS)


def _keep(session: Session, talk: Talk, drawing: Drawing) -> None:
    """Writes down what the buttons do. Those drawn before still work once: the view may not have arrived."""
    assert talk.account.id is not None
    mine = select(DrawnScreen).where(DrawnScreen.account_id == talk.account.id, DrawnScreen.kind == _KIND)
    screen = session.exec(mine.order_by(col(DrawnScreen.id))).first()
    if screen is None:
        screen = DrawnScreen(
            token="",
            person_id=talk.person_id,
            account_id=talk.account.id,
            step=_STEP,
            kind=_KIND,
            data={},
            drawn={},
            actions=[],
            drawn_at=talk.now,
            expires_at=talk.now + BUTTONS_LAST,
        )
    else:
        screen.former_token, screen.former_actions = screen.token, screen.actions
    screen.person_id = talk.person_id
    screen.token, screen.actions = drawing.token, drawing.actions
    screen.drawn_at, screen.expires_at = talk.now, talk.now + BUTTONS_LAST
    session.add(screen)
