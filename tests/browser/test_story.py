"""The main job from end to end, as four people do it in one browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.async_api import Page, expect

from tests.browser.conftest import pane
from tests.kit import files

pytestmark = pytest.mark.browser


async def test_report_return_mend_approve_and_take_the_workbook(
    page: Page, demo: str, tmp_path: Path, pictures: Path
) -> None:
    """The story of the README."""
    evidence, statistics = tmp_path / "처리대장.pdf", tmp_path / "6월 통계.xlsx"
    evidence.write_bytes(files.pdf())
    statistics.write_bytes(files.xlsx())
    await page.goto(demo)
    officer, lead = await pane(page, "담당자"), await pane(page, "팀장")
    evaluator, administrator = await pane(page, "평가자"), await pane(page, "관리자")

    # Another test may have left a form open: its field would take what is said next.
    await officer.says("메뉴")
    await officer.says("민원처리율 97.3")
    await officer.sees("목표 95 %")
    await officer.attaches(evidence)
    await officer.presses("다음")
    await officer.answers("설명", "상반기 전체 건수 기준입니다.")
    await officer.sees("달성률 102.4 %")
    await officer.presses("제출하기")
    await officer.sees("민원처리율을 제출했습니다.")

    await lead.sees("상반기 전체 건수 기준입니다.")
    await lead.presses("확인")
    await lead.sees("민원처리율을 확인했습니다.")
    await evaluator.sees("팀장 확인됨")
    await evaluator.presses("반려")
    await evaluator.presses("증빙 부족")
    await evaluator.answers("보완할 내용", "6월 통계를 붙여 주세요.")
    await evaluator.answers("새 기한", "2019-07-12")
    await evaluator.sees("민원처리율을 반려했습니다.")
    await page.screenshot(path=pictures / "returned.png")

    await officer.sees("6월 통계를 붙여 주세요.")
    await officer.presses("고쳐서 다시 보고")
    await officer.attaches(statistics)
    await officer.presses("그대로 두고 계속")
    await officer.presses("제출하기")
    await lead.sees("추가된 증빙: 6월 통계.xlsx")
    await lead.presses("확인")
    await evaluator.sees("추가된 증빙: 6월 통계.xlsx")
    await evaluator.presses("승인")
    await evaluator.sees("민원처리율을 승인했습니다.")
    await officer.sees("민원처리율이 승인되었습니다.")

    await administrator.says("관리")
    await administrator.chooses("성과표 내려받기")
    await administrator.chooses("상반기")
    await administrator.sees("성과표가 준비되었습니다.")
    workbook = tmp_path / "scores.xlsx"
    await (await administrator.takes(".xlsx")).save_as(workbook)
    await page.screenshot(path=pictures / "story.png")
    assert _recognised(workbook, "민원처리율") == 97.3


async def test_the_clock_moves_on_for_everybody(page: Page, demo: str) -> None:
    await page.goto(demo)
    clock = page.get_by_test_id("clock")
    officer = await pane(page, "담당자")
    await officer.sees("정주무 님, 안녕하세요.")
    before = await clock.inner_text()
    await page.get_by_test_id("clock-day").click()
    await expect(clock).not_to_have_text(before)
    await officer.says("내 지표")
    await officer.sees("근무일")


@pytest.mark.parametrize("width", [360, 390, 768, 1600])
async def test_nothing_is_wider_than_the_screen(page: Page, demo: str, pictures: Path, width: int) -> None:
    await page.set_viewport_size({"width": width, "height": 800})
    await page.goto(demo)
    await expect(page.get_by_test_id("composer-input").first).to_be_visible()
    officer = await pane(page, "담당자")
    await officer.says("민원만족도 88.5")
    await officer.sees("증빙자료")
    await page.screenshot(path=pictures / f"officer-{width}.png")
    assert await page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


async def test_every_control_has_a_name_for_who_cannot_see_it(page: Page, demo: str) -> None:
    await page.goto(demo)
    officer = await pane(page, "담당자")
    await officer.says("민원만족도 88.5")
    await officer.sees("증빙자료")
    nameless = await page.evaluate(
        """() => [...document.querySelectorAll("button, a[href], input, textarea, select")]
            .filter((one) => one.checkVisibility())
            .filter((one) => !(one.innerText || one.getAttribute("aria-label") || one.title
                || (one.labels && one.labels.length) || one.getAttribute("aria-labelledby")))
            .map((one) => one.outerHTML)"""
    )
    assert nameless == []


async def test_the_story_can_be_told_with_the_keyboard_alone(page: Page, demo: str) -> None:
    await page.goto(demo)
    officer = await pane(page, "담당자")
    await officer.says("메뉴")
    await officer.sees("무엇을 도와드릴까요?")
    box = officer.root.get_by_test_id("composer-input")
    await box.focus()
    await page.keyboard.type("민원만족도")
    await page.keyboard.press("Enter")
    await officer.sees("실적 보고")
    button = officer.root.get_by_role("button", name="실적 보고", exact=True).last
    for _ in range(30):
        await page.keyboard.press("Shift+Tab")
        if await button.evaluate("(one) => one === document.activeElement"):
            break
    await page.keyboard.press("Enter")
    await officer.sees("증빙자료")


def _recognised(workbook: Path, indicator: str) -> object:
    """The recognised value of the indicator in the sheet 지표별, found by its headings."""
    sheet = load_workbook(workbook, data_only=True)["지표별"]
    rows = list(sheet.iter_rows(values_only=True))
    heading = next(row for row in rows if "지표명" in row)
    name, value = (
        heading.index("지표명"),
        next(i for i, cell in enumerate(heading) if cell and "인정" in str(cell)),
    )
    return next(row[value] for row in rows if row[name] == indicator)
