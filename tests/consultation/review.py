"""한빛시 with a written review: who does what on Monday 15 July 2019, 14:00, in transactions of their own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from threading import Barrier
from typing import Any, TypeVar

import pytest
from sqlmodel import Session, SQLModel, select

from models.audit import AuditRow
from models.consultation.papers import PaperEntry, hand_in, paper_of, save_paper
from models.consultation.review import Paper, View, ViewStage
from models.consultation.views import Words, send_views, view_of, write_view
from models.doer import Doer
from models.evidence.kinds import FileKind
from models.evidence.table import Parcel, receive
from models.evidence.vault import Kept
from models.words import Refusal, translator
from tests.kit.city import JULY, City
from tests.kit.consultation import words

Made = TypeVar("Made")
Verb = Callable[[Session, Doer], Made]


@dataclass
class Review:
    """The review of 총무과 (indicators G1, G2, G3), beside other departments."""

    city: City
    programme: int
    now: datetime = JULY

    def does(self, person: str, verb: Verb[Made]) -> Made:
        """What the verb returns when the person does it."""
        with self.city.database.write() as session:
            return verb(session, self.city.at_work(session, person, self.now))

    def refused(self, person: str, verb: Verb[Any]) -> str:
        """What the person is told instead."""
        with pytest.raises(Refusal) as refusal:
            self.does(person, verb)
        return translator("ko")(refusal.value.phrase)

    def at_once(self, presses: Sequence[tuple[str, Verb[Any]]]) -> list[str]:
        """Everybody's press from one barrier; what each was told, "" where it was done."""
        start = Barrier(len(presses), timeout=30)

        def press(one: tuple[str, Verb[Any]]) -> str:
            start.wait()
            try:
                self.does(*one)
            except Refusal as refusal:
                return translator("ko")(refusal.phrase)
            return ""

        with ThreadPoolExecutor(len(presses)) as pool:
            return list(pool.map(press, presses))

    def add(self, row: SQLModel) -> None:
        with self.city.database.write() as session:
            session.add(row)

    def department(self, code: str = "GEN") -> int:
        return self.city.departments[code]

    def indicator(self, code: str) -> int:
        return self.city.indicators[code]

    def paper(self, code: str = "GEN") -> Paper:
        with self.city.database.read() as session:
            paper = paper_of(session, self.programme, self.department(code))
        assert paper is not None
        return paper

    def view(self, code: str, stage: ViewStage = ViewStage.WRITTEN) -> View | None:
        with self.city.database.read() as session:
            return view_of(session, self.programme, self.indicator(code), stage)

    def saving(self, text: str = "목표치를 봐 주십시오.", code: str = "GEN", **entry: Any) -> Verb[Paper]:
        key = (self.programme, self.department(code))
        return lambda session, doer: save_paper(session, doer, *key, PaperEntry(text, **entry))

    def handing_in(self, code: str = "GEN", verb: Any = hand_in) -> Verb[Paper]:
        """With the paper as it stands now."""
        key = (self.programme, self.department(code))
        revision = self.paper(code).revision
        return lambda session, doer: verb(session, doer, *key, revision)

    def hands_in(self, person: str = "officer", code: str = "GEN") -> None:
        self.does(person, self.saving(code=code))
        self.does(person, self.handing_in(code))

    def writing(
        self, code: str, said: Words | None = None, stage: ViewStage = ViewStage.WRITTEN
    ) -> Verb[View]:
        """A view on the indicator as it stands now; without words all is good."""
        before = self.view(code, stage)
        revision = before.revision if before else 0
        key = (self.programme, self.indicator(code), stage)
        return lambda session, doer: write_view(session, doer, *key, said or words(), revision)

    def sending(self, code: str = "GEN") -> Verb[Paper]:
        key = (self.programme, self.department(code))
        return lambda session, doer: send_views(session, doer, *key)

    def sends_views(self) -> None:
        """총무과 hands in, and gets its three views."""
        self.hands_in()
        for code in ("G1", "G2", "G3"):
            self.does("consultant", self.writing(code))
        self.does("consultant", self.sending())

    def audited(self) -> list[str]:
        with self.city.database.read() as session:
            return list(session.exec(select(AuditRow.action).order_by(AuditRow.id)))  # type: ignore[arg-type]


def parcel(session: Session, doer: Doer, mark: str = "a") -> Parcel:
    """A file of the person's, on its way."""
    return receive(session, doer.now, doer.person_id, Kept(mark * 64, 100, FileKind.PDF, f"계획 {mark}.pdf"))
