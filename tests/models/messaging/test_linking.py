"""Linking: by a code, guessed at, moved to another person, to a new telephone, by e-mail."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import col, select

from models.audit import Actor, AuditRow
from models.messaging.account import CODE_LASTS, Account, Messenger, make_code, reachable_account
from models.messaging.linking import LOCKED_FOR, MOST_GUESSES, Guesses, link, link_by_code, person_by_email
from models.organization import Person
from models.store import Database
from models.words import Refusal
from tests.kit.city import JULY, City, small_city

WRONG = "연결 코드가 맞지 않거나 기한이 지났습니다"
LOCKED = "연결 코드가 여러 번 맞지 않았습니다"
PHONE, OTHER_PHONE = "4711", "4712"


@pytest.fixture
def city(any_database: Database, tmp_path: Path) -> City:
    """한빛시, on either database."""
    return small_city(tmp_path, any_database)


def _code(city: City, person: str, now: datetime = JULY) -> str:
    with city.database.write() as session:
        return make_code(session, now, Actor(None, "test"), city.people[person])


def _brings(
    city: City,
    code: str,
    address: str = PHONE,
    messenger: Messenger = Messenger.TELEGRAM,
    now: datetime = JULY,
) -> str | int:
    """Whose account it is now, or what is said; one transaction, as a messenger's is."""
    with city.database.write() as session:
        answer = link_by_code(session, now, messenger, address, code)
        return str(answer) if isinstance(answer, Refusal) else answer.person_id


def _accounts(city: City) -> list[tuple[int, Messenger, str | None]]:
    with city.database.read() as session:
        rows = session.exec(select(Account).order_by(col(Account.id))).all()
    return [(row.person_id, row.messenger, row.address) for row in rows]


def _audited(city: City, action: str) -> list[AuditRow]:
    with city.database.read() as session:
        return list(session.exec(select(AuditRow).where(AuditRow.action == action)))


def _guesses(city: City) -> list[tuple[str, int, bool]]:
    with city.database.read() as session:
        rows = session.exec(select(Guesses).order_by(col(Guesses.address))).all()
    return [(row.address, row.wrong, row.locked_until is not None) for row in rows]


def test_a_code_links_the_account_to_whom_it_was_made_for(city: City) -> None:
    officer = city.people["officer"]
    assert _brings(city, _code(city, "officer")) == officer
    assert _accounts(city) == [(officer, Messenger.TELEGRAM, PHONE)]
    [row] = _audited(city, "account.link")
    assert (row.person_id, row.channel, row.subject) == (officer, "telegram", f"person:{officer}")


def test_a_code_links_once_and_for_a_day(city: City) -> None:
    code = _code(city, "officer")
    _brings(city, code)
    assert WRONG in str(_brings(city, code, OTHER_PHONE))
    old = _code(city, "civil")
    assert WRONG in str(_brings(city, old, OTHER_PHONE, now=JULY + CODE_LASTS))
    assert len(_accounts(city)) == 1


def test_five_wrong_codes_lock_the_address_even_for_the_right_one(city: City) -> None:
    code = _code(city, "officer")
    for number in range(MOST_GUESSES):
        assert WRONG in str(_brings(city, f"WRONG{number}"))
    assert LOCKED in str(_brings(city, code))
    assert LOCKED in str(_brings(city, code, now=JULY + LOCKED_FOR - timedelta(seconds=1)))
    assert not _accounts(city)
    [row] = _audited(city, "account.locked")
    assert (row.subject, row.person_id) == (f"telegram:{PHONE}", None)
    assert _brings(city, code, now=JULY + LOCKED_FOR) == city.people["officer"]
    assert _guesses(city) == []


def test_four_wrong_codes_lock_nobody_and_the_right_one_begins_anew(city: City) -> None:
    for _ in range(2):
        for number in range(MOST_GUESSES - 1):
            assert WRONG in str(_brings(city, f"WRONG{number}"))
        assert _brings(city, _code(city, "officer")) == city.people["officer"]
    assert _guesses(city) == [] and not _audited(city, "account.locked")


def test_a_lock_is_for_its_address_on_its_messenger_alone(city: City) -> None:
    for number in range(MOST_GUESSES):
        _brings(city, f"WRONG{number}")
    assert _guesses(city) == [(PHONE, 0, True)]
    assert _brings(city, _code(city, "officer"), OTHER_PHONE) == city.people["officer"]
    assert _brings(city, _code(city, "officer"), PHONE, Messenger.SLACK) == city.people["officer"]


def test_after_the_lock_it_takes_five_again(city: City) -> None:
    for number in range(MOST_GUESSES):
        _brings(city, f"WRONG{number}")
    later = JULY + LOCKED_FOR
    for number in range(MOST_GUESSES):
        assert WRONG in str(_brings(city, f"WRONG{number}", now=later))
    assert LOCKED in str(_brings(city, "WRONG", now=later))


def test_a_telephone_that_was_handed_on_is_the_new_person_s_and_the_old_one_s_no_more(city: City) -> None:
    officer, civil = city.people["officer"], city.people["civil"]
    _brings(city, _code(city, "officer"))
    _brings(city, _code(city, "civil"))
    assert _accounts(city) == [(officer, Messenger.TELEGRAM, None), (civil, Messenger.TELEGRAM, PHONE)]
    with city.database.read() as session:
        assert reachable_account(session, officer) is None


def test_a_new_telephone_silences_the_one_that_was_lost(city: City) -> None:
    officer = city.people["officer"]
    _brings(city, _code(city, "officer"))
    _brings(city, _code(city, "officer"), OTHER_PHONE)
    assert _accounts(city) == [
        (officer, Messenger.TELEGRAM, None),
        (officer, Messenger.TELEGRAM, OTHER_PHONE),
    ]


def test_two_messengers_of_one_person_stand_side_by_side(city: City) -> None:
    _brings(city, _code(city, "officer"))
    _brings(city, _code(city, "officer"), "T1:U1", Messenger.SLACK)
    assert [address for _, _, address in _accounts(city)] == [PHONE, "T1:U1"]


def test_linked_again_it_is_the_same_account_and_can_be_reached(city: City) -> None:
    officer = city.people["officer"]
    with city.database.write() as session:
        first = link(session, JULY, Messenger.TELEGRAM, PHONE, officer)
        first.unreachable_since = JULY
    with city.database.write() as session:
        again = link(session, JULY, Messenger.TELEGRAM, PHONE, officer)
        assert (again.id, again.unreachable_since) == (1, None)
    assert len(_accounts(city)) == 1 and len(_audited(city, "account.link")) == 1


def test_who_has_left_links_nothing(city: City) -> None:
    code = _code(city, "officer")
    city.change(Person, city.people["officer"], left_on=date(2019, 7, 15))
    assert WRONG in str(_brings(city, code))
    assert not _accounts(city)


def test_an_e_mail_is_one_person_s_who_works_here(city: City) -> None:
    def find(email: str) -> int | None:
        with city.database.read() as session:
            return person_by_email(session, JULY, email)

    officer, civil = city.people["officer"], city.people["civil"]
    for number, person in enumerate(city.people.values()):
        city.change(Person, person, email=f"{number}@hanbit.example" if person != officer else "")
    assert find("") is None and find("  ") is None
    city.change(Person, officer, email="Kim@hanbit.example")
    assert find(" kim@HANBIT.example ") == officer
    assert find("kim@hanbit.exampl") is None and find("%@hanbit.example") is None
    city.change(Person, civil, email="kim@hanbit.example")
    assert find("kim@hanbit.example") is None
    city.change(Person, officer, left_on=date(2019, 7, 15))
    assert find("kim@hanbit.example") == civil


def test_who_brings_the_code_again_that_linked_them_is_linked_and_has_not_guessed(city: City) -> None:
    code = _code(city, "officer")
    for _ in range(MOST_GUESSES + 1):
        assert _brings(city, code) == city.people["officer"]
    assert WRONG in str(_brings(city, code, OTHER_PHONE))
    assert len(_accounts(city)) == 1


def test_a_code_of_before_an_account_was_handed_on_does_not_take_it_back(city: City) -> None:
    first = _code(city, "officer")
    _brings(city, first)
    _brings(city, _code(city, "civil"))
    assert WRONG in str(_brings(city, first))
