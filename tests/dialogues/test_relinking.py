"""A telephone that was handed on: nothing of its former person's reaches it, not even a card that is redrawn."""

from __future__ import annotations

from sqlmodel import col, select

from models.messaging.account import Messenger
from models.messaging.linking import link
from models.messaging.outbox import Operation, Outbox, Sending
from models.submission import State, Submission
from tests.dialogues.city import CIVIL, LEAD, OFFICER
from tests.dialogues.story import hands_in
from tests.kit.conversation import Town
from tests.kit.remote import Phone


def _hands_on(town: Town, phone: Phone, person_id: int) -> None:
    with town.database.write() as session:
        link(session, town.now(), phone.messenger, phone.address, person_id)


def _faults(town: Town, phone: Phone) -> list[str]:
    """Why what was for the former person was not sent; nothing went wrong by itself."""
    dead = select(Outbox).where(Outbox.account_id == phone.account_id, Outbox.state == Sending.DEAD)
    with town.database.read() as session:
        return [row.fault for row in session.exec(dead) if "Error" in row.fault]


def _states(town: Town, phone: Phone) -> list[tuple[Operation, Sending]]:
    query = select(Outbox).where(Outbox.account_id == phone.account_id).order_by(col(Outbox.id))
    with town.database.read() as session:
        return [(row.operation, row.state) for row in session.exec(query)]


def test_a_card_of_the_former_person_s_stays_silent(any_town: Town) -> None:
    officer, lead, civil = any_town.person(OFFICER), any_town.person(LEAD), any_town.person(CIVIL)
    phone = Phone.of(lead)
    hands_in(officer)
    phone.is_read()
    _hands_on(any_town, phone, civil.person_id)
    lead.says("대기함")
    lead.presses("민원처리율")
    lead.presses("확인")
    assert (Operation.REDRAW, Sending.TODO) in _states(any_town, phone)
    assert [load for load in phone.claims() if load.account_id == phone.account_id] == []
    assert (Operation.REDRAW, Sending.DEAD) in _states(any_town, phone)
    assert _faults(any_town, phone) == []


def test_what_was_on_its_way_does_not_reach_the_new_person(any_town: Town) -> None:
    officer, lead, civil = any_town.person(OFFICER), any_town.person(LEAD), any_town.person(CIVIL)
    phone = Phone.of(lead)
    hands_in(officer)
    assert phone.waiting(Operation.POST)
    _hands_on(any_town, phone, civil.person_id)
    assert phone.claims() == []
    assert {state for _, state in _states(any_town, phone)} == {Sending.DEAD}
    assert _faults(any_town, phone) == []


def test_its_buttons_do_nothing_for_the_new_person(any_town: Town) -> None:
    officer, lead, civil = any_town.person(OFFICER), any_town.person(LEAD), any_town.person(CIVIL)
    phone = Phone.of(lead)
    hands_in(officer)
    phone.is_read()
    _hands_on(any_town, phone, civil.person_id)
    outcome = phone.presses("확인")
    assert outcome.known and len(outcome.toasts) == 1
    with any_town.database.read() as session:
        assert session.exec(select(Submission.state)).all() == [State.SUBMITTED]


def test_the_former_person_is_told_on_what_they_have_left(any_town: Town) -> None:
    officer, lead, civil = any_town.person(OFFICER), any_town.person(LEAD), any_town.person(CIVIL)
    phone = Phone.of(lead, Messenger.SLACK, "T1:U1")
    _hands_on(any_town, phone, civil.person_id)
    hands_in(officer)
    lead.sees("민원처리율", "[확인]")
    assert not phone.waiting()
