"""Chromium and the real demo, as a person starts them."""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, async_playwright

from tests.browser.people import Pane

_QUIET = (
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-quic",
)  # fmt: skip
_DEMO_STARTS_WITHIN = 60


@pytest.fixture(scope="session")
async def chromium() -> AsyncIterator[Browser]:
    """Debian's Chromium."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        pytest.skip("Chromium is missing: apt-get install chromium")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=list(_QUIET))
        yield browser
        await browser.close()


@pytest.fixture(scope="session")
async def demo(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[str]:
    """The address of a demo of its own, freshly loaded."""
    folder = tmp_path_factory.mktemp("demo")
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", "from bot.cli import main; main()", "demo", "--no-browser",
        stdout=asyncio.subprocess.PIPE, stderr=(folder / "log").open("wb"),
        env={**os.environ, "BOGOBOT_DATA_DIR": str(folder), "BOGOBOT_PORT": "0", "BOGOBOT_LOCALE": "ko"},
    )  # fmt: skip
    assert process.stdout is not None
    line = await asyncio.wait_for(process.stdout.readline(), _DEMO_STARTS_WITHIN)
    yield line.decode().split()[-1]
    process.terminate()
    await process.wait()
    assert "Traceback" not in (folder / "log").read_text()


@pytest.fixture
async def page(chromium: Browser) -> AsyncIterator[Page]:
    """A window as wide as a desk; errors of the page's scripts fail the test."""
    context = await chromium.new_context(viewport={"width": 1600, "height": 900}, locale="ko-KR")
    page = await context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    yield page
    await context.close()
    assert not faults, faults


@pytest.fixture(scope="session")
def pictures() -> Path:
    """Where screenshots are left to be looked at."""
    folder = Path("build/screenshots")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


async def pane(page: Page, role: str) -> Pane:
    """The chat of the person in that role on the demo's page."""
    return Pane(page.locator(f"section[data-person='{role}']"))
