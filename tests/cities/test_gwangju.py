"""Gwangju 2019: 24 institutions, 90 goals, 11 chosen."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from models.clock import SEOUL
from models.store import Database
from tests.cities import reporting
from tests.cities.place import Place


def test_the_year_of_gwangju(database: Database, tmp_path: Path) -> None:
    place = Place.begin("gwangju-2019", database, tmp_path, datetime(2019, 1, 7, 9, tzinfo=SEOUL))
    place.at(2020, 1, 3)
    assert reporting.all_report(place, "Y", "2019") == 90
