"""One set of conversations on every messenger by every way, on both databases."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from models.store import Database
from tests.contract.town import WAYS, Town, open_town


@pytest.fixture(params=WAYS)
async def town(request: pytest.FixtureRequest, any_hanbit: Database, tmp_path: Path) -> AsyncIterator[Town]:
    """한빛시 on Monday 8 July 2019, 09:00."""
    async with open_town(request.param, any_hanbit, tmp_path) as town:
        yield town
        for server in (town.telegram, town.slack):
            assert server is None or server.complaints == []
            assert server is None or server.refusals == []
