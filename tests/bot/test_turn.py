"""One turn, one transaction: taken once, by whoever it reaches first, on both databases."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from sqlmodel import Session, select

from bot.turn import Incoming, Outcome, take_turn, was_taken
from handlers.book import BOOK
from handlers.dialogue.answers import FromMessenger, Said
from handlers.dialogue.book import Book, Data, Dialogue, FrontDoor
from handlers.dialogue.screens import Go, Notice
from handlers.dialogue.talk import Talk
from handlers.dialogue.text import lines
from models.audit import Actor
from models.messaging.account import Account, Messenger, web_account
from models.messaging.conversation import Conversation, DrawnScreen
from models.messaging.inbox import Inbox
from models.messaging.outbox import Outbox
from models.organization import Person
from models.store import Database
from reports.plan import import_plan
from tests.kit.city import JULY
from tests.kit.plans import small_plan, write_csv

AT_ONCE = 6


@pytest.fixture
def town(any_database: Database, tmp_path: Path) -> Iterator[Database]:
    """A city whose officer 1001 has an account."""
    with any_database.write() as session:
        import_plan(session, JULY, Actor(None, "test"), write_csv(small_plan(), tmp_path / "plan"))
        web_account(session, JULY, officer(session))
    yield any_database


def officer(session: Session, code: str = "1001") -> int:
    return session.exec(select(Person.id).where(Person.code == code)).one() or 0


def take(town: Database, answer: FromMessenger, key: str, address: str | None = None) -> Outcome:
    with town.write() as session:
        incoming = Incoming(Messenger.WEB, address or str(officer(session)), key, answer)
        return take_turn(session, JULY, BOOK, incoming)


def count(town: Database, table: type) -> int:
    with town.read() as session:
        return len(session.exec(select(table)).all())


def all_at_once(town: Database, keys: list[str], words: str, address: str | None = None) -> list[Outcome]:
    barrier = Barrier(len(keys))

    def one(key: str) -> Outcome:
        barrier.wait()
        return take(town, Said(words), key, address)

    with ThreadPoolExecutor(len(keys)) as threads:
        return list(threads.map(one, keys))


def test_one_key_that_arrives_many_times_at_once_is_taken_once(town: Database) -> None:
    outcomes = all_at_once(town, ["the same"] * AT_ONCE, "도움말")
    assert sorted(outcome.repeated for outcome in outcomes) == [False] + [True] * (AT_ONCE - 1)
    assert count(town, Inbox) == count(town, Outbox) == 1


def test_the_first_turns_of_one_person_at_once_are_one_conversation(town: Database) -> None:
    """Again and again, since whether two would wait for each other is a matter of chance."""
    people = ("1001", "1002", "2001", "3001", "9001", "5001")
    for code in people:
        with town.write() as session:
            address = str(web_account(session, JULY, officer(session, code)).address)
        outcomes = all_at_once(town, [f"key {number}" for number in range(AT_ONCE)], "메뉴", address)
        assert not any(outcome.repeated for outcome in outcomes)
    assert count(town, Conversation) == len(people)


def test_turns_at_once_each_go_on_from_where_the_one_before_stood(town: Database) -> None:
    """Who waited for another turn's end leaves no second screen behind that could still be answered."""
    take(town, Said("메뉴"), "the first")
    all_at_once(town, [f"key {number}" for number in range(AT_ONCE)], "메뉴")
    with town.read() as session:
        [live] = session.exec(select(DrawnScreen).where(DrawnScreen.live)).all()
        assert session.exec(select(Conversation.screen_id)).one() == live.id


def test_it_is_known_whether_a_turn_asked_for_an_errand(town: Database) -> None:
    def ask(talk: Talk, _data: Data) -> Notice:
        talk.errand("export")
        return Notice(lines("잠시만 기다려 주세요."))

    dialogue, home = Dialogue("errand"), Go("errand.ask")
    dialogue.step("ask", ask)
    door = FrontDoor(home, lambda _said: home, lambda _talk, _said: None, lambda _talk, _said: home)
    with town.write() as session:
        incoming = Incoming(Messenger.WEB, str(officer(session)), "key", Said("가"))
        assert take_turn(session, JULY, Book([dialogue], door), incoming).has_errand
    assert not take(town, Said("메뉴"), "another").has_errand


def test_a_turn_that_fails_leaves_its_key_free_to_be_sent_again(town: Database) -> None:
    def fails(_session: Session, _account: Account) -> None:
        raise LookupError

    with pytest.raises(LookupError), town.write() as session:
        address = str(officer(session))
        take_turn(session, JULY, BOOK, Incoming(Messenger.WEB, address, "key", Said("도움말"), fails))
    assert count(town, Inbox) == count(town, Outbox) == 0
    assert not take(town, Said("도움말"), "key").repeated


def test_who_is_not_linked_learns_nothing_and_leaves_nothing(town: Database) -> None:
    outcome = take(town, Said("메뉴"), "key", address="999")
    assert outcome == Outcome(known=False)
    assert count(town, Inbox) == count(town, Conversation) == 0


def test_what_was_taken_is_known_by_messenger_address_and_key(town: Database) -> None:
    take(town, Said("도움말"), "key")
    with town.read() as session:
        address = str(officer(session))
        assert was_taken(session, Messenger.WEB, address, "key")
        assert not was_taken(session, Messenger.TELEGRAM, address, "key")
        assert not was_taken(session, Messenger.WEB, address, "other")
        assert not was_taken(session, Messenger.WEB, "999", "key")
