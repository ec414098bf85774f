"""Reads the vocabulary: departments, strategic goals, and what each department measures."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

FOLDER = Path(__file__).parent.parent / "vocabulary"
KIND_OF_BUREAU = "실국"


@dataclass(frozen=True)
class Department:
    """A bureau or a division; a bureau has a head with a title of its own (국장, 본부장 …)."""

    code: str
    name: str
    kind: str
    parent: str
    head_title: str

    @property
    def bureau_code(self) -> str:
        return self.code if self.kind == KIND_OF_BUREAU else self.parent


@dataclass(frozen=True)
class Measure:
    """What one indicator measures, as the vocabulary has it.

    level: the actual of 2018, in the indicator's unit. change: how much better or worse it gets in a year,
    in the same unit. rule: the bounds and the loss of a 목표범위, or the table of a 단계형 or 무사고.
    exceptions: columns whose value is set by hand, by name of the column.
    """

    code: str
    department: Department
    perspective: str
    strategic_goal: str
    performance_goal: str
    project: str
    name: str
    unit: str
    kind: str
    rollup: str
    level: Decimal | None
    change: Decimal
    formula: str
    rule: str
    exceptions: dict[str, str]

    @property
    def first_year(self) -> int:
        """The first year it was measured in."""
        return int(self.exceptions.get("측정시작", "2015"))

    @property
    def scored(self) -> bool:
        return self.exceptions.get("평가반영") != "아니오"


def departments() -> list[Department]:
    """Bureaus, each followed by its divisions."""
    return [
        Department(row["코드"], row["이름"], row["구분"], row["상위조직"], row["부서장"])
        for row in read("departments.csv")
    ]


def measures() -> list[Measure]:
    """All indicators in the order of the departments; the code counts them within theirs."""
    perspectives = {(row["실국"], row["전략목표"]): row["관점"] for row in read("strategic_goals.csv")}
    exceptions: dict[str, dict[str, str]] = {}
    for row in read("exceptions.csv"):
        exceptions.setdefault(row["지표명"], {})[row["항목"]] = row["값"]
    rows: dict[str, list[dict[str, str]]] = {}
    for path in sorted((FOLDER / "indicators").glob("*.csv")):
        for row in read(f"indicators/{path.name}"):
            rows.setdefault(row["부서"], []).append(row)
    found = departments()
    names = {department.code: department.name for department in found}
    made = []
    for department in found:
        bureau = names[department.bureau_code]
        for number, row in enumerate(rows.pop(department.name), 1):
            perspective = perspectives[bureau, row["전략목표"]]
            made.append(_measure(row, department, number, perspective, exceptions.pop(row["지표명"], {})))
    if rows or exceptions:
        raise ValueError(f"the vocabulary names what does not exist: {[*rows, *exceptions]}")
    return made


def read(name: str) -> Iterable[dict[str, str]]:
    """The rows of a file of the vocabulary."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _measure(
    row: dict[str, str], department: Department, number: int, perspective: str, exceptions: dict[str, str]
) -> Measure:
    return Measure(
        code=f"K{department.bureau_code[1:]}{_place(department)}-{number}",
        department=department,
        perspective=perspective,
        strategic_goal=row["전략목표"],
        performance_goal=row["성과목표"],
        project=row["주요사업"],
        name=row["지표명"],
        unit=row["단위"],
        kind=row["배점방식"],
        rollup=row["집계방식"],
        level=Decimal(row["2018년"]) if row["2018년"] else None,
        change=Decimal(row["연변화"] or "0"),
        formula=row["산식"],
        rule=row["규칙"],
        exceptions=exceptions,
    )


def _place(department: Department) -> str:
    """The last two digits of a division's code; 00 for the bureau itself."""
    return "00" if department.kind == KIND_OF_BUREAU else department.code[-2:]
