"""The score workbook (점수 통합문서): taken from one snapshot of the database, whole."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlmodel import Session

from models.clock import local_day
from models.scores import ScoreRow, Spreads, cycle_total, department_scores, open_view, ranked
from reports.excel import Book, Sheet
from reports.scores.appeals import appeals_sheet
from reports.scores.as_of import as_of
from reports.scores.behind import Behind
from reports.scores.common import common_sheet
from reports.scores.department_check import department_check
from reports.scores.evidence import evidence_sheet
from reports.scores.history import history_sheet
from reports.scores.indicators import CODE, LINKS, NUMBER, Back, indicator_cells, indicator_sheet
from reports.scores.labels import scope_name
from reports.scores.recalculation import Recalculation
from reports.scores.schemes import scheme_sheets
from reports.scores.summary import summary_sheet
from reports.table import Cell


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
    known = as_of(session, view)
    with Book(f"{scope_name(view)} 점수", known.at) as book:
        scores = indicator_sheet(book, view)
        back = Back(session, view, scores)
        files = evidence_sheet(session, book, view, back)
        history = history_sheet(session, book, view, known, back)
        recalculation, spreads = Recalculation(book, view, scores), Spreads(session, view)
        totals, rows = [], 0
        for department in department_scores(session, view):
            totals.append(department.total)
            for row in department.rows:
                rows += 1
                spreads.see(row)
                links = _links(scores, row, recalculation, history, files)
                recalculation.add(rows, row)
                scores.add(indicator_cells(rows, row, links))
        in_order = ranked(totals)
        summary = summary_sheet(book, view, known, in_order, cycle_total(totals))
        department_check(book, view, in_order, summary, recalculation)
        if common := spreads.all():
            # Databases differ in how they order names.
            common_sheet(book, view, sorted(common, key=lambda one: one.name))
        appeals_sheet(session, book, view)
        scheme_sheets(session, book, view, summary, recalculation.steps)
        book.save(target)
    name = f"{scope_name(view)} 점수 {local_day(now):%Y%m%d}.xlsx"
    return Exported(target, name, rows, len(totals), files.rows, history.rows)


def _links(
    scores: Sheet, row: ScoreRow, recalculation: Recalculation, history: Behind, files: Behind
) -> list[Cell]:
    """Where the points of the next row of 지표별 come from; the next row of 검산 is about to be theirs."""
    number, code = (f"{scores.letters[title]}{scores.next_row}" for title in (NUMBER, CODE))
    again, *behind = LINKS
    return [
        recalculation.link(again, recalculation.sheet.next_row, number),
        *(
            sheet.link(label, row.plan.id, code, row.plan.code)
            for label, sheet in zip(behind, (history, files), strict=True)
        ),
    ]
