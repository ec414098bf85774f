"""The score workbook (점수 통합문서): taken from one snapshot of the database, whole."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlmodel import Session

from models.clock import local_day
from models.scores import Spreads, cycle_total, department_scores, open_view, ranked
from reports.excel import Book
from reports.scores.common import common_sheet
from reports.scores.department_check import department_check
from reports.scores.evidence import evidence_sheet
from reports.scores.history import history_sheet
from reports.scores.indicators import indicator_cells, indicator_sheet
from reports.scores.labels import scope_name
from reports.scores.recalculation import Recalculation
from reports.scores.summary import summary_sheet


@dataclass(frozen=True)
class Exported:
    """The workbook that was made: `name` is what to call it, `rows` its indicators, `files` its evidence."""

    path: Path
    name: str
    rows: int
    departments: int
    files: int
    history: int


def export_scores(
    session: Session, target: Path, cycle_id: int, period_id: int | None, now: datetime
) -> Exported:
    """Writes the scores of a period, or of the whole cycle where none is named, to `target` as .xlsx.

    `session` is a read snapshot. Raises Refusal where there is no such cycle or period.
    """
    view = open_view(session, cycle_id, period_id)
    with Book(f"{scope_name(view)} 점수", now) as book:
        scores = indicator_sheet(book, view)
        files = evidence_sheet(session, book, view)
        history = history_sheet(session, book, view)
        recalculation, spreads = Recalculation(book, view), Spreads(session, view)
        totals, rows = [], 0
        for department in department_scores(session, view):
            totals.append(department.total)
            for row in department.rows:
                rows += 1
                spreads.see(row)
                recalculation.add(row, scores, scores.next_row)
                scores.add(indicator_cells(rows, row))
        in_order = ranked(totals)
        summary = summary_sheet(book, view, now, in_order, cycle_total(totals))
        department_check(book, view, in_order, summary, recalculation)
        if common := spreads.all():
            common_sheet(book, view, common)
        book.save(target)
    name = f"{scope_name(view)} 점수 {local_day(now):%Y%m%d}.xlsx"
    return Exported(target, name, rows, len(totals), files, history)
