"""A city whose words may not leave the house: what is told is told on the web, and outside it only rings."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest
import structlog
from sqlmodel import col, select

from bot.errands import ErrandRunner
from bot.workers import Workers
from handlers.book import BOOK, ERRANDS
from handlers.dialogue.book import Book
from models.messaging.account import Account, Messenger
from models.messaging.conversation import DrawnScreen
from models.messaging.linking import link
from models.messaging.outbox import Operation, Outbox
from models.organization import Person
from models.store import Database
from models.words import say, translator
from tests.dialogues.city import ADMINISTRATOR, EVALUATOR, OFFICER
from tests.dialogues.story import hands_in
from tests.kit.conversation import Speaker, Town
from tests.kit.remote import Phone


@pytest.fixture(autouse=True)
def book(monkeypatch: pytest.MonkeyPatch) -> Book:
    """The book of such a city, by which everybody talks here."""
    discreet = BOOK.discreet()
    monkeypatch.setattr("tests.kit.conversation.BOOK", discreet)
    return discreet


@pytest.fixture
def phone(lead: Speaker, book: Book) -> Phone:
    """최팀장's, used last; nothing has been told yet."""
    phone = Phone.of(lead)
    phone.book = book
    return phone


def _outside(town: Town) -> list[tuple[Operation, int]]:
    """Every row of the outbox that is not the web's."""
    query = select(Outbox).where(Outbox.messenger != Messenger.WEB).order_by(col(Outbox.id))
    with town.database.read() as session:
        return [(row.operation, row.account_id) for row in session.exec(query)]


def _drawn_outside(town: Town) -> list[DrawnScreen]:
    query = select(DrawnScreen).join(Account, col(Account.id) == col(DrawnScreen.account_id))
    with town.database.read() as session:
        return list(session.exec(query.where(Account.messenger != Messenger.WEB)))


def test_what_is_told_is_told_on_the_web_and_outside_it_rings_once(
    town: Town, officer: Speaker, lead: Speaker, phone: Phone
) -> None:
    hands_in(officer)
    lead.sees("민원처리율", "97.3 %", "[확인]")
    assert _outside(town) == [(Operation.RING, phone.account_id)]
    assert not _drawn_outside(town)


def test_a_ring_says_that_there_is_something_and_nothing_of_what(
    town: Town, officer: Speaker, phone: Phone
) -> None:
    hands_in(officer)
    [load] = phone.claims()
    assert (load.operation, load.address, load.urgent) == (Operation.RING, "4711", False)
    assert load.ring == say("검토하실 보고가 도착했습니다.")
    assert (load.body, load.message, load.file, load.thread) == ({}, None, None, None)
    assert not [secret for secret in ("민원", "97.3", "김주무", "처리대장") if secret in repr(load)]


def test_a_decision_rings_with_words_of_its_own(town: Town, evaluator: Speaker) -> None:
    officer = town.person(OFFICER)
    phone = Phone.of(officer, Messenger.SLACK, "T1:U1")
    hands_in(officer, "종이 없는 보고 45")
    evaluator.presses("승인")
    [load] = phone.claims()
    assert load.ring == say("보고하신 건에 결정이 있습니다.")
    officer.sees("종이 없는 보고가 승인되었습니다.")


def test_a_card_that_is_decided_is_redrawn_on_the_web_alone(
    town: Town, officer: Speaker, lead: Speaker, phone: Phone
) -> None:
    hands_in(officer)
    lead.presses("확인")
    operations = [operation for operation, account in _outside(town) if account == phone.account_id]
    assert operations == [Operation.RING]
    assert "팀장 확인됨" in lead.card("민원처리율")["badge"]["label"]


def test_who_has_nothing_but_the_web_is_told_without_a_ring(
    town: Town, officer: Speaker, lead: Speaker
) -> None:
    hands_in(officer)
    lead.sees("민원처리율")
    assert _outside(town) == []


def test_a_telephone_that_is_reached_no_more_is_not_rung(town: Town, officer: Speaker, phone: Phone) -> None:
    phone.unreachable()
    hands_in(officer)
    assert _outside(town) == []


def test_who_was_never_on_the_web_finds_it_there(town: Town, officer: Speaker) -> None:
    with town.database.write() as session:
        person = session.exec(select(Person).where(Person.code == EVALUATOR)).one()
        account = link(session, town.now(), Messenger.TELEGRAM, "4711", person.id or 0)
        phone_id = account.id or 0
    hands_in(officer, "종이 없는 보고 45")
    assert (Operation.RING, phone_id) in _outside(town)
    evaluator = town.person(EVALUATOR)
    assert evaluator.card("종이 없는 보고")["badge"]["label"] == "제출됨"


@pytest.fixture
async def runner(town: Town, book: Book) -> AsyncIterator[ErrandRunner]:
    workers = Workers(Database(town.database.url))
    yield ErrandRunner(workers, town.clock, town.vault, book, ERRANDS, on_done=lambda: None)
    workers.close()


async def test_an_errand_ends_on_the_web_and_rings(town: Town, runner: ErrandRunner) -> None:
    administrator = town.person(ADMINISTRATOR)
    phone = Phone.of(administrator)
    administrator.says("관리")
    administrator.presses("성과표 내려받기")
    administrator.presses("2019년 혁신과제 상반기")
    phone.is_read()
    await runner.run_all()
    town.deliver()
    administrator.sees("성과표가 준비되었습니다.", ".xlsx")
    [load] = phone.claims()
    assert (load.operation, load.ring) == (Operation.RING, say("요청하신 파일이 준비되었습니다."))
    assert load.file is None and not _drawn_outside(town)


async def test_an_errand_that_fails_rings_too(
    town: Town, runner: ErrandRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    administrator = town.person(ADMINISTRATOR)
    phone = Phone.of(administrator)
    administrator.says("관리")
    administrator.presses("계획 서식 내려받기")

    def fail(*_: Any) -> None:
        raise OSError

    monkeypatch.setitem(ERRANDS, "template", fail)
    with structlog.testing.capture_logs():
        await runner.run_all()
    town.deliver()
    administrator.sees("요청하신 작업을 마치지 못했습니다.")
    assert [load.operation for load in phone.claims()] == [Operation.RING]


def _rings() -> Iterator[tuple[str, str]]:
    for step in BOOK.steps.values():
        for locale in ("ko", "en"):
            yield step.name, translator(locale)(step.ring)


def test_no_ring_has_a_place_for_a_value() -> None:
    assert all(not step.ring.values and "{" not in step.ring.text for step in BOOK.steps.values())
    assert all(ring for _, ring in _rings())


@pytest.mark.parametrize(
    "step",
    ["review.card", "review.told", "admin.export_done", "admin.template_done", "admin.import_done",
     "admin.import_rejected", "admin.unreachable"],
)  # fmt: skip
def test_whatever_is_told_to_others_or_ends_an_errand_rings_with_words_of_its_own(step: str) -> None:
    assert BOOK[step].ring != BOOK["account.home"].ring


def test_the_discreet_book_has_every_step(book: Book) -> None:
    assert book.steps == BOOK.steps and book.is_discreet and not BOOK.is_discreet
