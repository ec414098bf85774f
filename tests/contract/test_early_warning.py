"""An early warning on the messengers outside: the words first, then the picture as one that is seen at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.store import Database
from tests.contract.on_slack import OnSlack
from tests.contract.on_telegram import OnTelegram
from tests.contract.talker import until
from tests.contract.town import Town, open_town
from tests.dialogues import city, quarterly

PICTURE = "민원처리율 연말 전망.png"
PNG = b"\x89PNG\r\n"


@pytest.fixture
def quarterly_city(database: Database, tmp_path: Path) -> Database:
    """한빛시 that reports every quarter."""
    quarterly.settle(database, tmp_path)
    return database


async def falls_short(town: Town) -> None:
    for period, value in (("Q1", "91.2"), ("Q2", "90.8")):
        quarterly.reports(town, city.OFFICER, "GA-01", period, value)
    town.passes(minutes=10)
    await town.house.tick()


async def test_on_telegram_it_is_a_photo_after_the_words(quarterly_city: Database, tmp_path: Path) -> None:
    async with open_town("telegram", quarterly_city, tmp_path) as town:
        assert town.telegram is not None
        officer = await town.person(city.OFFICER)
        assert isinstance(officer, OnTelegram)
        await falls_short(town)
        await officer.sees("조기 경보: 민원처리율")
        await until(lambda: officer.person.messages[-1].is_photo, officer.reads)
        assert (officer.person.messages[-1].content or b"").startswith(PNG)
        assert town.telegram.count("sendDocument") == 0
        assert town.telegram.complaints == [] and town.telegram.refusals == []


async def test_on_slack_it_is_uploaded_as_a_picture(quarterly_city: Database, tmp_path: Path) -> None:
    async with open_town("slack", quarterly_city, tmp_path) as town:
        assert town.slack is not None
        officer = await town.person(city.OFFICER)
        assert isinstance(officer, OnSlack)
        await falls_short(town)
        await officer.sees("조기 경보: 민원처리율")
        assert (await officer.takes(PICTURE)).startswith(PNG)
        assert town.slack.complaints == [] and town.slack.refusals == []


async def test_where_only_rings_may_leave_the_picture_stays(quarterly_city: Database, tmp_path: Path) -> None:
    async with open_town("telegram", quarterly_city, tmp_path, chat_mode="notices") as town:
        assert town.telegram is not None
        person = town.telegram.person(5_000_000_000 + int(city.OFFICER), city.OFFICER)
        await person.says(f"/start {town.code(city.OFFICER)}")
        await until(lambda: "연결되었습니다" in person.reads(), person.reads)
        await falls_short(town)
        await until(lambda: "목표 달성이 어려울 것으로 예상되는 지표가" in person.reads(), person.reads)
        assert town.telegram.count("sendPhoto") == town.telegram.count("sendDocument") == 0
        assert "민원처리율" not in person.reads()
