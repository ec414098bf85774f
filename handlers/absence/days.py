"""Days as the data of a step keeps them."""

from __future__ import annotations

from datetime import date

from handlers.dialogue.book import Data


def as_data(starts_on: date, ends_on: date) -> dict[str, str]:
    """From one day through another, for a step."""
    return {"from": starts_on.isoformat(), "until": ends_on.isoformat()}


def as_days(data: Data) -> tuple[date, date]:
    """The days of a step's data."""
    return date.fromisoformat(data["from"]), date.fromisoformat(data["until"])
