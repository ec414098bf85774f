"""The bot is killed at random moments while people work: nothing acknowledged is lost, nothing is done twice."""

from __future__ import annotations

import asyncio
import hashlib
import multiprocessing
import os
import random
import socket
import sys
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import text
from sqlmodel import Session, col, select
from websockets.exceptions import WebSocketException

from models.audit import AuditRow, verify
from models.evidence.table import EvidenceFile, StoredFile
from models.evidence.vault import Vault
from models.messaging.account import Account
from models.messaging.outbox import Outbox, Sending
from models.messaging.web import WebLine
from models.plan import Indicator
from models.scoring import Kind
from models.submission import State, Submission, SubmissionVersion
from tests.kit import files
from tests.kit.city import City
from tests.kit.process import Hall, hall
from tests.kit.window import Event, Window

KILLS = 30
KILLED_WITHIN = 0.15
HANGS_UP = 0.2
"""How often a person's own line breaks right after they sent something."""
REPORTS = 60
SEED = 20190715
GONE = (OSError, WebSocketException, httpx.TransportError)

# Forked from a process that has everything imported, since a start from nothing takes most of a second.
_PROCESSES = multiprocessing.get_context("forkserver")
_PROCESSES.set_forkserver_preload(
    ["__main__", "bot.cli", "bot.serve", "bot.web.server", "models.store.schema"]
)


def serve(environment: dict[str, str], log: Path) -> None:
    """`bogobot serve`, in a process of its own."""
    from bot.cli import main

    os.environ.update(environment)
    with log.open("ab") as errors:
        os.dup2(errors.fileno(), 2)
        os.dup2(errors.fileno(), 1)
    sys.argv = ["bogobot", "serve"]
    main()


@dataclass
class Stubborn:
    """A person whose page sends again, under the same id, whatever was not acknowledged."""

    url: str
    session: str
    chance: random.Random
    window: Window | None = None
    lost: int = 0
    """How often the line was lost with something unacknowledged."""

    async def says(self, words: str, *parcels: str) -> None:
        async def said(_window: Window) -> Event:
            return {"op": "say", "text": words, "files": list(parcels)}

        await self._does(said)

    async def presses(self, label: str) -> None:
        async def pressed(window: Window) -> Event:
            return {"op": "press", "token": await window.token(label)}

        await self._does(pressed)

    async def uploads(self, content: bytes, name: str) -> str:
        while True:
            try:
                return await (await self._open()).uploads(content, name)
            except (AssertionError, *GONE):
                await self._loses_the_line()

    async def _does(self, answer: Callable[[Window], Awaitable[Event]]) -> None:
        key, message = str(uuid.uuid4()), None
        while True:
            try:
                window = await self._open()
                message = message or await answer(window)
                if self.chance.random() < HANGS_UP:
                    await window.sends(message | {"id": key})
                    window.hangs_up()
                told = await window.tries(message, key)
            except GONE:
                await self._loses_the_line()
                continue
            if told["op"] == "ack":
                return
            assert "너무 빠르게" in told["text"], told
            await asyncio.sleep(0.1)

    async def _open(self) -> Window:
        while self.window is None:
            window = Window(self.url, self.session)
            try:
                self.window = await window.__aenter__()
            except GONE:
                await asyncio.sleep(0.02)
        return self.window

    async def _loses_the_line(self) -> None:
        self.lost, self.window = self.lost + 1, None
        await asyncio.sleep(0.02)


@dataclass
class Work:
    """What two people do until they are told to stop, and how far they came."""

    officer: Stubborn
    civil: Stubborn
    is_over: asyncio.Event = field(default_factory=asyncio.Event)
    said: list[str] = field(default_factory=list)
    reported: list[int] = field(default_factory=list)

    def done(self) -> int:
        return len(self.said) + len(self.reported)

    async def officer_writes(self) -> None:
        """Quick lines, numbered: each begins a form, and leaving it saves a draft."""
        number = 0
        while not self.is_over.is_set():
            number += 1
            for words in (f"민원처리율 {number}", "메뉴"):
                await self.officer.says(words)
                self.said.append(words)

    async def civil_reports(self) -> None:
        """Whole reports, each of another indicator with a file of its own."""
        for number in range(REPORTS):
            if self.is_over.is_set():
                return
            parcel = await self.civil.uploads(content_of(number), f"증빙 {number}.pdf")
            await self.civil.says(f"{name_of(number)} {number}", parcel)
            for label in ("건너뛰기", "제출하기"):
                await self.civil.presses(label)
            self.reported.append(number)


def content_of(number: int) -> bytes:
    return files.pdf(catalog=f"/X {number}")


def name_of(number: int) -> str:
    return f"민원 실적 {'가나다라마바사아자차'[number // 10]}{'가나다라마바사아자차'[number % 10]}"


async def kill_again_and_again(
    town: Hall, url: str, work: Work, people: asyncio.Future[Any], chance: random.Random
) -> None:
    """Each process is killed at a moment of its own: some before they did anything, most in the midst of work."""
    for number in range(KILLS):
        process = start(town)
        await until_it_listens(url)
        before = work.done()
        while number % 4 and work.done() == before and not people.done():
            await asyncio.sleep(0.001)
        await asyncio.sleep(chance.uniform(0, KILLED_WITHIN))
        process.kill()
        await asyncio.to_thread(process.join)


def start(town: Hall) -> Any:
    process = _PROCESSES.Process(target=serve, args=(town.environment, town.folder / "log"), daemon=True)
    process.start()
    return process


async def until_it_listens(url: str) -> None:
    host, port = url.removeprefix("http://").split(":")
    while True:
        try:
            _, writer = await asyncio.open_connection(host, int(port))
        except OSError:
            await asyncio.sleep(0.005)
        else:
            writer.close()
            return


@pytest.fixture
def town(city_made: City, tmp_path: Path) -> Hall:
    """한빛시 with sixty indicators more, and a port that stays the same."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    town = hall(city_made, tmp_path, port)
    for number in range(REPORTS):
        town.city.add_indicator(
            f"K{number:02}", name_of(number), "CIV", 1, Kind.HIGHER, unit="건", target=100
        )
    return town


async def test_nothing_is_lost_and_nothing_is_done_twice(town: Hall) -> None:
    url = f"http://127.0.0.1:{town.port}"
    chance = random.Random(SEED)
    officer, civil = (Stubborn(url, town.session(person), chance) for person in ("officer", "civil"))
    work = Work(officer, civil)
    people = asyncio.gather(work.officer_writes(), work.civil_reports())
    await kill_again_and_again(town, url, work, people, chance)
    last = start(town)
    work.is_over.set()
    await people
    for person in (officer, civil):
        if person.window is not None:
            await person.window.settles()
            await person.window.closes()
    last.terminate()
    await asyncio.to_thread(last.join)
    assert last.exitcode == 0
    assert officer.lost + civil.lost >= KILLS, "hardly anything was under way"
    assert '"exception"' not in (town.folder / "log").read_text()
    with town.city.database.read() as session:
        every_word_is_there_once(session, town.city, work)
        every_report_is_there_once(session, town.city, work)
        everything_is_whole(session, Vault(town.folder / "evidence"))


def every_word_is_there_once(session: Session, city: City, work: Work) -> None:
    person = city.people["officer"]
    account = session.exec(select(Account).where(Account.person_id == person)).one()
    lines = session.exec(select(WebLine).where(WebLine.account_id == account.id).order_by(col(WebLine.id)))
    assert [line.body["text"] for line in lines if line.screen_id is None] == work.said
    saved = [row.detail["value"] for row in audited(session, "report.save") if row.person_id == person]
    assert saved == [words.split()[-1] for words in work.said[::2]]


def every_report_is_there_once(session: Session, city: City, work: Work) -> None:
    submitted = audited(session, "report.submit")
    assert [row.detail["value"] for row in submitted] == [str(number) for number in work.reported]
    for number in work.reported:
        [submission] = session.exec(
            select(Submission).join(Indicator).where(Indicator.code == f"K{number:02}")
        ).all()
        assert submission.state is State.SUBMITTED
        [version] = session.exec(
            select(SubmissionVersion).where(SubmissionVersion.submission_id == submission.id)
        ).all()
        assert version.value == number
        [evidence] = session.exec(select(EvidenceFile).where(EvidenceFile.version_id == version.id)).all()
        assert evidence.sha256 == hashlib.sha256(content_of(number)).hexdigest()
        assert evidence.name == f"증빙 {number}.pdf"


def everything_is_whole(session: Session, vault: Vault) -> None:
    assert verify(session) == []
    assert {row.state for row in session.exec(select(Outbox))} == {Sending.SENT}
    stored = [row.sha256 for row in session.exec(select(StoredFile))]
    assert stored and all(vault.verify(sha256) for sha256 in stored)
    assert session.execute(text("PRAGMA integrity_check")).scalar() == "ok"


def audited(session: Session, action: str) -> list[AuditRow]:
    return list(session.exec(select(AuditRow).where(AuditRow.action == action).order_by(col(AuditRow.id))))
