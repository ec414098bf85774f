"""Reads the tables of Gwangju: departments, institutions with those who supervise them, people, goals."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from generator_of_cities.files import Row, read_words

FOLDER = Path(__file__).parent

CITY = "GWANGJU"
CYCLE, PERIOD = "2019", "Y"
SCHEME = "INST"


@dataclass(frozen=True)
class Institution:
    """A public institution: `level` is how the committee sees it, in per cent, `points` what its supervisor gives."""

    code: str
    name: str
    grouping: str
    supervisor: str
    officers: int
    level: int
    points: str


def departments() -> list[Row]:
    """Bureaus of the city, each followed by its divisions."""
    return read_words(FOLDER / "departments.csv")


def institutions() -> list[Institution]:
    """The 24 institutions."""
    return [
        Institution(
            code=row["코드"],
            name=row["이름"],
            grouping=row["구분"],
            supervisor=row["감독부서"],
            officers=int(row["담당자수"]),
            level=int(row["평정수준"]),
            points=row["감독부서점수"],
        )
        for row in read_words(FOLDER / "institutions.csv")
    ]


def key_people() -> list[Row]:
    """The evaluation office, the committee, and the two people of the first institution whom the demo shows."""
    return read_words(FOLDER / "key_people.csv")


def goals() -> list[Row]:
    """The 90 goals in the order of the institutions, each with the code that counts it within its own."""
    counted: dict[str, int] = {}
    rows = []
    for row in read_words(FOLDER / "goals.csv"):
        institution = row["기관"]
        counted[institution] = counted.get(institution, 0) + 1
        rows.append({**row, "코드": f"{institution}-{counted[institution]}"})
    return rows
