"""Reads the tables of Osan: departments, people who have to exist, indicators."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from generator_of_cities.files import Row, read_words

FOLDER = Path(__file__).parent

CITY, EXPERTS, OFFICE = "OSAN", "E01", "D03"
CYCLE, HALVES = "2023", ("H1", "H2")
SCHEME = "DEPT"
VILLAGE = "동"


@dataclass(frozen=True)
class Department:
    """A bureau or a division; `grouping` is blank for a bureau, `level` how raters see its indicators in per cent."""

    code: str
    name: str
    kind: str
    parent: str
    grouping: str
    level: int

    @property
    def is_scored(self) -> bool:
        return bool(self.grouping)


def departments() -> list[Department]:
    """Bureaus, each followed by its divisions; the neighbourhoods last."""
    return [
        Department(
            code=row["코드"],
            name=row["이름"],
            kind=row["구분"],
            parent=row["상위조직"],
            grouping=row["무리"],
            level=int(row["평정수준"] or 0),
        )
        for row in read_words(FOLDER / "departments.csv")
    ]


def scored_departments() -> list[Department]:
    """The 40 departments with indicators."""
    return [one for one in departments() if one.is_scored]


def key_people() -> list[Row]:
    """The evaluation team, the researchers, and the two people of the civil service division whom the demo shows."""
    return read_words(FOLDER / "key_people.csv")


def indicators() -> list[Row]:
    """All indicators in the order of the departments, each with the code that counts it within its own."""
    counted: dict[str, int] = {}
    rows = []
    for row in read_words(FOLDER / "indicators.csv"):
        department = row["부서"]
        counted[department] = counted.get(department, 0) + 1
        rows.append({**row, "코드": f"{department}-{counted[department]}"})
    return rows
