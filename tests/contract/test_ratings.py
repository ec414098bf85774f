"""A rater goes on in another messenger without losing their place."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from models.rating.dealing import deal
from models.rating.table import PaperState
from models.store import Database
from tests.contract.town import Town, open_town
from tests.dialogues.city import EVALUATOR
from tests.dialogues.rating import ASKS
from tests.kit.rated import Of, Round, add_round


def opened(database: Database, town: Town) -> Round:
    """정평가 is to rate four departments."""
    made = add_round(database, ("GA", "CI", "CA", "SF"), [Of("EX", "평가단", raters=[EVALUATOR])], ASKS)
    with database.write() as session:
        while deal(session, town.clock.now(), made.id):
            pass
    return made


@pytest.fixture
async def everywhere(hanbit: Database, tmp_path: Path) -> AsyncIterator[Town]:
    """한빛시 with Telegram, Slack and the web messenger all at once."""
    async with open_town("web", hanbit, tmp_path, both=True) as town:
        yield town


async def test_a_subject_begun_in_telegram_is_finished_in_slack_and_handed_in_on_the_web(
    everywhere: Town, hanbit: Database
) -> None:
    made = opened(hanbit, everywhere)
    telegram = await everywhere.person(EVALUATOR, on="telegram")
    await telegram.says("평가")
    await telegram.presses("정성평가")
    await telegram.presses("이어서 평가: 총무과")
    await telegram.presses("평가하기")
    await telegram.presses("탁월")

    slack = await everywhere.person(EVALUATOR, on="slack")
    await slack.says("평가")
    await slack.presses("정성평가")
    await slack.sees("작성 중 1/2")
    await slack.presses("이어서 평가: 총무과")
    await slack.presses("평가하기")
    await slack.is_refused({"난이도": "101"}, "0에서 100 사이의 정수로")
    await slack.fills({"난이도": "90"})
    await slack.sees("민원과", "2/4번째")

    web = await everywhere.person(EVALUATOR, on="web")
    await web.says("평가")
    await web.presses("정성평가")
    await web.sees("탁월 · 90")
    await web.presses("답 확인하고 제출 (1건)")
    await web.presses("1건 제출하기")
    await web.sees("평가 1건을 제출했습니다.")
    [paper] = made.papers(state=PaperState.SUBMITTED)
    assert paper.answers == {"IMP": "탁월", "DIF": "90"}
