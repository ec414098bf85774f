"""People at a screen: what they type, press, drop and read in one chat of the page."""

from __future__ import annotations

from pathlib import Path

from playwright.async_api import Download, Locator, expect


class Pane:
    """One chat."""

    def __init__(self, root: Locator) -> None:
        self.root = root

    async def says(self, text: str) -> None:
        """Types into the place below and sends."""
        box = self.root.get_by_test_id("composer-input")
        await box.fill(text)
        await box.press("Enter")

    async def answers(self, field: str, text: str) -> None:
        """Types into that field of the form, once it is open."""
        box = self.root.locator("[data-state=now]").get_by_label(field)
        await box.fill(text)
        await box.press("Enter")

    async def presses(self, label: str) -> None:
        """Presses the newest button of that label, and says yes where it is asked once more."""
        await self.root.get_by_role("button", name=label, exact=True).last.click()
        dialog = self.root.page.locator("dialog[open]")
        if await dialog.count():
            await dialog.get_by_role("button").last.click()

    async def chooses(self, label: str) -> None:
        """Presses the newest line of a menu that begins so."""
        await self.root.locator("[data-live=true]").get_by_role("button").filter(has_text=label).last.click()

    async def attaches(self, *paths: Path) -> None:
        """Picks files with the paper clip and waits until the bot has taken them into the form."""
        await self.root.locator("input[type=file]").first.set_input_files([str(path) for path in paths])
        for path in paths:
            field = self.root.locator("[data-live=true]").get_by_test_id("form-field")
            await expect(field.get_by_text(path.name).last).to_be_visible(timeout=10_000)

    async def sees(self, text: str) -> None:
        """Has these words before them, once they have arrived."""
        await expect(self.root.get_by_text(text).last).to_be_visible(timeout=10_000)

    async def takes(self, name: str) -> Download:
        """Downloads the newest file of that name."""
        async with self.root.page.expect_download() as download:
            await self.root.get_by_role("link").filter(has_text=name).last.click()
        return await download.value
