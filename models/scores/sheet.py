"""The score sheet of a period or of a whole cycle, from the database to points and ranks."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import datetime

from sqlmodel import Session

from models.scores.frozen import frozen_counts, frozen_rows
from models.scores.line import DepartmentLine, department_lines
from models.scores.live import Rows, counts, live_rows
from models.scores.past import past_rows
from models.scores.reading import View, open_view
from models.scores.row import DepartmentScores, ScoreSheet
from models.scores.totals import cycle_total, department_total, ranked

_AT_ONCE = 2000


def score_sheet(
    session: Session, cycle_id: int, period_id: int | None, as_of: datetime | None = None
) -> ScoreSheet:
    """The scores of a period, or of the whole cycle where no period is named.

    A closed period shows what it was frozen with; as of an instant they are reckoned again from the history.
    Raises Refusal where there is no such cycle or period.
    """
    view = open_view(session, cycle_id, period_id, as_of)
    departments = list(department_scores(session, view))
    totals = [department.total for department in departments]
    return ScoreSheet(
        cycle=view.cycle,
        period=view.period,
        rows=tuple(row for department in departments for row in department.rows),
        departments=tuple(ranked(totals)),
        total=cycle_total(totals),
    )


def department_scores(session: Session, view: View) -> Iterator[DepartmentScores]:
    """The same, department by department in the order of the plan: no sheet is too long for memory."""
    departments = department_lines(session)
    if view.as_of is not None:
        past = past_rows(session, view, view.as_of, departments)
        for key in (key for key in departments if key in past):
            yield DepartmentScores(tuple(past[key]), department_total(departments[key], past[key]))
        return
    rows_of, sizes = _source(session, view)
    for ids in _batches(departments, sizes):
        rows = rows_of(session, view, departments, ids)
        for key in ids:
            yield DepartmentScores(tuple(rows[key]), department_total(departments[key], rows[key]))


def rows_in(session: Session, view: View, ids: Collection[int] | None) -> Rows:
    """The rows of the departments `ids`, or of all: frozen, live, or as of the view's instant."""
    departments = department_lines(session)
    if view.as_of is not None:
        past = past_rows(session, view, view.as_of, departments)
        return {key: rows for key, rows in past.items() if ids is None or key in ids}
    rows_of, sizes = _source(session, view)
    asked = [key for key in departments if key in sizes and (ids is None or key in ids)]
    return rows_of(session, view, departments, asked)


_RowsOf = Callable[[Session, View, Mapping[int, DepartmentLine], Collection[int]], Rows]


def _source(session: Session, view: View) -> tuple[_RowsOf, Mapping[int, int]]:
    """What gives the rows of some departments, with how many each has: what was frozen, or what there is now."""
    if sizes := frozen_counts(session, view):
        return frozen_rows, sizes
    return live_rows, counts(session, view)


def _batches(departments: Mapping[int, DepartmentLine], sizes: Mapping[int, int]) -> Iterator[list[int]]:
    """Departments that have indicators, a few thousand indicators at a time."""
    batch: list[int] = []
    size = 0
    for key in departments:
        if key not in sizes:
            continue
        if batch and size + sizes[key] > _AT_ONCE:
            yield batch
            batch, size = [], 0
        batch.append(key)
        size += sizes[key]
    if batch:
        yield batch
