"""The words of Bucheon, and the names that several modules go by."""

from __future__ import annotations

from pathlib import Path

from generator_of_cities.files import Row, read_words

CYCLE, TASKS, SOCIAL = "2006", "2006-INNO", "2006-SOCIAL"
CITY, COMMITTEE = "BUCHEON", "E01"
PLANNING, EVALUATION, GENERAL_AFFAIRS = "D0101", "D0102", "D0201"
MONTHS = tuple(f"M{month:02}" for month in range(1, 13))
QUARTER_ENDS = MONTHS[2::3]
BUREAU = "실국"


def words(name: str) -> list[Row]:
    """The rows of a file of words."""
    return read_words(Path(__file__).parent / "words" / f"{name}.csv")


def bureaus() -> list[Row]:
    """The six bureaus."""
    return [row for row in words("departments") if row["구분"] == BUREAU]


def divisions() -> list[Row]:
    """The 24 divisions, ordered as their bureaus are."""
    return [row for row in words("departments") if row["구분"] != BUREAU]


def strategic_goal(division: str, perspective: str) -> str:
    """The goal of the division's bureau that is seen from this perspective."""
    bureau = next(row["상위조직"] for row in divisions() if row["코드"] == division)
    goals = {(row["국"], row["관점"]): row["전략목표"] for row in words("bsc")}
    return goals[bureau, perspective]
