"""Runs errands: what a turn asked for and is too long for a turn. What was left undone by a crash is done again."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

import structlog
from sqlmodel import Session, col, select

from bot.workers import Workers
from handlers.dialogue.book import Book
from handlers.dialogue.errands import Finish, Work, Workshop
from handlers.dialogue.screens import Go, Notice, Tone
from handlers.dialogue.sending import account_to_tell, post, ring
from handlers.dialogue.talk import Talk
from handlers.dialogue.text import lines
from models.clock import Clock
from models.evidence.vault import Vault
from models.messaging.errand import Errand, ErrandState, begin, settle
from models.organization import Person
from models.words import Phrase, Refusal, say

log = structlog.get_logger()
_MOST_TRIES = 3
_FAILED = say("요청하신 작업을 마치지 못했습니다. 잠시 뒤 다시 해 보시고, 계속되면 관리자에게 알려 주세요.")


class ErrandRunner:
    """One errand after the other, each in a thread; its end is one transaction."""

    def __init__(
        self,
        workers: Workers,
        clock: Clock,
        vault: Vault,
        book: Book,
        kinds: Mapping[str, Work],
        on_done: Callable[[], None],
    ) -> None:
        self._workers = workers
        self._clock = clock
        self._vault = vault
        self._book = book
        self._kinds = kinds
        self._on_done = on_done

    async def run_all(self) -> None:
        """Runs every errand that is waiting, those a former process left among them."""
        for errand in await self._workers.read(_waiting):
            await self._run_one(errand)

    async def _run_one(self, errand: Errand) -> None:
        state = ErrandState.DONE
        assert errand.id is not None
        try:
            if await self._workers.write(begin, errand.id) > _MOST_TRIES:
                raise Refusal(_FAILED.text)
            finish = await self._workers.block(self._work, errand)
        except Refusal as refusal:
            finish, state = _tell(refusal.phrase), ErrandState.FAILED
        except Exception:
            log.exception("errand.failed", kind=errand.kind)
            finish, state = _tell(_FAILED), ErrandState.FAILED
        try:
            await self._workers.write(self._finish, errand, finish, state)
        except Exception:
            log.exception("errand.failed", kind=errand.kind)
            await self._workers.write(self._finish, errand, _tell(_FAILED), ErrandState.FAILED)
        self._on_done()

    def _work(self, errand: Errand) -> Finish:
        with tempfile.TemporaryDirectory(prefix="bogobot-") as folder:
            workshop = Workshop(self._workers.database, self._vault, self._clock, Path(folder))
            return self._kinds[errand.kind](workshop, {**errand.data, "person": errand.person_id})

    def _finish(self, session: Session, errand: Errand, finish: Finish, state: ErrandState) -> None:
        now = self._clock.now()
        assert errand.id is not None
        account = account_to_tell(self._book, session, now, errand.person_id)
        if not settle(session, errand.id, now, state) or account is None:
            return
        talk = Talk(session, now, session.get_one(Person, errand.person_id), account)
        try:
            with session.begin_nested():
                to = finish(talk)
                screen = self._book[to.step].show(talk, dict(to.data))
        except Refusal as refusal:
            to, screen = self._book.front_door.home, Notice(lines(refusal.phrase), tone=Tone.WARNING)
        ring(self._book, talk, post(talk, to, screen, {}))


def _waiting(session: Session) -> list[Errand]:
    query = select(Errand).where(Errand.state == ErrandState.WAITING)
    return list(session.exec(query.order_by(col(Errand.id))))


def _tell(phrase: Phrase) -> Finish:
    def finish(_talk: Talk) -> Go:
        raise Refusal(phrase.text, **phrase.values)

    return finish
