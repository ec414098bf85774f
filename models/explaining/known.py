"""What an explanation reads, each once: results of schemes and rows of score sheets."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlmodel import Session

from models.explaining.explained import Place
from models.plan import Indicator, Period
from models.scheme.result import SchemeResult, result_of
from models.scheme.tree import places_in
from models.scores.line import DepartmentLine
from models.scores.live import Rows
from models.scores.reading import View, open_view
from models.scores.row import ScoreRow
from models.scores.sheet import rows_in
from models.words import Refusal

_Scope = tuple[int, int | None, datetime | None]


class Known:
    """What was read so far in one session; good for one walk, not for longer."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._results: dict[tuple[str, _Scope], SchemeResult] = {}
        self._views: dict[_Scope, View] = {}
        self._past: dict[_Scope, Rows] = {}
        self._places: dict[_Scope, dict[int, DepartmentLine]] = {}

    def result(self, place: Place) -> SchemeResult:
        """The result that the place is in."""
        key = (place.scheme, (place.cycle_id, place.period_id, place.as_of))
        if key not in self._results:
            self._results[key] = result_of(
                self.session, place.cycle_id, place.scheme, place.period_id, place.as_of
            )
        return self._results[key]

    def periods(self, cycle_id: int) -> dict[str, Period]:
        """The cycle's periods by code."""
        return {period.code: period for period in self.view(cycle_id, None, None).periods}

    def view(self, cycle_id: int, period_id: int | None, as_of: datetime | None) -> View:
        scope = (cycle_id, period_id, as_of)
        if scope not in self._views:
            self._views[scope] = open_view(self.session, *scope)
        return self._views[scope]

    def places(self, view: View) -> dict[int, DepartmentLine]:
        """The departments as they stood on the last day of the view."""
        scope = _scope_of(view)
        if scope not in self._places:
            self._places[scope] = places_in(self.session, view)
        return self._places[scope]

    def rows(self, view: View, departments: Collection[int] | None) -> Rows:
        """The rows of these departments, or of all; of the past all are reckoned together, and kept."""
        if view.as_of is None:
            return rows_in(self.session, view, departments)
        scope = _scope_of(view)
        if scope not in self._past:
            self._past[scope] = rows_in(self.session, view, None)
        return {
            key: own for key, own in self._past[scope].items() if departments is None or key in departments
        }

    def row(self, view: View, indicator: Indicator) -> ScoreRow:
        """The indicator's row in the sheet of the view; Refusal where it was not in the plan then."""
        # Mostly it is still where it was; only what was moved is looked for everywhere.
        for departments in ((indicator.department_id,), None):
            for own in self.rows(view, departments).values():
                for row in own:
                    if row.plan.id == indicator.id:
                        return row
        raise Refusal(
            "{indicator:은/는} 그때의 계획에 없습니다. 기간이나 날짜를 확인해 주세요.",
            indicator=indicator.name,
        )


def _scope_of(view: View) -> _Scope:
    return view.cycle.id or 0, view.period.id if view.period else None, view.as_of
