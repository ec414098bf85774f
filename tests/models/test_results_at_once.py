"""Closing, announcing, deciding and giving at the same moment: one wins, the others are told, nothing is lost."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier
from typing import Any

import pytest
from sqlmodel import Session, col, select

from handlers.book import BOOK
from models.audit import verify
from models.doer import Doer
from models.organization import Role
from models.period import close, reopen
from models.plan import Period, PeriodState
from models.rating.answering import save, submit
from models.rating.papers import open_paper
from models.rating.recusing import step_back
from models.rating.table import Entry, Paper, PaperState
from models.recorded import differences
from models.scheme.adjusting import confirm, drop, propose
from models.scheme.announced import announced, fingerprint, lines_of
from models.scheme.announcing import announce
from models.scheme.owning import give_value, open_item
from models.scheme.result import result_of
from models.scheme.table import Adjustment, AdjustmentState, Announcement, OwnerValue
from models.store import Database
from models.words import Refusal, translator
from scheduler.due import run_due
from tests.dialogues import city
from tests.kit.consultation import add_person
from tests.kit.rated import Of, add_expert, add_round
from tests.kit.schemes import at_work, cycle_id, institutions, notes_plan, period_id, subject_id

OTHER = "9002"
Press = tuple[str, Callable[[Session, Doer], Any]]


@pytest.fixture
def rated(any_hanbit: Database) -> Database:
    institutions(any_hanbit)
    add_person(any_hanbit, OTHER, "배관리", Role.ADMINISTRATOR)
    notes_plan(any_hanbit, city.MONDAY)
    return any_hanbit


def at_once(database: Database, *presses: Press) -> list[str]:
    """What each was told; "" where it was done."""
    start = Barrier(len(presses), timeout=30)

    def press(one: Press) -> str:
        start.wait()
        try:
            with database.write() as session:
                one[1](session, at_work(session, one[0], city.MONDAY))
        except Refusal as refusal:
            return translator("ko")(refusal.phrase)
        return ""

    with ThreadPoolExecutor(len(presses)) as pool:
        told = list(pool.map(press, presses))
    with database.read() as session:
        assert (verify(session), differences(session)) == ([], [])
    return told


def looks(database: Database) -> str:
    with database.read() as session:
        return fingerprint(lines_of(result_of(session, cycle_id(session), "INST", None)))


def announces(seen: str) -> Callable[[Session, Doer], Any]:
    return lambda session, doer: announce(session, doer, cycle_id(session), "INST", None, seen)


def gives(value: str, part: str = "COMM", period: str | None = None) -> Callable[[Session, Doer], Any]:
    def verb(session: Session, doer: Doer) -> None:
        key = period_id(session, period) if period else None
        item = open_item(session, cycle_id(session), "INST", part, key)
        give_value(session, doer, item, subject_id(session, "GA"), Decimal(value))

    return verb


def proposed(database: Database) -> int:
    with database.write() as session:
        doer = at_work(session, city.EVALUATOR, city.MONDAY)
        period = period_id(session, "H1")
        return propose(session, doer, subject_id(session, "GA"), "PLUS", period, Decimal(1), "표창").id


def closes(session: Session, doer: Doer) -> None:
    half = session.get_one(Period, period_id(session, "H1"))
    close(session, doer, half.id or 0, half.revision)


def reopens(database: Database) -> None:
    with database.write() as session:
        half = session.get_one(Period, period_id(session, "H1"))
        reopen(
            session, at_work(session, city.ADMINISTRATOR, city.MONDAY), half.id or 0, half.revision, "정정"
        )


def test_of_two_who_decide_on_a_bonus_one_does_and_the_other_is_told(rated: Database) -> None:
    for _ in range(3):
        one = proposed(rated)
        told = at_once(
            rated,
            (city.ADMINISTRATOR, lambda session, doer, key=one: confirm(session, doer, key, 0, "상장 확인")),
            (OTHER, lambda session, doer, key=one: drop(session, doer, key, 0, "근거 없음")),
        )
        assert sorted(told)[0] == "" and " 님이 7. 8.(월) 09:00에 먼저 " in sorted(told)[1]


def test_a_bonus_is_decided_before_its_period_closes_or_not_at_all(rated: Database) -> None:
    for _ in range(3):
        one = proposed(rated)
        told = at_once(
            rated,
            (city.ADMINISTRATOR, closes),
            (OTHER, lambda session, doer, key=one: confirm(session, doer, key, 0, "상장 확인")),
            (city.CIVIL, gives("1", "COMM")),
        )
        with rated.read() as session:
            state = session.get_one(Adjustment, one).state
        assert told[0] == "" and told[2] == ""
        assert (told[1] == "") == (state is AdjustmentState.CONFIRMED)
        assert told[1] == "" or "마감된 기간이라" in told[1]
        reopens(rated)


def test_a_value_comes_before_its_period_closes_or_is_refused(rated: Database) -> None:
    for number in range(3):
        value = str(10 + number)
        told = at_once(rated, (city.ADMINISTRATOR, closes), (city.EVALUATOR, gives(value, "BUDGET", "H1")))
        with rated.read() as session:
            kept = session.exec(select(OwnerValue).where(OwnerValue.value == Decimal(value))).all()
        assert told[0] == "" and (told[1] == "") == bool(kept)
        assert told[1] == "" or "마감된 기간이라" in told[1]
        reopens(rated)


def test_what_is_announced_is_what_was_looked_at_whatever_comes_meanwhile(rated: Database) -> None:
    for number in range(3):
        seen = looks(rated)
        told = at_once(rated, (city.ADMINISTRATOR, announces(seen)), (city.CIVIL, gives(f"{number + 1}.5")))
        assert told[1] == "" and (told[0] == "" or "그사이 결과가 바뀌었습니다" in told[0])
        with rated.read() as session:
            last = session.exec(select(Announcement).order_by(col(Announcement.id).desc())).first()
        assert (told[0] == "") == (last is not None and fingerprint(announced(last)) == seen)


def test_of_two_who_announce_one_does(rated: Database) -> None:
    seen = looks(rated)
    told = sorted(at_once(rated, (city.ADMINISTRATOR, announces(seen)), (OTHER, announces(seen))))
    assert told[0] == "" and "게시한 결과와 같습니다" in told[1]


def test_of_two_who_close_one_does(rated: Database) -> None:
    told = sorted(at_once(rated, (city.ADMINISTRATOR, closes), (OTHER, closes)))
    assert told[0] == "" and told[1] != ""
    with rated.read() as session:
        assert session.get_one(Period, period_id(session, "H1")).state is PeriodState.CLOSED


def test_a_paper_is_handed_in_or_stepped_back_from(rated: Database) -> None:
    with rated.write() as session:
        add_expert(session, "E0", "한위원")
    made = add_round(rated, ("GA", "CI", "CA"), [Of("EX", "전문가", raters=("E0",))], opens=city.MONDAY)
    notes_plan(rated, city.MONDAY)
    run_due(rated, BOOK, city.MONDAY)
    for paper in made.papers():
        key = paper.id or 0
        with rated.write() as session:
            seen = save(session, at_work(session, "E0", city.MONDAY), key, {"IMP": "탁월"}).paper.revision
        told = at_once(
            rated,
            ("E0", lambda session, doer, key=key, seen=seen: submit(session, doer, key, seen)),
            ("E0", lambda session, doer, key=key, seen=seen: step_back(session, doer, key, seen, "근무")),
        )
        with rated.read() as session:
            state = open_paper(session, key).paper.state
            entries = session.exec(select(Entry).where(Entry.paper_id == key)).all()
        assert sorted(map(bool, told)) == [False, True]
        assert (state, len(entries)) == (
            (PaperState.SUBMITTED, 1) if told[0] == "" else (PaperState.RECUSED, 0)
        )
    with rated.read() as session:
        assert len(session.exec(select(Paper.id)).all()) == 3
