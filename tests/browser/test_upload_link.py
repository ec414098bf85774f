"""The page behind a one-time upload link, as it is opened from a chat on a telephone."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from models.evidence.table import Parcel
from models.messaging.account import Account, Messenger
from models.messaging.upload_link import make_upload_link
from models.store import Database
from tests.kit import files
from tests.kit.city import small_city
from tests.kit.served import Served, serving

pytestmark = pytest.mark.browser


def make_link(served: Served) -> str:
    """The address that 김담당 was given on Telegram."""
    now = served.clock.now()
    with served.database.write() as session:
        account = Account(
            person_id=served.city.people["officer"],
            messenger=Messenger.TELEGRAM,
            address="4711",
            linked_at=now,
            last_used_at=now,
        )
        session.add(account)
        session.flush()
        return f"{served.url}/upload/{make_upload_link(session, now, account.id or 0)}"


async def test_a_large_file_is_picked_and_handed_in_on_a_telephone(
    page: Page, migrated_file: Path, tmp_path: Path, pictures: Path
) -> None:
    evidence, wrong = tmp_path / "큰 처리대장.pdf", tmp_path / "처리대장.exe"
    evidence.write_bytes(files.pdf())
    wrong.write_bytes(b"MZ")
    city = small_city(tmp_path, Database(f"sqlite:///{shutil.copy(migrated_file, tmp_path / 'city.sqlite')}"))
    await page.set_viewport_size({"width": 390, "height": 800})
    async with serving(city, tmp_path / "data") as served:
        await page.goto(make_link(served))
        button, status = page.get_by_test_id("hand-in-button"), page.get_by_test_id("hand-in-status")
        await expect(page.get_by_test_id("hand-in-size")).to_have_text("50MB까지")
        await expect(button).to_be_disabled()
        await page.get_by_label("올릴 파일").set_input_files(str(wrong))
        await expect(page.get_by_test_id("hand-in-error")).to_contain_text("올릴 수 없는 형식입니다.")
        await expect(button).to_be_disabled()
        await page.get_by_label("올릴 파일").set_input_files(str(evidence))
        await expect(status).to_contain_text("큰 처리대장.pdf")
        await page.screenshot(path=pictures / "upload-link.png")
        assert await page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        await button.click()
        await expect(status).to_contain_text("파일을 올렸습니다.")
        await expect(button).to_be_hidden()
        await page.screenshot(path=pictures / "upload-link-done.png")
        assert [parcel.name for parcel in served.rows(Parcel)] == ["큰 처리대장.pdf"]
