"""The sheets of schemes: results, the scheme as data, what was given and rated, and all of it recomputed live."""

from __future__ import annotations

from sqlmodel import Session

from models.scheme.result import result_of, schemes_of
from models.scheme.tree import places_in
from models.scores import View
from reports.excel import Book, Sheet
from reports.scores.scheme_check import scheme_check
from reports.scores.scheme_given import adjustment_sheet, owner_sheet
from reports.scores.scheme_labels import Numbers
from reports.scores.scheme_parts_check import part_sheet
from reports.scores.scheme_pieces import Origins, piece_sheet
from reports.scores.scheme_plan import plan_sheet
from reports.scores.scheme_ratings import rating_sheets
from reports.scores.scheme_reached import others_sheet, reached_sheet
from reports.scores.scheme_results import result_sheet
from reports.scores.step_tables import StepTables


def scheme_sheets(session: Session, book: Book, view: View, summary: Sheet, steps: StepTables) -> None:
    """Writes the sheets of the cycle's schemes; none where it has none.

    summary: the sheet 종합. steps: the tables of steps of the sheet 검산.
    """
    assert view.cycle.id is not None
    codes = dict.fromkeys(one.code for one in schemes_of(session, view.cycle.id))
    period = view.period.id if view.period else None
    results = [result_of(session, view.cycle.id, code, period) for code in codes]
    if not any(result.subjects for result in results):
        return
    numbers, several, places = Numbers(), len(results) > 1, places_in(session, view)
    sheets = {
        result.scheme.code: result_sheet(book, view, result, numbers, several=several) for result in results
    }
    plan = plan_sheet(session, book, view, numbers)
    origins = Origins(
        owner=owner_sheet(session, book, view, results, numbers),
        ratings=rating_sheets(session, book, view, results, numbers),
        adjustments=adjustment_sheet(session, book, view, results, numbers, places),
        reached=reached_sheet(session, book, view, results, numbers, summary, places),
        others=others_sheet(session, book, view, results, numbers, sheets, places),
        steps=steps,
        places=places,
    )
    pieces = piece_sheet(book, view, results, numbers, origins)
    parts = part_sheet(book, view, results, numbers, sheets, plan, pieces)
    scheme_check(book, view, results, numbers, sheets, parts, pieces, origins.ratings)
