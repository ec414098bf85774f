"""Files on messengers that have no links: what was waited for comes by itself, what is shown is asked for."""

from __future__ import annotations

import pytest
from sqlmodel import col, delete, select, update

from handlers.book import BOOK
from handlers.dialogue.answers import PressedToken
from handlers.dialogue.navigation import STALE
from handlers.dialogue.screens import Go
from handlers.dialogue.sending import tell
from handlers.dialogue.talk import Talk
from models.audit import AuditRow
from models.evidence.table import EvidenceFile, receive
from models.messaging.account import Account, Messenger
from models.messaging.outbox import Operation, Outbox, Sending
from models.organization import Person, RoleHeld
from tests.dialogues.city import CIVIL
from tests.dialogues.story import hands_in
from tests.kit import files
from tests.kit.conversation import Speaker, Town
from tests.kit.remote import Phone


@pytest.fixture
def phone(officer: Speaker, lead: Speaker) -> Phone:
    """최팀장's, with the card of a report and its evidence before it."""
    phone = Phone.of(lead)
    hands_in(officer)
    assert phone.screens()[-1].kind == "card"
    phone.is_read()
    return phone


def _taken(town: Town) -> list[str]:
    with town.database.read() as session:
        return [
            row.subject for row in session.exec(select(AuditRow).where(AuditRow.action == "file.take")).all()
        ]


def _evidence(town: Town) -> EvidenceFile:
    with town.database.read() as session:
        return session.exec(select(EvidenceFile)).one()


def _workbook_for(town: Town, person: Speaker) -> None:
    """A file that was made for somebody is told to them, as an errand tells it."""
    with town.vault.receiving() as incoming:
        incoming.write(files.xlsx())
        kept = incoming.keep("성과표.xlsx")
    with town.database.write() as session:
        parcel = receive(session, town.now(), person.person_id, kept)
        teller = session.exec(select(Account)).first()
        assert teller is not None
        talk = Talk(session, town.now(), session.get_one(Person, teller.person_id), teller)
        tell(BOOK, talk, person.person_id, Go("admin.export_done", {"parcel": parcel.id}))


def test_a_file_of_a_card_is_sent_when_it_is_pressed_and_not_before(town: Town, phone: Phone) -> None:
    assert not phone.waiting()
    card = phone.screens()[-1]
    phone.presses("처리대장.pdf")
    [row] = phone.waiting()
    assert (row.operation, row.screen_id, row.rank) == (Operation.FILE, card.id, 0)
    assert row.reference == f"evidence:{_evidence(town).id}"
    assert phone.screens() == [*phone.screens()[:-1], card]


def test_a_history_is_shown_without_its_evidence_being_sent(phone: Phone) -> None:
    phone.presses("이력 보기")
    assert phone.screens()[-1].step == "my_indicators.history"
    assert not phone.waiting(Operation.FILE)
    phone.presses("처리대장.pdf")
    assert len(phone.waiting(Operation.FILE)) == 1


def test_it_leaves_with_its_bytes_its_name_and_a_note_of_who_took_it(town: Town, phone: Phone) -> None:
    phone.presses("처리대장.pdf")
    [load] = phone.claims()
    assert load.file is not None
    assert (load.file.name, load.file.size) == ("처리대장.pdf", len(files.pdf()))
    assert load.file.path.read_bytes() == files.pdf()
    assert (load.operation, load.urgent, load.address) == (Operation.FILE, True, "4711")
    assert _taken(town) == [f"evidence:{_evidence(town).id}"]


def test_pressed_twice_it_is_sent_twice(phone: Phone) -> None:
    phone.presses("처리대장.pdf")
    phone.presses("처리대장.pdf")
    assert [row.operation for row in phone.waiting()] == [Operation.FILE] * 2


def test_it_does_not_leave_for_who_may_not_see_it_any_more(town: Town, phone: Phone, lead: Speaker) -> None:
    phone.presses("처리대장.pdf")
    with town.database.write() as session:
        session.execute(delete(RoleHeld).where(col(RoleHeld.person_id) == lead.person_id))
    assert phone.claims() == []
    with town.database.read() as session:
        [row] = session.exec(select(Outbox).where(Outbox.operation == Operation.FILE)).all()
    assert (row.state, row.fault) == (Sending.DEAD, "the reader may not see it any more")
    assert _taken(town) == []


def test_a_file_that_is_not_theirs_does_not_leave_though_its_screen_may(town: Town, phone: Phone) -> None:
    phone.presses("처리대장.pdf")
    with town.database.write() as session:
        session.execute(
            update(Outbox).where(col(Outbox.state) == Sending.TODO).values(reference="evidence:99")
        )
    assert phone.claims() == [] and not phone.waiting()
    assert _taken(town) == []


def test_another_s_button_gets_nobody_a_file(town: Town, phone: Phone) -> None:
    thief = Phone.of(town.person(CIVIL), address="4712")
    outcome = thief.answers(PressedToken(phone.token("처리대장.pdf")))
    assert [toast.phrase for toast in outcome.toasts] == [STALE]
    assert not thief.waiting(Operation.FILE) and not phone.waiting(Operation.FILE)


def test_what_somebody_waits_for_comes_by_itself_after_its_words(town: Town, administrator: Speaker) -> None:
    phone = Phone.of(administrator)
    _workbook_for(town, administrator)
    assert [row.operation for row in phone.waiting()] == [Operation.POST, Operation.FILE]
    told, file = phone.claims()
    assert told.body["kind"] == "notice" and told.file is None
    assert file.file is not None and file.file.name == "성과표.xlsx"
    assert told.screen_id == file.screen_id


def test_on_the_web_a_file_is_a_link_and_nothing_is_sent(town: Town, administrator: Speaker) -> None:
    _workbook_for(town, administrator)
    town.deliver()
    administrator.sees("성과표가 준비되었습니다.", "성과표.xlsx")
    assert administrator.takes("성과표.xlsx") == files.xlsx()
    with town.database.read() as session:
        assert not session.exec(select(Outbox).where(Outbox.operation == Operation.FILE)).all()


def test_nor_is_it_when_its_button_is_pressed_there(town: Town, officer: Speaker, lead: Speaker) -> None:
    hands_in(officer)
    token = next(file["token"] for file in lead.card("민원처리율")["files"])
    lead.presses_again(token)
    with town.database.read() as session:
        assert not session.exec(select(Outbox).where(Outbox.operation == Operation.FILE)).all()


def test_a_file_asked_for_on_another_messenger_comes_where_it_was_asked_for(
    town: Town, phone: Phone, lead: Speaker
) -> None:
    token = phone.token("처리대장.pdf")
    slack = Phone.of(lead, Messenger.SLACK, "T1:U1")
    slack.answers(PressedToken(token))
    assert [row.operation for row in slack.waiting()] == [Operation.FILE]
    assert not phone.waiting()


def test_a_report_of_one_s_own_can_be_taken_away_too(town: Town, officer: Speaker) -> None:
    phone = Phone.of(officer)
    hands_in(officer)
    phone.says("민원처리율")
    phone.presses("처리대장.pdf")
    load = phone.claims()[-1]
    assert load.file is not None and load.file.name == "처리대장.pdf"
