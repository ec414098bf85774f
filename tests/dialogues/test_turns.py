"""One turn, one transaction: what arrives twice, too late, from a stranger, or goes wrong half-way."""

from __future__ import annotations

from datetime import date

import pytest
from sqlmodel import col, func, select, update

from bot.turn import Incoming, Outcome, take_turn
from handlers.book import BOOK
from handlers.dialogue.answers import Arrived, FromMessenger, PressedToken, Said
from handlers.report_actual import check
from models.audit import AuditRow
from models.messaging.account import Account, Messenger
from models.messaging.conversation import Conversation, DrawnScreen
from models.messaging.inbox import Inbox
from models.messaging.outbox import Outbox
from models.organization import Person
from models.submission import State, Submission
from models.words import Refusal, say
from tests.dialogues.city import LEAD, LEAVER, OFFICER
from tests.dialogues.story import fills_in, hands_in
from tests.kit import files
from tests.kit.conversation import Speaker, Town

STALE = "지난 화면의 버튼입니다. 새 화면에서 다시 선택해 주세요."


def _arrives(town: Town, messenger: Messenger, address: str, key: str, answer: FromMessenger) -> Outcome:
    with town.database.write() as session:
        outcome = take_turn(session, town.now(), BOOK, Incoming(messenger, address, key, answer))
    town.deliver()
    return outcome


def _states(town: Town) -> list[State]:
    with town.database.read() as session:
        return [one.state for one in session.exec(select(Submission).order_by(col(Submission.id)))]


def _counts(town: Town) -> list[int]:
    """How many rows there are of whatever a turn writes."""
    with town.database.read() as session:
        tables = (Inbox, Outbox, DrawnScreen, AuditRow, Submission)
        return [session.exec(select(func.count()).select_from(table)).one() for table in tables]


def _went_through(outcome: Outcome) -> bool:
    """Whether it was taken, for the first time, with nothing to be said against it."""
    return outcome.known and not outcome.repeated and not outcome.toasts


def test_the_same_turn_arriving_again_does_nothing_twice(any_town: Town) -> None:
    officer, lead = any_town.person(OFFICER), any_town.person(LEAD)
    submit = fills_in(officer)
    assert _went_through(officer.answers_with(PressedToken(submit), "click-1"))
    before = _counts(any_town)
    assert officer.answers_with(PressedToken(submit), "click-1").repeated
    assert officer.answers_with(Said("메뉴"), "click-1").repeated
    assert _counts(any_town) == before
    assert [body["title"] for body in lead.screens() if body["kind"] == "card"] == ["민원처리율"]


def test_keys_are_each_person_s_and_each_messenger_s_own(any_town: Town) -> None:
    officer, lead = any_town.person(OFFICER), any_town.person(LEAD)
    assert not officer.answers_with(Said("메뉴"), "1").repeated
    assert not lead.answers_with(Said("메뉴"), "1").repeated
    with any_town.database.write() as session:
        session.add(
            Account(
                person_id=officer.person_id,
                messenger=Messenger.TELEGRAM,
                address=str(officer.person_id),
                linked_at=any_town.now(),
                last_used_at=any_town.now(),
            )
        )
    again = _arrives(any_town, Messenger.TELEGRAM, str(officer.person_id), "1", Said("메뉴"))
    assert _went_through(again)


def test_a_stale_button_gets_a_word_and_a_fresh_screen(officer: Speaker) -> None:
    old = officer.button("내 지표")
    officer.says("도움말")
    officer.presses_again(old)
    officer.sees(STALE, "이렇게 입력해 보세요")
    officer.presses("처음으로")
    officer.sees("무엇을 도와드릴까요?")


@pytest.mark.parametrize(
    "forged",
    [
        "",
        ".",
        "x.0",
        "{token}.99",
        "{token}.-1",
        "{token}.٣٣",
        "{token}." + "9" * 5_000,
        "{token}.0.0",
        "{token}",
    ],
)
def test_a_forged_button_does_nothing(officer: Speaker, forged: str) -> None:
    token = officer.button("내 지표").partition(".")[0]
    officer.presses_again(forged.format(token=token))
    officer.sees(STALE, "무엇을 도와드릴까요?")
    officer.does_not_see("보고할 지표 3건(")


def test_another_s_button_does_nothing(town: Town, officer: Speaker, second: Speaker, lead: Speaker) -> None:
    submit = fills_in(officer)
    second.presses_again(submit)
    second.sees(STALE)
    second.does_not_see("민원처리율")
    assert _states(town) == [State.DRAFT]
    officer.presses("제출하기")
    confirm = lead.button("확인")
    officer.presses_again(confirm)
    officer.sees(STALE)
    assert _states(town) == [State.SUBMITTED]


def test_a_button_does_nothing_after_ninety_days(town: Town, officer: Speaker, lead: Speaker) -> None:
    hands_in(officer)
    confirm = lead.button("확인")
    town.passes(days=90)
    lead.presses_again(confirm)
    lead.sees(STALE)
    assert _states(town) == [State.SUBMITTED]


def test_a_button_still_works_the_moment_before(town: Town, officer: Speaker, lead: Speaker) -> None:
    hands_in(officer)
    town.passes(days=89, hours=23)
    lead.presses("확인")
    assert _states(town) == [State.CONFIRMED]


def test_a_stranger_learns_nothing(any_town: Town) -> None:
    before = _counts(any_town)
    for address in ("99999", "", "1' OR '1'='1"):
        outcome = _arrives(any_town, Messenger.WEB, address, "1", Said("민원처리율"))
        assert outcome == Outcome(known=False)
    assert _counts(any_town) == before


def test_who_left_learns_nothing_from_that_day_on(town: Town) -> None:
    leaver = town.person(LEAVER)
    town.passes(days=1)
    leaver.says("메뉴")
    leaver.sees("윤퇴직 님, 안녕하세요.")
    town.passes(days=1)
    before = _counts(town)
    leaver.says("도움말")
    assert leaver.outcome == Outcome(known=False)
    leaver.does_not_see("이렇게 입력해 보세요")
    assert _counts(town) == before


def _leaves(town: Town, code: str) -> None:
    with town.database.write() as session:
        session.execute(update(Person).where(col(Person.code) == code).values(left_on=date(2019, 7, 8)))


def test_who_left_is_told_nothing_and_sees_nothing_change(
    town: Town, officer: Speaker, evaluator: Speaker
) -> None:
    hands_in(officer, "종이 없는 보고 45")
    officer.presses("제출 내용 보기")
    _leaves(town, OFFICER)
    before = _sent_to(officer)
    evaluator.presses("승인")
    officer.does_not_see("승인")
    assert _sent_to(officer) == before


def _sent_to(person: Speaker) -> list[Outbox]:
    with person.town.database.read() as session:
        return list(session.exec(select(Outbox).where(Outbox.account_id == person.account_id)))


def test_what_is_on_its_way_does_not_reach_who_left(town: Town, officer: Speaker, evaluator: Speaker) -> None:
    hands_in(officer, "종이 없는 보고 45")
    with town.nothing_delivered():
        evaluator.presses("승인")
    _leaves(town, OFFICER)
    town.deliver()
    officer.does_not_see("승인")


def test_a_refused_answer_undoes_what_it_began_and_stays_taken_in(
    town: Town, officer: Speaker, lead: Speaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    submit = fills_in(officer)

    def refuse(*_: object) -> None:
        raise Refusal("지금은 접수할 수 없습니다. 잠시 뒤 다시 제출해 주세요.")

    with monkeypatch.context() as broken:
        broken.setattr(check, "tell_who_decides", refuse)
        outcome = officer.answers_with(PressedToken(submit), "click-1")
    assert [toast.phrase for toast in outcome.toasts] == [
        say("지금은 접수할 수 없습니다. 잠시 뒤 다시 제출해 주세요.")
    ]
    assert _states(town) == [State.DRAFT]
    with town.database.read() as session:
        assert "report.submit" not in [row.action for row in session.exec(select(AuditRow))]
    assert officer.answers_with(PressedToken(submit), "click-1").repeated
    lead.does_not_see("민원처리율")
    officer.presses("제출하기")
    assert _states(town) == [State.SUBMITTED]


def test_a_fault_rolls_the_whole_turn_back_and_it_may_come_again(
    any_town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    officer, lead = any_town.person(OFFICER), any_town.person(LEAD)
    submit = fills_in(officer)
    before = _counts(any_town)

    def fail(*_: object) -> None:
        raise RuntimeError("a fault in the code")

    with monkeypatch.context() as broken:
        broken.setattr(check, "tell_who_decides", fail)
        with pytest.raises(RuntimeError):
            officer.answers_with(PressedToken(submit), "click-1")
    assert _counts(any_town) == before
    assert _states(any_town) == [State.DRAFT]
    assert _went_through(officer.answers_with(PressedToken(submit), "click-1"))
    assert _states(any_town) == [State.SUBMITTED]
    lead.sees("민원처리율", "[확인]")


def test_who_goes_to_another_messenger_goes_on_where_they_stopped(any_town: Town) -> None:
    officer = any_town.person(OFFICER)
    officer.says("민원 처리기간 8")
    old = officer.button("파일 없이 계속")
    with any_town.database.write() as session:
        account = Account(
            person_id=officer.person_id,
            messenger=Messenger.TELEGRAM,
            address="4711",
            linked_at=any_town.now(),
            last_used_at=any_town.now(),
        )
        session.add(account)
    parcel = officer.hands_in(files.pdf(), "처리대장.pdf")
    _arrives(any_town, Messenger.TELEGRAM, "4711", "1", Said("", [parcel]))
    with any_town.database.read() as session:
        conversation = session.exec(select(Conversation)).one()
        screen = session.get_one(DrawnScreen, conversation.screen_id)
        values = {field["name"]: field["value"] for field in screen.drawn["fields"]}
        assert session.get_one(Account, screen.account_id).messenger is Messenger.TELEGRAM
    assert values["value"] == "8 일"
    assert values["files"] == "처리대장.pdf"
    officer.presses_again(old)
    officer.sees(STALE, "실적 [done] 8 일", "증빙자료 [now] 처리대장.pdf")


def test_arriving_again_shows_the_first_screen(officer: Speaker) -> None:
    officer.says("민원처리율")
    officer.answers_with(Arrived(), "again")
    officer.sees("무엇을 도와드릴까요?")
