"""The score workbook against openpyxl's write-only mode writing the same cells without any style.

    python benchmarks/export.py [indicators] [departments]

Both are measured in processes of their own, one after the other, in seconds of the processor. Ours goes all
the way: database, scores, cells, file. openpyxl is given the cells ready-made, and only its own work is timed.
`python benchmarks/export.py 697 44` is Seoul's workbook.
"""

from __future__ import annotations

import multiprocessing
import resource
import sys
import tempfile
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from time import process_time
from typing import Any
from unittest.mock import patch

import sqlalchemy as sa
from openpyxl import Workbook

from models.audit import AuditRow
from models.clock import SEOUL
from models.evidence.kinds import FileKind
from models.evidence.table import EvidenceFile, StoredFile
from models.organization import Department, DepartmentKind, Person
from models.plan import Cycle, Indicator, Period, Target
from models.scores import department_scores, open_view
from models.scoring import Kind, Rollup
from models.store import Database
from models.submission import Decision, DecisionKind, State, Submission, SubmissionVersion
from models.tables import METADATA
from reports.scores import export_scores
from reports.table import Cell, Formula, Table, column_letters

NOW = datetime(2019, 7, 15, 5, tzinfo=UTC)
KINDS: list[tuple[Kind, dict[str, Any]]] = [
    (Kind.HIGHER, {}),
    (Kind.LOWER_RATIO, {}),
    (Kind.LOWER_MIRROR, {}),
    (Kind.FROM_BASELINE, {"baseline": Decimal(40)}),
    (Kind.ZERO, {"steps": "0:100; 50:80; 90:50"}),
    (Kind.RANGE, {"low": Decimal(80), "high": Decimal(90), "loss_per_unit": Decimal("2.5")}),
    (Kind.STEPS, {"steps": "0:20; 50:60; 80:80; 90:100"}),
    (Kind.MILESTONE, {"steps": "2019-03-31:30; 2019-09-30:70; 2019-12-31:100"}),
    (Kind.GRADED_TARGET, {"low": Decimal(50), "high": Decimal(110)}),
]


def fill(path: Path, indicators: int, departments: int) -> None:
    """A city whose indicators are all reported and approved for one half."""
    database = Database(f"sqlite:///{path}")
    METADATA.create_all(database.engine)
    with database.write() as session:
        for table, rows in _plan(indicators, departments) + _reports(indicators):
            session.execute(sa.insert(table), rows)
    database.close()


def _plan(indicators: int, departments: int) -> list[tuple[Any, list[dict[str, Any]]]]:
    bureau = {"kind": DepartmentKind.BUREAU, "starts_on": None}
    blank = {"baseline": None, "low": None, "high": None, "loss_per_unit": None, "steps": ""}
    cycle = {"id": 1, "code": "2019", "name": "2019년 성과관리"}
    half = {"starts_on": date(2019, 1, 1), "ends_on": date(2019, 6, 30), "report_due": NOW, "review_due": NOW}
    each = max(1, indicators // departments)
    numbers = range(1, indicators + 1)
    return [
        (Department, [
            {"id": key, "code": f"D{key:03}", "name": f"{key}번 도시계획국", "path": f"/D{key:03}/", "position": key}
            | bureau for key in range(1, departments + 1)
        ]),
        (Person, [{"id": 1, "code": "1", "name": "김담당"}, {"id": 2, "code": "2", "name": "정평가"}]),
        (Cycle, [cycle | {"starts_on": date(2019, 1, 1), "ends_on": date(2019, 12, 31)}]),
        (Period, [{"id": 1, "cycle_id": 1, "code": "H1", "name": "상반기"} | half]),
        (Indicator, [
            blank | {
                "id": key, "cycle_id": 1, "code": f"I{key:06}", "name": f"성과지표 {key}의 만족도", "unit": "%",
                "department_id": min(departments, (key - 1) // each + 1), "officer_id": 1, "position": key,
                "formula": "처리 건수 ÷ 접수 건수 × 100", "weight": Decimal(100) / 4,
                "kind": KINDS[key % len(KINDS)][0], "rollup": Rollup.LAST,
            } | KINDS[key % len(KINDS)][1] for key in numbers
        ]),
        (Target, [{"indicator_id": key, "value": Decimal(95)} for key in numbers]),
    ]  # fmt: skip


def _reports(indicators: int) -> list[tuple[Any, list[dict[str, Any]]]]:
    numbers = range(1, indicators + 1)
    values = {key: Decimal(600 + key * 37 % 400) / 10 for key in numbers}
    seen = {
        "at": NOW,
        "channel": "web",
        "previous": "",
        "hash": "",
        "action": "report.approve",
        "person_id": 2,
    }
    return [
        (Submission, [
            {"id": key, "indicator_id": key, "period_id": 1, "state": State.APPROVED, "submitted_at": NOW,
             "recognised": values[key]} for key in numbers
        ]),
        (SubmissionVersion, [
            {"id": key, "submission_id": key, "number": 1, "value": values[key], "saved_at": NOW, "saved_by_id": 1,
             "submitted_at": NOW, "submitted_by_id": 1} for key in numbers
        ]),
        (Decision, [
            {"submission_id": key, "version_id": key, "kind": DecisionKind.APPROVE, "reason": "확인하였습니다.",
             "recognised": values[key], "decided_by_id": 2, "decided_at": NOW} for key in numbers
        ]),
        (StoredFile, [{"sha256": "0" * 64, "size": 1, "kind": FileKind.PDF, "stored_at": NOW}]),
        (EvidenceFile, [
            {"version_id": key, "sha256": "0" * 64, "name": f"증빙 {key}.pdf", "size": 1000 + key,
             "uploaded_by_id": 1, "uploaded_at": NOW} for key in numbers
        ]),
        (AuditRow, [
            seen | {"id": key, "subject": f"submission:{key}",
                    "detail": {"version": 1, "recognised": str(values[key])}} for key in numbers
        ]),
    ]  # fmt: skip


class PlainSheet:
    """Takes the rows of a sheet and writes them as openpyxl would without us; counts its own seconds."""

    def __init__(self, book: PlainBook, table: Table) -> None:
        self._book, self._sheet, self.table = book, book.workbook.create_sheet(table.name), table
        self.letters = column_letters(table.columns)
        self._write([table.title])
        for line in [*table.lines, []]:
            self._write(line)
        self._write([column.title for column in table.columns])
        self.first_row = self.next_row = len(table.lines) + 4

    def add(self, values: list[Cell]) -> None:
        self._write(values)
        self.next_row += 1

    def draw(self, *_: Any) -> None: ...

    def _write(self, values: Any) -> None:
        cells = [_plain(value) for value in values]
        start = process_time()
        self._sheet.append(cells)
        self._book.seconds += process_time() - start


class PlainBook:
    """Stands in for reports.excel.Book."""

    seconds = 0.0

    def __init__(self, *_: Any) -> None:
        self.workbook = Workbook(write_only=True)

    def __enter__(self) -> PlainBook:
        return self

    def __exit__(self, *_: object) -> None: ...

    def sheet(self, table: Table, position: int | None = None) -> PlainSheet:
        return PlainSheet(self, table)

    def save(self, target: Path) -> None:
        start = process_time()
        self.workbook.save(target)
        PlainBook.seconds = self.seconds + process_time() - start


def _plain(value: Cell) -> Any:
    if isinstance(value, Formula):
        return f"={value.text}"
    return value.astimezone(SEOUL).replace(tzinfo=None) if isinstance(value, datetime) else value


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def ours(database: Path, target: Path) -> tuple[float, float]:
    """Seconds and MiB of the whole export."""
    before, start = _megabytes(), process_time()
    with Database(f"sqlite:///{database}").read() as session:
        export_scores(session, target, 1, 1, NOW)
    return process_time() - start, _megabytes() - before


def scores_alone(database: Path, _: Path) -> tuple[float, float]:
    """Seconds and MiB of working the scores out, without a workbook: part of `ours`."""
    before, start = _megabytes(), process_time()
    with Database(f"sqlite:///{database}").read() as session:
        for _department in department_scores(session, open_view(session, 1, 1)):
            pass
    return process_time() - start, _megabytes() - before


def theirs(database: Path, target: Path) -> tuple[float, float]:
    """Seconds openpyxl's write-only mode spends on the same cells, and MiB."""
    before = _megabytes()
    with patch("reports.scores.export.Book", PlainBook), Database(f"sqlite:///{database}").read() as session:
        export_scores(session, target, 1, 1, NOW)
    return PlainBook.seconds, _megabytes() - before


def main() -> None:
    indicators, departments = (int(one) for one in (*sys.argv[1:], *("100000", "248")[len(sys.argv) - 1 :]))
    with (
        tempfile.TemporaryDirectory() as folder,
        multiprocessing.get_context("spawn").Pool(1, maxtasksperchild=1) as pool,
    ):
        database = Path(folder) / "city.sqlite"
        pool.apply(fill, (database, indicators, departments))
        figures = {}
        for side in (theirs, ours, scores_alone):
            target = Path(folder) / f"{side.__name__}.xlsx"
            seconds, megabytes = figures[side.__name__] = pool.apply(side, (database, target))
            size = target.stat().st_size / 2**20 if target.exists() else 0
            print(
                f"{side.__name__:13} {seconds:7.2f} s  {megabytes:6.1f} MiB above the start  file {size:6.1f} MiB"
            )
    print(f"ratio {figures['ours'][0] / figures['theirs'][0]:.2f} (at most 1.15)")


if __name__ == "__main__":
    main()
