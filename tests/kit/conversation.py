"""Dialogues that read as conversations: people of a city talk with the bot over the web messenger's own turn.

    officer.says("민원처리율 97.3")
    officer.sees("증빙자료")
    officer.attaches(files.pdf(), "증빙.pdf")
    officer.presses("제출하기")

Every answer is a real turn with its own transaction; what people see was delivered through the outbox.
"""

from __future__ import annotations

import itertools
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlmodel import col, select

from bot.delivery import deliver_web
from bot.turn import Incoming, Outcome, take_turn
from bot.web.draw import FileLinks
from handlers.book import BOOK, ERRANDS
from handlers.dialogue.answers import Arrived, FromMessenger, PressedToken, Said
from handlers.dialogue.errands import Workshop
from handlers.dialogue.screens import Go, Notice
from handlers.dialogue.sending import post
from handlers.dialogue.talk import Talk
from handlers.dialogue.text import lines
from models.clock import MovableClock
from models.evidence.table import Parcel, receive
from models.evidence.vault import Vault
from models.messaging.account import Account, Messenger, web_account
from models.messaging.errand import Errand, ErrandState, settle
from models.messaging.web import WebLine
from models.organization import Person
from models.store import Database
from models.words import Refusal, translator
from scheduler.due import run_due

_keys = itertools.count()
Body = dict[str, Any]


@dataclass
class Town:
    """A city whose people can be talked to, with its vault and a clock that stands until it is moved."""

    database: Database
    vault: Vault
    clock: MovableClock
    links: FileLinks = field(default_factory=lambda: FileLinks("a key of thirty-two characters or so"))
    remembers: int | None = None
    """How many of their newest screens people look at; None for all."""
    _delivers: bool = True

    def person(self, code: str) -> Speaker:
        """The person of that code, at their first screen."""
        with self.database.write() as session:
            person = session.exec(select(Person).where(Person.code == code)).one()
            account = web_account(session, self.clock.now(), person.id or 0)
            speaker = Speaker(self, person.id or 0, account.id or 0)
        speaker.arrives()
        return speaker

    def passes(self, **time: float) -> None:
        """Time goes by: `passes(days=1)`."""
        self.clock.move(timedelta(**time))

    def time_goes_on(self, **time: float) -> None:
        """Time goes by, and what has fallen due by then is done: `time_goes_on(days=1)`."""
        self.passes(**time)
        run_due(self.database, BOOK, self.now())
        self.deliver()

    def now(self) -> datetime:
        return self.clock.now()

    @contextmanager
    def nothing_delivered(self) -> Iterator[None]:
        """Turns are taken meanwhile, and what they have to say stays in the outbox."""
        self._delivers = False
        yield
        self._delivers = True

    def deliver(self) -> None:
        """Everything in the outbox reaches its reader."""
        if not self._delivers:
            return
        with self.database.write() as session:
            while deliver_web(session, self.now(), BOOK, self.links)[0]:
                pass

    def do_errands(self) -> None:
        """What takes longer than a turn is done."""
        with self.database.read() as session:
            waiting = list(session.exec(select(Errand).where(Errand.state == ErrandState.WAITING)))
        for errand in waiting:
            with tempfile.TemporaryDirectory() as folder:
                workshop = Workshop(self.database, self.vault, self.clock, Path(folder))
                finish = ERRANDS[errand.kind](workshop, {**errand.data, "person": errand.person_id})
            with self.database.write() as session:
                assert settle(session, errand.id or 0, self.now(), ErrandState.DONE)
                person = session.get_one(Person, errand.person_id)
                talk = Talk(session, self.now(), person, web_account(session, self.now(), errand.person_id))
                try:
                    to = finish(talk)
                    screen = BOOK[to.step].show(talk, dict(to.data))
                except Refusal as refusal:
                    to, screen = BOOK.front_door.home, Notice(lines(refusal.phrase))
                post(talk, to, screen, {})
        self.deliver()


@dataclass
class Speaker:
    """One person in their chat."""

    town: Town
    person_id: int
    account_id: int
    outcome: Outcome | None = None
    _before: dict[int, Body] = field(default_factory=dict)

    def arrives(self) -> None:
        """Opens the chat."""
        self._answers(Arrived())

    def says(self, text: str, *parcels: str) -> None:
        """Types words."""
        self._answers(Said(text, list(parcels)))

    def hands_in(self, content: bytes, name: str) -> str:
        """Uploads a file and returns its parcel, not sent with any words yet."""
        with self.town.vault.receiving() as incoming:
            incoming.write(content)
            kept = incoming.keep(name)
        with self.town.database.write() as session:
            return receive(session, self.town.now(), self.person_id, kept).id

    def attaches(self, content: bytes, name: str) -> None:
        """Sends a file without words."""
        self.says("", self.hands_in(content, name))

    def is_shown(self, step: str, **data: Any) -> None:
        """A screen reaches this person as if somebody else's turn had told them."""
        self._before = self._lines()
        with self.town.database.write() as session:
            person = session.get_one(Person, self.person_id)
            account = session.get_one(Account, self.account_id)
            talk = Talk(session, self.town.now(), person, account)
            post(talk, Go(step, data), BOOK[step].show(talk, dict(data)), {})
        self.town.deliver()

    def takes(self, name: str) -> bytes:
        """Takes away the newest file of that name that was made for this person."""
        shown_files = [file for body in self.screens() for file in body.get("files", [])]
        reference = [file["reference"] for file in shown_files if file["name"] == name][-1]
        with self.town.database.read() as session:
            parcel = session.get_one(Parcel, reference.removeprefix("parcel:"))
        assert parcel.owner_id == self.person_id
        return self.town.vault.path(parcel.sha256).read_bytes()

    def presses(self, label: str) -> None:
        """Presses the newest button, choice or option of that label that still works."""
        self._answers(PressedToken(self.button(label)))

    def presses_again(self, token: str) -> None:
        """Presses a button remembered from before."""
        self._answers(PressedToken(token))

    def button(self, label: str) -> str:
        """What the newest button of that label stands for."""
        for body in reversed(self.screens()):
            for pressable in _pressables(body) if body["live"] else []:
                if pressable["label"] == label:
                    return str(pressable["token"])
        raise AssertionError(f"no button {label!r}; there are {self.buttons()}")

    def buttons(self) -> list[str]:
        """Labels of everything that can be pressed on the newest screen."""
        return [pressable["label"] for pressable in _pressables(self.screens()[-1])]

    def sees(self, *words: str) -> None:
        """What the bot did since this person's last answer has these words in it."""
        text = self.reads()
        for word in words:
            assert word in text, f"{word!r} is not in:\n{text}"

    def does_not_see(self, *words: str) -> None:
        """None of these words is in what the bot did since this person's last answer."""
        text = self.reads()
        for word in words:
            assert word not in text, f"{word!r} is in:\n{text}"

    def reads(self) -> str:
        """The news and the passing words, read out."""
        return "\n".join([*(shown(body) for body in self.news()), self.toasts()])

    def toasts(self) -> str:
        """The passing words of the last turn."""
        if self.outcome is None:
            return ""
        translate = translator(self.outcome.locale)
        return "\n".join(translate(toast.phrase) for toast in self.outcome.toasts)

    def news(self) -> list[Body]:
        """Screens posted or redrawn since this person's last answer, but for those that only lost their buttons."""
        fresh = [body for key, body in self._lines().items() if _differs(body, self._before.get(key))]
        return fresh or self.screens()[-1:]

    def screens(self) -> list[Body]:
        """Every screen of the chat, oldest first."""
        return list(self._lines().values())

    def card(self, title: str) -> Body:
        """The newest card of that title as it stands now."""
        return [body for body in self.screens() if body["kind"] == "card" and body["title"] == title][-1]

    def _answers(self, answer: FromMessenger) -> None:
        self._before = self._lines()
        self.outcome = self.answers_with(answer, f"key-{next(_keys)}")

    def answers_with(self, answer: FromMessenger, key: str) -> Outcome:
        """One turn under a given key, delivered."""
        incoming = Incoming(Messenger.WEB, str(self.person_id), key, answer)
        with self.town.database.write() as session:
            outcome = take_turn(session, self.town.now(), BOOK, incoming)
        self.town.deliver()
        return outcome

    def _lines(self) -> dict[int, Body]:
        query = select(WebLine).where(WebLine.account_id == self.account_id)
        newest = query.order_by(col(WebLine.id).desc()).limit(self.town.remembers)
        with self.town.database.read() as session:
            kept = session.exec(newest).all()
        return {line.id or 0: line.body for line in reversed(kept) if line.screen_id is not None}


def shown(body: Body) -> str:
    """A screen as somebody would read it out."""
    said = [body.get("title", ""), (body.get("badge") or {}).get("label", "")]
    said += ["".join(_words(line)) for line in [*body.get("prompt", []), *body.get("text", [])]]
    said += [f"{label}: {''.join(_words(value))}" for label, value in body.get("facts", [])]
    for choice in body.get("choices", []):
        badge = (choice.get("badge") or {}).get("label", "")
        said.append(f"{choice['label']} ({''.join(_words(choice['detail']))}) {badge}")
    for one in body.get("fields", []):
        said.append(f"{one['label']} [{one['state']}] {one['value']} {one.get('error', '')} {one['hint']}")
    said += [file["name"] for file in body.get("files", [])]
    if "page" in body:
        said.append("쪽 {}/{}".format(*body["page"]))
    said.append(body.get("search", {}).get("hint", ""))
    said += [f"[{button['label']}]" for button in body.get("buttons", [])]
    return "\n".join(part for part in said if part)


def _differs(body: Body, before: Body | None) -> bool:
    """Whether there is something new to read; tokens are fresh with every drawing."""
    return body["live"] and (before is None or shown(body) != shown(before))


def _words(line: list[dict[str, Any]]) -> list[str]:
    return [span.get("t") or span.get("b") or span.get("c") or "" for span in line]


def _pressables(body: Body) -> list[dict[str, Any]]:
    found = [*body.get("buttons", []), *body.get("choices", [])]
    for one in body.get("fields", []):
        found += [option for option in one.get("options", []) if "token" in option]
        if "edit" in one:
            found.append({"label": f"고치기: {one['label']}", "token": one["edit"]})
        for file in one.get("files", []):
            if "remove" in file:
                found.append({"label": f"빼기: {file['name']}", "token": file["remove"]})
    for name, label in (("next", "다음 쪽"), ("previous", "이전 쪽")):
        if name in body:
            found.append({"label": label, "token": body[name]})
    if "clear" in body.get("search", {}):
        found.append({"label": "검색 지우기", "token": body["search"]["clear"]})
    return found
