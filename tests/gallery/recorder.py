"""Writes down what people are shown in a conversation, and how one screen leads to the next."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlmodel import Session, col, select

from handlers.account.home import ROLE_NAMES
from handlers.dialogue.answers import Arrived, FromMessenger, PressedToken, Said
from handlers.front_door import FRONT_DOOR
from models.messaging.account import Account, Messenger
from models.messaging.conversation import Conversation, DrawnScreen
from models.messaging.web import WebLine
from models.organization import Person, RoleHeld
from models.words import translator
from tests.gallery.shape import Body, is_list, shape
from tests.kit.conversation import Speaker, Town

TOKEN = "T" * 20
"""Stands for every token, which is random; as long as one."""
CODE = "ABCD2-345EF"
_MADE_HERE = 24_576
"""Bytes of every workbook that is made: the real size varies a little with the time of its making."""
_PARCEL = re.compile(r"parcel:[\w-]+")


@dataclass(frozen=True)
class Seen:
    """A screen as one person was shown it, without anything random."""

    step: str
    body: Body
    live: bool
    locale: str
    reader: str
    after: str
    """What had been done just before."""


@dataclass(frozen=True)
class Move:
    """A way from one step to another. `told`: somebody else's turn, or an errand, led there."""

    origin: str
    target: str
    label: str
    told: bool = False


@dataclass
class Record:
    """Everything that was seen, each distinct screen once, and every way between steps, in order."""

    screens: dict[tuple[object, ...], Seen] = field(default_factory=dict)
    moves: dict[Move, None] = field(default_factory=dict)
    words: dict[tuple[str, str], None] = field(default_factory=dict)
    """What can be typed anywhere, and the step it leads to."""
    toasts: dict[tuple[str, str, str], None] = field(default_factory=dict)
    """Passing words: the step they were said at, their tone, and the words."""
    readers: dict[str, dict[str, None]] = field(default_factory=dict)
    """Who was shown a step, by their names and roles."""
    homes: dict[str, Body] = field(default_factory=dict)
    """Slack's App Home, by whose it is."""

    def see(self, seen: Seen) -> None:
        self.screens.setdefault(shape(seen.step, seen.body, seen.live, seen.locale), seen)
        self.readers.setdefault(seen.step, {})[seen.reader] = None

    def move(self, origin: str, target: str, label: str, kind: str) -> None:
        """Somebody's answer led from one step to another, or left the screen where it was."""
        if kind == "anywhere":
            self.words[label, target] = None
        elif kind and (origin != target or kind == "within"):
            self.moves[Move(origin, target, _whole(kind, label, origin, target))] = None


@dataclass
class RecordedTown(Town):
    """A city in which everything shown is written down."""

    record: Record = field(default_factory=Record)
    _known: dict[int, tuple[str, bool]] = field(default_factory=dict)
    _after: str = "알림을 받음"

    def person(self, code: str) -> Speaker:
        with self.doing("대화를 엶"):
            speaker = super().person(code)
        return RecordedSpeaker(self, speaker.person_id, speaker.account_id)

    def deliver(self) -> None:
        super().deliver()
        self.look()

    def do_errands(self) -> None:
        before = set(self.steps_of().values())
        fresh = len(self._known)
        with self.doing("시킨 일이 끝남"):
            super().do_errands()
        for screen in self.rows()[fresh:]:
            for step in sorted(before):
                if step.endswith("_running") and step.partition("_running")[0] in screen.step:
                    self.record.moves[Move(step, screen.step, "끝나면", told=True)] = None

    @contextmanager
    def doing(self, words: str) -> Iterator[None]:
        """What is shown meanwhile was shown after this."""
        before, self._after = self._after, words
        yield
        self._after = before

    def look(self) -> None:
        """Writes down every screen that was drawn anew since and can be seen: what was taken away cannot."""
        with self.database.read() as session:
            lines = set(session.exec(select(WebLine.screen_id)).all())
            for screen in session.exec(select(DrawnScreen).order_by(col(DrawnScreen.id))).all():
                if screen.id in lines and self._known.get(screen.id or 0) != (screen.token, screen.live):
                    self._known[screen.id or 0] = (screen.token, screen.live)
                    seen = _seen(session, screen, self._after)
                    self.record.see(seen)
                    if seen.locale == "ko":
                        self.record.moves.update(dict.fromkeys(_ways(screen)))

    def rows(self) -> list[DrawnScreen]:
        with self.database.read() as session:
            return list(session.exec(select(DrawnScreen).order_by(col(DrawnScreen.id))).all())

    def steps_of(self) -> dict[int, str]:
        """Where everybody stands."""
        with self.database.read() as session:
            return {one.person_id: one.step for one in session.exec(select(Conversation)).all()}


class RecordedSpeaker(Speaker):
    """Somebody whose every answer is written down with where it led."""

    def answers_with(self, answer: FromMessenger, key: str) -> Any:
        town = self.town
        assert isinstance(town, RecordedTown)
        rows = town.rows()
        at = town.steps_of().get(self.person_id, "")
        origin, label, kind = self._origin(answer, rows, at)
        with town.doing(label):
            outcome = super().answers_with(answer, key)
        target = town.steps_of()[self.person_id]
        wanted = FRONT_DOOR.command(answer) if isinstance(answer, Said) else None
        is_refused = target == at != origin or (wanted is not None and wanted.step != target)
        if outcome.locale == "ko" and not is_refused:
            town.record.move(origin, target, label, kind)
            for screen in town.rows()[len(rows) :]:
                if screen.person_id != self.person_id and kind != "anywhere":
                    town.record.moves[Move(target, screen.step, "알림", told=True)] = None
        translate = translator(outcome.locale)
        for toast in outcome.toasts:
            town.record.toasts[origin, toast.tone.value, translate(toast.phrase)] = None
        return outcome

    def _origin(self, answer: FromMessenger, rows: list[DrawnScreen], at: str) -> tuple[str, str, str]:
        """The step that is answered, the answer in words, and its kind: within (a screen that stays), go, anywhere."""
        match answer:
            case PressedToken(token):
                for row in rows:
                    if token.startswith(row.token) or (
                        row.former_token and token.startswith(row.former_token)
                    ):
                        label, kind = _pressed(row, token)
                        return row.step, label, kind
            case Said() if FRONT_DOOR.command(answer) is None:
                live = [row for row in rows if row.person_id == self.person_id and row.live]
                last = live[-1] if live else None
                if last is not None and last.step == at and last.kind in ("form", "fileask"):
                    said = "파일 올림" if answer.files and not answer.text else "답을 입력"
                    return at, said, "within"
                if last is not None and "search" in last.drawn:
                    return at, "검색어 입력", "within"
                return at, f"‘{answer.text}’ 입력" if answer.text else "파일만 올림", "anywhere"
            case Said():
                return at, f"‘{answer.text}’ 입력", "anywhere"
            case Arrived():
                return at, "대화를 엶", ""
        return at, "지난 버튼을 누름", ""


def _pressed(row: DrawnScreen, token: str) -> tuple[str, str]:
    """What was pressed, in words, and whether the screen stays."""
    drawn = row.drawn
    for choice in drawn.get("choices", []):
        if choice["token"] == token:
            return ("목록에서 고름" if is_list(row.step) else f"‘{choice['label']}’ 누름"), "go"
    for button in drawn.get("buttons", []):
        if button["token"] == token:
            return f"‘{button['label']}’ 누름", "within" if drawn["kind"] == "form" else "go"
    if token in (drawn.get("next"), drawn.get("previous")):
        return "쪽 넘김", "within"
    if token == drawn.get("search", {}).get("clear"):
        return "검색 지움", "within"
    for one in drawn.get("fields", []):
        if token == one.get("edit"):
            return "고칠 칸을 고름", "within"
        if any(token == file.get("remove") for file in one.get("files", [])):
            return "파일을 뺌", "within"
        if any(token == option.get("token") for option in one.get("options", [])):
            return "보기를 고름", "within"
    return "지난 버튼을 누름", ""


def _ways(screen: DrawnScreen) -> Iterator[Move]:
    """Where the buttons and choices of a screen lead, pressed or not."""
    for one in [*screen.drawn.get("choices", []), *screen.drawn.get("buttons", [])]:
        action = screen.actions[int(one["token"].rpartition(".")[2])]
        if "go" in action and action["go"] != screen.step:
            yield Move(screen.step, action["go"], _pressed(screen, one["token"])[0])


def _whole(kind: str, label: str, origin: str, target: str) -> str:
    """A form that leads on was filled in, whatever its last answer was."""
    leaves = ("‘취소’ 누름", "‘임시저장’ 누름", "‘Cancel’ 누름", "‘Save draft’ 누름")
    return "다 채움" if kind == "within" and origin != target and label not in leaves else label


def _seen(session: Session, screen: DrawnScreen, after: str) -> Seen:
    person = session.get_one(Person, screen.person_id)
    body = json.loads(_without_chance(screen))
    for place, file in enumerate(file for one in body.get("fields", []) for file in one.get("files", [])):
        file["id"] = f"file-{place + 1}"
        if file["name"].endswith(".xlsx"):  # it was made for the story, and holds the moment it was made
            file["size"] = _MADE_HERE
    for file in (*body.get("files", []), *([body["picture"]] if "picture" in body else [])):
        if file["reference"].startswith("parcel:"):
            file["size"] = _MADE_HERE
    return Seen(screen.step, body, screen.live, person.locale, reader_of(session, person), after)


def _without_chance(screen: DrawnScreen) -> str:
    text = json.dumps(screen.drawn, ensure_ascii=False).replace(screen.token, TOKEN)
    text = _PARCEL.sub("parcel:1", text)
    if screen.step != "admin.code":
        return text
    code = screen.data["code"]
    return text.replace(f"{code[:5]}-{code[5:]}", CODE)


def reader_of(session: Session, person: Person) -> str:
    """`김주무 (담당자)`."""
    translate = translator("ko")
    held = session.exec(select(RoleHeld).where(RoleHeld.person_id == person.id).order_by(col(RoleHeld.id)))
    roles = dict.fromkeys(translate(ROLE_NAMES[one.role]) for one in held.all())
    return f"{person.name} ({', '.join(roles)})" if roles else person.name


def linked(session: Session, town: Town, person_id: int, messenger: Messenger) -> Account:
    """An account of the person outside, as if linked."""
    now = town.now()
    account = Account(
        person_id=person_id, messenger=messenger, address=f"T1:U{person_id}", linked_at=now, last_used_at=now
    )
    session.add(account)
    session.flush()
    return account
