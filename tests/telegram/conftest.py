"""Fixtures for tests/telegram."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.kit.city import City
from tests.kit.served_city import city as city
from tests.kit.served_city import city_made as city_made
from tests.telegram.kit.desk import Desk, open_desk


@pytest.fixture
async def desk(city: City, tmp_path: Path) -> AsyncIterator[Desk]:
    """한빛시's bot, fetching its updates by long polling."""
    async with open_desk(city, tmp_path) as desk:
        yield desk
