"""App Home: what there is to do, and buttons that do it in the conversation."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session, select

from bot.slack.home import draw_home, plain_home
from bot.turn import Incoming, Outcome, take_turn
from handlers.book import BOOK
from handlers.dialogue.answers import PressedToken
from handlers.dialogue.talk import Talk
from models.clock import MovableClock
from models.evidence.vault import Vault
from models.messaging.account import Account, Messenger
from models.messaging.conversation import DrawnScreen
from models.messaging.outbox import Operation, Outbox
from models.organization import Person
from models.store import Database
from models.words import say
from tests.dialogues import city
from tests.dialogues.story import hands_in
from tests.kit import files
from tests.kit.conversation import Town
from tests.kit.slack.blocks import check_view, with_ids
from tests.kit.slack.reading import Seen, seen
from tests.slack.test_draw import checked

Body = dict[str, Any]


@pytest.fixture
def town(hanbit: Database, tmp_path: Path) -> Town:
    """한빛시 on Monday 8 July 2019, 09:00."""
    return Town(hanbit, Vault(tmp_path / "evidence"), MovableClock(city.MONDAY, ticking=False))


def _address(code: str) -> str:
    return f"T0CITY:U{code}"


def _account(session: Session, town: Town, code: str) -> Account:
    person = session.exec(select(Person).where(Person.code == code)).one()
    address = _address(code)
    found = session.exec(select(Account).where(Account.address == address)).one_or_none()
    account = found or Account(
        person_id=person.id or 0,
        messenger=Messenger.SLACK,
        address=address,
        linked_at=town.now(),
        last_used_at=town.now(),
    )
    session.add(account)
    session.flush()
    return account


def _home(town: Town, code: str, locale: str = "ko") -> Seen:
    """The home of a person who is linked, as they see it."""
    with town.database.write() as session:
        account = _account(session, town, code)
        person = session.get_one(Person, account.person_id)
        person.locale = locale
        view = draw_home(session, Talk(session, town.now(), person, account), BOOK)
    assert check_view(view, "home") == []
    assert [checked(block) for block in view["blocks"]] == view["blocks"]
    return seen(view | {"blocks": with_ids(view["blocks"])}, {})


def _presses(town: Town, code: str, home: Seen, label: str) -> tuple[Outcome, list[Body]]:
    """Presses a button of the home; the screens that are on their way into the conversation."""
    value = next(one.element["value"] for one in home.pressables if one.label == label)
    incoming = Incoming(Messenger.SLACK, _address(code), value, PressedToken(value))
    with town.database.write() as session:
        outcome = take_turn(session, town.now(), BOOK, incoming)
        sent = session.exec(
            select(DrawnScreen)
            .join(Outbox)
            .where(Outbox.operation == Operation.POST, Outbox.messenger == Messenger.SLACK)
        )
        return outcome, [screen.drawn for screen in sent]


def _screens(town: Town) -> list[DrawnScreen]:
    with town.database.read() as session:
        return list(session.exec(select(DrawnScreen).where(DrawnScreen.kind == "home")))


def test_an_officer_sees_what_is_due_and_when(town: Town) -> None:
    home = _home(town, city.OFFICER)
    for words in (
        "총무과 김주무 님, 안녕하세요.",
        "지금 보고할 지표",
        "보고할 지표 3건",
        " 미제출 · 상반기 · 7. 15.(월) 18:00까지 · 근무일 5일 남음",
        "설정",
        "도움말",
    ):
        assert words in home.text
    assert "검토 대기" not in home.text
    assert "관리" not in home.buttons
    assert "처음으로" not in home.buttons


def test_an_evaluator_sees_what_waits_for_a_decision(town: Town) -> None:
    hands_in(town.person(city.OFFICER), "종이 없는 보고 45")
    home = _home(town, city.EVALUATOR)
    for words in ("검토 대기함", "결정을 기다리는 보고 1건", "[종이 없는 보고]\n⏳ 오늘 제출"):
        assert words in home.text
    assert "부서별로 보기" not in home.buttons


def test_each_list_says_its_title_once(town: Town) -> None:
    hands_in(town.person(city.OFFICER), "종이 없는 보고 45")
    assert "내 지표" not in _home(town, city.OFFICER).text
    assert _home(town, city.EVALUATOR).text.count("검토 대기") == 1


def test_an_empty_queue_says_so(town: Town) -> None:
    assert "결정을 기다리는 보고가 없습니다." in _home(town, city.OTHER_EVALUATOR).text


def test_everything_else_a_role_allows_is_a_shortcut(town: Town) -> None:
    assert "부서 현황" in _home(town, city.LEAD).buttons
    assert "관리" in _home(town, city.ADMINISTRATOR).buttons
    assert "관리" not in _home(town, city.OFFICER).buttons
    assert "부재 · 대결" in _home(town, city.OFFICER).buttons


def test_a_long_list_shows_its_beginning_and_the_way_to_all_of_it(town: Town) -> None:
    home = _home(town, city.CARER)
    assert sum("방문 돌봄" in one.name for one in home.pressables) == 8
    assert not {"다음 쪽", "이전 쪽"} & set(home.buttons)
    _, sent = _presses(town, city.CARER, home, "전체 보기")
    assert sent[-1]["page"] == [1, 3]


def test_a_button_does_its_work_in_the_conversation(town: Town) -> None:
    home = _home(town, city.OFFICER)
    outcome, sent = _presses(town, city.OFFICER, home, "민원처리율")
    assert outcome.known
    assert outcome.toasts == []
    assert sent[-1]["title"] == "민원처리율"
    _, sent = _presses(town, city.OFFICER, home, "언어 · Language")
    assert [one["label"] for one in sent[-1]["choices"]] == ["한국어", "English"]


def test_a_home_is_nothing_that_is_sent_and_leaves_the_conversation_alone(town: Town) -> None:
    officer = town.person(city.OFFICER)
    officer.says("민원처리율 97.3")
    _home(town, city.OFFICER)
    with town.database.read() as session:
        assert session.exec(select(Outbox).where(Outbox.messenger == Messenger.SLACK)).all() == []
    officer.attaches(files.pdf(), "처리대장.pdf")
    officer.sees("증빙자료 [now] 처리대장.pdf")


def test_an_account_has_one_home_whose_last_buttons_still_work_once_more(town: Town) -> None:
    first, second = _home(town, city.OFFICER), _home(town, city.OFFICER)
    [screen] = _screens(town)
    assert screen.token == second.pressables[0].element["value"].partition(".")[0]
    outcome, sent = _presses(town, city.OFFICER, first, "민원처리율")
    assert outcome.toasts == []
    assert sent[-1]["title"] == "민원처리율"
    _home(town, city.OFFICER)
    outcome, _ = _presses(town, city.OFFICER, first, "도움말")
    assert [toast.phrase.text for toast in outcome.toasts] == [
        "지난 화면의 버튼입니다. 새 화면에서 다시 선택해 주세요."
    ]


def test_a_home_lives_on_as_long_as_it_is_looked_at(town: Town) -> None:
    _home(town, city.OFFICER)
    town.passes(days=60)
    home = _home(town, city.OFFICER)
    [screen] = _screens(town)
    assert screen.expires_at == town.now() + timedelta(days=90)
    town.passes(days=60)
    outcome, _ = _presses(town, city.OFFICER, home, "도움말")
    assert outcome.toasts == []


def test_another_one_cannot_press_it(town: Town) -> None:
    home = _home(town, city.OFFICER)
    _home(town, city.LEAD)
    outcome, _ = _presses(town, city.LEAD, home, "도움말")
    assert outcome.toasts != []


def test_who_is_not_linked_reads_one_sentence() -> None:
    view = plain_home(say("연결 코드를 보내 주세요."), "ko")
    assert check_view(view, "home") == []
    read = seen(view | {"blocks": with_ids(view["blocks"])}, {})
    assert (read.text, read.buttons) == ("연결 코드를 보내 주세요.", [])
