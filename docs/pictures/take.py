"""Takes demo.png: `bogobot demo --fresh --no-browser` in one terminal, then `python docs/pictures/take.py` in another.

An argument names the demo's address where it is not http://127.0.0.1:8080.
"""

from __future__ import annotations

import sys
from pathlib import Path

from playwright.sync_api import FilePayload, Page, sync_playwright

PICTURE = Path(__file__).parent / "demo.png"
ROWS = [f"2019-{day // 28 + 1:02}-{day % 28 + 1:02},{100 + day % 9},{97 + day % 7}" for day in range(5 * 28)]
ROLES = ("담당자", "팀장", "평가자", "관리자")
EVIDENCE = FilePayload(
    name="2019 상반기 민원 처리대장.csv",
    mimeType="text/csv",
    buffer="\n".join(["날짜,접수,처리", *ROWS]).encode(),
)
SWITCHES = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
SWITCHES += ["--disable-component-update", "--disable-sync"]


class Pane:
    """One person's chat in the demo."""

    def __init__(self, page: Page, role: str) -> None:
        self.chat = page.locator(f"section.pane[data-person={role}]")

    def says(self, text: str) -> None:
        box = self.chat.get_by_test_id("composer-input")
        box.fill(text)
        box.press("Enter")

    def presses(self, label: str) -> None:
        self.chat.get_by_role("button", name=label, exact=True).last.click()
        if (yes := self.chat.page.get_by_test_id("confirm-yes")).count():
            yes.click()

    def chooses(self, label: str) -> None:
        self.chat.get_by_role("button").filter(has_text=label).last.click()

    def sees(self, words: str) -> None:
        self.chat.get_by_text(words).last.wait_for()


def story(page: Page) -> None:
    """Submitted by the officer, confirmed by the team lead, returned by the evaluator; scores taken away."""
    officer, lead, evaluator, administrator = (Pane(page, role) for role in ROLES)
    officer.says("민원처리율 97.3")
    officer.sees("필요한 증빙")
    officer.chat.get_by_test_id("file-input").set_input_files(EVIDENCE)
    officer.presses("다음")
    officer.presses("건너뛰기")
    officer.presses("제출하기")
    lead.presses("확인")
    evaluator.presses("반려")
    evaluator.presses("증빙 부족")
    evaluator.says("6월 처리대장이 빠져 있습니다. 함께 올려 주세요.")
    evaluator.sees("새 기한")
    evaluator.says("7. 12.")
    officer.sees("반려되었습니다")
    administrator.says("관리")
    administrator.chooses("성과표 내려받기")
    administrator.chooses("상반기")
    administrator.sees("성과표가 준비되었습니다")
    lead.chat.get_by_text("반려됨").scroll_into_view_if_needed()


def main() -> None:
    address = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8080"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=SWITCHES)
        page = browser.new_page(viewport={"width": 1900, "height": 950}, color_scheme="light")
        page.goto(address)
        story(page)
        page.wait_for_timeout(1500)  # what moves has come to rest
        page.screenshot(path=PICTURE)
        browser.close()


if __name__ == "__main__":
    main()
