"""Fixtures for tests/web."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.kit.city import City
from tests.kit.served import Served, serving
from tests.kit.served_city import city, city_made, mishaps

__all__ = ["city", "city_made", "mishaps", "served"]


@pytest.fixture
async def served(city: City, tmp_path: Path) -> AsyncIterator[Served]:
    """한빛시's bot, running, in which the clock says nothing."""
    city.reminds_nobody()
    async with serving(city, tmp_path) as served:
        yield served
