"""The outbox reaches its readers: after a restart too, past bad messages, and never past their rights."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from bot.delivery import WebDelivery
from bot.turn import Incoming, take_turn
from handlers.book import BOOK
from handlers.dialogue.answers import Said
from handlers.dialogue.screens import Go, Notice
from handlers.dialogue.sending import post
from handlers.dialogue.talk import Talk
from handlers.dialogue.text import lines
from models.messaging.account import Messenger, web_account
from models.messaging.conversation import DrawnScreen
from models.messaging.outbox import Outbox, Sending
from models.messaging.web import WebLine
from models.organization import Person
from models.words import say
from tests.kit.city import JULY, City
from tests.kit.served import Served, serving
from tests.kit.served_city import Mishaps

HOME = Go("account.home")


@pytest.fixture(autouse=True)
def quiet(city: City) -> None:
    """Nothing is in the outbox but what these tests put there."""
    city.reminds_nobody()


def put(session: Session, city: City, person: str, words: str, to: Go = HOME) -> DrawnScreen:
    """A notice on its way to a person, under a step that guards it or not."""
    account = web_account(session, JULY, city.people[person])
    talk = Talk(session, JULY, session.get_one(Person, city.people[person]), account)
    return post(talk, to, Notice(lines(say("{words}", words=words))), {})


def states(served: Served) -> list[Sending]:
    return [row.state for row in served.rows(Outbox)]


async def test_what_was_committed_and_not_delivered_before_a_kill_arrives_after_the_restart(
    city: City, tmp_path: Path
) -> None:
    with city.database.write() as session:
        web_account(session, JULY, city.people["officer"])
        said = Incoming(Messenger.WEB, str(city.people["officer"]), "key", Said("도움말"))
        take_turn(session, JULY, BOOK, said)
    async with serving(city, tmp_path) as served, served.window("officer") as officer:
        await officer.sees("이렇게 입력해 보세요")
        assert states(served) == [Sending.SENT]


def delivery_of(served: Served) -> WebDelivery:
    """A second one over the same house, driven by hand."""
    house = served.house
    return WebDelivery(house.workers, house.clock, house.book, house.hub, house.links)


async def test_a_message_is_written_into_the_chat_once_however_often_delivery_is_woken(
    served: Served,
) -> None:
    async with served.window("officer") as officer:
        with served.database.write() as session:
            put(session, served.city, "officer", "한 번만")
        await asyncio.gather(*(delivery_of(served).deliver() for _ in range(5)))
        await officer.sees("한 번만")
        await officer.settles()
        assert str(officer.lines()).count("한 번만") == 1


async def test_messages_arrive_in_the_order_they_were_made(served: Served) -> None:
    async with served.window("officer") as officer:
        await officer.sees("무엇을 도와드릴까요?")
        with served.database.write() as session:
            for number in range(250):
                put(session, served.city, "officer", f"알림 {number}.")
        served.house.delivery.wake()
        await officer.sees("알림 249.")
        told = [body["text"][0][0].get("t", "") for body in officer.bodies()]
        numbers = [text for text in told if text.startswith("알림 ")]
        assert numbers == [f"알림 {number}." for number in range(250)]


async def test_one_message_that_cannot_be_drawn_holds_up_nobody_elses(
    served: Served, mishaps: Mishaps
) -> None:
    async with served.window("officer") as officer, served.window("civil") as civil:
        await civil.sees("무엇을 도와드릴까요?")
        with served.database.write() as session:
            put(session, served.city, "officer", "앞의 것")
            put(session, served.city, "officer", "깨진 것").drawn = ["no", "screen"]  # type: ignore[assignment]
            put(session, served.city, "civil", "뒤의 것")
        served.house.delivery.wake()
        await officer.sees("앞의 것")
        await civil.sees("뒤의 것")
        assert "깨진 것" not in str(officer.events)
    assert states(served).count(Sending.DEAD) == 1 and Sending.TODO not in states(served)
    assert [event["event"] for event in mishaps] == ["delivery.failed"]
    mishaps.clear()


async def test_a_card_of_an_indicator_that_is_gone_is_given_up(served: Served) -> None:
    async with served.window("officer") as officer:
        await officer.sees("무엇을 도와드릴까요?")
        gone = Go("report_actual.open", {"indicator": 999_999, "period": 1})
        with served.database.write() as session:
            put(session, served.city, "officer", "없는 지표", gone)
            put(session, served.city, "officer", "다음 알림")
        served.house.delivery.wake()
        await officer.sees("다음 알림")
        assert "없는 지표" not in str(officer.events)


async def test_a_reader_who_lost_the_right_meanwhile_does_not_get_the_card(served: Served) -> None:
    place = {"indicator": served.city.indicators["G1"], "period": served.city.periods["H1"]}
    async with served.window("civil") as civil, served.window("officer") as officer:
        await civil.sees("무엇을 도와드릴까요?")
        with served.database.write() as session:
            for person in ("civil", "officer"):
                put(session, served.city, person, "총무과의 지표", Go("report_actual.open", place))
            put(session, served.city, "civil", "다음 알림")
        served.house.delivery.wake()
        await officer.sees("총무과의 지표")
        await civil.sees("다음 알림")
        assert "총무과의 지표" not in str(civil.events)
    [dead] = [row for row in served.rows(Outbox) if row.state is Sending.DEAD]
    assert "may not see" in dead.fault


async def test_a_database_that_is_away_loses_no_message(
    served: Served, monkeypatch: pytest.MonkeyPatch, mishaps: Mishaps
) -> None:
    write = served.house.workers.write

    async def away(work: Any, *arguments: Any) -> Any:
        if work.__name__ == "deliver_web":
            raise OperationalError("UPDATE", {}, Exception("locked"))
        return await write(work, *arguments)

    async with served.window("officer") as officer:
        await officer.sees("무엇을 도와드릴까요?")
        monkeypatch.setattr(served.house.workers, "write", away)
        with served.database.write() as session:
            put(session, served.city, "officer", "늦은 알림")
        served.house.delivery.wake()
        while not mishaps:
            await officer.settles()
        monkeypatch.setattr(served.house.workers, "write", write)
        await served.house.tick()
        await officer.sees("늦은 알림")
    assert {event["event"] for event in mishaps} == {"delivery.failed"}
    assert set(states(served)) == {Sending.SENT}
    mishaps.clear()


async def test_who_has_no_window_open_finds_everything_later(served: Served) -> None:
    with served.database.write() as session:
        put(session, served.city, "officer", "자리를 비운 사이")
    await delivery_of(served).deliver_all()
    assert len(served.rows(WebLine)) == 1
    async with served.window("officer") as officer:
        await officer.sees("자리를 비운 사이")
