"""Cards: every copy is redrawn when its subject changes, of two who press at once one wins, and who may not see
something any more is not shown it."""

from __future__ import annotations

import threading

from sqlmodel import col, delete, select

from bot.turn import Incoming, take_turn
from handlers.book import BOOK
from handlers.dialogue.answers import PressedToken
from models.messaging.account import Messenger
from models.messaging.outbox import Outbox, Sending
from models.organization import RoleHeld
from models.submission import Decision
from models.words import translator
from tests.dialogues.city import EVALUATOR, LEAD, OFFICER, OTHER_EVALUATOR, SECOND
from tests.dialogues.story import fills_in, hands_in, returns
from tests.kit.conversation import Speaker, Town, shown

LINE = "종이 없는 보고 45"
NAME = "종이 없는 보고"


def _labels(person: Speaker, title: str) -> list[str]:
    return [button["label"] for button in person.card(title)["buttons"]]


def _loses_every_role(town: Town, person: Speaker) -> None:
    with town.database.write() as session:
        session.execute(delete(RoleHeld).where(col(RoleHeld.person_id) == person.person_id))


def test_every_copy_is_redrawn_when_it_is_decided(any_town: Town) -> None:
    officer, second, lead = (any_town.person(code) for code in (OFFICER, SECOND, LEAD))
    evaluator, other = any_town.person(EVALUATOR), any_town.person(OTHER_EVALUATOR)
    second.says("민원처리율")
    hands_in(officer)
    officer.presses("제출 내용 보기")
    lead.presses("확인")
    for person in (lead, evaluator, other):
        assert person.card("민원처리율")["badge"]["label"] == "팀장 확인됨 · 최팀장 · 7. 8.(월) 09:00"
    any_town.passes(hours=5, minutes=2)
    other.presses("승인")
    for person in (lead, evaluator, other):
        card = person.card("민원처리율")
        assert card["badge"]["label"] == "승인됨 · 한평가 · 7. 8.(월) 14:02"
        assert [button["label"] for button in card["buttons"]] == ["이력 보기"]
    for person in (officer, second):
        assert person.card("민원처리율")["badge"]["label"] == "승인됨"
        assert "제출 회수" not in _labels(person, "민원처리율")
    check = next(body for body in officer.screens() if body["kind"] == "card")
    assert check["badge"]["label"] == "승인됨" and not check["buttons"]


def test_a_copy_that_was_opened_twice_is_redrawn_twice(officer: Speaker, evaluator: Speaker) -> None:
    hands_in(officer, LINE)
    evaluator.says("대기함")
    evaluator.presses(NAME)
    evaluator.presses("승인")
    cards = [body for body in evaluator.screens() if body["kind"] == "card"]
    assert [card["badge"]["label"] for card in cards] == ["승인됨 · 정평가 · 7. 8.(월) 09:00"] * 2


def test_a_report_handed_in_again_can_be_decided_on_the_old_card_too(
    officer: Speaker, evaluator: Speaker
) -> None:
    hands_in(officer, LINE)
    returns(evaluator)
    assert _labels(evaluator, NAME) == ["이력 보기"]
    officer.presses("고쳐서 다시 보고")
    officer.says("덧붙였습니다.")
    officer.presses("제출하기")
    cards = [body for body in evaluator.screens() if body["kind"] == "card"]
    assert len(cards) == 2
    assert all("지난 제출(1차)에서 바뀐 점" in shown(card) and "[승인]" in shown(card) for card in cards)


def test_who_pressed_second_is_told_who_was_first(
    town: Town, officer: Speaker, evaluator: Speaker, other_evaluator: Speaker
) -> None:
    hands_in(officer, LINE)
    late = other_evaluator.button("승인")
    evaluator.presses("승인")
    town.passes(minutes=1)
    other_evaluator.presses_again(late)
    other_evaluator.sees("정평가 님이 7. 8.(월) 09:00에 먼저 승인했습니다.")
    other_evaluator.does_not_see("보고를 승인했습니다", "남은 검토")


def test_who_returned_first_is_named_to_who_approves(
    officer: Speaker, evaluator: Speaker, other_evaluator: Speaker
) -> None:
    hands_in(officer, LINE)
    late = other_evaluator.button("승인")
    returns(evaluator)
    other_evaluator.presses_again(late)
    other_evaluator.sees("정평가 님이 7. 8.(월) 09:00에 먼저 반려했습니다.")


def test_one_who_presses_twice_is_told_of_themselves(officer: Speaker, evaluator: Speaker) -> None:
    hands_in(officer, LINE)
    approve = evaluator.button("승인")
    evaluator.presses_again(approve)
    evaluator.presses_again(approve)
    evaluator.sees("정평가 님이 7. 8.(월) 09:00에 먼저 승인했습니다.")


def test_of_two_evaluators_at_once_one_wins_and_the_other_is_told_who(any_town: Town) -> None:
    officer = any_town.person(OFFICER)
    people = {code: any_town.person(code) for code in (EVALUATOR, OTHER_EVALUATOR)}
    hands_in(officer, LINE)
    said = _at_once(any_town, [(person, person.button("승인")) for person in people.values()])
    with any_town.database.read() as session:
        decision = session.exec(select(Decision)).one()
    names = {people[EVALUATOR].person_id: "정평가", people[OTHER_EVALUATOR].person_id: "한평가"}
    winner = names[decision.decided_by_id]
    told = {person_id: words for person_id, words in said.items() if words}
    assert told == {
        person_id: f"{winner} 님이 7. 8.(월) 09:00에 먼저 승인했습니다."
        for person_id in names
        if person_id != decision.decided_by_id
    }
    any_town.deliver()
    for person in people.values():
        assert person.card(NAME)["badge"]["label"] == f"승인됨 · {winner} · 7. 8.(월) 09:00"


def _at_once(town: Town, presses: list[tuple[Speaker, str]]) -> dict[int, str]:
    """Everybody presses, each in a thread; what each is told in passing, by person."""
    said: dict[int, str] = {}
    start = threading.Barrier(len(presses))

    def press(person: Speaker, token: str) -> None:
        start.wait(10)
        incoming = Incoming(Messenger.WEB, str(person.person_id), "at-once", PressedToken(token))
        with town.database.write() as session:
            outcome = take_turn(session, town.now(), BOOK, incoming)
        said[person.person_id] = " ".join(translator("ko")(toast.phrase) for toast in outcome.toasts)

    threads = [threading.Thread(target=press, args=one) for one in presses]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return said


def test_a_card_on_its_way_does_not_reach_who_lost_the_right(
    town: Town, officer: Speaker, evaluator: Speaker
) -> None:
    fills_in(officer, LINE)
    with town.nothing_delivered():
        officer.presses("제출하기")
    _loses_every_role(town, evaluator)
    town.deliver()
    evaluator.does_not_see(NAME)
    with town.database.read() as session:
        dead = session.exec(select(Outbox).where(Outbox.state == Sending.DEAD)).one()
    assert (dead.account_id, dead.fault) == (evaluator.account_id, "the reader may not see it any more")


def test_a_decision_on_its_way_does_not_reach_who_lost_the_right(
    town: Town, deputy: Speaker, lead: Speaker
) -> None:
    hands_in(deputy)
    town.passes(days=4)
    with town.nothing_delivered():
        lead.presses("확인")
    town.passes(days=1)
    town.deliver()
    deputy.does_not_see("확인했습니다")


def test_a_card_of_who_lost_the_right_shows_nothing_any_more_once_it_changes(
    town: Town, officer: Speaker, evaluator: Speaker, other_evaluator: Speaker
) -> None:
    hands_in(officer, LINE)
    approve = evaluator.button("승인")
    _loses_every_role(town, evaluator)
    other_evaluator.presses("승인")
    evaluator.sees("더 이상 볼 수 없는 내용입니다.", "[처음으로]")
    evaluator.does_not_see(NAME, "승인됨")
    evaluator.presses_again(approve)
    evaluator.does_not_see(NAME, "승인됨", "한평가")
    evaluator.presses("처음으로")
    evaluator.sees("정평가 님, 안녕하세요.")


def test_a_draft_is_not_shown_to_a_deputy_whose_days_are_over(
    town: Town, officer: Speaker, deputy: Speaker
) -> None:
    fills_in(deputy)
    town.passes(days=5)
    officer.says("민원처리율")
    officer.presses("실적 보고")
    officer.presses("고치기: 실적")
    officer.says("96")
    officer.presses("임시저장")
    deputy.sees("더 이상 볼 수 없는 내용입니다.")
    deputy.does_not_see("96 %")


def test_who_has_no_messenger_yet_finds_it_in_the_queue_when_they_come(town: Town, officer: Speaker) -> None:
    hands_in(officer, LINE)
    evaluator = town.person(EVALUATOR)
    evaluator.sees("검토 대기함 (결정을 기다리는 보고 1건) 1건")


def test_each_reader_has_the_card_in_their_own_language(
    officer: Speaker, evaluator: Speaker, other_evaluator: Speaker
) -> None:
    evaluator.says("language")
    evaluator.presses("English")
    hands_in(officer, LINE)
    other_evaluator.presses("승인")
    assert "Mon 8 Jul 09:00" in evaluator.card(NAME)["badge"]["label"]
    assert "7. 8.(월) 09:00" in other_evaluator.card(NAME)["badge"]["label"]


def test_a_card_older_than_its_buttons_is_left_alone(
    town: Town, officer: Speaker, evaluator: Speaker, other_evaluator: Speaker
) -> None:
    hands_in(officer, LINE)
    town.passes(days=91)
    other_evaluator.says("대기함")
    other_evaluator.presses(NAME)
    other_evaluator.presses("승인")
    assert evaluator.card(NAME)["badge"]["label"] == "제출됨"
