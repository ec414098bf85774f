"""Reminders on every messenger: a digest whose buttons do the job, a team lead's board, and what goes where."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.store import Database
from scheduler.due import run_due
from tests.contract.on_telegram import OnTelegram
from tests.contract.talker import NO_NOTE, Answer, pdf, until
from tests.contract.town import Town, open_town
from tests.dialogues.city import ADMINISTRATOR, LEAD, OFFICER

ANSWERS: dict[str, Answer] = {"실적": "97.3", "증빙자료": [pdf("처리대장.pdf")], "설명": NO_NOTE}


async def time_goes_on(town: Town, **time: float) -> None:
    """What falls due by then is done."""
    town.passes(**time)
    await town.house.tick()


async def test_a_digest_is_put_off_comes_back_and_leads_to_the_report(town: Town) -> None:
    officer, lead = await town.person(OFFICER), await town.person(LEAD)
    await time_goes_on(town, days=4)  # Friday 12 July: one report is due today, two on Monday
    await officer.sees("챙기실 일이 3건 있습니다.", "• 민원처리율", "• 민원 처리기간", "• 종이 없는 보고")
    await lead.sees("부서에서 챙기실 보고", "김주무")

    await officer.presses("1시간 뒤")
    await officer.sees("무엇을 도와드릴까요?")
    await time_goes_on(town, hours=1)
    await officer.sees("챙기실 일이 3건 있습니다.")

    await lead.presses("독려: 김주무")
    await officer.sees("최팀장")

    await officer.presses("실적 보고: 민원처리율")
    await officer.fills(ANSWERS)
    await officer.presses("제출하기")
    await officer.sees("민원처리율을 제출했습니다.")


@pytest.mark.parametrize("way", ["web", "telegram", "slack"])
async def test_what_is_done_between_tick_and_sending_is_not_told(
    way: str, hanbit: Database, tmp_path: Path
) -> None:
    async with open_town(way, hanbit, tmp_path) as town:
        officer = await town.person(OFFICER)
        await officer.says("민원처리율 97.3")
        await officer.fills({name: answer for name, answer in ANSWERS.items() if name != "실적"})
        await officer.sees("달성률 102.4 %")
        town.passes(days=4)
        run_due(town.database, town.house.book, town.clock.now())  # written; nobody was woken to send it
        await officer.presses("제출하기")
        await officer.sees("제출했습니다.")
        await town.house.tick()
        await officer.sees("챙기실 일이 2건 있습니다.", "• 종이 없는 보고")
        assert "민원처리율" not in officer.news().partition("챙기실 일이 2건")[2]


async def test_outside_only_a_bell_rings_where_nothing_may_be_read_there(
    hanbit: Database, tmp_path: Path
) -> None:
    async with open_town("telegram", hanbit, tmp_path, chat_mode="notices") as town:
        assert town.telegram is not None
        outside = town.telegram.person(5_000_000_000 + int(OFFICER), OFFICER)
        await outside.says(f"/start {town.code(OFFICER)}")
        await until(lambda: "연결되었습니다" in outside.reads(), outside.reads)
        web = await town.person(OFFICER, on="web")
        await time_goes_on(town, days=4)
        await until(lambda: "기한이 다가온 일이 있습니다." in outside.reads(), outside.reads)
        await web.sees("챙기실 일이 3건 있습니다.", "• 민원처리율")
        assert "민원처리율" not in outside.reads()


async def test_who_blocked_the_bot_is_told_elsewhere(hanbit: Database, tmp_path: Path) -> None:
    async with open_town("web", hanbit, tmp_path, both=True) as town:
        elsewhere = await town.person(OFFICER, on="slack")
        town.passes(minutes=1)
        blocking = await town.person(OFFICER, on="telegram")
        assert isinstance(blocking, OnTelegram)
        await blocking.person.blocks_the_bot()
        await time_goes_on(town, days=4)
        await elsewhere.sees("챙기실 일이 3건 있습니다.", "• 민원처리율")


async def test_the_administrator_hears_of_who_can_be_reached_nowhere(
    hanbit: Database, tmp_path: Path
) -> None:
    async with open_town("telegram", hanbit, tmp_path) as town:
        administrator, blocking = await town.person(ADMINISTRATOR), await town.person(OFFICER)
        assert isinstance(blocking, OnTelegram)
        await blocking.person.blocks_the_bot()
        await time_goes_on(town, days=4)
        await administrator.sees("김주무")
