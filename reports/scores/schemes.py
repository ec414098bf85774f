"""The sheets of schemes: results, the scheme as data, what was given and rated, and all of it recomputed live."""

from __future__ import annotations

from sqlmodel import Session

from models.scheme.pieces import periods_of_part
from models.scheme.result import SchemeResult, result_of, schemes_of
from models.scheme.table import BASE
from models.scheme.tree import places_in
from models.scores import View
from reports.excel import Book, Sheet
from reports.scores.scheme_check import scheme_check
from reports.scores.scheme_given import adjustment_sheet, owner_sheet
from reports.scores.scheme_labels import Numbers, sheet_names
from reports.scores.scheme_parts_check import part_sheet
from reports.scores.scheme_pieces import Origins, piece_sheet
from reports.scores.scheme_plan import plan_sheet
from reports.scores.scheme_ratings import rating_sheets
from reports.scores.scheme_reached import others_sheet, reached_sheet
from reports.scores.scheme_results import NAME as RESULTS
from reports.scores.scheme_results import result_sheet
from reports.scores.scheme_spread import spread_sheet
from reports.scores.step_tables import StepTables


def scheme_sheets(session: Session, book: Book, view: View, summary: Sheet, steps: StepTables) -> None:
    """Writes the sheets of the cycle's schemes, of a period those that it gives points to; none where it has none.

    summary: the sheet 종합. steps: the tables of steps of the sheet 검산.
    """
    assert view.cycle.id is not None
    codes = dict.fromkeys(one.code for one in schemes_of(session, view.cycle.id))
    period = view.period.id if view.period else None
    found = (result_of(session, view.cycle.id, code, period) for code in codes)
    results = [one for one in found if _gives_points(view, one)]
    if not any(result.subjects for result in results):
        return
    numbers, places, names = Numbers(), places_in(session, view), sheet_names(RESULTS, results)
    sheets = {
        result.scheme.code: result_sheet(book, view, result, numbers, names[result.scheme.code])
        for result in results
    }
    plan = plan_sheet(session, book, view, numbers)
    owner = owner_sheet(session, book, view, results, numbers)
    spread_sheet(session, book, view, results)
    origins = Origins(
        owner=owner,
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


def _gives_points(view: View, result: SchemeResult) -> bool:
    """Whether there is a result: of a period whose parts are all of the year everybody would have 0 points."""
    return any(periods_of_part(view, part) for part in result.parts if part.source in BASE)
