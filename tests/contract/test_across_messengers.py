"""One person on several messengers, and several people each on their own."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from models.store import Database
from tests.contract.talker import NO_NOTE, pdf
from tests.contract.town import Town, open_town
from tests.dialogues.city import ADMINISTRATOR, EVALUATOR, LEAD, OFFICER, OTHER_EVALUATOR, SECOND
from tests.kit import files


@pytest.fixture
async def town(any_hanbit: Database, tmp_path: Path) -> AsyncIterator[Town]:
    """한빛시 with Telegram, Slack and the web messenger all at once."""
    async with open_town("web", any_hanbit, tmp_path, both=True) as town:
        yield town


async def test_a_report_begun_in_telegram_goes_on_in_slack_and_ends_on_the_web(town: Town) -> None:
    telegram = await town.person(OFFICER, on="telegram")
    await telegram.says("민원처리율 97.3")
    await telegram.sends(pdf("처리대장.pdf"))
    await telegram.sees("처리대장.pdf")
    await telegram.presses("임시저장")

    slack = await town.person(OFFICER, on="slack")
    await slack.says("민원처리율")
    await slack.sees("작성 중")
    await slack.presses("실적 보고")
    await slack.fills({"설명": "상반기 누계입니다."})
    await slack.sees("97.3 %", "처리대장.pdf", "상반기 누계입니다.")

    web = await town.person(OFFICER, on="web")
    await web.says("민원처리율")
    await web.presses("실적 보고")
    await web.says("96.1")
    await web.presses("제출하기")
    await web.sees("민원처리율을 제출했습니다.")


async def test_a_card_is_decided_once_and_redrawn_everywhere(town: Town) -> None:
    officer = await town.person(OFFICER, on="telegram")
    lead = await town.person(LEAD, on="slack")
    first, second = (
        await town.person(EVALUATOR, on="slack"),
        await town.person(OTHER_EVALUATOR, on="telegram"),
    )
    await officer.says("민원처리율 97.3")
    await officer.fills({"증빙자료": [pdf("처리대장.pdf")], "설명": NO_NOTE})
    await officer.presses("제출하기")
    await lead.sees("처리대장.pdf")
    await lead.presses("확인")
    await first.sees("팀장 확인됨 · 최팀장")
    await second.sees("팀장 확인됨 · 최팀장")
    assert await second.takes("처리대장.pdf") == files.pdf()

    await first.presses("승인")
    await second.sees("승인됨 · 정평가")
    await officer.sees("민원처리율이 승인되었습니다.")
    assert "[승인]" not in first.reads() and "[승인]" not in second.reads()


async def test_whoever_writes_from_another_messenger_is_told_there_from_then_on(town: Town) -> None:
    lead = await town.person(LEAD, on="telegram")
    town.passes(minutes=1)
    elsewhere = await town.person(LEAD, on="slack")
    officer = await town.person(OFFICER, on="web")
    await officer.says("민원처리율 97.3")
    await officer.fills({"증빙자료": [pdf("처리대장.pdf")], "설명": NO_NOTE})
    await officer.presses("제출하기")
    await elsewhere.sees("민원처리율", "처리대장.pdf")
    lead.does_not_see("처리대장.pdf")


async def test_an_administrator_gives_out_a_code_in_chat_that_links_somebody(town: Town) -> None:
    administrator = await town.person(ADMINISTRATOR, on="slack")
    await administrator.says("관리")
    await administrator.presses("연결 코드")
    await administrator.says("이서기")
    await administrator.sees("검색 결과 1건")
    await administrator.presses("이서기")
    await administrator.sees("이서기 님의 연결 코드입니다.")
    code = re.search(r"\b[0-9A-Z]{5}-[0-9A-Z]{5}\b", administrator.news())
    assert code is not None
    assert town.telegram is not None
    second = town.telegram.person(777, "이서기")
    await second.says(f"/start {code[0]}")
    await second.sees("이서기 님, 안녕하세요.")


async def test_english_is_spoken_to_whoever_asks_for_it(town: Town) -> None:
    for messenger in ("telegram", "slack", "web"):
        second = await town.person(SECOND, on=messenger)
        await second.says("언어")
        await second.presses("English")
        await second.sees("My indicators")
        await second.says("help")
        await second.sees("What you can type")
        await second.says("language")
        await second.presses("한국어")
        await second.sees("내 지표")
