"""What departments reached with their indicators, for the parts of a scheme that go by them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, localcontext

from sqlmodel import Session, select

from models.plan import Cycle, Period
from models.scores.line import DepartmentLine
from models.scores.reading import View, open_view
from models.scores.row import DepartmentTotal
from models.scores.sheet import department_scores
from models.scoring.achievement import EXACT

Totals = Mapping[int, DepartmentTotal]
"""By id of the department."""


@dataclass(frozen=True, slots=True)
class Reached:
    """Points out of weight, of one department or of several; is_missing: not everything was approved."""

    points: Decimal
    weight: Decimal
    is_missing: bool

    @classmethod
    def over(
        cls, totals: Totals, places: Mapping[int, DepartmentLine], department_id: int, *, below: bool
    ) -> Reached:
        """The department alone, or with all departments below it, in one sum."""
        path = places[department_id].path
        counted = [
            total
            for key, total in totals.items()
            if key == department_id or (below and places[key].path.startswith(path))
        ]
        return cls(
            sum((one.points for one in counted), Decimal(0)),
            sum((one.weight for one in counted), Decimal(0)),
            any(one.missing or one.waiting for one in counted),
        )

    def percent(self) -> Decimal | None:
        """100 × points ÷ weight, unrounded; None where nothing is scored."""
        if not self.weight:
            return None
        with localcontext(EXACT):
            return self.points * 100 / self.weight


def reached(session: Session, view: View, period: Period | None) -> Totals:
    """The totals of all departments for a period of the view's cycle, or for its year."""
    same = period is view.period
    asked = (
        view if same else open_view(session, view.cycle.id or 0, period.id if period else None, view.as_of)
    )
    return {one.total.department.id: one.total for one in department_scores(session, asked)}


def mileage(session: Session, view: View, cycle_code: str) -> Totals | None:
    """The points of the cycle that is named, or of the view's own; None where it does not count in this view."""
    if cycle_code in ("", view.cycle.code):
        return reached(session, view, view.period)
    if view.period is not None:
        return None
    cycle = session.exec(select(Cycle).where(Cycle.code == cycle_code)).one()
    other = open_view(session, cycle.id or 0, None, view.as_of)
    return {one.total.department.id: one.total for one in department_scores(session, other)}
