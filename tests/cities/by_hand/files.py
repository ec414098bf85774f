"""An example's folder: its rows, and what they say about cycles, periods and the tree of departments."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

Row = dict[str, str]

NOT_APPLICABLE = "해당없음"
YEAR = ""
"""In place of a period's code: the whole cycle."""


@dataclass(eq=False)
class Year:
    """The files of an example, the answers of its year among them (`actuals/…`)."""

    folder: Path
    files: dict[str, list[Row]] = field(default_factory=dict)

    def rows(self, name: str) -> list[Row]:
        """The rows of a file; none where the example has no such file."""
        path = self.folder / f"{name}.csv"
        if name not in self.files:
            self.files[name] = []
            if path.exists():
                with path.open(encoding="utf-8", newline="") as file:
                    self.files[name] = list(csv.DictReader(file))
        return self.files[name]

    def of(self, name: str, **cells: str) -> list[Row]:
        """The rows of a file with these cells."""
        return [row for row in self.rows(name) if all(row[key] == value for key, value in cells.items())]


def periods(year: Year, cycle: str) -> list[str]:
    """The codes of the cycle's periods, in order of time."""
    return [row["코드"] for row in sorted(year.of("기간", 성과주기=cycle), key=lambda row: row["시작일"])]


def first_day(year: Year, cycle: str) -> str:
    return min(row["시작일"] for row in year.of("기간", 성과주기=cycle))


def last_day(year: Year, cycle: str, period: str) -> str:
    """The last day of a period, or of the cycle."""
    rows = year.of("기간", 성과주기=cycle)
    return max(row["종료일"] for row in rows if period in (YEAR, row["코드"]))


def in_force(year: Year, name: str, cycle: str, scheme: str, period: str) -> list[Row]:
    """The rows of a sheet that belong to the scheme's version in force on the period's last day (평가체계, 배점, …)."""
    first, day = first_day(year, cycle), last_day(year, cycle, period)
    versions = year.of("평가체계", 성과주기=cycle, 코드=scheme)
    since = max(row["적용일"] or first for row in versions if (row["적용일"] or first) <= day)
    key = "코드" if name == "평가체계" else "체계"
    return [
        row for row in year.of(name, 성과주기=cycle, **{key: scheme}) if (row["적용일"] or first) == since
    ]


@cache
def departments_below(year: Year, code: str) -> tuple[str, ...]:
    """The departments below one, down to the last."""
    children = [row["코드"] for row in year.of("조직", 상위조직=code)]
    return tuple(one for child in children for one in (child, *departments_below(year, child)))


@cache
def department_of(year: Year, subject: str) -> str:
    """The department a subject is, or the one a person belongs to."""
    if year.of("조직", 코드=subject):
        return subject
    return year.of("사람", 번호=subject)[0]["소속"]


@cache
def name_of(year: Year, subject: str) -> str:
    """What a department or a person is called."""
    return (year.of("조직", 코드=subject) or year.of("사람", 번호=subject))[0]["이름"]
