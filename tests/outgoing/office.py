"""A town hall with a remote messenger that is a fake: it records what it is asked to send and fails as it is told.

office = Office(database, tmp_path)
kim = office.person("kim")
async with office.courier() as courier:
    office.tell(kim, "하나")
    courier.wake()
    await office.rests()
assert office.sender.words(kim) == ["하나"]
"""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlmodel import Session, col, select

from bot.outgoing.claiming import Claiming
from bot.outgoing.claims import Claimant
from bot.outgoing.courier import Courier
from bot.outgoing.load import Load
from bot.turn import Incoming, Outcome, take_turn
from bot.workers import Workers
from handlers.dialogue.answers import Answer, Arrived, Filled, FromMessenger, PressedToken, Said
from handlers.dialogue.book import Book, Data, Dialogue, FrontDoor
from handlers.dialogue.fields import NumberField
from handlers.dialogue.screens import Button, Card, Choice, FileShown, Form, Go, Menu, Notice, Press, Screen
from handlers.dialogue.sending import post
from handlers.dialogue.stage import Stage
from handlers.dialogue.talk import Talk
from handlers.dialogue.text import lines
from models.clock import MovableClock
from models.evidence.table import receive
from models.evidence.vault import Vault
from models.messaging.account import Account, Messenger, web_account
from models.messaging.conversation import Conversation, DrawnScreen
from models.messaging.outbox import Operation, Outbox, Sending
from models.organization import Department, DepartmentKind, Person, Role, RoleHeld
from models.store import Database
from models.words import Refusal, say
from tests.kit import files

NOW = datetime(2019, 7, 15, 5, tzinfo=UTC)
TELEGRAM = Messenger.TELEGRAM
_keys = itertools.count()


@dataclass
class Sender:
    """A messenger that does as it is told: `faults` are raised one after the other, for a screen's words or any."""

    messenger: Messenger = TELEGRAM
    sent: list[Load] = field(default_factory=list)
    """What arrived, in order, whether or not the answer to it did."""
    faults: dict[str, list[Exception]] = field(default_factory=dict)
    is_closed: asyncio.Event | None = None
    """While it is there and not set, whatever is sent hangs."""
    at: list[float] = field(default_factory=list)
    arriving: int = 0
    most_at_once: int = 0
    _ids: itertools.count[int] = field(default_factory=lambda: itertools.count(100))

    async def ready(self) -> None:
        await asyncio.sleep(0)

    async def send(self, load: Load) -> str | None:
        self.at.append(time.perf_counter())
        self.arriving += 1
        self.most_at_once = max(self.most_at_once, self.arriving)
        try:
            await asyncio.sleep(0)
            if self.is_closed is not None:
                await self.is_closed.wait()
            for words in (_said(load), ""):
                if faults := self.faults.get(words):
                    raise faults.pop(0)
        finally:
            self.arriving -= 1
        self.sent.append(load)
        return str(next(self._ids)) if load.operation is Operation.POST else None

    def words(self, account: int | None = None) -> list[str]:
        """What was said, to one account or at all."""
        return [_said(load) for load in self.sent if account in (None, load.account_id)]

    def operations(self) -> list[tuple[str, str]]:
        return [(load.operation.value, _said(load)) for load in self.sent]


def _said(load: Load) -> str:
    if load.operation is Operation.RING:
        return "ring"
    if load.operation is Operation.FILE and load.file is not None:
        return load.file.name
    body = load.body
    return str(body["title"] if "title" in body else body["text"][0][0]["t"])


FORBIDDEN: set[str] = set()
"""Words that nobody may see any more."""
STANDS: dict[str, str] = {}
"""How each subject stands."""


def _note(talk: Talk, data: Data) -> Screen:
    return Notice(lines(say("{words}", words=data["words"])))


def _card(talk: Talk, data: Data) -> Screen:
    subject = str(data["subject"])
    return Card(title=STANDS[subject], subject=subject, facts=[], buttons=[Button(say("승인"), Press("yes"))])


def _decide(talk: Talk, data: Data, answer: Answer) -> Go:
    STANDS[str(data["subject"])] += "!"
    talk.changed(str(data["subject"]))
    return Go("test.note", {"words": "결정됨"})


def _menu(talk: Talk, data: Data) -> Screen:
    return Menu(lines("무엇을"), [Choice("실적", Go("test.form"))])


def _form(talk: Talk, data: Data) -> Screen:
    return Form(
        "실적", lines("몇"), [NumberField("value", say("값"), say("수로"), unit="건")], cancel=Go("test.home")
    )


def _filled(talk: Talk, data: Data, answer: Answer) -> Go:
    assert isinstance(answer, Filled)
    return Go("test.note", {"words": f"{answer.values['value']}건"})


def _unreachable(talk: Talk, data: Data) -> Screen:
    return Notice(lines(say("{account} 연락 안 됨", account=data["account"])))


def _may_see(talk: Talk, data: Data) -> bool:
    if "broken" in str(data.get("words")):
        raise KeyError("a guard that fails")
    if "gone" in str(data.get("words")):
        raise Refusal("없습니다.")
    return str(data.get("words", data.get("subject"))) not in FORBIDDEN


def _book() -> Book:
    of_test, of_admin = Dialogue("test"), Dialogue("admin")
    of_test.step("home", _menu)
    of_test.step("form", _form, _filled)
    of_test.step("note", _note, guard=_may_see)
    of_test.step("card", _card, _decide, guard=_may_see)
    of_admin.step("unreachable", _unreachable)
    home = Go("test.home")
    door = FrontDoor(
        home=home,
        command=lambda said: Go("test.note", {"words": said.text[1:]}) if said.text[:1] == "/" else None,
        quick=lambda _talk, _said: None,
        unknown=lambda _talk, _said: home,
    )
    return Book([of_test, of_admin], door)


BOOK = _book()


class Office:
    """People with accounts on a remote messenger, clocks that stand, and couriers that can be killed."""

    def __init__(self, database: Database, folder: Path, sender: Sender | None = None) -> None:
        FORBIDDEN.clear()
        STANDS.clear()
        self.database = database
        self.folder = folder
        self.clock = MovableClock(NOW, ticking=False)
        self.machine = MovableClock(NOW, ticking=False)
        self.workers = Workers(database)
        self.vault = Vault(folder / "evidence")
        self.sender = sender or Sender()
        self.woken: list[Messenger] = []
        with database.write() as session:
            place = Department(code="A", name="총무과", kind=DepartmentKind.DIVISION, path="/A/", position=0)
            session.add(place)
            session.flush()
            self.place = place.id

    def claiming(self, book: Book = BOOK) -> Claiming:
        """That of a process which has just begun."""
        return Claiming(Claimant(self.folder / "sending"), book, self.vault)

    @asynccontextmanager
    async def courier(
        self, claiming: Claiming | None = None, sender: Sender | None = None, workers: Workers | None = None
    ) -> AsyncIterator[Courier]:
        """A courier at work, that ends in an orderly way."""
        claiming = claiming or self.claiming()
        courier = self.new_courier(claiming, sender, workers)
        await courier.recover()
        running = asyncio.create_task(courier.run())
        try:
            yield courier
        finally:
            running.cancel()
            with suppress(asyncio.CancelledError):
                await running
            claiming.claimant.close()

    def new_courier(
        self, claiming: Claiming, sender: Sender | None = None, workers: Workers | None = None
    ) -> Courier:
        def wake(messengers: Iterable[Messenger]) -> None:
            self.woken += messengers

        return Courier(
            workers or self.workers, self.clock, self.machine, claiming, sender or self.sender, wake
        )

    def person(self, code: str, *, messenger: Messenger = TELEGRAM, **values: Any) -> int:
        """A person's account on the remote messenger."""
        values = {"department_id": self.place, **values}
        with self.database.write() as session:
            person = Person(code=code, name=code, title="주무관", **values)
            session.add(person)
            session.flush()
            account = Account(
                person_id=person.id or 0,
                messenger=messenger,
                address=f"9{person.id}",
                linked_at=NOW,
                last_used_at=NOW,
            )
            session.add(account)
            session.flush()
            return account.id or 0

    def also_on_the_web(self, account: int) -> int:
        """The same person's account on the web, last used long ago."""
        with self.database.write() as session:
            person = session.get_one(Account, account).person_id
            return web_account(session, NOW - timedelta(days=30), person).id or 0

    def administers(self, account: int) -> None:
        with self.database.write() as session:
            person = session.get_one(Account, account).person_id
            session.add(RoleHeld(person_id=person, role=Role.ADMINISTRATOR))

    def change(self, kind: type[Any], key: int, **values: Any) -> None:
        with self.database.write() as session:
            for name, value in values.items():
                setattr(session.get_one(kind, key), name, value)

    def leaves(self, account: int) -> None:
        """Their last day was yesterday."""
        with self.database.read() as session:
            person = session.get_one(Account, account).person_id
        self.change(Person, person, left_on=date(2019, 7, 14))

    def tell(self, account: int, *words: str, step: str = "test.note", urgent: bool = False) -> list[int]:
        """What others have to say to them, committed and waiting; the ids of its screens."""
        with self.database.write() as session:
            return [self._post(session, account, step, one, urgent) for one in words]

    def _post(self, session: Session, account: int, step: str, words: str, urgent: bool) -> int:
        talk = self.talk(session, account, is_reader=not urgent)
        data: Data = {"subject": words} if step == "test.card" else {"words": words}
        return post(talk, Go(step, data), BOOK[step].show(talk, data), {}).id or 0

    def talk(self, session: Session, account: int, *, is_reader: bool = False) -> Talk:
        owner = session.get_one(Account, account)
        person = session.get_one(Person, owner.person_id)
        return Talk(session, self.clock.now(), person, owner, is_reader=is_reader)

    def changes(self, account: int, screen: int, operation: Operation, *, times: int = 1) -> None:
        """A screen is drawn anew or taken away."""
        with self.database.write() as session:
            talk = self.talk(session, account, is_reader=True)
            for _ in range(times):
                drawn = session.get_one(DrawnScreen, screen)
                if operation is Operation.REMOVE:
                    Stage(talk, Conversation(person_id=0, step="", updated_at=NOW))._drop(drawn)
                else:
                    drawn.drawn = drawn.drawn | {"text": [[{"t": drawn.drawn["text"][0][0]["t"] + "'"}]]}
                    session.add(self._row(account, screen, operation))

    def _row(self, account: int, screen: int, operation: Operation) -> Outbox:
        return Outbox(
            account_id=account, messenger=TELEGRAM, operation=operation, screen_id=screen, made_at=NOW
        )

    def hand_file(self, account: int, name: str) -> None:
        """A notice with a file in it."""
        with self.vault.receiving() as incoming:
            incoming.write(files.pdf())
            kept = incoming.keep(name)
        with self.database.write() as session:
            talk = self.talk(session, account)
            parcel = receive(session, NOW, talk.person_id, kept)
            file = FileShown(name, kept.size, f"parcel:{parcel.id}")
            post(talk, Go("test.home"), Notice(lines("파일"), files=[file]), {})

    async def turn(
        self, courier: Courier, account: int, answer: FromMessenger, claiming: Claiming, key: str = ""
    ) -> Outcome:
        """One turn, its answers given to the courier after the commit."""
        outcome = await self.workers.write(self._take, account, answer, claiming, key)
        courier.take(outcome.loads)
        return outcome

    def _take(
        self, session: Session, account: int, answer: FromMessenger, claiming: Claiming, key: str
    ) -> Outcome:
        address = session.get_one(Account, account).address or ""
        incoming = Incoming(TELEGRAM, address, key or f"key {next(_keys)}", answer)
        return take_turn(session, self.clock.now(), BOOK, incoming, claiming)

    def rows(self, *conditions: Any) -> list[Outbox]:
        with self.database.read() as session:
            return list(session.exec(select(Outbox).where(*conditions).order_by(col(Outbox.id))))

    def states(self, *conditions: Any) -> list[Sending]:
        return [row.state for row in self.rows(*conditions)]

    async def rests(self) -> None:
        """Until nothing is waiting or being sent on the remote messenger."""
        busy = col(Outbox.state).in_([Sending.TODO, Sending.SENDING])
        await until(lambda: not self.rows(busy, Outbox.messenger == TELEGRAM))


async def until(is_so: Callable[[], bool], within: float = 10) -> None:
    """Waits for what other tasks and threads are bringing about."""
    async with asyncio.timeout(within):
        while not is_so():
            await asyncio.sleep(0.002)


__all__ = [
    "BOOK", "FORBIDDEN", "NOW", "STANDS", "TELEGRAM", "Arrived", "Office", "PressedToken", "Said", "Sender", "until",
]  # fmt: skip
