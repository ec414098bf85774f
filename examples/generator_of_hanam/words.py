"""The words of Hanam: divisions, and the teams with what they went to see and when."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from generator_of_cities.files import Row, read_words

CYCLE, YEAR_END = "2022", "2022-END"
CITY, EXPERTS = "HANAM", "E01"
PLANNING, INNOVATION = "D0101", "D0102"
BUREAU = "실국"
MOST_IN_A_TEAM = "4"


@dataclass(frozen=True)
class Team:
    """A team of benchmarking: where it went, from when until when, and how many went."""

    code: str
    division: str
    name: str
    subject: str
    host: str
    first_day: str
    last_day: str
    members: int

    @property
    def trip(self) -> str:
        """As the plan tells it: subject, host, days."""
        (_, month, first), (_, _, last) = self.first_day.split("-"), self.last_day.split("-")
        return f"{self.subject}({self.host}, {int(month)}. {int(first)}.~{int(month)}. {int(last)}.)"


def words(name: str) -> list[Row]:
    """The rows of a file of words."""
    return read_words(Path(__file__).parent / "words" / f"{name}.csv")


def bureaus() -> list[Row]:
    """The five bureaus."""
    return [row for row in words("departments") if row["구분"] == BUREAU]


def divisions() -> list[Row]:
    """The 20 divisions."""
    return [row for row in words("departments") if row["구분"] != BUREAU]


def teams() -> list[Team]:
    """The 40 teams, two a division."""
    numbers: Counter[str] = Counter()
    found = []
    for row in words("teams"):
        division = row["부서"]
        numbers[division] += 1
        days = row["시작일"], row["종료일"]
        code = f"{division}-{numbers[division]}"
        what = row["팀"], row["주제"], row["방문처"]
        found.append(Team(code, division, *what, *days, int(row["인원"])))
    return found
