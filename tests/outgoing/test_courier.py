"""The courier brings everything, once, in order, whatever the messenger and the database do meanwhile."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError
from sqlmodel import col, select

from bot.outgoing.load import Later, Lost, Moved, Never, Unreachable
from bot.outgoing.settling import MOST_TRIES, mark_unreachable, pause_after
from bot.workers import Workers
from models.messaging.account import Account, Messenger
from models.messaging.conversation import DrawnScreen
from models.messaging.outbox import Operation, Outbox, Sending
from tests.kit.served_city import Mishaps
from tests.outgoing.office import (
    BOOK,
    FORBIDDEN,
    NOW,
    STANDS,
    TELEGRAM,
    Arrived,
    Office,
    PressedToken,
    Said,
    Sender,
    until,
)


async def test_what_waits_is_sent_in_order_and_marked_sent(office: Office) -> None:
    kim = office.person("kim")
    office.tell(kim, *(f"{number}" for number in range(10)))
    async with office.courier():
        await office.rests()
    assert office.sender.words() == [f"{number}" for number in range(10)]
    rows = office.rows()
    assert {row.state for row in rows} == {Sending.SENT} and all(row.sent_at for row in rows)


async def test_what_is_written_later_is_sent_when_the_courier_is_woken(office: Office) -> None:
    kim = office.person("kim")
    async with office.courier() as courier:
        await office.rests()
        office.tell(kim, "하나")
        courier.wake()
        await office.rests()
    assert office.sender.words() == ["하나"]


async def test_different_people_hear_at_once_and_one_person_one_thing_after_the_other(office: Office) -> None:
    people = [office.person(f"{number}") for number in range(8)]
    for person in people:
        office.tell(person, *"abc")
    office.sender.is_closed = asyncio.Event()
    async with office.courier():
        await until(lambda: office.sender.arriving == len(people))
        office.sender.is_closed.set()
        await office.rests()
    assert office.sender.most_at_once == len(people)
    assert all(office.sender.words(person) == list("abc") for person in people)


async def test_one_person_with_much_to_hear_does_not_hold_up_the_others(office: Office) -> None:
    much, little = office.person("much"), office.person("little")
    office.tell(much, *(f"{number}" for number in range(250)))
    office.tell(little, "하나")
    async with office.courier():
        await office.rests()
    heard = [load.account_id for load in office.sender.sent]
    assert heard.index(little) < 10


async def test_answers_go_before_notices(office: Office) -> None:
    kim = office.person("kim")
    office.tell(kim, "알림 하나", "알림 둘", "알림 셋", "알림 넷")
    office.tell(kim, "답", urgent=True)
    async with office.courier():
        await office.rests()
    assert office.sender.words()[0] == "답"


async def test_an_answer_does_not_wait_behind_a_notice_that_waits_for_its_turn(office: Office) -> None:
    kim = office.person("kim")
    office.tell(kim, "알림")
    claiming = office.claiming()

    class SlowWithNotices(Sender):
        async def send(self, load: Any) -> str | None:
            if not load.urgent:
                await closed.wait()
            return await super().send(load)

    closed, office.sender = asyncio.Event(), SlowWithNotices()
    async with office.courier(claiming) as courier:
        await until(lambda: Sending.SENDING in office.states())
        await office.turn(courier, kim, Arrived(), claiming)
        await until(lambda: office.sender.words() == ["무엇을"])
        closed.set()
        await office.rests()
    assert office.sender.words() == ["무엇을", "알림"]


async def test_what_changes_a_notice_that_is_on_its_way_follows_it(office: Office) -> None:
    """Though it is an answer, which else has a lane of its own."""
    kim, claiming = office.person("kim"), office.claiming()
    STANDS["submission:1"] = "보고서"
    office.tell(kim, "submission:1", step="test.card")
    with office.database.read() as session:
        token = session.exec(sa_select(DrawnScreen)).one().token
    office.sender.is_closed = asyncio.Event()
    async with office.courier(claiming) as courier:
        await until(lambda: office.sender.arriving == 1)
        await office.turn(courier, kim, PressedToken(f"{token}.0"), claiming)
        await until(lambda: office.sender.arriving == 1)
        office.sender.is_closed.set()
        await office.rests()
    assert ("redraw", "보고서!") in office.sender.operations()


async def test_waiting_redraws_of_a_screen_are_one(office: Office) -> None:
    kim = office.person("kim")
    [screen] = office.tell(kim, "화면")
    async with office.courier() as courier:
        await office.rests()
        office.changes(kim, screen, Operation.REDRAW, times=7)
        courier.wake()
        await office.rests()
    assert office.sender.operations() == [("post", "화면"), ("redraw", "화면" + "'" * 7)]
    assert set(office.states()) == {Sending.SENT}


async def test_a_post_shows_the_screen_as_it_stands_and_its_redraws_are_done_with_it(office: Office) -> None:
    kim = office.person("kim")
    [screen] = office.tell(kim, "화면")
    office.changes(kim, screen, Operation.REDRAW, times=5)
    async with office.courier():
        await office.rests()
    assert office.sender.operations() == [("post", "화면'''''")]


async def test_a_screen_taken_away_before_it_was_posted_is_never_posted(office: Office) -> None:
    kim = office.person("kim")
    [screen] = office.tell(kim, "화면")
    office.changes(kim, screen, Operation.REMOVE)
    async with office.courier():
        await office.rests()
    assert office.sender.sent == []


async def test_what_follows_a_post_knows_its_message_before_that_is_written_down(office: Office) -> None:
    """Three turns in a row, all claimed before the first was sent."""
    kim, claiming = office.person("kim"), office.claiming()
    office.sender.is_closed = asyncio.Event()
    async with office.courier(claiming) as courier:
        await office.turn(courier, kim, Arrived(), claiming)
        with office.database.read() as session:
            [menu] = session.exec(sa_select(DrawnScreen)).all()
        await office.turn(courier, kim, PressedToken(f"{menu.token}.0"), claiming)
        await office.turn(courier, kim, Said("7"), claiming)
        office.sender.is_closed.set()
        await office.rests()
    shown = [(load.operation.value, load.message, load.screen_id) for load in office.sender.sent]
    assert shown[0] == ("post", None, menu.id)
    # The menu loses its buttons where it stands, and so does the form.
    assert ("redraw", "100", menu.id) in shown
    assert [load.message for load in office.sender.sent if load.operation is Operation.REDRAW] == [
        "100",
        "101",
    ]
    assert office.sender.words()[-1] == "7건"


async def test_what_could_not_be_sent_yet_goes_back_in_order(office: Office) -> None:
    kim = office.person("kim")
    office.tell(kim, *"abcdef")
    office.sender.faults["b"] = [Later(), Later(), Later()]
    async with office.courier():
        await office.rests()
    assert office.sender.words() == list("abcdef")
    assert {row.tries for row in office.rows()} == {0}


async def test_an_answer_does_not_overtake_what_was_put_back(office: Office) -> None:
    kim, claiming = office.person("kim"), office.claiming()
    office.sender.faults["첫째"] = [Later(), Later()]
    async with office.courier(claiming) as courier:
        for words in ("첫째", "둘째", "셋째"):
            await office.turn(courier, kim, Said(f"/{words}"), claiming)
        await until(lambda: not office.sender.faults["첫째"])
        for words in ("넷째", "다섯째"):
            await office.turn(courier, kim, Said(f"/{words}"), claiming)
        await office.rests()
    posts = [words for kind, words in office.sender.operations() if kind == "post"]
    assert posts == ["첫째", "둘째", "셋째", "넷째", "다섯째"]


async def test_while_the_messenger_is_away_it_is_asked_ever_more_seldom(office: Office) -> None:
    kim = office.person("kim")
    office.tell(kim, "하나")
    office.sender.faults[""] = [Later() for _ in range(3)]
    async with office.courier():
        await office.rests()
    gaps = [later - before for before, later in zip(office.sender.at, office.sender.at[1:], strict=False)]
    # A claim that was being made as the first came back is made all the same.
    assert len(gaps) == 3 and sum(gaps) > 0.14


async def test_a_lost_answer_is_tried_again_after_growing_pauses_and_then_left(office: Office) -> None:
    kim = office.person("kim")
    office.tell(kim, "하나")
    office.sender.faults["하나"] = [Lost("timed out") for _ in range(MOST_TRIES)]
    async with office.courier() as courier:
        for tries in range(1, MOST_TRIES + 1):
            await until(lambda: office.states() == [Sending.UNKNOWN])
            [row] = office.rows()
            assert (row.tries, row.fault, row.sent_at) == (tries, "timed out", None)
            if tries == MOST_TRIES:
                assert row.not_before is None
                break
            assert row.not_before == office.machine.now() + pause_after(tries)
            office.machine.move(pause_after(tries) - timedelta(milliseconds=1))
            courier.wake()
            await asyncio.sleep(0.02)
            assert len(office.sender.at) == tries, "tried before its time"
            office.machine.move(timedelta(milliseconds=1))
            courier.wake()
            await until(lambda: len(office.sender.at) > tries)  # noqa: B023
        office.machine.move(timedelta(days=30))
        courier.wake()
        await asyncio.sleep(0.02)
    assert len(office.sender.at) == MOST_TRIES
    assert office.states() == [Sending.UNKNOWN]
    assert sum((pause_after(n) for n in range(1, MOST_TRIES)), timedelta()) > timedelta(hours=2)


async def test_a_message_that_is_tried_again_says_how_often_it_may_have_arrived(office: Office) -> None:
    kim = office.person("kim")
    office.tell(kim, "하나", "둘")
    office.sender.faults["하나"] = [Lost("timed out")]
    async with office.courier() as courier:
        await until(lambda: office.states() == [Sending.UNKNOWN, Sending.SENT])
        office.machine.move(timedelta(seconds=1))
        courier.wake()
        await until(lambda: office.states() == [Sending.SENT] * 2)
    assert [(load.tries, words) for load, words in zip(office.sender.sent, ["둘", "하나"], strict=True)] == [
        (0, "둘"),
        (1, "하나"),
    ]
    assert office.sender.words() == ["둘", "하나"]


async def test_what_will_never_be_taken_is_dead_with_its_fault(office: Office, mishaps: Mishaps) -> None:
    kim = office.person("kim")
    office.tell(kim, "하나", "둘", "셋")
    office.sender.faults |= {"하나": [Never("too long " * 99)], "둘": [ValueError("하나의 내용")]}
    async with office.courier():
        await office.rests()
    first, second, third = office.rows()
    assert first.state is second.state is Sending.DEAD and third.state is Sending.SENT
    assert first.fault.startswith("too long") and len(first.fault) == 300
    assert second.fault == "ValueError"
    assert [event["event"] for event in mishaps] == ["delivery.refused", "delivery.failed"]
    mishaps.clear()


async def test_whoever_blocked_the_bot_is_told_everything_on_their_other_messenger(office: Office) -> None:
    kim = office.person("kim")
    web = office.also_on_the_web(kim)
    office.tell(kim, "하나", "둘", "셋", "넷", "다섯")
    office.sender.faults["둘"] = [Unreachable("blocked")]
    async with office.courier():
        await office.rests()
        await until(lambda: Messenger.WEB in office.woken)
    assert office.sender.words() == ["하나"]
    there = [row for row in office.rows() if row.account_id == web]
    with office.database.read() as session:
        screens = [session.get_one(DrawnScreen, row.screen_id) for row in there]
        assert session.get_one(Account, kim).unreachable_since is not None
    assert [screen.data["words"] for screen in screens] == ["둘", "셋", "넷", "다섯"]
    assert {row.state for row in there} == {Sending.TODO}
    assert office.states(col(Outbox.account_id) == kim) == [Sending.SENT] + [Sending.DEAD] * 4


async def test_two_that_fail_at_once_are_both_told_elsewhere(office: Office) -> None:
    """An answer and a notice were on their way together: the second finds the account marked already."""
    kim, claiming = office.person("kim"), office.claiming()
    web = office.also_on_the_web(kim)
    office.tell(kim, "알림")
    office.sender.is_closed = asyncio.Event()
    office.sender.faults[""] = [Unreachable("blocked"), Unreachable("blocked")]
    async with office.courier(claiming) as courier:
        await until(lambda: office.sender.arriving == 1)
        await office.turn(courier, kim, Said("/답"), claiming)
        await until(lambda: office.sender.arriving == 2)
        office.sender.is_closed.set()
        await office.rests()
    assert len(office.rows(col(Outbox.account_id) == web)) == 2


async def test_administrators_are_told_once_of_whom_nothing_reaches(office: Office) -> None:
    kim, admin = office.person("kim"), office.person("admin")
    office.administers(admin)
    office.tell(kim, "하나", "둘", "셋")
    office.sender.faults |= {words: [Unreachable("blocked")] for words in ("하나", "둘", "셋")}
    async with office.courier() as courier:
        await office.rests()
        office.tell(kim, "나중에")
        courier.wake()
        await office.rests()
    assert office.sender.words() == [f"{kim} 연락 안 됨"]
    assert set(office.states(col(Outbox.account_id) == kim)) == {Sending.DEAD}
    assert TELEGRAM in office.woken


async def test_two_that_fail_at_once_are_told_to_the_administrators_once(office: Office) -> None:
    kim, admin, claiming = office.person("kim"), office.person("admin"), office.claiming()
    office.administers(admin)
    office.tell(kim, "알림")
    office.sender.is_closed = asyncio.Event()
    office.sender.faults |= {"알림": [Unreachable("blocked")], "답": [Unreachable("blocked")]}
    async with office.courier(claiming) as courier:
        await until(lambda: office.sender.arriving == 1)
        await office.turn(courier, kim, Said("/답"), claiming)
        await until(lambda: office.sender.arriving == 2)
        office.sender.is_closed.set()
        await until(lambda: TELEGRAM in office.woken)
        courier.wake()
        await office.rests()
    assert len(office.rows(col(Outbox.account_id) == admin)) == 1


def test_who_says_goodbye_is_told_elsewhere_at_once_what_was_waiting(office: Office) -> None:
    kim = office.person("kim")
    web = office.also_on_the_web(kim)
    office.tell(kim, "하나", "둘")
    for _ in range(2):
        with office.database.write() as session:
            told = mark_unreachable(session, office.clock.now(), BOOK, kim)
        assert len(office.rows(col(Outbox.account_id) == web)) == 2
    assert told == set()
    assert set(office.states(col(Outbox.account_id) == kim)) == {Sending.DEAD}


async def test_a_notice_on_its_way_while_its_file_is_told_elsewhere_stays_where_it_arrives(
    office: Office,
) -> None:
    kim = office.person("kim")
    office.also_on_the_web(kim)
    office.tell(kim, "하나", "둘", urgent=True)
    office.hand_file(kim, "대장.pdf")
    office.sender.is_closed = asyncio.Event()
    async with office.courier():
        await until(lambda: office.sender.arriving == 1)
        assert office.states() == [Sending.SENDING, Sending.SENDING, Sending.SENDING, Sending.TODO]
        with office.database.write() as session:
            mark_unreachable(session, NOW, BOOK, kim)
        office.sender.is_closed.set()
        await office.rests()
    with office.database.read() as session:
        notice = session.exec(select(DrawnScreen).order_by(col(DrawnScreen.id).desc()).limit(1)).one()
    assert (notice.account_id, notice.message) == (kim, "102")


async def test_what_waits_for_an_account_that_was_unlinked_goes_to_the_new_one(office: Office) -> None:
    kim = office.person("kim")
    web = office.also_on_the_web(kim)
    office.tell(kim, "하나")
    office.change(Account, kim, address=None)
    async with office.courier():
        await office.rests()
    assert [row.account_id for row in office.rows()] == [kim, web]
    assert office.sender.sent == []


async def test_a_chat_that_moved_is_written_to_at_its_new_address(office: Office) -> None:
    kim = office.person("kim")
    office.tell(kim, "하나", "둘")
    office.sender.faults["하나"] = [Moved("-100500")]
    async with office.courier() as courier:
        await until(lambda: Sending.UNKNOWN in office.states())
        await until(lambda: office.sender.words() == ["둘"])
        office.machine.move(timedelta(seconds=1))
        courier.wake()
        await until(lambda: set(office.states()) == {Sending.SENT})
    assert {load.address for load in office.sender.sent} == {"-100500"}


async def test_a_chat_that_moved_to_somebody_elses_address_is_unlinked(office: Office) -> None:
    kim, lee = office.person("kim"), office.person("lee")
    with office.database.read() as session:
        taken = session.get_one(Account, lee).address
    office.tell(kim, "하나")
    office.sender.faults["하나"] = [Moved(taken)]
    async with office.courier():
        await until(lambda: office.states() == [Sending.UNKNOWN])
    with office.database.read() as session:
        assert session.get_one(Account, kim).address is None
        assert session.get_one(Account, lee).address == taken


async def test_rights_are_asked_as_it_leaves(office: Office) -> None:
    kim, left = office.person("kim"), office.person("left")
    office.tell(kim, "비밀", "gone", "공개")
    office.tell(left, "비밀 아님")
    FORBIDDEN.add("비밀")
    office.leaves(left)
    async with office.courier():
        await office.rests()
    assert office.sender.words() == ["공개"]
    assert [row.state for row in office.rows()].count(Sending.DEAD) == 3


async def test_rights_are_asked_again_after_it_was_put_back(office: Office) -> None:
    kim = office.person("kim")
    office.tell(kim, "비밀", "공개")

    class RightsAreLost(Later):
        def __init__(self) -> None:
            FORBIDDEN.add("비밀")

    class Losing(Sender):
        async def send(self, load: Any) -> str | None:
            if not FORBIDDEN:
                raise RightsAreLost
            return await super().send(load)

    office.sender = Losing()
    async with office.courier():
        await office.rests()
    assert office.sender.words() == ["공개"]
    assert office.states() == [Sending.DEAD, Sending.SENT]


async def test_a_guard_that_fails_holds_up_nobody_elses_message(office: Office, mishaps: Mishaps) -> None:
    kim = office.person("kim")
    office.tell(kim, "하나", "broken", "둘")
    async with office.courier():
        await office.rests()
    assert office.sender.words() == ["하나", "둘"]
    assert office.rows()[1].fault == "KeyError"
    assert [event["event"] for event in mishaps] == ["claiming.failed"]
    mishaps.clear()


async def test_many_that_come_to_nothing_do_not_hide_what_waits_behind_them(office: Office) -> None:
    people = [office.person(f"{number}") for number in range(60)]
    for person in people:
        office.tell(person, "비밀")
    office.tell(people[-1], "공개")
    FORBIDDEN.add("비밀")
    async with office.courier():
        await office.rests()
    assert office.sender.words() == ["공개"]


async def test_cards_know_the_first_message_about_their_subject_in_the_chat(office: Office) -> None:
    kim, lee = office.person("kim"), office.person("lee")
    STANDS["submission:1"] = "보고서"
    for person in (kim, lee, kim):
        office.tell(person, "submission:1", step="test.card")
        async with office.courier():
            await office.rests()
    first, _other, again = office.sender.sent
    assert first.thread is None and _other.thread is None
    assert again.thread == "100"


async def test_every_copy_of_a_card_is_redrawn_when_it_is_decided(office: Office) -> None:
    kim, lee, claiming = office.person("kim"), office.person("lee"), office.claiming()
    STANDS["submission:1"] = "보고서"
    for person in (kim, lee):
        office.tell(person, "submission:1", step="test.card")
    async with office.courier(claiming) as courier:
        await office.rests()
        with office.database.read() as session:
            card = session.exec(sa_select(DrawnScreen)).first()
        assert card is not None
        await office.turn(courier, kim, PressedToken(f"{card.token}.0"), claiming)
        courier.wake()
        await office.rests()
    assert [kind for kind in office.sender.operations() if kind[0] == "redraw"] == [("redraw", "보고서!")] * 2


async def test_a_file_comes_after_the_notice_it_is_of(office: Office) -> None:
    kim = office.person("kim")
    office.hand_file(kim, "점수.pdf")
    async with office.courier():
        await office.rests()
    assert office.sender.operations() == [("post", "파일"), ("file", "점수.pdf")]
    handed = office.sender.sent[1].file
    assert handed is not None and handed.path.is_file() and handed.size == handed.path.stat().st_size


class Away(Workers):
    """Workers whose database is away while `is_away`."""

    is_away = False

    async def write(self, work: Any, *args: Any) -> Any:
        if self.is_away:
            raise OperationalError("UPDATE", {}, Exception("locked"))
        return await super().write(work, *args)


async def test_while_the_database_is_away_no_end_is_lost_and_nothing_goes_twice(
    office: Office, mishaps: Mishaps
) -> None:
    people = [office.person(f"{number}") for number in range(5)]
    office.sender.is_closed = asyncio.Event()
    workers = Away(office.database)
    for person in people:
        office.tell(person, "하나", "둘", "셋", "넷")
    async with office.courier(workers=workers):
        await until(lambda: office.sender.arriving == len(people))
        workers.is_away = True
        office.sender.is_closed.set()
        await until(lambda: len(mishaps) >= 2)
        assert Sending.SENT not in office.states()
        workers.is_away = False
        await office.rests()
    assert all(office.sender.words(person) == ["하나", "둘", "셋", "넷"] for person in people)
    assert {event["event"] for event in mishaps} <= {"settling.telegram.failed", "delivery.telegram.failed"}
    mishaps.clear()
    workers.close()


async def test_an_end_that_cannot_be_written_down_whole_holds_back_no_other(
    office: Office, mishaps: Mishaps, monkeypatch: pytest.MonkeyPatch
) -> None:
    kim, lee = office.person("kim"), office.person("lee")
    office.tell(kim, "하나")
    office.tell(lee, "둘")
    office.sender.is_closed = asyncio.Event()
    office.sender.faults["하나"] = [Unreachable("blocked")]

    def breaks(*_: Any) -> None:
        raise LookupError

    monkeypatch.setattr("bot.outgoing.settling.mark_unreachable", breaks)
    async with office.courier():
        await until(lambda: office.sender.arriving == 2)
        office.sender.is_closed.set()
        await office.rests()
    assert office.states() == [Sending.DEAD, Sending.SENT]
    assert "settling.failed" in [event["event"] for event in mishaps]
    mishaps.clear()


def sa_select(table: type[DrawnScreen]) -> Any:
    from sqlmodel import select

    return select(table).order_by(col(table.id))
